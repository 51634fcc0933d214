"""An offering's life in domain words, through the same calls that the admin makes."""

from typing import Any

from django.utils import timezone

from tests.committee import carry, seat_committee, vote_all
from tests.people import approver, person
from tests.proposals import approve, draft, edit, stage_state, submit
from workflows.choices import Office, Outcome, Purpose
from workflows.committee.motions import open_retirement_motion
from workflows.committee.question import Question
from workflows.committee.results import close_motion
from workflows.models import RetirementRequest
from workflows.proposals.actions import OutsideFacts, note_received, record_outside
from workflows.proposals.retirement import decide_retirement, deciding_office
from workflows.stages.committee import CommitteeStage
from workflows.stages.information import InformationStage
from workflows.stages.outside import OutcomeStage
from workflows.stages.unit import UnitStage


def settle(request: RetirementRequest, choice: str = "yes") -> None:
    """Let whoever decides on a request to retire or withdraw decide."""
    if deciding_office(request.offering) == Office.COMMITTEE:
        secretary = seat_committee()["secretary"]
        motion = open_retirement_motion(request, secretary, Question(Purpose.RETIRE))
        vote_all(motion, choice)
        close_motion(motion, secretary)
    else:
        outcome = Outcome.APPROVED if choice == "yes" else Outcome.DECLINED
        decide_retirement(request, person("department", 2), outcome)


def pass_stage(offering: Any) -> None:
    """Let whoever decides at the stage under way let it go on."""
    state = stage_state(offering)
    stage = state.task.specific
    if isinstance(stage, CommitteeStage):
        carry(offering)
    elif isinstance(stage, InformationStage):
        note_received(state, seat_committee()["secretary"])
    elif isinstance(stage, OutcomeStage):
        facts = OutsideFacts(stage.body, timezone.localdate(), "Q-2026-1")
        record_outside(state, person(stage.office), facts)
    elif isinstance(stage, UnitStage):
        approve(offering, approver(draft(offering)))
    else:
        approve(offering, person(stage.office))


def decide(offering: Any) -> None:
    """Let each stage that is still to decide go on, until the route ends."""
    while stage_state(offering) is not None:
        pass_stage(offering)


def publish(offering: Any, by: Any = None) -> None:
    """Take the newest draft through its whole route."""
    submit(offering, by)
    decide(offering)
    offering.refresh_from_db()


def revise(offering: Any, by: Any = None, **values: Any) -> None:
    """Change an offering and take the change through its whole route."""
    edit(offering, by, **values)
    publish(offering, by)
