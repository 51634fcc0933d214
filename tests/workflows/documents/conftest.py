"""A meeting with an agenda."""

import datetime
from typing import Any

import pytest
from django.utils import timezone

from credentials.models import MicroCredential
from credentials.people.roles import grant_roles
from tests.committee import committee, seat_committee
from tests.factories import MicroCredentialFactory
from tests.lifecycle import pass_stage
from tests.proposals import stage_state, submit
from workflows.meetings.agenda import add_item, build_agenda
from workflows.models import Meeting
from workflows.stages.committee import CommitteeStage


def to_committee(offering: Any) -> Any:
    """Submit it, and let every stage before the committee's decide."""
    submit(offering)
    while not isinstance(stage_state(offering).task.specific, CommitteeStage):
        pass_stage(offering)
    return offering


@pytest.fixture(scope="module")
def at_the_committee(module_root: Any) -> int:
    """The key of a proposal before a seated committee: made once, each test begins from it."""
    grant_roles(module_root)
    seat_committee()
    made = to_committee(MicroCredentialFactory(parent=module_root, title="Safe Transfers"))
    return int(made.pk)


@pytest.fixture
def seats(at_the_committee: int, people: Any) -> dict[str, Any]:
    """Who sits on the committee, by "chair", "second", "third" and "secretary"."""
    return seat_committee()


@pytest.fixture
def proposal(at_the_committee: int, seats: Any) -> MicroCredential:
    """A micro-credential that waits for the committee."""
    return MicroCredential.objects.get(pk=at_the_committee)


@pytest.fixture
def meeting(seats: Any, proposal: Any) -> Meeting:
    """A meeting in two weeks with one proposal and one matter of its own."""
    meeting = Meeting.objects.create(
        committee=committee(),
        starts_at=timezone.now() + datetime.timedelta(days=14),
        place="Senate Room",
    )
    build_agenda(meeting, seats["secretary"])
    add_item(meeting, seats["secretary"], "Report of the chair", "information")
    return meeting
