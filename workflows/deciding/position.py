"""Which stage comes next, from the decisions on record and not from Wagtail's task states."""

from typing import TYPE_CHECKING, Any

from wagtail.models import Task, WorkflowState

from credentials.models import Offering
from credentials.record.content import FrozenContent
from workflows.deciding.routing import Proposal, proposal_of, route_for
from workflows.models.decisions import Decision
from workflows.models.routes import Route, stages_of

if TYPE_CHECKING:
    from workflows.stages.stage_state import StageState


def route_of(offering: Offering, frozen: FrozenContent | None = None) -> Route | None:
    """The route that this content must take; None when it does not differ from what is public.

    `frozen` is this content, where the caller has frozen it already.
    """
    proposal = proposal_of(offering, frozen)
    return route_for_proposal(proposal) if proposal is not None else None


def route_for_proposal(proposal: Proposal) -> Route | None:
    """The active route of a proposal."""
    key = route_for(proposal)
    return Route.objects.filter(key=key, workflow__active=True).select_related("workflow").first()


def reroute(workflow_state: WorkflowState, draft: Offering, frozen: FrozenContent) -> None:
    """Move a proposal whose content was changed on the way onto the route it must now take."""
    route = route_of(draft, frozen)
    if route is not None and route.workflow_id != workflow_state.workflow_id:
        workflow_state.workflow = route.workflow


def standing_decisions(
    proposal_key: str, content_hash: str, stages: list[Task]
) -> dict[str, Decision]:
    """The decisions that let this content go on, by stage's key.

    A decision that sent the proposal back to a stage takes that stage's and all later stages'
    with it; they stay on record and are taken again.
    """
    decisions = Decision.objects.on(proposal_key, content_hash).order_by("pk")
    return standing_among_stages(list(decisions), stages)


def standing_among_stages(decisions: list[Decision], stages: list[Task]) -> dict[str, Decision]:
    """Of decisions on one content, the oldest first, those that let it go on, by stage's key."""
    order = {str(stage.pk): place for place, stage in enumerate(stages)}
    standing: dict[str, Decision] = {}
    for decision in decisions:
        if decision.goes_on:
            standing[decision.stage_key] = decision
        elif decision.returned_to_key in order:
            place = order[decision.returned_to_key]
            standing = {k: d for k, d in standing.items() if order.get(k, place) < place}
    return standing


def undecided_stages(
    workflow_state: WorkflowState, content_hash: str, draft: Offering
) -> list[Task]:
    """Stages that are due for this content and have not let it go on, in order."""
    stages = applicable_stages(workflow_state.workflow, draft)
    standing = standing_decisions(str(workflow_state.pk), content_hash, stages)
    return [stage for stage in stages if str(stage.pk) not in standing]


def applicable_stages(workflow: Any, draft: Offering) -> list[Any]:
    """The stages of a route that are due for this content, in order."""
    return [stage for stage in stages_of(workflow) if stage.applies_to(draft)]


def earlier_stages(stages: list[Any], stage_key: int, draft: Offering) -> list[Any]:
    """Stages of a route before this one of which changes can be asked, in order.

    They are due for this content, and somebody decides at them: a gate passes by itself.
    """
    keys = [stage.pk for stage in stages]
    before = stages[: keys.index(stage_key)] if stage_key in keys else []
    return [stage for stage in before if stage.asks_people and stage.applies_to(draft)]


def stage_due(workflow_state: WorkflowState, content_hash: str, draft: Offering) -> Any:
    """The first stage that has not let this content go on, or None when all have."""
    return next(iter(undecided_stages(workflow_state, content_hash, draft)), None)


def standing_decision(state: "StageState") -> Decision | None:
    """The decision by which this stage would go on, when it was taken and not undone."""
    decisions = Decision.objects.on(str(state.workflow_state_id), state.content_hash)
    return standing_among(list(decisions.order_by("-pk")[:1]), state)


def standing_among(decisions: list[Decision], state: "StageState") -> Decision | None:
    """The decision of these by which this stage goes on, if it was taken and not undone."""
    last = max(decisions, key=lambda decision: decision.pk, default=None)
    return last if last and last.goes_on and last.stage_key == str(state.task_id) else None
