"""What a person may do with a proposal now, as names of acts."""

from typing import Any

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.choices import Outcome
from workflows.committee_seats.seats import presides
from workflows.deciding.decisions import (
    check_may_decide,
    check_may_override,
    draft_of,
    own_keys,
    recused_from,
)
from workflows.deciding.events import hold_on
from workflows.deciding.progress import standing_decision
from workflows.exceptions import DecisionRefused
from workflows.models import Motion
from workflows.proposals.actions import may_withdraw, may_withdraw_from
from workflows.proposals.new_words import renamed_at
from workflows.proposals.permissions import takes_part
from workflows.stages.base import StageState

DECIDING = {
    Outcome.APPROVED: "approve",
    Outcome.CHANGES_REQUESTED: "request_changes",
    Outcome.RECORDED: "record",
    Outcome.NOTED: "note",
}


def allowed_actions(state: StageState, person: Person) -> list[str]:
    """Names of the acts that would not be refused for who the person is or where it stands."""
    actions: list[str] = []
    stage = state.task.specific
    is_held = state.once("hold", lambda: hold_on(str(state.workflow_state_id))) is not None
    if stage.acts and _may(check_may_decide, state, person):
        actions += [DECIDING[outcome] for outcome in stage.acts]
    if _may(check_may_override, state, person):
        actions.append("override")
    takes_part_here = takes_part(person, state)
    if takes_part_here:
        actions += ["resume" if is_held else "hold", "ask_comment"]
        if "request_changes" in actions:
            actions.append("assign")
    if not is_held and _may_open_motion(state, person):
        actions.append("open_motion")
    if may_withdraw_from(state, person):
        if state.once("renamed", lambda: renamed_at(state)):
            actions.append("take_words")
        actions.append("withdraw")
    if takes_part_here or "withdraw" in actions:
        actions.append("remark")
    if takes_part_here:
        actions.append("comment_on_field")
    return actions


def allowed_when_sent_back(page: Offering, person: Person) -> list[str]:
    """The same while a proposal is with its author, who changes it and submits it again."""
    if page.current_workflow_state is None or not may_withdraw(page, person):
        return []
    is_own = str(person.pk) in own_keys(page.current_workflow_state, page)
    return ["withdraw", "remark"] if is_own else ["withdraw"]


def _may_open_motion(state: StageState, person: Person) -> bool:
    stage = state.task.specific
    committee = getattr(stage, "committee", None)
    if committee is None or stage.acts or not presides(person, committee):
        return False
    if recused_from(state, draft_of(state)).includes(person):
        return False
    decided = state.once("decision", lambda: standing_decision(state))
    has_open_motion = state.once("open_motion", lambda: _open_motions(state).exists())
    return decided is None and not has_open_motion


def _open_motions(state: StageState) -> Any:
    return Motion.objects.filter(
        proposal_key=str(state.workflow_state_id), stage_key=str(state.task_id)
    ).open()


def _may(check: object, state: StageState, person: Person) -> bool:
    try:
        check(state, person)  # type: ignore[operator]
    except DecisionRefused:
        return False
    return True
