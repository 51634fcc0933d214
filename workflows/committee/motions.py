"""Opening a motion on a proposal, a request to retire or a review, on exactly this content."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from credentials.compliance.gates import check_may_be_approved
from credentials.people.actors import Person
from workflows.choices import MotionOutcome, Purpose, ReviewResult
from workflows.committee.put_questions import Subject, put_to_committee
from workflows.committee.question import Question
from workflows.deciding.decisions import check_content, check_earlier
from workflows.deciding.frozen_proposal import freeze_proposal
from workflows.deciding.stage_reading import StageReading
from workflows.exceptions import DecisionRefused
from workflows.models import Meeting, Motion, RetirementRequest, ReviewSubmission
from workflows.proposals.retirement import check_open, content_of_request
from workflows.proposals.retirement import recused_from as recused_from_request
from workflows.reviews.authority import deciding_stage as review_stage
from workflows.reviews.conclusion import (
    Conclusion,
    check_conclusion,
    check_to_be_decided,
    content_under_review,
)
from workflows.reviews.people import recused_from as recused_from_review
from workflows.reviews.self_study import hold as hold_cycle
from workflows.stages.stage_state import StageState


def open_motion(state: StageState, person: Person, question: Question) -> Motion:
    """Put a proposal to the committee of its stage.

    Raises DecisionRefused when this person may not, or this cannot be decided now; PolicyNotMet
    when the policy holds it up (law 5).
    """
    with transaction.atomic():
        _hold_meeting(question)
        state = StageState.objects.select_for_update(of=("self",)).get(pk=state.pk)
        reading = StageReading(state)
        stage, draft = reading.stage, reading.draft
        if stage.committee is None or stage.acts:
            raise DecisionRefused(_("No committee decides at this stage."))
        if state.status != state.STATUS_IN_PROGRESS or reading.decision is not None:
            raise DecisionRefused(_("This stage is decided already. Open the proposal again."))
        if held := reading.hold:
            raise DecisionRefused(_("It is on hold: %(reason)s") % {"reason": held.text})
        check_content(reading)
        if question.purpose == Purpose.RETIRE:
            raise DecisionRefused(_("A proposal is not retired. Move to approve or endorse it."))
        _check_purpose(stage, question.purpose)
        if question.purpose != Purpose.REQUEST_CHANGES:
            check_may_be_approved(draft, reading.frozen)
        if question.purpose == Purpose.REQUEST_CHANGES and not question.text.strip():
            raise DecisionRefused(_("Word the motion: say which changes are asked for."))
        check_earlier(reading, question.back_to)
        subject = Subject(
            committee=stage.committee,
            offering_id=int(state.workflow_state.object_id),
            title=draft.title,
            proposal_key=reading.proposal_key,
            stage_key=str(state.task_id),
            stage=state.task.name,
            frozen=freeze_proposal(state.workflow_state, draft, reading.frozen),
            recused=reading.recused,
        )
        return put_to_committee(subject, person, question)


def open_retirement_motion(
    request: RetirementRequest, person: Person, question: Question
) -> Motion:
    """Put a request to retire or withdraw to the committee. Raises DecisionRefused."""
    with transaction.atomic():
        _hold_meeting(question)
        held = RetirementRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        stage = check_open(held)
        committee = stage.committee
        if committee is None:
            raise DecisionRefused(_("No committee decides on this request."))
        if question.purpose != Purpose.RETIRE:
            raise DecisionRefused(_("On a request to retire, move to retire or withdraw."))
        subject = Subject(
            committee=committee,
            offering_id=held.offering_id,
            title=held.offering.title,
            proposal_key=f"retirement-{held.pk}",
            stage_key=str(stage.pk),
            stage=stage.name,
            frozen=content_of_request(held),
            recused=recused_from_request(held),
            retirement=held,
        )
        return put_to_committee(subject, person, question)


def open_review_motion(submission: ReviewSubmission, person: Person, question: Question) -> Motion:
    """Put the outcome of a review to the committee, on the self-study that waits for it.

    Raises DecisionRefused; also for what the committee defeated on the same self-study already.
    """
    with transaction.atomic():
        _hold_meeting(question)
        cycle = hold_cycle(submission.cycle)
        current = check_to_be_decided(cycle)
        stage = review_stage(cycle.offering)
        committee = stage.committee
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
        subject = Subject(
            committee=committee,
            offering_id=cycle.offering_id,
            title=f"{cycle.reference}: {cycle.offering.title}",
            proposal_key=cycle.key,
            stage_key=str(stage.pk),
            stage=stage.name,
            frozen=content_under_review(submission),
            recused=recused_from_review(submission),
            review=submission,
        )
        return put_to_committee(subject, person, question)


def _check_purpose(stage: Any, purpose: Purpose) -> None:
    """What is for academic credit is endorsed here and approved elsewhere (SC-2, FA-2)."""
    if purpose not in (stage.purpose, Purpose.REQUEST_CHANGES):
        raise DecisionRefused(
            _("At this stage a motion is to %(purpose)s, or to request changes.")
            % {"purpose": str(stage.get_purpose_display()).lower()}
        )


def _hold_meeting(question: Question) -> None:
    """Held before the stage, so that it is not adjourned meanwhile."""
    if question.meeting is not None:
        Meeting.objects.select_for_update(of=("self",)).get(pk=question.meeting.pk)
