"""What people do to a proposal: each act checks who may, writes it down, and takes effect."""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import WorkflowState

from credentials.models import Offering
from credentials.people.actors import Person, actor_of
from workflows.choices import Act, Office, Outcome
from workflows.deciding.decisions import check_may_decide
from workflows.deciding.events import hold_on, write_event
from workflows.deciding.offices import is_in_office
from workflows.deciding.progress import hold_bundle
from workflows.deciding.proposers import own_keys
from workflows.deciding.stage_reading import StageReading, draft_of
from workflows.deciding.verdict import Verdict
from workflows.exceptions import DecisionRefused, NotYours
from workflows.models import Decision, OutsideOutcome, ProposalEvent
from workflows.proposals.permissions import takes_part
from workflows.stages.current_stage import stage_state_of
from workflows.stages.stage_state import StageState


@dataclass(frozen=True)
class OutsideFacts:
    """What an outside body decided: who, when, under which reference, in which document."""

    body: str
    decided_on: datetime.date
    reference: str
    document: Any = None
    comment: str = ""


def approve(state: StageState, person: Person, comment: str = "") -> Decision:
    """Approve for one's office. Raises DecisionRefused or PolicyNotMet."""
    return state.decide(person, Verdict(Outcome.APPROVED, comment))


def request_changes(
    state: StageState, person: Person, comment: str, back_to: Any = None
) -> Decision:
    """Ask for changes of the author, or of an earlier stage. Raises DecisionRefused."""
    return state.decide(person, Verdict(Outcome.CHANGES_REQUESTED, comment, back_to))


def record_outside(state: StageState, person: Person, facts: OutsideFacts) -> Decision:
    """Write down what an outside body decided (GB-1, FA-1). Raises DecisionRefused."""
    if not facts.body.strip() or not facts.reference.strip():
        raise DecisionRefused(_("Name the body that decided and the reference of its decision."))
    if facts.decided_on > timezone.localdate():
        raise DecisionRefused(
            _("The day of the decision lies in the future. Record it afterwards.")
        )
    with transaction.atomic():
        decision = state.decide(person, Verdict(Outcome.RECORDED, facts.comment))
        OutsideOutcome.objects.create(
            decision=decision,
            body=facts.body.strip()[:200],
            decided_on=facts.decided_on,
            reference=facts.reference.strip()[:100],
            document=facts.document,
        )
    return decision


def note_received(state: StageState, person: Person, comment: str = "") -> Decision:
    """Note that the committee received it for information (GB-2). Raises DecisionRefused."""
    return state.decide(person, Verdict(Outcome.NOTED, comment))


def override(state: StageState, person: Person, reason: str, instrument: str) -> Decision:
    """Let a proposal past a stage in an emergency (law 5). Raises DecisionRefused."""
    return state.decide(person, Verdict(Outcome.OVERRIDDEN, reason, instrument=instrument))


def hold(state: StageState, person: Person, reason: str) -> ProposalEvent:
    """Put a proposal on hold: nothing is decided until it is taken off. Raises DecisionRefused."""
    with transaction.atomic():
        state = _held(state)
        _check_takes_part(StageReading(state), person)
        if hold_on(str(state.workflow_state_id)):
            raise DecisionRefused(_("It is on hold already."))
        return write_event(
            state.workflow_state, Act.HELD, person, text=_said(reason, _("Say why it is held."))
        )


def resume(state: StageState, person: Person, text: str = "") -> ProposalEvent:
    """Take a proposal off hold: what was only held back by it goes on at once.

    Raises DecisionRefused.
    """
    with transaction.atomic():
        hold_bundle(state)  # before the stage: see hold_bundle
        state = _held(state)
        _check_takes_part(StageReading(state), person)
        if not hold_on(str(state.workflow_state_id)):
            raise DecisionRefused(_("It is not on hold."))
        event = write_event(state.workflow_state, Act.RESUMED, person, text=text.strip())
        state.go_on(person)
        return event


def ask_comment(state: StageState, person: Person, office: Office, question: str) -> ProposalEvent:
    """Ask an office for comment without giving it the decision. Raises DecisionRefused."""
    with transaction.atomic():
        state = _held(state)
        _check_takes_part(StageReading(state), person)
        draft = draft_of(state)
        if office == Office.UNIT and draft.academic_unit is None:
            raise DecisionRefused(_("No academic unit takes part in this offering."))
        name = draft.academic_unit.name if office == Office.UNIT else office.official_name
        return write_event(
            state.workflow_state,
            Act.COMMENT_ASKED,
            person,
            text=_said(question, _("Say what you want to know.")),
            to_key=office.value,
            to_name=name,
        )


def give_comment(asked: ProposalEvent, person: Person, text: str) -> ProposalEvent:
    """Answer for the office that was asked. Raises DecisionRefused."""
    if not answers_for(person, asked):
        raise NotYours(_("Only members of the %(office)s answer.") % {"office": asked.to_name})
    state = stage_state_of(asked.offering)
    if state is None or str(state.workflow_state_id) != asked.proposal_key:
        raise DecisionRefused(_("The proposal is no longer under decision."))
    return write_event(
        state.workflow_state,
        Act.COMMENT_GIVEN,
        person,
        text=_said(text, _("Write your comment.")),
        answers=asked,
        to_key=asked.by_key,
        to_name=asked.by_name,
    )


def remark(page: Offering, person: Person, text: str) -> ProposalEvent:
    """Say something that everybody who reads the proposal sees. Raises DecisionRefused."""
    workflow_state = page.current_workflow_state
    if workflow_state is None:
        raise DecisionRefused(_("The proposal is not under decision."))
    state = stage_state_of(page)
    is_author = str(person.pk) in own_keys(workflow_state, page)
    if not is_author and (state is None or not takes_part(person, StageReading(state))):
        raise NotYours(_("Only its authors and those who decide on it discuss it here."))
    return write_event(workflow_state, Act.REMARK, person, text=_said(text, _("Write a remark.")))


def assign(state: StageState, person: Person, assignee: Person) -> ProposalEvent:
    """Name the colleague who is to decide; others of the office still may.

    Who may not decide, being an author, does not choose who does (law 4). Raises DecisionRefused.
    """
    with transaction.atomic():
        state = _held(state)
        reading = StageReading(state)
        check_may_decide(reading, person)
        try:
            check_may_decide(reading, assignee)
        except DecisionRefused as refused:
            raise DecisionRefused(
                _("%(name)s cannot decide here: %(reason)s")
                % {"name": actor_of(assignee).name, "reason": refused}
            ) from refused
        to = actor_of(assignee)
        return write_event(
            state.workflow_state, Act.ASSIGNED, person, to_key=to.key, to_name=to.name
        )


def withdraw(page: Offering, person: Person, reason: str) -> ProposalEvent:
    """Take a proposal back from its route; decisions stay on record. Raises DecisionRefused."""
    with transaction.atomic():
        workflow_state = held_proposal(page)
        if not may_withdraw(page, person):
            raise NotYours(
                _("Only those who wrote or submitted it, or the %(office)s, withdraw a proposal.")
                % {"office": Office.DEPARTMENT.official_name}
            )
        text = _said(reason, _("Say why it is withdrawn; it stays on record."))
        event = write_event(workflow_state, Act.WITHDRAWN, person, text=text)
        workflow_state.cancel(user=person)
    return event


def may_withdraw(page: Offering, person: Person) -> bool:
    """Whether this person may take the proposal back."""
    workflow_state = page.current_workflow_state
    if workflow_state is None or not person.is_active:
        return False
    own = str(person.pk) in own_keys(workflow_state, page)
    return own or is_in_office(person, Office.DEPARTMENT)


def may_withdraw_from(reading: StageReading, person: Person) -> bool:
    """Whether this person may take back a proposal whose stage is under way."""
    if not person.is_active:
        return False
    return reading.is_own(person) or is_in_office(person, Office.DEPARTMENT)


def answers_for(person: Person, asked: ProposalEvent) -> bool:
    """Whether a person may answer a request for comment."""
    if asked.to_key == Office.UNIT:
        page = asked.offering.specific.get_latest_revision_as_object()
        unit = page.academic_unit
        return unit is not None and unit.approvers.filter(user=person).exists()
    return is_in_office(person, Office(asked.to_key))


def open_questions(proposal_key: str) -> list[ProposalEvent]:
    """Requests for comment that nobody has answered, the oldest first."""
    asked = ProposalEvent.objects.filter(proposal_key=proposal_key, kind=Act.COMMENT_ASKED)
    return list(asked.filter(answers_given__isnull=True).order_by("pk"))


def _held(state: StageState) -> StageState:
    """The stage, held so that one act at a time passes; it must not have ended."""
    held = StageState.objects.select_for_update(of=("self",)).get(pk=state.pk)
    if held.status != held.STATUS_IN_PROGRESS:
        raise DecisionRefused(_("This stage has ended already. Open the proposal again."))
    return held


def held_proposal(page: Offering) -> WorkflowState:
    """The proposal, held after its stage as a decision holds it; it must not have ended."""
    found = page.current_workflow_state
    if found is not None:
        stages = StageState.objects.filter(pk=found.current_task_state_id)
        list(stages.select_for_update(of=("self",)))
        found = WorkflowState.objects.active().filter(pk=found.pk).first()
    if found is None:
        raise DecisionRefused(_("The proposal is not under decision."))
    return found


def _check_takes_part(reading: StageReading, person: Person) -> None:
    if not takes_part(person, reading):
        raise NotYours(
            _("Only members of the %(office)s do this at this stage.")
            % {"office": reading.stage.office_for(reading.draft)}
        )


def _said(text: str, refusal: str) -> str:
    if not text.strip():
        raise DecisionRefused(refusal)
    return text.strip()
