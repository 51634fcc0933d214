"""The redacted copy of a case as a document: what was appealed, what happened, how it ended."""

from django.utils.translation import gettext as _

from appeals.choices import Act
from appeals.models import Case
from appeals.private_access.contact import contacts_ever
from appeals.retention.redaction import Redaction
from workflows.documents.pdf import render_pdf
from workflows.documents.shapes import Shape, document, fact, paragraphs

# What was said between the sides and by the decider; all else is the office's.
IN_WORDS = (
    Act.EXTENSION_GRANTED,
    Act.EXTENSION_REFUSED,
    Act.RESPONSE_RECEIVED,
    Act.DECIDED,
    Act.RESOLVED,
)


def redacted_document(case: Case, words: list[str]) -> Shape:
    """Facts and sections, in which known names are replaced. Neither number nor days of the case.

    Documents and internal notes are not in it.
    """
    events = list(case.events.order_by("number"))
    marks = (_("[appellant]"), _("[decision-maker]"), _("[staff]"), _("[removed]"))
    staff = {event.by_name for event in events} | {event.to_name for event in events}
    redaction = Redaction(
        case,
        list(case.first_deciders.all()),
        staff - {""},
        words,
        marks=marks,
        contacts=contacts_ever(case, events),
    )
    grounds = {ground.key: ground.name for ground in case.procedure.grounds.all()}
    facts = [
        fact(_("Year"), case.filed_at.year),
        fact(_("Grounds"), "; ".join(grounds.get(key, key) for key in case.grounds)),
        fact(_("Procedures"), case.procedure.label),
    ]
    sections = [
        _section(_("Decision under appeal"), redaction.of(case.decision)),
        _section(_("Statement"), redaction.of(case.statement)),
        _section(_("Remedy sought"), redaction.of(case.remedy)),
    ]
    for event in events:
        if event.text and event.act in IN_WORDS:
            outcome = f": {event.get_outcome_display()}" if event.outcome else ""
            sections.append(
                _section(f"{event.get_act_display()}{outcome}", redaction.of(event.text))
            )
    title, mark = _("Redacted copy of an appeal"), _("Read it through before you share it.")
    return document(title, facts, mark=mark) | {
        "sections": [section for section in sections if section["paragraphs"]]
    }


def redacted_pdf(case: Case, words: list[str]) -> bytes:
    """The copy by PDF/UA-1."""
    return render_pdf("letter", redacted_document(case, words))


def _section(heading: str, text: str) -> Shape:
    return {"heading": heading, "paragraphs": paragraphs(text)}
