"""What a motion is about as it stands now: its stage or request, its content, its authors."""

from typing import Any

from wagtail.models import WorkflowState

from credentials.people.identity import Recused
from workflows.deciding.frozen_proposal import content_at
from workflows.deciding.progress import hold_bundle
from workflows.deciding.proposers import recused_from_proposal
from workflows.deciding.stage_reading import draft_of
from workflows.models import Motion
from workflows.proposals.retirement import content_of_request
from workflows.proposals.retirement import recused_from as recused_from_request
from workflows.reviews.conclusion import content_hash_now
from workflows.reviews.people import recused_from as recused_from_review
from workflows.reviews.schedule import hold_offerings
from workflows.stages.current_stage import under_way
from workflows.stages.stage_state import StageState


def stage_of(motion: Motion) -> Any:
    """The stage under way that a motion is about; None when it has ended, or it is a request."""
    if motion.retirement_id is not None or motion.review_id is not None:
        return None
    state = WorkflowState.objects.filter(pk=motion.proposal_key).first()
    stage = under_way(state.current_task_state) if state else None
    return stage if stage is not None and str(stage.task_id) == motion.stage_key else None


def hold(motion: Motion) -> Motion:
    """The motion, held after what it is about: offering or bundle, then stage.

    Whoever decides a stage holds bundle and stage first and closes its motions after; a motion
    held before them would make the two wait for each other.
    """
    if motion.review is not None:
        hold_offerings([motion.review.offering_id])
    state = stage_of(motion)
    if state is not None:
        hold_bundle(state)
        StageState.objects.select_for_update(of=("self",)).get(pk=state.pk)
    held: Motion = Motion.objects.select_for_update(of=("self",)).get(pk=motion.pk)
    return held


def content_now(motion: Motion) -> str:
    """The hash of what the motion is about, as it stands; empty when it is no longer to decide."""
    if motion.retirement is not None:
        return content_of_request(motion.retirement).content_hash
    if motion.review is not None:
        return content_hash_now(motion.review)
    state = stage_of(motion)
    return content_at(state, draft_of(state)).content_hash if state is not None else ""


def conflicted(motion: Motion) -> Recused:
    """Who may not vote on it, nor put or close it (law 4)."""
    if motion.retirement is not None:
        return recused_from_request(motion.retirement)
    if motion.review is not None:
        return recused_from_review(motion.review)
    state = stage_of(motion)
    if state is None:
        return Recused()
    return recused_from_proposal(state.workflow_state, motion.offering)
