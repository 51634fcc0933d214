"""Closing a motion: who may, when, and what comes of it, all or nothing."""

from typing import Any

import pytest

from credentials.models import Agreement, PublishedVersion
from tests.committee import open_vote, seat, seat_committee, vote, vote_all
from tests.people import person
from tests.proposals import draft, edit, stage_state
from workflows.choices import MotionOutcome, Outcome, Purpose
from workflows.committee.outcome_words import explain
from workflows.committee.results import close_due_motions, close_motion, refusal_to_close
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Motion, MotionResult
from workflows.proposals.actions import hold, resume
from workflows.stages.current_stage import stage_state_of
from workflows.stages.stage_state import StageState

pytestmark = pytest.mark.django_db


def decided(offering: Any) -> list[str]:
    """What the committee decided on it, in order."""
    decisions = Decision.objects.filter(offering_id=offering.pk, motion__isnull=False)
    return list(decisions.order_by("pk").values_list("outcome", flat=True))


def test_a_carried_motion_publishes_exactly_what_was_voted_on(
    motion: Motion, proposal: Any, seated: Any
) -> None:
    vote(motion, seated["chair"])
    vote(motion, seated["second"])
    vote(motion, seated["third"], "no", "Too dear.")
    result = close_motion(motion, seated["secretary"])
    assert explain(result) == "3 of 3 seats present, quorum 2, 2 yes 1 no: carried."
    version = PublishedVersion.objects.get()
    assert version.content_hash == motion.content_hash
    assert version.approval.decided_by_name == motion.committee.name
    assert Decision.objects.get(motion=motion).outcome == Outcome.APPROVED
    assert result.closed_by_name == seated["secretary"].get_short_name()
    assert [line["choice"] for line in result.seats] == ["yes", "yes", "no"]


def test_a_defeated_motion_gives_the_reasons_of_those_against(
    motion: Motion, proposal: Any, seated: Any
) -> None:
    vote(motion, seated["chair"], "no", "The assessment is thin.")
    vote(motion, seated["second"], "no")
    vote(motion, seated["third"], "yes", "I like it.")
    close_motion(motion, seated["secretary"])
    decision = Decision.objects.get(motion=motion)
    assert decision.outcome == Outcome.DECLINED
    assert "The assessment is thin." in decision.comment
    assert "I like it." not in decision.comment
    assert not PublishedVersion.objects.exists()
    assert stage_state_of(proposal) is None


def test_without_quorum_nothing_is_decided_and_it_stays_with_the_committee(
    motion: Motion, proposal: Any, seated: Any, late: Any
) -> None:
    vote(motion, seated["chair"])
    late(motion)
    result = close_motion(motion, seated["secretary"])
    assert result.outcome == MotionOutcome.NO_QUORUM
    assert "1 of 3 seats present, quorum 2" in explain(result)
    assert not decided(proposal)
    assert not PublishedVersion.objects.exists()
    assert stage_state(proposal).task.name == "Committee approval"
    assert open_vote(proposal).is_open


def test_one_member_holds_it_for_a_meeting(motion: Motion, proposal: Any, seated: Any) -> None:
    vote(motion, seated["chair"])
    vote(motion, seated["second"])
    vote(motion, seated["third"], "discuss", "Who pays?")
    assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.HELD
    assert not decided(proposal)
    assert stage_state(proposal).task.name == "Committee approval"


def test_a_hold_that_was_answered_holds_no_more(motion: Motion, seated: Any) -> None:
    vote(motion, seated["third"], "discuss", "Who pays?")
    for name in ("chair", "second", "third"):
        vote(motion, seated[name])
    assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.CARRIED


def test_only_those_who_preside_close_it(motion: Motion, seated: Any, people: Any) -> None:
    vote_all(motion)
    for someone in (
        seated["second"],
        person("department"),
        people["superuser"],
        people["committee"],
    ):
        assert "Only the chair or the secretary" in refusal_to_close(motion, someone)
        with pytest.raises(DecisionRefused, match="Only the chair or the secretary"):
            close_motion(motion, someone)
    assert not MotionResult.objects.exists()
    close_motion(motion, seated["chair"])


def test_an_electronic_vote_ends_early_only_when_every_seat_has_voted(
    motion: Motion, seated: Any
) -> None:
    vote(motion, seated["chair"])
    vote(motion, seated["second"])
    with pytest.raises(DecisionRefused, match="ends early only"):
        close_motion(motion, seated["chair"])
    vote(motion, seated["third"], "abstain")
    assert close_motion(motion, seated["chair"]).outcome == MotionOutcome.CARRIED


def test_a_closed_motion_is_neither_closed_again_nor_voted_on(motion: Motion, seated: Any) -> None:
    vote_all(motion)
    close_motion(motion, seated["chair"])
    with pytest.raises(DecisionRefused, match="closed already"):
        close_motion(motion, seated["secretary"])
    with pytest.raises(DecisionRefused, match="closed"):
        vote(motion, seated["third"], "no")
    assert MotionResult.objects.count() == PublishedVersion.objects.count() == 1


class TestByItself:
    """Electronic votes whose time has run out close without anybody."""

    def test_what_has_run_out_is_counted_once_and_takes_effect(
        self, motion: Motion, seated: Any, late: Any
    ) -> None:
        vote(motion, seated["chair"])
        vote(motion, seated["second"])
        assert close_due_motions() == 0
        late(motion)
        assert close_due_motions() == 1
        assert close_due_motions() == 0
        assert motion.roster.count() == 3
        assert PublishedVersion.objects.count() == 1
        assert MotionResult.objects.get().closed_by_name == ""

    def test_a_defeat_takes_effect_too(
        self, motion: Motion, proposal: Any, seated: Any, late: Any
    ) -> None:
        vote_all(motion, "no")
        late(motion)
        assert close_due_motions() == 1
        assert decided(proposal) == [Outcome.DECLINED]

    def test_nobody_closes_what_has_not_run_out(self, motion: Motion) -> None:
        vote_all(motion)
        with pytest.raises(DecisionRefused, match="has not run out"):
            close_motion(motion, None)

    def test_one_that_cannot_be_closed_does_not_keep_the_others_open(
        self, motion: Motion, proposal: Any, root: Any, late: Any
    ) -> None:
        hold(stage_state(proposal), seat_committee()["chair"], "Counsel is asked.")
        vote_all(motion)
        late(motion)
        assert close_due_motions() == 0
        assert Motion.objects.get(pk=motion.pk).is_open
        resume(stage_state(proposal), seat_committee()["chair"])
        assert close_due_motions() == 1
        assert PublishedVersion.objects.count() == 1


class TestVoid:
    def test_content_that_changed_after_the_vote_is_not_decided(
        self, motion: Motion, proposal: Any, seated: Any
    ) -> None:
        vote_all(motion)
        edit(proposal, competency="Unapproved words")
        result = close_motion(motion, seated["secretary"])
        assert result.outcome == MotionOutcome.VOID
        assert "content changed" in explain(result)
        assert not decided(proposal)
        assert not PublishedVersion.objects.exists()

    def test_words_that_came_back_are_what_was_voted_on(
        self, motion: Motion, proposal: Any, seated: Any
    ) -> None:
        words = draft(proposal).competency
        vote_all(motion)
        edit(proposal, competency="Other words")
        edit(proposal, competency=words)
        assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.CARRIED

    def test_what_the_policy_no_longer_lets_through_is_not_decided(
        self, motion: Motion, proposal: Any, seated: Any
    ) -> None:
        vote_all(motion)
        Agreement.objects.filter(offering_id=proposal.pk).update(state=Agreement.State.CANCELLED)
        result = close_motion(motion, seated["secretary"])
        assert result.outcome == MotionOutcome.VOID
        assert "no longer met" in result.reason
        assert not PublishedVersion.objects.exists()


def test_result_and_decision_are_written_together_or_not_at_all(
    motion: Motion, seated: Any, monkeypatch: Any
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    vote_all(motion)
    monkeypatch.setattr(StageState, "_go_on_from", fail)
    with pytest.raises(RuntimeError):
        close_motion(motion, seated["secretary"])
    assert not MotionResult.objects.exists()
    assert not Decision.objects.filter(motion__isnull=False).exists()
    monkeypatch.undo()
    assert close_motion(motion, seated["secretary"]).outcome == MotionOutcome.CARRIED


def test_a_carried_request_for_changes_sends_it_back_to_its_author(
    proposal: Any, seated: Any
) -> None:
    motion = open_vote(proposal, purpose=Purpose.REQUEST_CHANGES, text="Name the ward.")
    vote_all(motion)
    close_motion(motion, seated["secretary"])
    assert decided(proposal) == [Outcome.CHANGES_REQUESTED]
    assert "Name the ward." in Decision.objects.get(motion=motion).comment
    assert not PublishedVersion.objects.exists()


def test_a_defeated_request_for_changes_leaves_it_with_the_committee(
    proposal: Any, seated: Any
) -> None:
    motion = open_vote(proposal, purpose=Purpose.REQUEST_CHANGES, text="Name the ward.")
    vote_all(motion, "no")
    close_motion(motion, seated["secretary"])
    assert not decided(proposal)
    again = open_vote(proposal, purpose=Purpose.REQUEST_CHANGES, text="Name the hospital.")
    vote_all(again, "no")
    close_motion(again, seated["secretary"])
    approving = open_vote(proposal)
    vote_all(approving)
    close_motion(approving, seated["secretary"])
    assert PublishedVersion.objects.count() == 1


def test_seats_that_join_later_change_neither_quorum_nor_count(motion: Motion, seated: Any) -> None:
    for number in range(10, 20):
        seat(person("committee", number))
    vote_all(motion)
    result = close_motion(motion, seated["secretary"])
    assert (result.eligible, result.quorum, result.outcome) == (3, 2, MotionOutcome.CARRIED)
