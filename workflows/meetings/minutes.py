"""Minutes: drafted from what happened, edited, and frozen when they are confirmed."""

from collections.abc import Iterator
from typing import Any

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from credentials.people.actors import Person, actor_of
from credentials.record.content import sha256
from credentials.record.log.progress import checkpoint_now
from workflows.agendas.items import motions_on
from workflows.agendas.meeting_events import presiding, write_down
from workflows.choices import AgendaPart, MeetingAct, MeetingState
from workflows.committee.outcome_words import explain
from workflows.committee_seats.seats import seated
from workflows.documents.sealed import sealed_heading, sealed_text
from workflows.exceptions import DecisionRefused
from workflows.models import AgendaItem, Meeting, MeetingEvent, Minutes, MinutesDraft, Motion
from workflows.signals import minutes_confirmed

OVER = (MeetingState.ADJOURNED, MeetingState.CONFIRMED)
Section = dict[str, str]


def draft_minutes(meeting: Meeting, person: Person) -> MinutesDraft:
    """Draw the minutes from the record, in place of a draft that stands. Raises DecisionRefused."""
    with presiding(person, meeting, *OVER) as meeting:
        draft, _created = MinutesDraft.objects.get_or_create(meeting=meeting)
        draft.sections = list(_sections(meeting))
        draft.save()
    return draft


def save_minutes(draft: MinutesDraft, person: Person, sections: list[Section]) -> None:
    """Keep the secretary's words. Raises DecisionRefused."""
    with presiding(person, draft.meeting, *OVER):
        draft.sections = sections
        draft.save()


def confirm_minutes(meeting: Meeting, person: Person, reason: str = "") -> Minutes:
    """Freeze the draft as the minutes; later ones correct it, for a reason.

    Raises DecisionRefused.
    """
    with presiding(person, meeting, *OVER) as meeting:
        draft = MinutesDraft.objects.filter(meeting=meeting).first()
        if draft is None or not draft.sections:
            raise DecisionRefused(_("Draft the minutes first."))
        number = meeting.minutes.count() + 1
        if number > 1 and not reason.strip():
            raise DecisionRefused(_("Say what is corrected; the minutes of before stay on record."))
        sections = list(draft.sections)
        if number > 1:
            sections.insert(0, {"heading": _("Correction"), "text": reason.strip()})
        if checkpoint := checkpoint_now():
            sections.append({"heading": sealed_heading(), "text": sealed_text(checkpoint)})
        by = actor_of(person)
        minutes: Minutes = Minutes.objects.create(
            meeting=meeting,
            number=number,
            title=_("Minutes of the %(committee)s, %(date)s")
            % {"committee": meeting.committee.name, "date": _day(meeting)},
            sections=sections,
            content_hash=sha256(sections),
            confirmed_by_key=by.key,
            confirmed_by_name=by.name,
        )
        meeting.state = MeetingState.CONFIRMED
        meeting.save()
        write_down(meeting, MeetingAct.CONFIRMED, person, text=str(number))
        minutes_confirmed.send(Minutes, minutes=minutes)
    return minutes


def _sections(meeting: Meeting) -> Iterator[Section]:
    events = list(meeting.events.select_related("seat").order_by("pk"))
    yield {"heading": _("Meeting"), "text": _meeting_text(meeting, events)}
    yield {"heading": _("Attendance"), "text": _attendance_text(meeting, events)}
    for part in AgendaPart:
        for item in meeting.items.filter(part=part):
            heading = f"{part.label}: {item.title}"
            yield {"heading": heading, "text": _item_text(item, events)}


def _meeting_text(meeting: Meeting, events: list[MeetingEvent]) -> str:
    lines = [f"{meeting.committee.name}, {_day(meeting)}"]
    if meeting.place or meeting.link:
        lines.append(meeting.place or meeting.link)
    words = {
        MeetingAct.CALLED: _("Called on %(when)s by %(name)s. %(text)s"),
        MeetingAct.OPENED: _("Opened on %(when)s by %(name)s."),
        MeetingAct.ADJOURNED: _("Adjourned: %(when)s"),
    }
    for event in events:
        if sentence := words.get(MeetingAct(event.kind)):
            when = date_format(localtime(event.at), "DATETIME_FORMAT")
            facts = {"when": when, "name": event.by_name, "text": event.text}
            lines.append((sentence % facts).strip())
    return "\n".join(lines)


def _attendance_text(meeting: Meeting, events: list[MeetingEvent]) -> str:
    words = {
        MeetingAct.ARRIVED: _("%(name)s (%(seat)s) from %(time)s"),
        MeetingAct.LEFT: _("%(name)s (%(seat)s) left at %(time)s"),
    }
    lines = [
        words[MeetingAct(event.kind)]
        % {
            "name": event.person_name,
            "seat": event.seat.title if event.seat else "",
            "time": date_format(localtime(event.at), "TIME_FORMAT"),
        }
        for event in events
        if event.kind in words
    ]
    came = {event.seat_id for event in events if event.kind == MeetingAct.ARRIVED}
    opened = next((e.at for e in events if e.kind == MeetingAct.OPENED), meeting.starts_at)
    members = seated(meeting.committee, localtime(opened).date())
    away = [item.holder for item in members if item.seat.pk not in came]
    if not lines:
        return _("Nobody was recorded as present.")
    if away:
        names = ", ".join(f"{term.person_name} ({term.seat.title})" for term in away)
        lines.append(_("Not present: %(names)s") % {"names": names})
    return "\n".join(lines)


def _item_text(item: AgendaItem, events: list[MeetingEvent]) -> str:
    words = {
        MeetingAct.PULLED: _("%(name)s moved it from consent to discussion: %(text)s"),
        MeetingAct.OBJECTED: _(
            "%(name)s voted against it or to discuss it, so it left the consent part. %(text)s"
        ),
    }
    lines = [
        (words[MeetingAct(event.kind)] % {"name": event.by_name, "text": event.text}).strip()
        for event in events
        if event.kind in words and event.item == item.title
    ]
    if any(e.kind == MeetingAct.RECEIVED and e.item == item.title for e in events):
        lines.append(_("Received for information."))
    for motion in motions_on(item).select_related("result").order_by("pk"):
        lines += _motion_lines(motion)
    lines.append(item.note)
    return "\n".join(filter(None, lines)) or _("Nothing was decided.")


def _motion_lines(motion: Motion) -> Iterator[str]:
    moved: dict[str, Any] = {
        "purpose": motion.get_purpose_display(),
        "name": motion.moved_by,
        "second": motion.seconded_by,
    }
    if motion.moved_by and motion.seconded_by:
        yield _("Motion: %(purpose)s. Moved by %(name)s, seconded by %(second)s.") % moved
    elif motion.moved_by:
        yield _("Motion: %(purpose)s. Moved by %(name)s.") % moved
    else:
        yield _("Motion: %(purpose)s.") % moved
    yield motion.text
    result = getattr(motion, "result", None)
    recused = [s["holder"] for s in result.seats if s["standing"] == "recused"] if result else []
    if recused:
        yield _("Recused: %(names)s.") % {"names": ", ".join(recused)}
    for condition in motion.conditions.all():
        yield _("Condition: %(text)s") % {"text": condition.text}
    if result:
        yield explain(result)


def _day(meeting: Meeting) -> str:
    return date_format(localtime(meeting.starts_at), "DATE_FORMAT")
