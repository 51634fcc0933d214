"""A letter drawn up from the text of the procedures that the case was filed under (AP-2)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from appeals.choices import Act
from appeals.deadlines.deadline import stage_deadline
from appeals.letters.kinds import NOT_TO_APPELLANT
from appeals.models import Case, CaseEvent
from appeals.retention.periods import retain_until
from appeals.rules.letter_text import LetterKind
from credentials.conf import conf
from credentials.message_templates.placeholders import fill
from credentials.people.actors import signed

EMPTY = "—"


@dataclass(frozen=True)
class LetterDraft:
    """What a letter would say, in the language of the case."""

    kind: LetterKind
    subject: str
    body: str
    recipient: str


def draw_up(case: Case, kind: LetterKind, events: Sequence[CaseEvent]) -> LetterDraft:
    """Fill the procedures' text with the facts of the case.

    Raises LetterTemplate.DoesNotExist when the procedures have no such letter.
    """
    template = case.procedure.letters.get(kind=kind)
    with override(case.language):
        values = _values(case, kind, events)
        return LetterDraft(
            kind, fill(template.subject, values), fill(template.body, values), values["recipient"]
        )


def _values(case: Case, kind: LetterKind, events: Sequence[CaseEvent]) -> dict[str, str]:
    decision = _last(events, Act.DECIDED, Act.EXTENSION_GRANTED, Act.EXTENSION_REFUSED)
    asked, resolved = _last(events, Act.INFORMATION_REQUESTED), _last(events, Act.RESOLVED)
    extended = _last(events, Act.EXTENDED) if kind == LetterKind.EXTENSION_GRANTED else None
    today = timezone.localdate()
    return {
        "number": case.number,
        "appellant": case.appellant_name,
        "recipient": _recipient(case, kind),
        "offering": case.offering_title,
        "decision": case.decision,
        "date": date_format(today, "DATE_FORMAT"),
        "office": conf().OFFICES["deputy_provost"],
        "deadline": _deadline(case, events),
        "missing": asked.text if asked else EMPTY,
        "reasons": (extended or decision).text if extended or decision else EMPTY,  # type: ignore[union-attr]
        "remedy": _remedy(decision),
        "decider": _decider(decision),
        "resolution": resolved.text if resolved else EMPTY,
        "retain_until": date_format(retain_until(case, today), "DATE_FORMAT"),
    }


def _recipient(case: Case, kind: LetterKind) -> str:
    if kind not in NOT_TO_APPELLANT:
        return case.appellant_name
    respondents = case.first_deciders.filter(is_respondent=True)
    return ", ".join(one.name for one in respondents) or case.decision_body or EMPTY


def _deadline(case: Case, events: Sequence[CaseEvent]) -> str:
    current = stage_deadline(case, events)
    if current is None or current.at is None:
        return EMPTY
    return date_format(current.at, "DATETIME_FORMAT")


def _remedy(decision: CaseEvent | None) -> str:
    if decision is None:
        return EMPTY
    if decision.to_name:
        return _("The matter goes back to: %(body)s") % {"body": decision.to_name}
    return str(decision.data.get("action") or EMPTY)


def _decider(decision: CaseEvent | None) -> str:
    if decision is None:
        return EMPTY
    name = signed(decision.by_name, decision.office)
    return f"{name} ({decision.instrument})" if decision.delegation_id else name


def _last(events: Sequence[CaseEvent], *acts: Act) -> CaseEvent | None:
    return next((event for event in reversed(events) if event.act in acts), None)
