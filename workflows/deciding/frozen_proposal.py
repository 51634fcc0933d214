"""Freezing a proposal at submission, and reading what was frozen (law 2)."""

from typing import TYPE_CHECKING

from wagtail.models import Workflow, WorkflowState
from wagtail.signals import workflow_submitted

from credentials.models import Offering
from credentials.people.actors import Person
from credentials.record.content import FrozenContent, freeze
from credentials.record.document import Document, document_of
from workflows.models.bundles import Bundle, BundledOffering
from workflows.models.frozen_proposals import FrozenProposal

if TYPE_CHECKING:
    from workflows.stages.stage_state import StageState


def content_at(state: "StageState", draft: Offering) -> FrozenContent:
    """The draft's content by the rules of the hash that its stage began with."""
    return freeze(draft, state.hash_rules)


def frozen_at(state: "StageState") -> FrozenContent | None:
    """What was frozen of the content that a stage decides on; None on older proposals."""
    return _kept(state.workflow_state, state.content_hash)


def frozen_proposal(
    workflow_state: WorkflowState, draft: Offering, frozen: FrozenContent
) -> FrozenContent:
    """What this proposal publishes if it is approved: the document of its first submission.

    `frozen` is the draft's content. Where nothing was frozen, on proposals that were submitted
    before documents were, it is what the draft says now.
    """
    return _kept(workflow_state, frozen.content_hash) or _written_out(draft, frozen)


def freeze_proposal(
    workflow_state: WorkflowState, draft: Offering, frozen: FrozenContent
) -> FrozenContent:
    """Freeze what is submitted, unless this content was submitted in this proposal before."""
    kept = _kept(workflow_state, frozen.content_hash)
    return kept or _keep(workflow_state, draft, _written_out(draft, frozen))


def _written_out(draft: Offering, frozen: FrozenContent) -> FrozenContent:
    return frozen.with_document(document_of(draft, _published_with(draft)))


def _kept(workflow_state: WorkflowState, content_hash: str) -> FrozenContent | None:
    """What was frozen, read once for each object of the proposal: it never changes."""
    read: dict[str, FrozenContent] = workflow_state.__dict__.setdefault("_frozen", {})
    if content_hash not in read:
        found = FrozenProposal.objects.filter(
            proposal_key=str(workflow_state.pk), content_hash=content_hash
        ).first()
        if found is None:
            return None
        read[content_hash] = found.frozen
    return read[content_hash]


def _keep(
    workflow_state: WorkflowState, draft: Offering, with_document: FrozenContent
) -> FrozenContent:
    kept: FrozenProposal = FrozenProposal.objects.create(
        offering_id=draft.pk,
        proposal_key=str(workflow_state.pk),
        content=with_document.canonical,
        document=with_document.document,
        **with_document.hashes,
    )
    return kept.frozen


def submit_in_words(
    page: Offering, document: Document, workflow: Workflow, person: Person
) -> WorkflowState:
    """Submit the newest draft with this document, as Workflow.start does with its own."""
    draft = page.specific.get_latest_revision_as_object()
    workflow_state = WorkflowState(
        content_type=page.get_content_type(),
        base_content_type=page.get_base_content_type(),
        object_id=str(page.pk),
        workflow=workflow,
        status=WorkflowState.STATUS_IN_PROGRESS,
        requested_by=person,
    )
    workflow_state.save()
    _keep(workflow_state, draft, freeze(draft).with_document(document))
    workflow_state.update(user=person)
    workflow_submitted.send(WorkflowState, instance=workflow_state, user=person)
    return workflow_state


def _published_with(draft: Offering) -> frozenset[int]:
    """Keys of the offerings in its open bundle: published together or not at all (GB-3)."""
    members = BundledOffering.objects.filter(
        bundle__state=Bundle.State.OPEN, bundle__members__offering=draft.pk
    )
    return frozenset(members.values_list("offering_id", flat=True)) - {draft.pk}
