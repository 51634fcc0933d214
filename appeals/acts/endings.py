"""How cases end without a decision, what follows a decision, and closing."""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from appeals.acts.act import Acting, acting, acting_by_link
from appeals.acts.texts import required
from appeals.choices import Act, Outcome, Part
from appeals.exceptions import CaseRefused
from appeals.letters.kinds import has_outcome_letter
from appeals.models import Case, CaseEvent, Retention
from appeals.notices.mail import tell_appellant, tell_office
from appeals.retention.periods import retain_until
from appeals.statistics import count_closed
from credentials.people.actors import Person

LONGEST_RULE = 255  # letters: as many as the column has room for


def withdraw_for(person: Person, case: Case, note: str) -> CaseEvent:
    """The office notes that the appellant withdrew, and how they said so. Raises CaseRefused."""
    with acting(person, case, Act.WITHDRAWN) as doing:
        event = doing.write(
            text=required(note, _("How it was withdrawn")), outcome=Outcome.WITHDRAWN
        )
        tell_appellant(doing.case)
    return event


def withdraw(case: Case, reason: str = "") -> CaseEvent:
    """The appellant withdraws by their private link; no reason is asked. Raises CaseRefused."""
    with acting_by_link(Part.APPELLANT, case.appellant_name, case, Act.WITHDRAWN) as doing:
        event = doing.write(text=reason, outcome=Outcome.WITHDRAWN)
        tell_office(doing.case)
        tell_appellant(doing.case)
    return event


def resolve(person: Person, case: Case, resolution: str) -> CaseEvent:
    """Both sides agreed: what on. Raises CaseRefused."""
    with acting(person, case, Act.RESOLVED) as doing:
        event = doing.write(
            text=required(resolution, _("What was agreed")), outcome=Outcome.RESOLVED
        )
        tell_appellant(doing.case)
    return event


def complete_action(person: Person, case: Case, what_was_done: str) -> CaseEvent:
    """What the decision required is done. Raises CaseRefused."""
    with acting(person, case, Act.ACTION_COMPLETED) as doing:
        if not action_open(doing.events):
            raise CaseRefused(_("Nothing that the decision required is left to do."))
        event = doing.write(text=required(what_was_done, _("What was done")))
    return event


def close(person: Person, case: Case, note: str = "") -> CaseEvent:
    """Close the file: its retention begins, and it counts in the statistics.

    Raises CaseRefused while a letter or a required action is lacking.
    """
    with acting(person, case, Act.CLOSED) as doing:
        if lacking := lacking_to_close(doing.events):
            raise CaseRefused(" ".join(lacking))
        event = doing.write(text=note)
        until = retain_until(doing.case, timezone.localdate())
        _retain(doing, until, _rule(doing.case))
        count_closed(doing.case, doing.events)
        tell_appellant(doing.case)
    return event


def keep_longer(person: Person, case: Case, until: datetime.date, reason: str) -> CaseEvent:
    """Keep a closed case beyond its years, such as for a court. Raises CaseRefused."""
    with acting(person, case, Act.KEPT_LONGER) as doing:
        text = required(reason, _("Reason"))
        kept = doing.case.retentions.order_by("retain_until").last()
        if kept is not None and until <= kept.retain_until:
            raise CaseRefused(_("Until: it is kept until then already. Choose a later day."))
        event = doing.write(text=text, data={"until": until.isoformat()})
        _retain(doing, until, text)
    return event


def lacking_to_close(events: list[CaseEvent]) -> list[str]:
    """What is still to be done before a concluded case can be closed, in sentences."""
    lacking = []
    if not has_outcome_letter(events):
        lacking.append(_("The appellant has no letter on the outcome yet. Issue it first."))
    if action_open(events):
        lacking.append(_("What the decision required is not done yet. Record it when it is."))
    return lacking


def action_open(events: list[CaseEvent]) -> str:
    """What a decision required and is not done yet; empty when there is nothing."""
    decided = next((event for event in reversed(events) if event.data.get("action")), None)
    if decided is None or any(event.act == Act.ACTION_COMPLETED for event in events):
        return ""
    return str(decided.data["action"])


def _rule(case: Case) -> str:
    return _("%(years)s years after closing: %(procedure)s") % {
        "years": case.procedure.retention_years,
        "procedure": case.procedure.label,
    }


def _retain(doing: Acting, until: datetime.date, rule: str) -> None:
    Retention.objects.create(
        case=doing.case,
        retain_until=until,
        rule=rule[:LONGEST_RULE],
        by_key=doing.by.key,
        by_name=doing.by.name,
    )
