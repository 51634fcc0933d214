"""In an embedded proposal the OSAP record is opened once the Committee was informed (GB-2)."""

from typing import Any

from django.dispatch import receiver

from credentials.osap.new_records import open_where_asked
from credentials.people.actors import Actor
from workflows.choices import Outcome
from workflows.models import Decision
from workflows.signals import decided
from workflows.stages.stage_state import StageState


@receiver(decided)
def after_information(
    sender: Any, decision: Decision, state: StageState | None, **kwargs: Any
) -> None:
    """The Department's stage comes next, and finds the record to prepare."""
    if state is not None and decision.outcome == Outcome.NOTED:
        draft = state.revision.as_object()
        open_where_asked(draft, Actor(decision.decided_by_key, decision.decided_by_name))
