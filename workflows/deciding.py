"""Taking a decision: who may, and writing it down (laws 2, 4, 5)."""

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from credentials.authorship import authors_of
from credentials.compliance.gates import check_may_be_approved
from credentials.compliance.policies import label_in_force
from credentials.content import FrozenContent, freeze
from credentials.models import Offering
from credentials.people import Person, name_of
from workflows.choices import Outcome
from workflows.exceptions import DecisionRefused
from workflows.models.decisions import Decision

if TYPE_CHECKING:
    from workflows.models.stages import StageState


def draft_of(state: "StageState") -> Offering:
    """The proposal as it now stands: the latest revision, whoever saved it."""
    page = state.workflow_state.content_object.specific
    return page.get_latest_revision_as_object()


def may_decide(state: Any, user: Any) -> bool:
    """Whether this person may decide now; the reason, if not, comes from check_may_decide."""
    try:
        check_may_decide(state, user)
    except DecisionRefused:
        return False
    return True


def check_may_decide(state: Any, user: Person | None) -> tuple[Offering, FrozenContent]:
    """Return the draft they would decide on, and its content.

    Raises DecisionRefused when this person may not.
    """
    stage = state.task.specific
    if user is None or not user.is_active:
        raise DecisionRefused(_("A decision is taken by a person; sign in to take it."))
    if state.status != state.STATUS_IN_PROGRESS:
        raise DecisionRefused(_("This stage has ended already. Open the proposal again."))
    if not stage.groups.filter(user=user).exists():
        raise DecisionRefused(
            _("Only members of the %(office)s decide at this stage.")
            % {"office": stage.office_name}
        )
    draft = draft_of(state)
    frozen = freeze(draft)
    if frozen.content_hash != state.content_hash:
        raise DecisionRefused(
            _(
                "The content has changed since it was submitted, so it cannot be decided. "
                "Its author must cancel the workflow and submit it again."
            )
        )
    if not stage.authors_may_decide and str(user.pk) in _own_proposal(state, draft):
        raise DecisionRefused(
            _(
                "You wrote or submitted this proposal, so you are recused. "
                "Another member of the %(office)s must decide."
            )
            % {"office": stage.office_name}
        )
    return draft, frozen


def record(state: "StageState", user: Person | None, outcome: Outcome, comment: str) -> Decision:
    """Check that this person may decide, and write the decision down.

    Raises DecisionRefused when they may not, or ask for changes without saying which;
    PolicyNotMet when they would approve what the policy still holds up (law 5).
    """
    draft, frozen = check_may_decide(state, user)
    assert user is not None  # the check refuses nobody
    if outcome == Outcome.CHANGES_REQUESTED and not comment.strip():
        raise DecisionRefused(_("Say which changes you ask for; the author needs to know."))
    if outcome == Outcome.APPROVED:
        check_may_be_approved(draft)
    stage = state.task.specific
    return Decision.objects.create(
        offering_id=int(state.workflow_state.object_id),
        proposal_key=str(state.workflow_state_id),
        stage_key=str(stage.pk),
        stage=stage.name,
        route=state.workflow_state.workflow.name,
        office=stage.office_name,
        instrument=stage.instrument,
        outcome=outcome,
        comment=comment,
        content_hash=frozen.content_hash,
        governed_hash=frozen.governed_hash,
        policy_version=label_in_force(),
        decided_by_key=str(user.pk),
        decided_by_name=name_of(user),
    )


def _own_proposal(state: Any, draft: Offering) -> set[str]:
    submitter = state.workflow_state.requested_by_id
    return set(authors_of(draft)) | ({str(submitter)} if submitter else set())
