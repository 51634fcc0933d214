"""What is told to whom of proposals, and when: receivers of what happens to them."""

from typing import Any

from django.dispatch import receiver
from django.urls import reverse

from credentials.message_templates.occasions import Facts
from credentials.models import Offering
from credentials.people.actors import name_of
from workflows.choices import Act, Office, Outcome
from workflows.deciding.stage_reading import draft_of
from workflows.letters.decision_letter import is_final
from workflows.letters.delivery import send_letter
from workflows.models import Decision, ProposalEvent, RetirementRequest
from workflows.notices import recipients
from workflows.notices.outbox import Message, tell
from workflows.signals import acted, decided, field_commented, stage_started
from workflows.stages.stage_state import StageState


def _proposal(offering_id: int) -> str:
    return reverse("governance:proposal", args=[offering_id])


def _title(offering_id: int) -> str:
    page = Offering.objects.get(pk=offering_id)
    return page.draft_title or page.title


@receiver(stage_started)
def on_stage(sender: Any, state: StageState, draft: Offering, **kwargs: Any) -> None:
    """Those who are to decide learn that it waits for them."""
    offering_id = int(state.workflow_state.object_id)
    facts = {"title": _title(offering_id), "stage": state.task.name}
    message = Message(f"stage:{state.pk}", "stage", facts, _proposal(offering_id))
    tell(recipients.deciders(state, draft), message)


@receiver(decided)
def on_decision(
    sender: Any,
    decision: Decision,
    state: StageState | None,
    draft: Offering | None,
    **kwargs: Any,
) -> None:
    """Proposers read every decision with its comment; a refusal reaches who approved before."""
    facts = _facts(decision)
    link = _proposal(decision.offering_id)
    if state is None or draft is None:  # a request to retire or withdraw
        request = RetirementRequest.objects.get(decision__decision=decision)
        asker = recipients.with_keys({request.requested_by_key})
        send_letter(decision, asker, recipients.unit_of(decision.offering))
        return
    unit = recipients.unit_of(draft)
    if is_final(decision, state):
        send_letter(decision, recipients.proposers(state), unit)
    elif decision.outcome != Outcome.PASSED:
        letter = Message(f"decision:{decision.pk}", "decision", facts, link, is_urgent=True)
        tell(recipients.proposers(state), letter)
    if not decision.goes_on:
        before = recipients.who_approved(decision) | unit
        tell(before, Message(f"decision:{decision.pk}", "decision", facts, link))
    if decision.outcome == Outcome.OVERRIDDEN:
        owners = recipients.in_office(Office.POLICY_OWNER)
        message = Message(f"override:{decision.pk}", "override", facts, link, is_urgent=True)
        tell(owners, message)


def _facts(decision: Decision) -> Facts:
    return {
        "title": _title(decision.offering_id),
        "stage": decision.stage,
        "outcome": decision.get_outcome_display,
        "decider": lambda: decision.decided_by,
        "office": decision.office,
        "returned_to": decision.returned_to,
        "comment": decision.comment,
        "instrument": decision.instrument,
        "policy_version": decision.policy_version,
    }


@receiver(acted)
def on_act(sender: Any, event: ProposalEvent, **kwargs: Any) -> None:
    """Questions, answers, holds, assignments and withdrawals reach those they concern."""
    people = _concerned(event)
    if not people:
        return
    facts = {
        "title": _title(event.offering_id),
        "what": event.get_kind_display,
        "name": lambda: event.who,
        "text": event.text,
    }
    message = Message(f"event:{event.pk}", "event", facts, _proposal(event.offering_id))
    tell({person for person in people if str(person.pk) != event.by_key}, message)


@receiver(field_commented)
def on_field_comment(
    sender: Any, comment: Any, label: str, state: StageState, **kwargs: Any
) -> None:
    """Its authors learn of a comment on a field."""
    facts = {
        "title": _title(comment.page_id),
        "name": name_of(comment.user),
        "field": label,
        "text": comment.text,
    }
    message = Message(
        f"field-comment:{comment.pk}", "field_comment", facts, _proposal(comment.page_id)
    )
    tell(recipients.proposers(state) - {comment.user}, message)


def _concerned(event: ProposalEvent) -> set[Any]:
    if event.kind == Act.COMMENT_ASKED:
        return recipients.asked(event)
    if event.kind == Act.ASSIGNED:
        return recipients.with_keys({event.to_key})
    state = _state(event)
    if state is None or event.kind == Act.SUBMITTED:
        return set()
    proposers = recipients.proposers(state)
    if event.kind == Act.COMMENT_GIVEN:
        return proposers | recipients.with_keys({event.to_key})
    return proposers | recipients.deciders(state, draft_of(state))


def _state(event: ProposalEvent) -> StageState | None:
    states = StageState.objects.filter(workflow_state=event.proposal_key, task=event.stage_key or 0)
    return states.order_by("-pk").first()
