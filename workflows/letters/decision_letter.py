"""The letter about a decision: what, by whom, why, and what comes next; kept as it was sent."""

from typing import Any

from django.utils import timezone
from wagtail.models import WorkflowState

from credentials.message_templates.occasions import Facts
from credentials.models import Approval, MessageTemplate
from credentials.models.message_templates import made_from
from credentials.people.actors import name_of
from workflows.choices import Outcome
from workflows.committee.outcome_words import explain
from workflows.letters.letter_kinds import kind_of
from workflows.models import Decision, DecisionLetter
from workflows.stages.stage_state import StageState


def is_final(decision: Decision, state: StageState | None) -> bool:
    """Whether the proposal's way ended with it: published, sent back, declined, or overridden."""
    if state is None or not decision.goes_on or decision.outcome == Outcome.OVERRIDDEN:
        return True
    ended = WorkflowState.objects.filter(
        pk=state.workflow_state_id, status=WorkflowState.STATUS_APPROVED
    )
    return decision.motion_id is not None or ended.exists()


def compose(decision: Decision, addressees: set[Any]) -> DecisionLetter:
    """Write the letter of a decision, once, from the text in force for its kind."""
    found = DecisionLetter.objects.filter(decision=decision).first()
    if found is not None:
        return found
    number = DecisionLetter.objects.filter(offering=decision.offering_id).count() + 1
    reference = f"L{decision.offering_id}-{number}"
    template = MessageTemplate.objects.text_in_force(kind_of(decision))
    facts = facts_of(decision, reference)
    made: DecisionLetter = DecisionLetter.objects.create(
        decision=decision,
        offering_id=decision.offering_id,
        reference=reference,
        subject=template.subject_with(facts)[:255],
        sections=template.sections_with(facts),
        addressees=sorted(name_of(person) for person in addressees),
        **made_from(template),
    )
    return made


def facts_of(decision: Decision, reference: str) -> Facts:
    """What a letter may say of a decision. It never says how single members voted."""
    motion = decision.motion
    outcome = getattr(decision, "review_outcome", None)
    approval = Approval.objects.filter(
        offering=decision.offering_id, content_hash=decision.content_hash
    ).last()
    return {
        "title": decision.offering.draft_title or decision.offering.title,
        "stage": decision.stage,
        "outcome": decision.get_outcome_display,
        "decider": lambda: decision.signature,
        "office": decision.office,
        "instrument": decision.instrument,
        "policy_version": decision.policy_version,
        "clauses": ", ".join(approval.clauses) if approval is not None else "",
        "vote": (lambda: explain(motion.result)) if motion is not None else "",
        "conditions": "\n".join(one.text for one in motion.conditions.all()) if motion else "",
        # The wording of a motion; else the decider's comment. Members' own words stay inside.
        "reasons": motion.text if motion is not None else decision.comment,
        "returned_to": decision.returned_to,
        "next_review": outcome.next_due_on if outcome is not None else None,
        "reference": reference,
        "date": timezone.localdate(),
    }
