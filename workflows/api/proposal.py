"""What the workflow API says of a proposal."""

from typing import Any

from credentials.compliance.gates import is_governed_change, report_on
from credentials.models import Offering
from credentials.people.actors import Person
from credentials.record.content import freeze
from workflows.committee.ballots import check_may_vote
from workflows.committee.outcome_words import explain
from workflows.deciding.events import hold_on
from workflows.deciding.frozen_proposal import frozen_proposal
from workflows.deciding.position import route_of
from workflows.deciding.progress import bundle_of, reasons_to_wait
from workflows.exceptions import DecisionRefused
from workflows.models import Decision, Motion, ProposalEvent
from workflows.models.routes import stages_of
from workflows.proposals.actions import answers_for, open_questions
from workflows.proposals.allowed_actions import allowed_actions, allowed_when_sent_back
from workflows.proposals.dossier import motions_on, route_standings
from workflows.proposals.proposal_reading import ProposalReading
from workflows.stages.current_stage import stage_state_of


def state_of(page: Offering, person: Person) -> dict[str, Any]:
    """Where a proposal stands, as ProposalState."""
    specific = page.specific
    draft = specific.get_latest_revision_as_object()
    state = stage_state_of(page)
    workflow_state = specific.current_workflow_state
    reading = ProposalReading(state, draft=draft) if state is not None else None
    frozen = freeze(draft)
    if state is not None and reading is not None:
        frozen = frozen_proposal(state.workflow_state, draft, reading.frozen)
    route = route_of(draft)
    workflow = workflow_state.workflow if workflow_state else route and route.workflow
    key = str(workflow_state.pk) if workflow_state else ""
    all_stages = stages_of(workflow) if workflow else []
    on_content = Decision.objects.on(key, frozen.content_hash).order_by("pk")
    stages = route_standings(draft, reading, all_stages, list(on_content))
    held = hold_on(str(workflow_state.pk)) if workflow_state else None
    questions = [_question(event, person) for event in open_questions(key)] if state else []
    bundle = bundle_of(page.pk)
    return {
        "proposal": str(page.uuid),
        "title": draft.title,
        "kind": str(specific.kind),
        "content_hash": frozen.content_hash,
        "document_hash": frozen.document_hash,
        "submitted_at": workflow_state.created_at if workflow_state else None,
        "on_hold": held.text if held else None,
        "stages": [
            {
                "name": stage.name,
                "office": stage.office,
                "standing": stage.standing,
                "is_current": stage.is_current,
                "details": list(stage.details),
            }
            for stage in stages
        ],
        "waits_for": _waits_for(reading),
        "decisions": [_decision(row) for row in Decision.objects.filter(offering=page.pk)],
        "motions": [_motion(motion, person) for motion in motions_on(page.pk)],
        "questions": questions,
        "findings": _findings(draft),
        "external_reference": draft.external_reference,
        "external_url": draft.external_url,
        "bundle": bundle.title if bundle else None,
        "allowed_actions": _allowed(specific, reading, person, questions),
    }


def _allowed(
    page: Offering, reading: ProposalReading | None, person: Person, questions: list[dict[str, Any]]
) -> list[str]:
    if reading is None:
        return allowed_when_sent_back(page, person)
    may_answer = any(question["may_answer"] for question in questions)
    return allowed_actions(reading, person) + (["give_comment"] if may_answer else [])


def _question(asked: ProposalEvent, person: Person) -> dict[str, Any]:
    return {
        "id": asked.pk,
        "office": asked.to_name,
        "text": asked.text,
        "asked_by": asked.by_name,
        "may_answer": answers_for(person, asked),
    }


def _waits_for(reading: ProposalReading | None) -> list[str]:
    if reading is None or reading.decision is None:
        return []
    return reasons_to_wait(reading)


def _decision(row: Decision) -> dict[str, Any]:
    return {
        "stage": row.stage,
        "office": row.office,
        "outcome": row.outcome,
        "comment": row.comment,
        "returned_to": row.returned_to,
        "decided_by": row.decided_by_name,
        "by_token": row.by_token,
        "decided_at": row.decided_at,
        "content_hash": row.content_hash,
    }


def _motion(motion: Motion, person: Person) -> dict[str, Any]:
    own = None
    if motion.is_open:
        own = motion.ballots.filter(cast_by_key=str(person.pk)).order_by("pk").last()
    return {
        "id": motion.pk,
        "purpose": motion.purpose,
        "text": motion.text,
        "method": motion.method,
        "content_hash": motion.content_hash,
        "opened_at": motion.opened_at,
        "closes_at": motion.closes_at,
        "outcome": None if motion.is_open else motion.result.outcome,
        "explanation": "" if motion.is_open else explain(motion.result),
        "conditions": [
            {"id": condition.pk, "text": condition.text, "met": hasattr(condition, "met")}
            for condition in motion.conditions.all()
        ],
        "may_vote": motion.is_open and _may_vote(motion, person),
        "own_vote": own.choice if own else None,
    }


def _may_vote(motion: Motion, person: Person) -> bool:
    try:
        check_may_vote(motion, person)
    except DecisionRefused:
        return False
    return True


def _findings(draft: Offering) -> list[dict[str, str]]:
    if not is_governed_change(draft):
        return []
    blocking = report_on(draft).blocks_approval
    return [{"clause": finding.clause, "sentence": finding.sentence} for finding in blocking]
