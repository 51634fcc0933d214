"""A proposal on its way in domain words: written, completed, submitted, answered."""

from typing import Any

from django.utils import timezone
from wagtail.models import WorkflowState

from credentials.choices import Duty, PartyKind
from credentials.compliance.offering_reader import requirements_hash
from credentials.compliance.policies import label_in_force
from credentials.conf import conf
from credentials.models import AdmissionSignOff, Agreement, AgreementParty, AgreementSignature
from credentials.record.content import canonical
from tests.people import person
from tests.sections import FILLED
from workflows.models import FrozenProposal


def draft(offering: Any) -> Any:
    """The newest draft of an offering, as an object to change."""
    return type(offering).objects.get(pk=offering.pk).get_latest_revision_as_object()


def latest_revision(offering: Any) -> Any:
    """The newest revision, whatever the object in hand remembers."""
    return type(offering).objects.get(pk=offering.pk).get_latest_revision()


def edit(offering: Any, by: Any = None, **values: Any) -> Any:
    """Save a new draft with other values."""
    page = draft(offering)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision(user=by)
    return page


def agree(offering: Any) -> None:
    """Settle what stands beside the content: a signed agreement, the admission sign-off."""
    page = draft(offering)
    parties = [AgreementParty(kind=PartyKind.DEPARTMENT, name=conf().OFFICES["department"])]
    if page.academic_unit:
        parties.append(AgreementParty(kind=PartyKind.ACADEMIC_UNIT, name=page.academic_unit.name))
    parties[0].duties = sorted(Duty.values)
    sign_agreement(page, parties)
    settle_admission(page)


def complete(offering: Any, by: Any = None) -> None:
    """Fill in what a proposal must say, and settle what stands beside it."""
    edit(offering, by, **FILLED)
    agree(offering)


def sign_agreement(offering: Any, parties: list[AgreementParty]) -> Agreement:
    """A new version of the agreement, open and signed by all its parties."""
    agreement = Agreement(
        offering_id=offering.pk,
        number=Agreement.objects.filter(offering_id=offering.pk).count() + 1,
        state=Agreement.State.OPEN,
        starts_on=timezone.localdate(),
        learning_system="Lakeshore Learn",
    )
    for party in parties:
        party.signatory_name = party.signatory_name or "Sam Signatory"
        party.signatory_email = party.signatory_email or "sam@example.org"
    agreement.parties.set(parties)
    agreement.save()
    for party in agreement.parties.all():
        AgreementSignature.objects.create(
            party=party,
            offering_id=offering.pk,
            terms=canonical(agreement.terms()).decode(),
            terms_hash=agreement.terms_hash,
            method=AgreementSignature.Method.ADMIN,
            signed_by_name=party.signatory_name,
        )
    return agreement


def settle_admission(offering: Any) -> AdmissionSignOff:
    """The authority's sign-off on the draft's admission requirements, with its consultation."""
    page = draft(offering)
    authority = page.admission_authority
    return AdmissionSignOff.objects.create(
        offering_id=page.pk,
        authority=authority.name,
        clause=authority.clause,
        requirements=page.admission_requirements,
        requirements_hash=requirements_hash(page.admission_requirements),
        consulted=authority.consults,
        consulted_on=timezone.localdate() if authority.consults else None,
        consultation="Agreed." if authority.consults else "",
        policy_version=label_in_force(),
        signed_by_key="0",
        signed_by_name="Sam Signatory",
    )


def submit(offering: Any, by: Any = None) -> WorkflowState:
    """Submit the newest draft on its route."""
    page = draft(offering)
    return page.get_workflow().start(page, by or person("editor"))


def stage_state(offering: Any) -> Any:
    """The stage under way."""
    return type(offering).objects.get(pk=offering.pk).current_workflow_task_state


def shown(offering: Any) -> str:
    """What a form sends back to say that its reader was shown what is under decision."""
    state = stage_state(offering)
    kept = FrozenProposal.objects.get(
        proposal_key=str(state.workflow_state_id), content_hash=state.content_hash
    )
    return kept.frozen.shown


def approve(offering: Any, by: Any, comment: str = "") -> None:
    """Approve the stage under way."""
    state = stage_state(offering)
    state.task.specific.on_action(state, by, "approve", comment=comment)


def request_changes(offering: Any, by: Any, comment: str = "Explain the fee.") -> None:
    """Send the proposal back from the stage under way."""
    state = stage_state(offering)
    state.task.specific.on_action(state, by, "reject", comment=comment)
