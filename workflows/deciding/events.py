"""Writing down what happens to a proposal beside its decisions."""

from typing import Any

from wagtail.models import TaskState, WorkflowState

from credentials.people.actors import Person, actor_of
from workflows.choices import Act
from workflows.models.events import ProposalEvent
from workflows.signals import acted


def write_event(
    workflow_state: WorkflowState, kind: Act, user: Person | None, **facts: Any
) -> ProposalEvent:
    """Append an event of a proposal, and tell those who listen.

    `facts` are text, content_hash, to_key, to_name and answers. The stage is the current one.
    """
    state = workflow_state.current_task_state
    by = actor_of(user) if user is not None else None
    event: ProposalEvent = ProposalEvent.objects.create(
        offering_id=int(workflow_state.object_id),
        proposal_key=str(workflow_state.pk),
        stage_key=str(state.task_id) if state else "",
        stage=state.task.name if state else "",
        kind=kind,
        by_key=by.key if by else "",
        by_name=by.name if by else "",
        by_token=by.by_token if by else "",
        **facts,
    )
    acted.send(ProposalEvent, event=event)
    return event


def hold_on(proposal_key: str) -> ProposalEvent | None:
    """The event that put a proposal on hold, if it is."""
    last = (
        ProposalEvent.objects.filter(proposal_key=proposal_key, kind__in=(Act.HELD, Act.RESUMED))
        .order_by("-pk")
        .first()
    )
    return last if last and last.kind == Act.HELD else None


def assignee_of(state: TaskState) -> ProposalEvent | None:
    """The last assignment at this stage since it started, if there was one."""
    return (
        ProposalEvent.objects.filter(
            proposal_key=str(state.workflow_state_id),
            stage_key=str(state.task_id),
            kind=Act.ASSIGNED,
            at__gte=state.started_at,
        )
        .order_by("pk")
        .last()
    )
