"""Minutes as a document: confirmed for ever, or a draft that says so."""

from django.utils.translation import gettext as _

from workflows.documents.shapes import Shape, day, document, fact, moment, paragraphs
from workflows.models import Minutes, MinutesDraft


def minutes_document(minutes: Minutes | MinutesDraft) -> Shape:
    """Facts and sections of minutes; `mark` says DRAFT where nobody has confirmed them."""
    meeting = minutes.meeting
    facts = [fact(_("Committee"), meeting.committee.name), fact(_("Date"), day(meeting.starts_at))]
    mark = ""
    if isinstance(minutes, Minutes):
        title = minutes.title
        facts += [
            fact(_("Confirmed by"), minutes.confirmed_by_name),
            fact(_("Confirmed on"), moment(minutes.confirmed_at)),
        ]
        if minutes.number > 1:
            facts.append(fact(_("Version"), minutes.number))
    else:
        title = _("Minutes of the %(committee)s, %(date)s") % {
            "committee": meeting.committee.name,
            "date": day(meeting.starts_at),
        }
        mark = _("DRAFT: not confirmed")
    sections = [
        {"heading": item["heading"], "paragraphs": paragraphs(item["text"])}
        for item in minutes.sections
    ]
    return document(title, facts, mark=mark) | {"sections": sections}
