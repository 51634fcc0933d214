"""The end of a route: the approval is written, and exactly that content is published."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from credentials.content import freeze
from credentials.models import Approval, Offering
from workflows.choices import RouteKey
from workflows.exceptions import DecisionRefused
from workflows.models.decisions import Decision
from workflows.ordering import route_of, undecided_stages
from workflows.routing import clauses_for, proposal_of


@transaction.atomic
def approve_and_publish(workflow_state: WorkflowState, user: Any) -> bool:
    """Write the approval that the decisions amount to, and publish it; False for other pages.

    Raises DecisionRefused, changing nothing, when a stage has not decided on this content.
    """
    page = workflow_state.content_object.specific
    if not isinstance(page, Offering):
        return False
    revision = page.get_latest_revision()
    draft = revision.as_object()
    frozen = freeze(draft)
    proposal, route = proposal_of(draft), route_of(draft)
    missing = undecided_stages(workflow_state, frozen.content_hash)
    if (
        proposal is None
        or route is None
        or route.workflow_id != workflow_state.workflow_id
        or missing
    ):
        stages = ", ".join(task.name for task in missing)
        raise DecisionRefused(
            _(
                "This content cannot be published: it has not been decided on its whole route. "
                "Still to decide: %(stages)s."
            )
            % {"stages": stages or _("the route it must now take")}
        )
    decisions = Decision.objects.on(str(workflow_state.pk), frozen.content_hash).approving()
    last = decisions.latest("decided_at", "pk")
    Approval.objects.all().record(
        draft,
        frozen,
        user,
        action=Approval.Action.PUBLISH,
        authority=last.office,
        instrument=_instrument(last, draft, route.key),
        route=route.key,
        clauses=clauses_for(proposal),
        reason=last.comment,
    )
    revision.publish(user=user, skip_permission_checks=True)
    return True


def _instrument(last: Decision, draft: Offering, route: str) -> str:
    """What gives the authority; for contracted delivery also the policy that governs it (FW-2)."""
    if route == RouteKey.CONTRACTED:
        return f"{last.instrument}; {draft.governing_policy}"[:200]
    return last.instrument
