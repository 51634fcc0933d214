"""The agenda package: the agenda, who has a seat, and all that is to be read on each item."""

import datetime
from collections import defaultdict

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from workflows.choices import AgendaPart, MeetingAct, MeetingState
from workflows.documents.shapes import Shape, day, document, fact, moment, section
from workflows.meeting_papers.agenda_item import item_facts, item_sections
from workflows.meeting_papers.considered import considered
from workflows.models import AgendaItem, Decision, Meeting, MeetingEvent, Motion, SeatTerm


def agenda_document(meeting: Meeting) -> Shape:
    """Facts, seats and parts of an agenda with what is to be read on each item."""
    title = _("Agenda of the %(committee)s, %(date)s") % {
        "committee": meeting.committee.name,
        "date": day(meeting.starts_at),
    }
    mark = _("CANCELLED") if meeting.state == MeetingState.CANCELLED else ""
    closing = _("Drawn up on %(when)s") % {"when": moment(timezone.now())}
    parts = _parts(meeting)
    return document(title, _facts(meeting), mark=mark, closing=closing) | {
        "contents": _("Contents"),
        "attendance": _attendance(meeting),
        "parts": parts,
        "paragraphs": [] if parts else [_("The agenda is empty.")],
    }


def _facts(meeting: Meeting) -> list[Shape]:
    when = moment(meeting.starts_at)
    if meeting.ends_at:
        when = _("%(start)s to %(end)s") % {"start": when, "end": _end(meeting, meeting.ends_at)}
    facts = [fact(_("Committee"), meeting.committee.name), fact(_("Date"), when)]
    if meeting.place:
        facts.append(fact(_("Place"), meeting.place))
    if meeting.link:
        facts.append(fact(_("Join"), meeting.link, meeting.link))
    return facts


def _end(meeting: Meeting, ends_at: datetime.datetime) -> str:
    same_day = localtime(ends_at).date() == localtime(meeting.starts_at).date()
    return date_format(localtime(ends_at), "TIME_FORMAT" if same_day else "DATETIME_FORMAT")


def _attendance(meeting: Meeting) -> Shape:
    """Seats as they are held on the day of the meeting, and once it was opened who came."""
    seats = list(meeting.committee.seats.all().standing(localtime(meeting.starts_at).date()))
    terms = SeatTerm.objects.on(localtime(meeting.starts_at).date())
    names: dict[tuple[int, bool], str] = {
        (term.seat_id, term.is_alternate): term.person_name
        for term in terms.filter(seat__committee=meeting.committee_id)
    }
    came: dict[int, list[str]] = defaultdict(list)
    for event in MeetingEvent.objects.filter(meeting=meeting, kind=MeetingAct.ARRIVED):
        names_of_seat = came[event.seat_id or 0]
        if event.person_name not in names_of_seat:
            names_of_seat.append(event.person_name)
    columns = [_("Seat"), _("Role"), _("Held by"), _("Alternate")]
    rows = [
        [
            seat.title,
            str(seat.get_role_display()),
            names.get((seat.pk, False), _("Vacant")),
            names.get((seat.pk, True), _("None")),
        ]
        for seat in seats
    ]
    if came:
        columns.append(_("Attended"))
        for seat, row in zip(seats, rows, strict=True):
            row.append(", ".join(came[seat.pk]) or _("Absent"))
    text = [] if rows else [_("Nobody has a seat.")]
    return section(_("Members"), text=text, columns=columns, rows=rows)


def _parts(meeting: Meeting) -> list[Shape]:
    related = ("offering", "bundle", "retirement", "review")
    items = list(meeting.items.select_related(*related).order_by("position", "pk"))
    decisions: dict[int, list[Decision]] = defaultdict(list)
    offerings = [item.offering_id for item in items if item.offering_id]
    for decision in Decision.objects.filter(offering__in=offerings).order_by("decided_at", "pk"):
        decisions[decision.offering_id].append(decision)
    parts: list[Shape] = []
    number = 0
    for part in AgendaPart:
        shapes = []
        for item in (item for item in items if item.part == part):
            number += 1
            shapes.append(_item(item, number, decisions[item.offering_id or 0]))
        if shapes:
            parts.append({"heading": str(part.label), "items": shapes})
    return parts


def _item(item: AgendaItem, number: int, decisions: list[Decision]) -> Shape:
    subject = considered(item)
    notes = []
    if item.is_late:
        notes.append(_("Added after the meeting was called."))
    if item.pulled_by_name:
        notes.append(
            _("Moved from consent to discussion by %(name)s.") % {"name": item.pulled_by_name}
        )
    if item.left_by_vote:
        notes.append(_("Left the consent part: a member voted against it or to discuss it."))
    sections = item_sections(subject, _earlier(decisions, subject.motions))
    return {
        "number": str(number),
        "title": item.title,
        "notes": notes,
        "facts": item_facts(subject),
        "sections": [
            {**shape, "key": f"item-{number}-{place}"} for place, shape in enumerate(sections, 1)
        ],
    }


def _earlier(decisions: list[Decision], motions: list[Motion]) -> list[Decision]:
    """What had been decided when the committee took the item up; all of it before that."""
    if not motions:
        return decisions
    return [decision for decision in decisions if decision.decided_at < motions[-1].opened_at]
