"""Where a proposal stands: the stage under way on its route."""

from typing import Any

from credentials.models import Offering
from workflows.stages.base import StageState


def stage_state_of(page: Offering) -> StageState | None:
    """The stage under way; None when the proposal is not submitted, sent back or ended."""
    state: Any = Offering.objects.get(pk=page.pk).current_workflow_task_state
    if not isinstance(state, StageState) or state.status != state.STATUS_IN_PROGRESS:
        return None
    return state
