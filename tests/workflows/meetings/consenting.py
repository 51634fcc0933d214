"""A meeting with three consent items open for a vote, and what its members say of them."""

import datetime
from typing import Any

from django.utils import timezone

from tests.committee import seat_committee, term
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, submit
from workflows.agendas.items import stage_on
from workflows.choices import Purpose
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.meetings.agenda import build_agenda
from workflows.meetings.call import call_meeting
from workflows.meetings.consent_votes import consent_lines
from workflows.meetings.item_votes import put_consent
from workflows.meetings.proceedings import open_meeting, record_arrival
from workflows.models import AgendaItem, Ballot, Committee, Meeting, Motion, Seat, SeatTerm

TITLES = ("First", "Second", "Third")


def seated_people() -> dict[str, Any]:
    """A chair, two voting members, a secretary, and a "stand_in" for the second seat."""
    people, stand_in = seat_committee(), person("committee", 8)
    if not SeatTerm.objects.filter(is_alternate=True).exists():
        term(Seat.objects.get(terms__person=people["second"]), stand_in, is_alternate=True)
    return people | {"stand_in": stand_in}


def waiting(root: Any, title: str) -> None:
    """A proposal that waits for the committee."""
    offering = MicroCredentialFactory(parent=root, title=title, author=person("editor"))
    submit(offering, person("editor"))
    approve(offering, person("department"))


def meeting_under_way(root: Any, people: dict[str, Any]) -> Meeting:
    """All are present; each item but the first has a condition."""
    for title in TITLES:
        waiting(root, title)
    planned = Meeting.objects.create(
        committee=Committee.objects.get(),
        starts_at=timezone.now() + datetime.timedelta(days=10),
        place="Senate Chamber",
    )
    secretary = people["secretary"]
    build_agenda(planned, secretary)
    call_meeting(planned, secretary)
    open_meeting(planned, secretary)
    meeting = Meeting.objects.get(pk=planned.pk)
    for name in ("chair", "second", "third"):
        record_arrival(meeting, secretary, SeatTerm.objects.get(person=people[name]))
    for item in meeting.items.exclude(title=TITLES[0]):
        state = stage_on(item)
        assert state is not None
        question = Question(Purpose.APPROVE, meeting=meeting, conditions=(f"Lease {item}.",))
        open_motion(state, secretary, question)
    put_consent(meeting, secretary)
    return meeting


def motion_on(title: str) -> Motion:
    """The motion put on an item."""
    found: Motion = Motion.objects.get(subject=title)
    return found


def shown_to(meeting: Meeting, someone: Any) -> list[str]:
    """What the page to vote on all sends for a person."""
    return [line.shown for line in consent_lines(meeting, someone) if not line.left_alone]


def votes(someone: Any) -> dict[str, list[str]]:
    """Every ballot of a person, the oldest first, by what it was cast on."""
    found: dict[str, list[str]] = {}
    for ballot in Ballot.objects.filter(cast_by_key=str(someone.pk)).select_related("motion"):
        found.setdefault(ballot.motion.subject, []).append(ballot.choice)
    return found


def part_of(title: str) -> str:
    """The part of the agenda in which an item stands."""
    return str(AgendaItem.objects.get(title=title).part)
