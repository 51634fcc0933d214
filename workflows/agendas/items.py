"""What an agenda item is about: its motions, and the stage that waits."""

from typing import Any

from wagtail.models import TaskState

from workflows.models import AgendaItem, Motion
from workflows.stages.stage_state import StageState


def motions_on(item: AgendaItem) -> Any:
    """Motions put on an item in its meeting, the newest first."""
    return Motion.objects.filter(
        meeting=item.meeting_id,
        proposal_key=item.proposal_key or "-",
        stage_key=item.stage_key,
    )


def stage_on(item: AgendaItem) -> StageState | None:
    """The stage under way that an item is about, if there is one."""
    found = StageState.objects.filter(
        workflow_state=item.proposal_key if item.proposal_key.isdecimal() else None,
        task=item.stage_key if item.stage_key.isdecimal() else None,
        status=TaskState.STATUS_IN_PROGRESS,
    )
    return found.order_by("-pk").first()
