"""A proposal that has come to the committee, its seats, and a vote that is open."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from credentials.models import MicroCredential
from credentials.people.roles import grant_roles
from tests.committee import open_vote, seat_committee
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, submit
from workflows.choices import MeetingState
from workflows.meetings.proceedings import record_arrival
from workflows.models import AgendaItem, Meeting, Motion, SeatTerm


@pytest.fixture(scope="module")
def at_the_committee(module_root: Any) -> int:
    """The key of a proposal before a seated committee: made once, each test begins from it."""
    grant_roles(module_root)
    seat_committee()
    offering = MicroCredentialFactory(parent=module_root, author=person("editor"))
    submit(offering, person("editor"))
    approve(offering, person("department"))
    return int(offering.pk)


@pytest.fixture
def seated(at_the_committee: int, db: None) -> dict[str, Any]:
    """Three voting people ("chair", "second", "third") and a "secretary"."""
    return seat_committee()


@pytest.fixture
def proposal(at_the_committee: int, db: None) -> MicroCredential:
    """A micro-credential that the Department has approved; the committee decides next."""
    return MicroCredential.objects.get(pk=at_the_committee)


@pytest.fixture
def motion(proposal: Any) -> Motion:
    """An electronic vote on it that is open."""
    return open_vote(proposal)


@pytest.fixture
def meeting(proposal: Any, seated: Any) -> Meeting:
    """A meeting under way that has the proposal on its agenda; nobody is recorded as present."""
    return meeting_on(proposal)


def meeting_on(offering: Any) -> Meeting:
    """A meeting under way with what an offering waits for on its agenda."""
    state = type(offering).objects.get(pk=offering.pk).current_workflow_task_state
    made = Meeting.objects.create(
        committee=state.task.specific.committee,
        starts_at=state.started_at,
        place="Room 1",
        state=MeetingState.UNDER_WAY,
    )
    AgendaItem.objects.create(
        meeting=made,
        title=offering.title,
        offering_id=offering.pk,
        proposal_key=str(state.workflow_state_id),
        stage_key=str(state.task_id),
    )
    return made


@pytest.fixture
def arrive(meeting: Meeting, seated: Any) -> Any:
    """Let the secretary record that people have arrived."""

    def record(*people: Any) -> None:
        for someone in people:
            term = SeatTerm.objects.on().held_by(someone).get()
            record_arrival(meeting, seated["secretary"], term)

    return record


@pytest.fixture
def late(monkeypatch: Any) -> Any:
    """Let the time of a motion run out: clocks move on, nothing on record is touched."""

    def move_on(motion: Motion) -> None:
        after = motion.closes_at + datetime.timedelta(minutes=1)
        monkeypatch.setattr(timezone, "now", lambda: after)

    return move_on
