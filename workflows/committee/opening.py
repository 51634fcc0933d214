"""Putting a motion to a committee, on exactly this content and under the rules of this moment."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.compliance.gates import check_may_be_approved
from credentials.compliance.policies import label_in_force
from credentials.content import FrozenContent
from credentials.people import Person, actor_of
from workflows.acts import hold_on
from workflows.choices import MeetingState, MotionOutcome, Purpose, ReviewResult, VotingMethod
from workflows.committee.reconsidering import check_reconsideration, motion_to_reconsider
from workflows.committee.seating import check_no_conflict, presides, seated
from workflows.deciding import check_content, check_earlier, draft_of, recused_keys
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import (
    Committee,
    CommitteeRules,
    Condition,
    Meeting,
    Motion,
    RetirementRequest,
    ReviewSubmission,
    RosterSeat,
    StageState,
)
from workflows.retiring import check_open, content_of_request, recused_from
from workflows.reviews.authority import deciding_stage as review_stage
from workflows.reviews.concluding import (
    Conclusion,
    check_conclusion,
    check_to_be_decided,
    content_under_review,
)
from workflows.reviews.people import recused_keys as reviewers_recused
from workflows.reviews.studying import hold as hold_cycle
from workflows.signals import motion_opened
from workflows.waiting import standing_decision


@dataclass(frozen=True)
class Question:
    """What is put to the committee, and how it is voted on.

    `next_review_on` is the day that a review's motion sets, None for the policy's interval.
    `back_to` is the stage to which changes are asked for; `moved_by` and `seconded_by` are names.
    A `meeting` makes it a vote in that meeting, none an electronic vote.
    """

    purpose: Purpose = Purpose.APPROVE
    text: str = ""
    conditions: tuple[str, ...] = ()
    back_to: Any = None
    meeting: Meeting | None = None
    moved_by: str = ""
    seconded_by: str = ""
    reconsiders: Motion | None = None
    next_review_on: date | None = None


@dataclass(frozen=True)
class _Subject:
    """What a motion is about, whichever kind it is."""

    committee: Committee
    offering_id: int
    title: str
    proposal_key: str
    stage_key: str
    stage: str
    frozen: FrozenContent
    recused: set[str]
    retirement: RetirementRequest | None = None
    review: ReviewSubmission | None = None


def open_motion(state: StageState, person: Person, question: Question) -> Motion:
    """Put a proposal to the committee of its stage.

    Raises DecisionRefused when this person may not, or this cannot be decided now; PolicyNotMet
    when the policy holds it up (law 5).
    """
    with transaction.atomic():
        _hold_meeting(question)
        state = StageState.objects.select_for_update(of=("self",)).get(pk=state.pk)
        committee = getattr(state.task.specific, "committee", None)
        if committee is None or state.task.specific.acts:
            raise DecisionRefused(_("No committee decides at this stage."))
        if state.status != state.STATUS_IN_PROGRESS or standing_decision(state) is not None:
            raise DecisionRefused(_("This stage is decided already. Open the proposal again."))
        if held := hold_on(str(state.workflow_state_id)):
            raise DecisionRefused(_("It is on hold: %(reason)s") % {"reason": held.text})
        draft = draft_of(state)
        frozen = check_content(state, draft)
        if question.purpose == Purpose.RETIRE:
            raise DecisionRefused(_("A proposal is not retired. Move to approve or endorse it."))
        _check_purpose(state.task.specific, question.purpose)
        if question.purpose != Purpose.REQUEST_CHANGES:
            check_may_be_approved(draft, frozen)
        if question.purpose == Purpose.REQUEST_CHANGES and not question.text.strip():
            raise DecisionRefused(_("Word the motion: say which changes are asked for."))
        check_earlier(state, question.back_to, draft)
        subject = _Subject(
            committee=committee,
            offering_id=int(state.workflow_state.object_id),
            title=draft.title,
            proposal_key=str(state.workflow_state_id),
            stage_key=str(state.task_id),
            stage=state.task.name,
            frozen=frozen,
            recused=recused_keys(state, draft),
        )
        return _open(subject, person, question)


def open_retirement_motion(
    request: RetirementRequest, person: Person, question: Question
) -> Motion:
    """Put a request to retire or withdraw to the committee. Raises DecisionRefused."""
    with transaction.atomic():
        _hold_meeting(question)
        held = RetirementRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        stage = check_open(held)
        committee = getattr(stage, "committee", None)
        if committee is None:
            raise DecisionRefused(_("No committee decides on this request."))
        if question.purpose != Purpose.RETIRE:
            raise DecisionRefused(_("On a request to retire, move to retire or withdraw."))
        subject = _Subject(
            committee=committee,
            offering_id=held.offering_id,
            title=held.offering.title,
            proposal_key=f"retirement-{held.pk}",
            stage_key=str(stage.pk),
            stage=stage.name,
            frozen=content_of_request(held),
            recused=recused_from(held),
            retirement=held,
        )
        return _open(subject, person, question)


def open_review_motion(submission: ReviewSubmission, person: Person, question: Question) -> Motion:
    """Put the outcome of a review to the committee, on the self-study that waits for it.

    Raises DecisionRefused; also for what the committee defeated on the same self-study already.
    """
    with transaction.atomic():
        _hold_meeting(question)
        cycle = hold_cycle(submission.cycle)
        current = check_to_be_decided(cycle)
        stage = review_stage(cycle.offering)
        committee = getattr(stage, "committee", None)
        if committee is None:
            raise DecisionRefused(_("No committee decides on this review."))
        if question.purpose.value not in ReviewResult.values:
            raise DecisionRefused(_("On a review, move to continue, to revise or to retire."))
        if current.pk != submission.pk:
            raise DecisionRefused(_("The self-study has changed since you read it. Read it again."))
        check_conclusion(
            Conclusion(ReviewResult(question.purpose.value), question.text, question.next_review_on)
        )
        defeated = Motion.objects.filter(
            review=submission, purpose=question.purpose, result__outcome=MotionOutcome.DEFEATED
        )
        if defeated.exists():
            raise DecisionRefused(
                _(
                    "The committee defeated this on the same self-study. Move another outcome, or "
                    "hand the self-study back."
                )
            )
        subject = _Subject(
            committee=committee,
            offering_id=cycle.offering_id,
            title=f"{cycle.reference}: {cycle.offering.title}",
            proposal_key=cycle.key,
            stage_key=str(stage.pk),
            stage=stage.name,
            frozen=content_under_review(submission),
            recused=reviewers_recused(submission),
            review=submission,
        )
        return _open(subject, person, question)


def _open(subject: _Subject, person: Person, question: Question) -> Motion:
    committee = subject.committee
    if not presides(person, committee):
        raise NotYours(
            _("Only the chair or the secretary of the %(committee)s opens a motion.")
            % {"committee": committee.name}
        )
    check_no_conflict(person, subject.recused)
    if question.conditions and question.purpose not in (Purpose.APPROVE, Purpose.ENDORSE):
        raise DecisionRefused(
            _("Only an approval or endorsement has conditions; say in the wording what you mean.")
        )
    _check_meeting(subject, question.meeting)
    rules = _rules(committee)
    on_it = Motion.objects.filter(proposal_key=subject.proposal_key, stage_key=subject.stage_key)
    if on_it.open().exists():
        raise DecisionRefused(_("A motion on it is open already. Close that one first."))
    reconsiders = _reconsidered(subject, question)
    now = timezone.now()
    by = actor_of(person)
    motion = Motion.objects.create(
        committee=committee,
        rules=rules,
        offering_id=subject.offering_id,
        retirement=subject.retirement,
        review=subject.review,
        next_review_on=question.next_review_on if subject.review else None,
        proposal_key=subject.proposal_key,
        stage_key=subject.stage_key,
        stage=subject.stage,
        subject=subject.title[:255],
        purpose=question.purpose,
        text=question.text.strip(),
        returned_to_key=str(question.back_to.pk) if question.back_to else "",
        returned_to=question.back_to.name if question.back_to else "",
        method=VotingMethod.MEETING if question.meeting else VotingMethod.E_VOTE,
        meeting=question.meeting,
        reconsiders=reconsiders,
        content=subject.frozen.canonical,
        content_hash=subject.frozen.content_hash,
        governed_hash=subject.frozen.governed_hash,
        policy_version=label_in_force(),
        moved_by=question.moved_by[:200],
        seconded_by=question.seconded_by[:200],
        opened_by_key=by.key,
        opened_by_name=by.name,
        opened_at=now,
        closes_at=None if question.meeting else now + timedelta(hours=rules.e_vote_hours),
    )
    for position, text in enumerate(filter(None, map(str.strip, question.conditions))):
        Condition.objects.create(motion=motion, position=position, text=text)
    _call_the_roll(motion, subject.recused)
    motion_opened.send(Motion, motion=motion)
    return motion


def _check_purpose(stage: Any, purpose: Purpose) -> None:
    """What is for academic credit is endorsed here and approved elsewhere (SC-2, FA-2)."""
    if purpose not in (stage.purpose, Purpose.REQUEST_CHANGES):
        raise DecisionRefused(
            _("At this stage a motion is to %(purpose)s, or to request changes.")
            % {"purpose": str(stage.get_purpose_display()).lower()}
        )


def _rules(committee: Committee) -> CommitteeRules:
    try:
        return committee.rules_in_force()
    except CommitteeRules.DoesNotExist:
        raise DecisionRefused(
            _("The %(committee)s has no rules in force. Set its quorum and majority first.")
            % {"committee": committee.name}
        ) from None


def _hold_meeting(question: Question) -> None:
    """Held before the stage, so that it is not adjourned meanwhile."""
    if question.meeting is not None:
        Meeting.objects.select_for_update(of=("self",)).get(pk=question.meeting.pk)


def _check_meeting(subject: _Subject, meeting: Meeting | None) -> None:
    if meeting is None:
        return
    meeting.refresh_from_db(fields=["state"])
    if meeting.committee_id != subject.committee.pk or meeting.state != MeetingState.UNDER_WAY:
        raise DecisionRefused(_("The meeting is not under way. Open it first."))
    on_agenda = meeting.items.filter(proposal_key=subject.proposal_key, stage_key=subject.stage_key)
    if not on_agenda.exists():
        raise DecisionRefused(_("This is not on the agenda of the meeting. Add it first."))


def _reconsidered(subject: _Subject, question: Question) -> Motion | None:
    defeated = None
    is_proposal = subject.retirement is None and subject.review is None
    if is_proposal and question.purpose != Purpose.REQUEST_CHANGES:
        defeated = motion_to_reconsider(
            subject.offering_id, subject.stage_key, subject.frozen.content_hash
        )
    return check_reconsideration(defeated, question.reconsiders, question.moved_by)


def _call_the_roll(motion: Motion, recused: set[str]) -> None:
    """Keep who may vote, as of now. A seat is recused with its holder, not with its alternate."""
    seats = [item for item in seated(motion.committee) if item.seat.votes]
    roster = [
        RosterSeat(
            motion=motion,
            seat=item.seat,
            title=item.seat.title,
            role=item.seat.role,
            holder_key=item.holder.person_key,
            holder_name=item.holder.person_name,
            alternate_key=_alternate(item.alternate, recused, "person_key"),
            alternate_name=_alternate(item.alternate, recused, "person_name"),
            is_recused=item.holder.person_key in recused,
        )
        for item in seats
    ]
    if all(seat.is_recused for seat in roster):
        raise DecisionRefused(
            _("Nobody can vote: no seat of the %(committee)s is held by a person without conflict.")
            % {"committee": motion.committee.name}
        )
    RosterSeat.objects.bulk_create(roster)


def _alternate(term: Any, recused: set[str], name: str) -> str:
    return "" if term is None or term.person_key in recused else str(getattr(term, name))
