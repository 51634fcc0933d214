"""Which stage comes next, from the decisions on record and not from Wagtail's task states."""

from typing import Any

from wagtail.models import Task, WorkflowState

from credentials.models import Offering
from workflows.models.decisions import Decision
from workflows.models.routes import Route, stages_of
from workflows.routing import proposal_of, route_for


def route_of(offering: Offering) -> Route | None:
    """The route that this content must take; None when it does not differ from what is public."""
    proposal = proposal_of(offering)
    if proposal is None:
        return None
    key = route_for(proposal)
    return Route.objects.filter(key=key, workflow__active=True).select_related("workflow").first()


def reroute(workflow_state: WorkflowState, draft: Offering) -> None:
    """Move a proposal whose content was changed on the way onto the route it must now take."""
    route = route_of(draft)
    if route is not None and route.workflow_id != workflow_state.workflow_id:
        workflow_state.workflow = route.workflow


def undecided_stages(workflow_state: WorkflowState, content_hash: str) -> list[Task]:
    """Stages that have not approved this content, in order."""
    decided = set(
        Decision.objects.on(str(workflow_state.pk), content_hash)
        .approving()
        .values_list("stage_key", flat=True)
    )
    return [task for task in stages_of(workflow_state.workflow) if str(task.pk) not in decided]


def stage_due(workflow_state: WorkflowState, content_hash: str) -> Any:
    """The first stage that has not approved this content, or None when all have."""
    return next(iter(undecided_stages(workflow_state, content_hash)), None)
