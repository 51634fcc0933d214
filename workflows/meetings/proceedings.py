"""Running a meeting: attendance, items received, notes, adjournment."""

from django.utils.translation import gettext as _

from credentials.people.actors import Person
from workflows.agendas.items import stage_on
from workflows.agendas.meeting_events import presiding, write_down
from workflows.choices import MeetingAct, MeetingState
from workflows.committee.attendance import present_people
from workflows.committee_seats.seats import seated
from workflows.exceptions import DecisionRefused
from workflows.models import AgendaItem, Meeting, Motion, Seat, SeatTerm
from workflows.proposals.actions import note_received


def open_meeting(meeting: Meeting, person: Person) -> None:
    """Open it. Raises DecisionRefused."""
    with presiding(person, meeting, MeetingState.CALLED) as meeting:
        meeting.state = MeetingState.UNDER_WAY
        meeting.save()
        write_down(meeting, MeetingAct.OPENED, person)


def record_arrival(meeting: Meeting, person: Person, term: SeatTerm) -> None:
    """Record that the holder of a seat, or its alternate, is present. Raises DecisionRefused."""
    with presiding(person, meeting, MeetingState.UNDER_WAY) as meeting:
        in_force = [
            item
            for seat in seated(meeting.committee)
            for item in (seat.holder, seat.alternate)
            if item is not None
        ]
        if term.pk not in {item.pk for item in in_force}:
            raise DecisionRefused(_("This person holds no seat on the committee today."))
        present = present_people(meeting)
        if term.seat_id in present:
            raise DecisionRefused(_("Somebody is present for this seat already."))
        write_down(
            meeting,
            MeetingAct.ARRIVED,
            person,
            seat=term.seat,
            person_key=term.person_key,
            person_name=term.person_name,
        )


def record_departure(meeting: Meeting, person: Person, seat: Seat) -> None:
    """Record that whoever was present for a seat has left. Raises DecisionRefused."""
    with presiding(person, meeting, MeetingState.UNDER_WAY) as meeting:
        arrival = meeting.events.filter(kind=MeetingAct.ARRIVED, seat=seat).order_by("pk").last()
        if seat.pk not in present_people(meeting) or arrival is None:
            raise DecisionRefused(_("Nobody is recorded as present for this seat."))
        write_down(
            meeting,
            MeetingAct.LEFT,
            person,
            seat=seat,
            person_key=arrival.person_key,
            person_name=arrival.person_name,
        )


def receive(item: AgendaItem, person: Person) -> None:
    """Note that the committee received an item for information (GB-2). Raises DecisionRefused."""
    with presiding(person, item.meeting, MeetingState.UNDER_WAY) as meeting:
        state = stage_on(item)
        if state is None:
            raise DecisionRefused(_("This item does not wait to be received any more."))
        note_received(state, person)
        write_down(meeting, MeetingAct.RECEIVED, person, item=item.title)


def note(item: AgendaItem, person: Person, text: str) -> None:
    """Keep a note on an item for the minutes. Raises DecisionRefused."""
    with presiding(person, item.meeting, MeetingState.UNDER_WAY, MeetingState.ADJOURNED):
        item.note = text.strip()
        item.save(update_fields=["note"])


def adjourn(meeting: Meeting, person: Person) -> None:
    """End it; open motions are closed first. Raises DecisionRefused."""
    with presiding(person, meeting, MeetingState.UNDER_WAY) as meeting:
        if Motion.objects.filter(meeting=meeting).open().exists():
            raise DecisionRefused(_("A motion is still open. Close it before you adjourn."))
        meeting.state = MeetingState.ADJOURNED
        meeting.save()
        write_down(meeting, MeetingAct.ADJOURNED, person)
