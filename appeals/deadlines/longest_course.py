"""How long a case may take at most, step by step (AP-2)."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from appeals.models import ProcedureStep, Step
from appeals.rules.working_days import Clock, deadline

# The time of this one runs only when something is missing.
ONLY_IF_INCOMPLETE = Step.COMPLETION


@dataclass(frozen=True)
class StepTime:
    """A step with the last moment for it, aware."""

    step: ProcedureStep
    by: datetime.datetime


def longest_course(
    steps: Iterable[ProcedureStep], clock: Clock, filed_at: datetime.datetime
) -> list[StepTime]:
    """When each step ends at the latest for an appeal that is complete when it is filed."""
    course, since = [], filed_at
    for step in steps:
        if step.key == ONLY_IF_INCOMPLETE:
            continue
        last = deadline(clock, since, step.working_days)
        if last.at is not None:
            since = last.at
            course.append(StepTime(step, since))
    return course
