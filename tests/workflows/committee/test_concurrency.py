"""What members do at the same moment: each ballot counts once or is refused with a reason."""

import time
from collections.abc import Callable
from threading import Event
from typing import Any

import pytest
from django.db import connection
from wagtail.models import WorkflowState

from credentials.models import CatalogueEntry, PublishedVersion
from credentials.people.roles import grant_roles
from tests.at_once import at_once as all_at_once
from tests.committee import carry, open_vote, seat_committee, vote, vote_all
from tests.factories import MicroCredentialFactory
from tests.people import person
from tests.proposals import approve, stage_state, submit
from workflows.choices import Act, MotionOutcome
from workflows.committee import ballots, results
from workflows.committee.conditions import confirm_condition
from workflows.committee.motions import open_motion
from workflows.committee.question import Question
from workflows.committee.results import close_due_motions, close_motion
from workflows.exceptions import DecisionRefused
from workflows.models import (
    Ballot,
    Bundle,
    ConditionMet,
    Decision,
    Motion,
    MotionResult,
    ProposalEvent,
)
from workflows.proposals.actions import override, withdraw
from workflows.proposals.bundles import dissolve_bundle, make_bundle

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers at once"),
]

ROUNDS = range(3)


def at_once(*acts: Callable[[], Any]) -> list[Exception]:
    """Do these at the same moment; what was refused, each with a reason."""
    refused = all_at_once(*acts)
    assert all(isinstance(error, DecisionRefused) for error in refused), refused
    return refused


A_MINUTE = 60  # for what comes at once, on however slow a machine


def slowly(
    act: Callable[..., Any], seconds: float = 0.3, begun: Event | None = None
) -> Callable[..., Any]:
    """The same, with time for somebody else before and after; `begun` is set when it begins."""

    def wait_and_act(*args: Any, **kwargs: Any) -> Any:
        if begun is not None:
            begun.set()
        time.sleep(seconds)
        result = act(*args, **kwargs)
        time.sleep(seconds)
        return result

    return wait_and_act


@pytest.fixture
def seated(root: Any) -> dict[str, Any]:
    """Three voting people ("chair", "second", "third") and a "secretary"."""
    grant_roles(root)
    return seat_committee()


@pytest.fixture
def proposal(seated: Any, root: Any) -> Any:
    """A micro-credential that the Department has approved."""
    return at_committee(root)


def at_committee(root: Any) -> Any:
    offering = MicroCredentialFactory(parent=root, author=person("editor"))
    submit(offering, person("editor"))
    approve(offering, person("department"))
    return offering


@pytest.mark.parametrize("_round", ROUNDS)
def test_members_who_vote_at_the_same_moment_are_each_counted_once(
    proposal: Any, seated: Any, _round: int
) -> None:
    motion = open_vote(proposal)
    voters = [seated[name] for name in ("chair", "second", "third")]
    assert not at_once(*[lambda v=voter: vote(motion, v) for voter in voters])
    result = close_motion(motion, seated["secretary"])
    assert (result.yes, result.present, Ballot.objects.count()) == (3, 3, 3)


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_member_who_votes_from_two_windows_is_counted_once(
    proposal: Any, seated: Any, _round: int
) -> None:
    motion = open_vote(proposal)
    assert not at_once(
        lambda: vote(motion, seated["chair"], "yes"), lambda: vote(motion, seated["chair"], "no")
    )
    last = Ballot.objects.order_by("pk").last()
    assert last is not None
    tally, _seats = results.tally_of(motion)
    assert (tally.yes, tally.no) == ((1, 0) if last.choice == "yes" else (0, 1))


class TestVoteAgainstClosing:
    """Two have said yes and one no; the third changes to no while it is closed."""

    @pytest.fixture
    def motion(self, proposal: Any, seated: Any) -> Motion:
        motion = open_vote(proposal)
        vote_all(motion)
        vote(motion, seated["second"], "no")
        return motion

    def check(self, motion: Motion, raised: list[Exception]) -> None:
        result = MotionResult.objects.get()
        in_time = Ballot.objects.filter(motion=motion).count() == 5
        assert in_time is not bool(raised)
        assert (result.yes, result.no) == ((1, 2) if in_time else (2, 1))
        expected = MotionOutcome.DEFEATED if in_time else MotionOutcome.CARRIED
        assert result.outcome == expected
        assert PublishedVersion.objects.count() == (0 if in_time else 1)
        if raised:
            assert "closed" in str(raised[0])

    @pytest.mark.parametrize("_round", ROUNDS)
    def test_it_counts_or_is_refused(self, motion: Motion, seated: Any, _round: int) -> None:
        raised = at_once(
            lambda: vote(motion, seated["third"], "no"),
            lambda: close_motion(motion, seated["secretary"]),
        )
        self.check(motion, raised)

    def test_a_slow_count_keeps_the_ballot_out(
        self, motion: Motion, seated: Any, monkeypatch: Any
    ) -> None:
        begun = Event()
        monkeypatch.setattr(results, "tally_of", slowly(results.tally_of, begun=begun))

        def vote_late() -> None:
            assert begun.wait(A_MINUTE)
            vote(motion, seated["third"], "no")

        raised = at_once(lambda: close_motion(motion, seated["secretary"]), vote_late)
        assert len(raised) == 1
        self.check(motion, raised)

    def test_a_slow_ballot_is_waited_for(
        self, motion: Motion, seated: Any, monkeypatch: Any
    ) -> None:
        begun = Event()
        monkeypatch.setattr(ballots, "check_may_vote", slowly(ballots.check_may_vote, begun=begun))

        def close_late() -> None:
            assert begun.wait(A_MINUTE)
            close_motion(motion, seated["secretary"])

        raised = at_once(lambda: vote(motion, seated["third"], "no"), close_late)
        assert not raised
        self.check(motion, raised)


@pytest.mark.parametrize("_round", ROUNDS)
def test_people_who_close_at_once_leave_one_result_and_one_publication(
    proposal: Any, seated: Any, _round: int
) -> None:
    motion = open_vote(proposal)
    vote_all(motion)
    raised = at_once(
        lambda: close_motion(motion, seated["secretary"]),
        lambda: close_motion(motion, seated["chair"]),
    )
    assert [str(error) for error in raised] == ["This motion is closed already."]
    for model in (MotionResult, PublishedVersion, CatalogueEntry):
        assert model.objects.count() == 1
    assert Decision.objects.filter(motion=motion).count() == 1


def test_jobs_that_close_what_is_due_at_once_close_it_once(
    proposal: Any, seated: Any, monkeypatch: Any
) -> None:
    motion = open_vote(proposal)
    vote_all(motion)
    after = motion.closes_at
    monkeypatch.setattr("django.utils.timezone.now", lambda: after)
    closed: list[int] = []
    assert not at_once(*[lambda: closed.append(close_due_motions())] * 2)
    assert sorted(closed) in ([0, 1], [0, 0, 1])
    assert MotionResult.objects.count() == PublishedVersion.objects.count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_motion_opened_twice_at_once_is_opened_once(
    proposal: Any, seated: Any, _round: int
) -> None:
    state = stage_state(proposal)
    raised = at_once(
        lambda: open_motion(state, seated["secretary"], Question()),
        lambda: open_motion(state, seated["chair"], Question()),
    )
    assert len(raised) == 1
    assert "open already" in str(raised[0])
    assert Motion.objects.get().roster.count() == 3


@pytest.mark.parametrize("_round", ROUNDS)
def test_an_emergency_override_while_it_is_closed_publishes_once(
    proposal: Any, seated: Any, root: Any, _round: int
) -> None:
    owner = person("policy_owner")
    grant_roles(root)
    motion = open_vote(proposal)
    vote_all(motion)
    state = stage_state(proposal)
    raised = at_once(
        lambda: close_motion(motion, seated["secretary"]),
        lambda: override(state, owner, "Ward closes on Friday.", "Minute 7"),
    )
    assert len(raised) == 1
    assert MotionResult.objects.count() == PublishedVersion.objects.count() == 1
    assert Decision.objects.filter(stage="Committee approval").count() == 1


@pytest.mark.parametrize("_round", ROUNDS)
def test_a_withdrawal_while_it_is_closed_comes_before_or_not_at_all(
    proposal: Any, seated: Any, _round: int
) -> None:
    motion = open_vote(proposal)
    vote_all(motion)
    page = type(proposal).objects.get(pk=proposal.pk)
    raised = at_once(
        lambda: close_motion(motion, seated["secretary"]),
        lambda: withdraw(page, person("editor"), "The partner left."),
    )
    assert len(raised) == 1
    result = MotionResult.objects.get()
    was_withdrawn = ProposalEvent.objects.filter(kind=Act.WITHDRAWN).exists()
    status = WorkflowState.objects.get(pk=motion.proposal_key).status
    assert (result.outcome, status, PublishedVersion.objects.count()) == (
        (MotionOutcome.VOID, WorkflowState.STATUS_CANCELLED, 0)
        if was_withdrawn
        else (MotionOutcome.CARRIED, WorkflowState.STATUS_APPROVED, 1)
    )


def test_a_withdrawal_waits_for_a_slow_closing(
    proposal: Any, seated: Any, monkeypatch: Any
) -> None:
    motion = open_vote(proposal)
    vote_all(motion)
    page = type(proposal).objects.get(pk=proposal.pk)
    begun = Event()
    monkeypatch.setattr(results, "tally_of", slowly(results.tally_of, begun=begun))

    def withdraw_late() -> None:
        assert begun.wait(A_MINUTE)
        withdraw(page, person("editor"), "The partner left.")

    raised = at_once(lambda: close_motion(motion, seated["secretary"]), withdraw_late)
    assert [str(error) for error in raised] == ["The proposal is not under decision."]
    assert PublishedVersion.objects.count() == 1
    assert not ProposalEvent.objects.filter(kind=Act.WITHDRAWN).exists()


class TestConditions:
    @pytest.mark.parametrize("_round", ROUNDS)
    def test_the_last_two_confirmed_at_once_publish_once(
        self, proposal: Any, seated: Any, _round: int
    ) -> None:
        first, second = carry(proposal, conditions=("One.", "Two.")).conditions.all()
        assert not at_once(
            lambda: confirm_condition(first, seated["secretary"], "Done."),
            lambda: confirm_condition(second, person("department"), "Done."),
        )
        assert PublishedVersion.objects.count() == 1

    @pytest.mark.parametrize("_round", ROUNDS)
    def test_one_confirmed_twice_at_once_while_somebody_closes_again(
        self, proposal: Any, seated: Any, _round: int
    ) -> None:
        motion = carry(proposal, conditions=("One.",))
        condition = motion.conditions.get()
        raised = at_once(
            lambda: confirm_condition(condition, seated["secretary"], "Done."),
            lambda: close_motion(motion, seated["chair"]),
            lambda: confirm_condition(condition, person("department"), "Done."),
        )
        assert len(raised) == 2
        assert ConditionMet.objects.count() == PublishedVersion.objects.count() == 1


@pytest.mark.clause("GB-3")
class TestBundles:
    @pytest.fixture
    def bundle(self, proposal: Any, root: Any) -> Bundle:
        """Two proposals at the committee that are published together or not at all."""
        offerings = [proposal, at_committee(root)]
        return make_bundle(person("department"), offerings, "Two halves", "They share a lab.")

    def vote_on(self, bundle: Bundle, **question: Any) -> list[Motion]:
        """A vote on each, in which all have said yes."""
        motions = []
        for member in bundle.members.order_by("pk"):
            motions.append(open_vote(member.offering.specific, **question))
            vote_all(motions[-1])
        return motions

    @pytest.mark.parametrize("_round", ROUNDS)
    def test_the_last_two_decided_at_once_are_published_together(
        self, bundle: Bundle, seated: Any, _round: int
    ) -> None:
        motions = self.vote_on(bundle)
        assert not at_once(*[lambda m=m: close_motion(m, seated["secretary"]) for m in motions])
        bundle.refresh_from_db()
        assert bundle.state == Bundle.State.PUBLISHED
        assert PublishedVersion.objects.count() == 2

    @pytest.mark.parametrize("_round", ROUNDS)
    def test_conditions_confirmed_while_it_is_dissolved_publish_both(
        self, bundle: Bundle, seated: Any, _round: int
    ) -> None:
        motions = self.vote_on(bundle, conditions=("Hire staff.",))
        for motion in motions:
            close_motion(motion, seated["secretary"])
        conditions = [motion.conditions.get() for motion in motions]
        assert (
            not at_once(
                *[
                    lambda c=c: confirm_condition(c, seated["secretary"], "Done.")
                    for c in conditions
                ],
                lambda: time.sleep(0.05) or dissolve_bundle(bundle, person("department")),
            )
            or Bundle.objects.get().state == Bundle.State.PUBLISHED
        )
        assert PublishedVersion.objects.count() == 2
