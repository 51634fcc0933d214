"""The end of a route: the approval is written, and exactly that content is published."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from credentials.compliance.gates import check_may_be_approved
from credentials.compliance.policies import label_in_force
from credentials.models import Approval, Offering
from credentials.people.actors import Actor
from credentials.record.content import FrozenContent
from workflows.choices import RouteKey
from workflows.deciding.frozen_proposal import content_at, frozen_proposal
from workflows.deciding.position import applicable_stages, route_for_proposal, standing_decisions
from workflows.deciding.progress import reasons_not_to_publish, release_bundle
from workflows.deciding.routing import clauses_for, proposal_of
from workflows.exceptions import DecisionRefused
from workflows.models.decisions import Decision


@transaction.atomic
def approve_and_publish(workflow_state: WorkflowState, user: Any) -> bool:
    """Write the approval that the decisions amount to, and publish it; False for other pages.

    Raises DecisionRefused, changing nothing, when a stage has not decided on this content or
    something is still waited for, and PolicyNotMet whatever the last stage was (law 5). The rest
    of its bundle is published with it (GB-3).
    """
    page = workflow_state.content_object.specific
    if not isinstance(page, Offering):
        return False
    revision = page.get_latest_revision()
    draft = revision.as_object()
    frozen = _decided_on(workflow_state, draft)
    proposal = proposal_of(draft, frozen)
    route = route_for_proposal(proposal) if proposal is not None else None
    stages = applicable_stages(workflow_state.workflow, draft)
    standing = standing_decisions(str(workflow_state.pk), frozen.content_hash, stages)
    missing = [stage for stage in stages if str(stage.pk) not in standing]
    if (
        proposal is None
        or route is None
        or route.workflow_id != workflow_state.workflow_id
        or missing
    ):
        names = ", ".join(stage.name for stage in missing)
        raise DecisionRefused(
            _(
                "This content cannot be published: it has not been decided on its whole route. "
                "Still to decide: %(stages)s."
            )
            % {"stages": names or _("the route it must now take")}
        )
    if waits := reasons_not_to_publish(workflow_state, frozen, standing.values()):
        raise DecisionRefused(
            _("This content cannot be published yet. %(reasons)s") % {"reasons": " ".join(waits)}
        )
    check_may_be_approved(draft, frozen)
    last = max(standing.values(), key=lambda decision: decision.pk)  # whatever the clock said
    Approval.objects.all().record(
        draft,
        frozen,
        Actor(last.decided_by_key, last.decided_by_name),
        policy_version=label_in_force(),
        action=Approval.Action.PUBLISH,
        authority=last.office,
        instrument=_instrument(last, draft, route.key),
        route=route.key,
        clauses=clauses_for(proposal),
        reason=last.comment,
    )
    revision.publish(user=user, skip_permission_checks=True)
    release_bundle(draft.pk, user)
    return True


def _decided_on(workflow_state: WorkflowState, draft: Offering) -> FrozenContent:
    """Content and document as they stood before the deciders; what changed since has none."""
    state = workflow_state.current_task_state.specific
    return frozen_proposal(workflow_state, draft, content_at(state, draft))


def _instrument(last: Decision, draft: Offering, route: str) -> str:
    """What gives the authority; for contracted delivery also the policy that governs it (FW-2)."""
    if route == RouteKey.CONTRACTED:
        return f"{last.instrument}; {draft.governing_policy}"[:200]
    return last.instrument
