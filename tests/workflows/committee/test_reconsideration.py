"""What the committee defeated comes again only when a member who voted against moves it."""

from typing import Any

import pytest

from credentials.models import PublishedVersion
from tests.committee import open_vote, vote, vote_all
from tests.lifecycle import pass_stage
from tests.proposals import draft, edit, stage_state
from workflows.choices import MotionOutcome, Purpose
from workflows.committee.reconsideration import motion_to_reconsider, movers
from workflows.committee.results import close_due_motions, close_motion
from workflows.exceptions import DecisionRefused
from workflows.models import CommitteeRules, Motion

pytestmark = pytest.mark.django_db


def resubmit(offering: Any) -> None:
    """Submit the same content again; it comes back to the committee."""
    draft(offering).current_workflow_state.resume(user=None)


@pytest.fixture
def defeated(motion: Motion, proposal: Any, seated: Any) -> Motion:
    """A motion defeated by two to one, its proposal back at the committee unchanged."""
    vote(motion, seated["chair"], "yes")
    vote(motion, seated["second"], "no")
    vote(motion, seated["third"], "no")
    close_motion(motion, seated["secretary"])
    resubmit(proposal)
    return Motion.objects.get(pk=motion.pk)


def name(person: Any) -> str:
    return str(person.get_full_name() or person.get_username())


def to_reconsider(offering: Any) -> Motion | None:
    state = stage_state(offering)
    return motion_to_reconsider(offering.pk, str(state.task_id), state.content_hash)


def test_the_same_content_does_not_come_again_by_itself(defeated: Motion, proposal: Any) -> None:
    assert stage_state(proposal).task.name == "Committee approval"
    with pytest.raises(DecisionRefused, match="defeated this motion on the same content"):
        open_vote(proposal)


def test_nor_under_another_name(defeated: Motion, proposal: Any) -> None:
    with pytest.raises(DecisionRefused, match="a motion is to approve, or to request changes"):
        open_vote(proposal, purpose=Purpose.ENDORSE)


def test_only_who_voted_against_moves_it(defeated: Motion, proposal: Any, seated: Any) -> None:
    assert movers(defeated) == [name(seated["second"]), name(seated["third"])]
    for mover in ("", "Somebody", name(seated["chair"])):
        with pytest.raises(DecisionRefused, match="moved by a member who voted against"):
            open_vote(proposal, reconsiders=defeated, moved_by=mover)


def test_a_second_motion_can_carry_what_the_first_defeated_and_both_stay_on_record(
    defeated: Motion, proposal: Any, seated: Any
) -> None:
    again = open_vote(proposal, reconsiders=defeated, moved_by=name(seated["second"]))
    vote_all(again)
    close_motion(again, seated["secretary"])
    assert PublishedVersion.objects.count() == 1
    assert again.reconsiders == defeated
    assert [motion.result.outcome for motion in Motion.objects.order_by("pk")] == [
        MotionOutcome.DEFEATED,
        MotionOutcome.CARRIED,
    ]


def test_an_attempt_that_decided_nothing_can_be_repeated(
    defeated: Motion, proposal: Any, seated: Any, late: Any, monkeypatch: Any
) -> None:
    mover = name(seated["third"])
    first = open_vote(proposal, reconsiders=defeated, moved_by=mover)
    late(first)
    assert close_due_motions() == 1
    assert Motion.objects.get(pk=first.pk).result.outcome == MotionOutcome.NO_QUORUM
    assert to_reconsider(proposal) == defeated
    with pytest.raises(DecisionRefused, match="defeated this motion"):
        open_vote(proposal)
    second = open_vote(proposal, reconsiders=to_reconsider(proposal), moved_by=mover)
    vote_all(second)
    close_motion(second, seated["secretary"])
    assert PublishedVersion.objects.count() == 1


def test_a_second_defeat_is_reconsidered_in_its_turn(
    defeated: Motion, proposal: Any, seated: Any
) -> None:
    again = open_vote(proposal, reconsiders=defeated, moved_by=name(seated["second"]))
    vote_all(again, "no")
    close_motion(again, seated["secretary"])
    resubmit(proposal)
    with pytest.raises(DecisionRefused, match="defeated this motion"):
        open_vote(proposal, reconsiders=defeated, moved_by=name(seated["second"]))
    third = open_vote(proposal, reconsiders=again, moved_by=name(seated["chair"]))
    assert third.reconsiders == again


def test_where_nobody_voted_against_any_member_moves_it(proposal: Any, seated: Any) -> None:
    motion = open_vote(proposal)
    vote_all(motion, "abstain")
    assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.DEFEATED
    resubmit(proposal)
    mover = name(seated["chair"])
    assert open_vote(proposal, reconsiders=motion, moved_by=mover).is_open


def test_changed_content_is_a_new_question(defeated: Motion, proposal: Any) -> None:
    state = draft(proposal).current_workflow_state
    state.cancel()
    edit(proposal, competency="Moves patients on a ward.")
    draft(proposal).get_workflow().start(draft(proposal), None)
    pass_stage(proposal)
    assert to_reconsider(proposal) is None
    assert open_vote(proposal).is_open


def test_withdrawing_and_submitting_again_does_not_get_around_it(
    defeated: Motion, proposal: Any
) -> None:
    draft(proposal).current_workflow_state.cancel()
    draft(proposal).get_workflow().start(draft(proposal), None)
    pass_stage(proposal)
    assert stage_state(proposal).task.name == "Committee approval"
    with pytest.raises(DecisionRefused, match="defeated this motion"):
        open_vote(proposal)


def test_nothing_is_reconsidered_that_was_not_defeated(
    proposal: Any, motion: Motion, seated: Any, late: Any
) -> None:
    late(motion)
    close_motion(motion, seated["secretary"])
    with pytest.raises(DecisionRefused, match="no defeated motion"):
        open_vote(proposal, reconsiders=motion, moved_by=name(seated["chair"]))


def test_a_request_for_changes_needs_no_reconsideration(
    defeated: Motion, proposal: Any, seated: Any
) -> None:
    for text in ("Name the ward.", "Name the hospital."):
        motion = open_vote(proposal, purpose=Purpose.REQUEST_CHANGES, text=text)
        vote_all(motion, "no")
        close_motion(motion, seated["secretary"])
    assert to_reconsider(proposal) == defeated
    assert CommitteeRules.objects.count() == 1
