"""What a person may do with a proposal now, as names of acts."""

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.choices import Outcome
from workflows.deciding.decisions import check_may_override, may_decide
from workflows.deciding.proposers import own_keys
from workflows.exceptions import DecisionRefused
from workflows.proposals.actions import may_withdraw, may_withdraw_from
from workflows.proposals.permissions import takes_part
from workflows.proposals.proposal_reading import ProposalReading

DECIDING = {
    Outcome.APPROVED: "approve",
    Outcome.CHANGES_REQUESTED: "request_changes",
    Outcome.RECORDED: "record",
    Outcome.NOTED: "note",
}


def allowed_actions(reading: ProposalReading, person: Person) -> list[str]:
    """Names of the acts that would not be refused for who the person is or where it stands."""
    actions: list[str] = []
    is_held = reading.hold is not None
    if reading.stage.acts and may_decide(reading, person):
        actions += [DECIDING[outcome] for outcome in reading.stage.acts]
    if _may_override(reading, person):
        actions.append("override")
    takes_part_here = takes_part(person, reading)
    if takes_part_here:
        actions += ["resume" if is_held else "hold", "ask_comment"]
        if "request_changes" in actions:
            actions.append("assign")
    if not is_held and _may_open_motion(reading, person):
        actions.append("open_motion")
    if may_withdraw_from(reading, person):
        if reading.renamed:
            actions.append("take_words")
        actions.append("withdraw")
    if takes_part_here or "withdraw" in actions:
        actions.append("remark")
    if takes_part_here:
        actions.append("comment_on_field")
    return actions


def allowed_when_sent_back(page: Offering, person: Person) -> list[str]:
    """What a person may do while a proposal is with its author, who is to submit it again."""
    if page.current_workflow_state is None or not may_withdraw(page, person):
        return []
    is_own = str(person.pk) in own_keys(page.current_workflow_state, page)
    return ["withdraw", "remark"] if is_own else ["withdraw"]


def _may_open_motion(reading: ProposalReading, person: Person) -> bool:
    stage = reading.stage
    if stage.committee is None or stage.acts or not stage.acts_here(reading.draft, person):
        return False
    if reading.recused.includes(person):
        return False
    return reading.decision is None and not reading.has_open_motion


def _may_override(reading: ProposalReading, person: Person) -> bool:
    try:
        check_may_override(reading, person)
    except DecisionRefused:
        return False
    return True
