"""Who takes part in a stage beside deciding: holding, asking, assigning, discussing."""

from typing import Any

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.choices import Office
from workflows.deciding.decisions import draft_of
from workflows.deciding.offices import is_in_office
from workflows.deciding.position import is_gate
from workflows.models import SeatTerm
from workflows.proposals.current_stage import stage_state_of
from workflows.stages.base import StageState


def takes_part(person: Person, state: StageState) -> bool:
    """Whether this person belongs to those who decide here, recused or not.

    A gate, at which nobody decides, is the Department's.
    """
    if person.pk is None or not person.is_active:
        return False
    stage = state.task.specific
    if hasattr(stage, "committee"):
        return bool(
            SeatTerm.objects.on()
            .held_by(person)
            .filter(seat__committee=stage.committee_id)
            .exists()
        )
    if is_gate(stage):
        return is_in_office(person, Office.DEPARTMENT)
    return bool(stage.deciders(draft_of(state)).filter(user=person).exists())


def may_read_proposal(person: Any, page: Offering) -> bool:
    """Who may read a proposal, in the admin and by API.

    Whoever may edit it; once it was submitted every office that decides, the academic unit that
    takes part, and those at whose stage it stands.
    """
    specific = page.specific
    was_submitted = specific.workflow_states.exists()
    if was_submitted and person.has_perm("workflows.view_decision"):
        return True
    if specific.permissions_for_user(person).can_edit():
        return True
    if not was_submitted:
        return False
    draft = specific.get_latest_revision_as_object()
    unit = draft.academic_unit
    if unit is not None and unit.approvers.filter(user=person).exists():
        return True
    state = stage_state_of(page)
    return state is not None and may_read_stage(person, state)


def may_read_stage(person: Person, state: StageState) -> bool:
    """Whether a person reads the proposal because it is at this stage: its office, its members."""
    stage = state.task.specific
    if hasattr(stage, "committee"):
        return takes_part(person, state)
    return bool(stage.readers(draft_of(state)).filter(user=person).exists())
