"""Where a proposal stands: the stage under way on its route."""

from wagtail.models import TaskState

from credentials.models import Offering
from workflows.stages.stage_state import StageState


def as_stage_state(task_state: TaskState | None) -> StageState | None:
    """Wagtail's task state as a stage of ours; None for other pages' tasks, or for nothing."""
    specific = task_state.specific if task_state is not None else None
    return specific if isinstance(specific, StageState) else None


def under_way(task_state: TaskState | None) -> StageState | None:
    """Wagtail's task state as a stage of ours that has not ended; None for all else."""
    state = as_stage_state(task_state)
    return state if state is not None and state.status == state.STATUS_IN_PROGRESS else None


def stage_state_of(page: Offering) -> StageState | None:
    """The stage under way; None when the proposal is not submitted, sent back or ended."""
    return under_way(Offering.objects.get(pk=page.pk).current_workflow_task_state)
