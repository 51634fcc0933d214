"""Deadlines of a case, computed from its events with their arithmetic (AP-2).

Nothing is stored: a closure that is announced later moves what is still open, and every page says
from which days a deadline came.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils import timezone

from appeals.choices import Act, Stage
from appeals.deadlines.clocks import clock_of
from appeals.models import Case, CaseEvent, ClockStart, Procedure, Step, UniversityClosure
from appeals.rules.working_days import Clock, Closure, Deadline, Suspension, deadline

ONE_DAY = datetime.timedelta(days=1)
# Which step of the procedures gives a stage its time.
STEP_OF = {
    Stage.LATE: Step.DECISION,
    Stage.COMPLETENESS: Step.COMPLETENESS,
    Stage.INFORMATION: Step.COMPLETION,
    Stage.RESPONSE: Step.RESPONSE,
    Stage.REVIEW: Step.REVIEW,
    Stage.DECISION: Step.DECISION,
    Stage.CONCLUDED: Step.LETTER,
}


@dataclass(frozen=True)
class StageDeadline:
    """Until when a stage is to end. `at` is None while the case is suspended.

    `working_days` are those of the step and of all its extensions together.
    """

    stage: Stage
    entered_at: datetime.datetime
    working_days: int
    extended_by: int
    extensions: int
    deadline: Deadline

    @property
    def at(self) -> datetime.datetime | None:
        """The last moment, aware."""
        return self.deadline.at

    def is_overdue(self, now: datetime.datetime | None = None) -> bool:
        """Whether it has passed."""
        return self.deadline.is_late(now or timezone.now())


@dataclass
class _Count:
    """What the events say of the stage that a case is in."""

    stage: Stage
    entered_at: datetime.datetime
    extended_by: int = 0
    extensions: int = 0
    suspensions: list[Suspension] = field(default_factory=list)


class Clocks:
    """The clocks of several cases: closures are read once, steps once for each version.

    Other closures than those that are recorded can be given, to see what they would do.
    """

    def __init__(self, closures: tuple[Closure, ...] | None = None) -> None:
        self._closures = closures
        self._clocks: dict[int, Clock] = {}
        self._days: dict[int, dict[str, int]] = {}

    def of(self, procedure: Procedure) -> Clock:
        """The clock of a version."""
        if self._closures is None:
            self._closures = UniversityClosure.objects.all().as_closures()
        if procedure.pk not in self._clocks:
            self._clocks[procedure.pk] = clock_of(procedure, self._closures)
        return self._clocks[procedure.pk]

    def days_of(self, procedure: Procedure, stage: Stage) -> int | None:
        """The working days of a stage; None for one that has no time of its own."""
        if procedure.pk not in self._days:
            self._days[procedure.pk] = {
                step.key: step.working_days for step in procedure.steps.all()
            }
        return self._days[procedure.pk].get(STEP_OF[stage]) if stage in STEP_OF else None


def stage_deadline(
    case: Case, events: Iterable[CaseEvent] | None = None, clocks: Clocks | None = None
) -> StageDeadline | None:
    """The deadline of the stage that a case is in, or was in when it was suspended.

    None once it is closed, and where the procedures give the stage no time. Events in their order.
    """
    clocks = clocks or Clocks()
    clock = clocks.of(case.procedure)
    count = _count(case.events.order_by("number") if events is None else events, clock)
    days = clocks.days_of(case.procedure, count.stage) if count else None
    if count is None or days is None:
        return None
    total = days + count.extended_by
    return StageDeadline(
        count.stage,
        count.entered_at,
        total,
        count.extended_by,
        count.extensions,
        deadline(clock, count.entered_at, total, count.suspensions),
    )


def filing_deadline(
    procedure: Procedure,
    decided_on: datetime.date,
    received_on: datetime.datetime | datetime.date | None,
    clock: Clock | None = None,
) -> Deadline:
    """Until when a decision can be appealed, counted as the procedures say (AP-2).

    The receipt is an aware moment, or a day alone, which counts as before its cut-off.
    """
    start = decided_on
    if procedure.clock_start == ClockStart.RECEIPT and received_on is not None:
        start = received_on
    return deadline(clock or clock_of(procedure), start, procedure.time_limit)


def _count(events: Iterable[CaseEvent], clock: Clock) -> _Count | None:
    count: _Count | None = None
    for event in events:
        day = clock.local(event.at).date()
        if event.act == Act.SUSPENDED and count:
            count.suspensions.append(Suspension(day, None))
        elif event.act == Act.RESUMED and count:
            begun = count.suspensions.pop()
            if begun.first < day:
                count.suspensions.append(Suspension(begun.first, day - ONE_DAY))
        elif event.act == Act.EXTENDED and count:
            count.extended_by += int(event.data["working_days"])
            count.extensions += 1
        elif event.moves:
            count = _Count(Stage(event.stage_after), event.at)
    return count
