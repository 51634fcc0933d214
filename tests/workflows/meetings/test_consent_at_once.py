"""What is done at the same moment to the consent part: no objection is lost."""

from typing import Any

import pytest
from django.db import connection

from credentials.people.roles import grant_roles
from tests.at_once import at_once
from tests.committee import vote
from tests.workflows.meetings.consenting import (
    meeting_under_way,
    motion_on,
    part_of,
    seated_people,
    shown_to,
    votes,
)
from workflows.agendas.consent import open_consent_motions
from workflows.choices import AgendaPart
from workflows.exceptions import DecisionRefused
from workflows.meetings.consent_votes import close_consent, vote_on_consent
from workflows.models import Meeting

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once"),
]

ROUNDS = range(3)


@pytest.fixture
def seated(root: Any) -> dict[str, Any]:
    """The committee, with an alternate."""
    grant_roles(root)
    return seated_people()


@pytest.fixture
def meeting(root: Any, seated: dict[str, Any]) -> Meeting:
    """Three consent items are open for a vote."""
    return meeting_under_way(root, seated)


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_vote_on_all_from_another_window_never_undoes_a_no(
    meeting: Meeting, seated: dict[str, Any], _round: int
) -> None:
    someone, shown = seated["second"], shown_to(meeting, seated["second"])
    raised = at_once(
        lambda: vote(motion_on("First"), someone, "no"),
        lambda: vote_on_consent(meeting, someone, "yes", shown),
    )
    assert not raised
    assert votes(someone)["First"][-1] == "no"
    assert part_of("First") == AgendaPart.DISCUSSION


@pytest.mark.parametrize("_round", ROUNDS)
def test_closing_all_closes_nothing_that_was_just_objected_to(
    meeting: Meeting, seated: dict[str, Any], _round: int
) -> None:
    shown = [motion.pk for motion in open_consent_motions(meeting)]
    for name in ("chair", "second"):
        vote_on_consent(meeting, seated[name], "yes", shown_to(meeting, seated[name]))
    raised = at_once(
        lambda: vote(motion_on("First"), seated["third"], "no"),
        lambda: close_consent(meeting, seated["secretary"], shown),
    )
    assert all(isinstance(error, DecisionRefused) for error in raised), raised
    assert motion_on("First").is_open is not bool(raised)
    assert (part_of("First") == AgendaPart.DISCUSSION) is not bool(raised)
