"""Closing a motion: count, write the result down, and let it take effect, all or nothing."""

import logging
from dataclasses import asdict
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.compliance.gates import check_may_be_approved
from credentials.exceptions import PolicyNotMet
from credentials.people.actors import Actor, Person, actor_of
from credentials.people.identity import Recused
from workflows.choices import Choice, Outcome, Purpose, VotingMethod
from workflows.committee.attendance import present_people
from workflows.committee.outcome_words import explain
from workflows.committee.subject import conflicted, content_now, hold, stage_of
from workflows.committee.tally import SeatVote, Tally, VotingRules, count
from workflows.committee_seats.seats import check_no_conflict, presides
from workflows.deciding.decisions import outcome_of
from workflows.deciding.frozen_proposal import content_at
from workflows.deciding.progress import void
from workflows.deciding.stage_reading import draft_of
from workflows.deciding.verdict import Verdict
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import Ballot, CommitteeRules, Motion, MotionResult, RosterSeat
from workflows.models.routes import stages_of
from workflows.proposals.retirement import decide_by_motion, deciding_stage
from workflows.reviews.authority import deciding_stage as reviewing_stage
from workflows.reviews.conclusion import conclude_by_motion
from workflows.signals import motion_closed
from workflows.stages.base import Stage

_log = logging.getLogger(__name__)


def close_motion(motion: Motion, person: Person | None) -> MotionResult:
    """Close a motion and return its result; nobody (`None`) closes only what has run out.

    Raises DecisionRefused when this person may not close it, or not yet.
    """
    with transaction.atomic():
        motion = hold(motion)
        _check_may_close(motion, person)
        if reason := _why_void(motion):
            return void(motion, reason)
        tally, seats = tally_of(motion)
        by = actor_of(person) if person is not None else None
        result: MotionResult = MotionResult.objects.create(
            motion=motion,
            seats=seats,
            closed_by_key=by.key if by else "",
            closed_by_name=by.name if by else "",
            by_token=by.by_token if by else "",
            **asdict(tally),
        )
        motion.result = result
        _take_effect(motion, person)
        motion_closed.send(Motion, motion=motion)
    return result


def close_due_motions() -> int:
    """Close the electronic votes whose time has run out; returns how many. Safe to repeat."""
    closed = 0
    for motion in Motion.objects.all().due():
        try:
            close_motion(motion, None)
            closed += 1
        except PermissionDenied:
            _log.warning("Motion %s was not closed: it is held, or closed already.", motion.pk)
        except Exception as error:
            _log.error("Motion %s was not closed: %s.", motion.pk, type(error).__name__)
    return closed


def refusal_to_close(motion: Motion, person: Person) -> str:
    """Why this person cannot close it now; empty when they can."""
    try:
        _check_may_close(motion, person)
    except DecisionRefused as refused:
        return str(refused)
    return ""


def tally_of(motion: Motion) -> tuple[Tally, list[dict[str, str]]]:
    """Count a motion as it stands, and say of each seat who voted how."""
    votes, seats = [], []
    latest: dict[int, Ballot] = {ballot.roster_seat_id: ballot for ballot in motion.ballots.all()}
    present = present_people(motion.meeting)
    recused = conflicted(motion)
    for seat in motion.roster.all():
        ballot = latest.get(seat.pk)
        vote = _vote(seat, ballot, present, recused)
        votes.append(vote)
        seats.append(
            {
                "title": seat.title,
                "holder": seat.holder_name,
                "voter": ballot.cast_by_name if ballot and vote.choice else "",
                "standing": _standing(vote),
                "choice": vote.choice or "",
                "comment": ballot.comment if ballot and vote.choice else "",
                "by_token": ballot.by_token if ballot and vote.choice else "",
            }
        )
    by_e_vote = motion.method == VotingMethod.E_VOTE
    return count(votes, rules_of(motion.rules), discussion_holds=by_e_vote), seats


def rules_of(rules: CommitteeRules) -> VotingRules:
    """A committee's rules as counting needs them."""
    return VotingRules(
        quorum_basis=rules.quorum_basis,
        quorum=rules.quorum,
        majority_basis=rules.majority_basis,
        threshold=rules.threshold,
        tie_break=rules.tie_break,
    )


def _vote(
    seat: RosterSeat, ballot: Ballot | None, present: dict[int, str], recused: Recused
) -> SeatVote:
    """A ballot by somebody who has become an author since does not count (law 4).

    Nor is a seat present with somebody in it who may not vote for it.
    """
    is_recused = seat.is_recused or recused.includes(Actor(seat.holder_key, seat.holder_name))
    if ballot is not None and recused.includes(Actor(ballot.cast_by_key, ballot.cast_by_name)):
        ballot = None
    return SeatVote(
        role=seat.role,
        choice=ballot.choice if ballot else None,
        is_recused=is_recused,
        is_present=present.get(seat.seat_id) in {seat.holder_key, seat.alternate_key},
    )


def _standing(vote: SeatVote) -> str:
    if vote.is_recused or vote.choice == Choice.RECUSE:
        return "recused"
    return "present" if vote.is_present or vote.choice else "absent"


def _check_may_close(motion: Motion, person: Person | None) -> None:
    if MotionResult.objects.filter(motion=motion).exists():
        raise DecisionRefused(_("This motion is closed already."))
    has_run_out = motion.closes_at is not None and motion.closes_at <= timezone.now()
    if person is None:
        if not has_run_out:
            raise DecisionRefused(_("The time to vote has not run out."))
        return
    if not presides(person, motion.committee):
        raise NotYours(
            _("Only the chair or the secretary of the %(committee)s closes a motion.")
            % {"committee": motion.committee.name}
        )
    check_no_conflict(person, conflicted(motion))
    if motion.method == VotingMethod.E_VOTE and not has_run_out and not _all_have_voted(motion):
        raise DecisionRefused(
            _("An electronic vote ends early only when every seat has voted. Wait until then.")
        )


def _all_have_voted(motion: Motion) -> bool:
    voted = set(motion.ballots.values_list("roster_seat", flat=True))
    return all(seat.pk in voted or seat.is_recused for seat in motion.roster.all())


def _why_void(motion: Motion) -> str:
    """Why the ballots decide nothing: content, stage or policy have moved on. Not translated."""
    state = stage_of(motion)
    draft = draft_of(state) if state is not None else None
    frozen = content_at(state, draft) if draft is not None else None
    if (frozen.content_hash if frozen else content_now(motion)) != motion.content_hash:
        return "The content changed after the motion was opened, or is no longer to be decided."
    if _committee_of(motion, state) != motion.committee_id:
        return "The decision was given to another committee."
    if draft is not None and motion.purpose in (Purpose.APPROVE, Purpose.ENDORSE):
        try:
            check_may_be_approved(draft, frozen)
        except PolicyNotMet:
            return "What the policy asks for was no longer met when the vote was closed."
    return ""


def _committee_of(motion: Motion, state: Any) -> int | None:
    """Key of the committee that decides on it now."""
    stage: Stage | None
    if motion.review is not None:
        stage = reviewing_stage(motion.review.offering)
    elif motion.retirement is not None:
        stage = deciding_stage(motion.retirement.offering)
    else:
        stage = state.task.specific if state is not None else None
    return stage.committee_id if stage is not None else None


def _take_effect(motion: Motion, person: Person | None) -> None:
    if motion.review is not None:
        conclude_by_motion(motion)
        return
    outcome = outcome_of(motion)
    if outcome is None:
        return
    if motion.retirement is not None:
        decide_by_motion(motion.retirement, motion, outcome, person)
        return
    state = stage_of(motion)
    back_to = None
    if motion.returned_to_key:
        stages = stages_of(state.workflow_state.workflow)
        # A stage that was taken off the route meanwhile: back to the author.
        back_to = next((s for s in stages if str(s.pk) == motion.returned_to_key), None)
    state.decide(person, Verdict(outcome, _comment(motion, outcome), back_to, motion))


def _comment(motion: Motion, outcome: Outcome) -> str:
    """What the author reads: the wording, and of a motion that failed why members were against."""
    against = [
        f"{ballot.cast_by_name}: {ballot.comment}"
        for ballot in motion.ballots.all()
        if ballot.choice == Choice.NO and ballot.comment
    ]
    lines = [motion.text, explain(motion.result)]
    if outcome == Outcome.DECLINED:
        lines += against
    return "\n".join(filter(None, lines))
