"""Takes a proposal through its real route, by the calls that the admin makes."""

import datetime
from typing import Any

from django.utils import timezone

from credentials.models import Offering
from home.demo.clock import Clock
from home.demo.data_files import Record
from home.demo.governance.committee import VOTE, resolve, resolve_retirement, secretary
from home.demo.people import People
from workflows.choices import Office, Outcome, Purpose
from workflows.committee.question import Question
from workflows.models.routes import stages_of
from workflows.proposals.actions import (
    OutsideFacts,
    approve,
    note_received,
    record_outside,
    request_changes,
)
from workflows.proposals.retirement import decide_retirement, deciding_office, request_retirement
from workflows.stages.base import Stage
from workflows.stages.committee import CommitteeStage
from workflows.stages.current_stage import stage_state_of
from workflows.stages.gate import GateStage
from workflows.stages.information import InformationStage
from workflows.stages.office import OfficeStage
from workflows.stages.outside import OutcomeStage
from workflows.stages.stage_state import StageState
from workflows.stages.unit import UnitStage

STANDINGS = frozenset({"published", "draft", "submitted", "reviewed", "changes_requested"})
# Working days that a stage takes as a rule, and by how many halves a turn makes them more or less.
DAYS: dict[type[Stage], int] = {
    UnitStage: 3,
    OfficeStage: 3,
    OutcomeStage: 8,
    CommitteeStage: 6,
    InformationStage: 4,
    GateStage: 0,
}
USUAL_DAYS = 3
HALVES = (1, 2, 5, 2, 3, 1, 2)


def days_of_route(draft: Offering, turn: int) -> int:
    """Working days from submission to publication, as `bring_to` lets them pass."""
    stages = stages_of(draft.get_workflow())
    return sum(_days_at(stage, turn) for stage in stages if stage.applies_to(draft))


def bring_to(offering: Offering, record: Record, people: People, turn: int, clock: Clock) -> None:
    """Bring the newest draft to the standing that the record names (`published` by default).

    `submitted` waits at the first stage, or where `waits_at` says; `reviewed` with the Committee;
    `changes_requested` was sent back from the office that `asked` names, with the reason it
    gives. `turn` chooses who decides, and how long each takes.
    """
    standing = record.get("standing", "published")
    if standing == "draft":
        return
    draft = offering.get_latest_revision_as_object()
    draft.get_workflow().start(draft, people.editor)
    if standing == "submitted":
        while "waits_at" in record and _name(offering) != record["waits_at"]:
            _pass(_state(offering), record, people, turn, clock)
    elif standing == "reviewed":
        while _stage(offering).acts:
            _pass(_state(offering), record, people, turn, clock)
    elif standing == "changes_requested":
        while _office(offering) != record["asked"]["by"]:
            _pass(_state(offering), record, people, turn, clock)
        _send_back(_state(offering), record["asked"]["reason"], people, turn, clock)
    elif standing == "published":
        while _under_way(offering):
            _pass(_state(offering), record, people, turn, clock)


def end(offering: Offering, ending: Record, people: People, turn: int, clock: Clock) -> None:
    """Retire or withdraw a published offering: the Department asks, who approved it decides."""
    request = request_retirement(
        offering,
        people.decider(Office.DEPARTMENT, turn),
        action=ending["how"],
        note=ending["note"],
        reason=ending["reason"],
    )
    clock.wait(days=3)
    if deciding_office(offering) == Office.COMMITTEE:
        resolve_retirement(request, people, turn, clock)
    else:
        decide_retirement(request, people.decider(Office.DEPARTMENT, turn + 1), Outcome.APPROVED)


def _pass(state: StageState, record: Record, people: People, turn: int, clock: Clock) -> None:
    stage = state.task.specific
    clock.wait(days=_days_before(stage, turn))
    comment = record.get("approved_with", "")
    if Outcome.NOTED in stage.acts:
        note_received(state, secretary(people))
    elif stage.committee is not None:
        resolve(state, people, turn, Question(Purpose(stage.purpose), comment), clock)
    elif Outcome.RECORDED in stage.acts:
        record_outside(state, people.decider(stage.office, turn), _outside(stage, state))
    elif stage.deciding_office == Office.UNIT:
        approve(state, people.unit)
    else:
        approve(state, people.decider(stage.office, turn), comment)


def _days_at(stage: Any, turn: int) -> int:
    halves = HALVES[(turn + len(stage.name)) % len(HALVES)]
    return DAYS.get(type(stage), USUAL_DAYS) * halves // 2


def _days_before(stage: Any, turn: int) -> int:
    """What of it passes before the stage is acted on; a vote takes the rest."""
    return _days_at(stage, turn) - (VOTE if _votes(stage) else 0)


def _outside(stage: OutcomeStage, state: StageState) -> OutsideFacts:
    draft = state.workflow_state.content_object.get_latest_revision_as_object()
    day = draft.iqap_date or timezone.localdate() - datetime.timedelta(days=30)
    return OutsideFacts(stage.body, day, draft.iqap_reference, draft.iqap_document)


def _send_back(state: StageState, reason: str, people: People, turn: int, clock: Clock) -> None:
    clock.wait(days=_days_before(state.task.specific, turn))
    if _votes(state.task.specific):
        resolve(state, people, turn, Question(Purpose.REQUEST_CHANGES, reason), clock)
    else:
        request_changes(state, people.decider(Office.DEPARTMENT, turn), reason)


def _state(offering: Offering) -> StageState:
    state = stage_state_of(offering)
    assert state is not None  # what the record says comes before the end of the route
    return state


def _stage(offering: Offering) -> Any:
    return _state(offering).task.specific


def _name(offering: Offering) -> str:
    return str(_stage(offering).name)


def _under_way(offering: Offering) -> bool:
    return stage_state_of(offering) is not None


def _office(offering: Offering) -> str:
    """The office that the stage under way belongs to; empty where others decide."""
    stage = _stage(offering)
    return str(stage.deciding_office) if stage.asks_people else ""


def _votes(stage: Any) -> bool:
    return stage.committee is not None and not stage.acts
