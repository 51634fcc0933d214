"""Who takes part in a stage beside deciding: holding, asking, assigning, discussing."""

from typing import Any

from credentials.models import Offering
from credentials.people.actors import Person
from workflows.deciding.stage_reading import StageReading
from workflows.stages.current_stage import stage_state_of


def takes_part(person: Person, reading: StageReading) -> bool:
    """Whether this person belongs to those who decide at a stage, recused or not."""
    if person.pk is None or not person.is_active:
        return False
    return bool(reading.stage.takes_part(person, reading.draft))


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
    return state is not None and bool(state.task.specific.is_read_by(person, draft))
