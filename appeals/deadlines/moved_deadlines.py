"""Which open deadlines a closure of the university moves (AP-2)."""

import datetime
from dataclasses import dataclass

from appeals.choices import Stage
from appeals.deadlines.deadline import Clocks, stage_deadline
from appeals.models import UniversityClosure
from appeals.models.cases import CaseQuerySet
from appeals.rules.working_days import Closure


@dataclass(frozen=True)
class MovedDeadline:
    """An open deadline that moves: of which case, for what, from when to when, both aware."""

    number: str
    stage: Stage
    before: datetime.datetime
    after: datetime.datetime


def moved_by_adding(closure: Closure, cases: CaseQuerySet) -> list[MovedDeadline]:
    """What moves in these cases if a closure is added; soonest first."""
    known = UniversityClosure.objects.all().as_closures()
    return _moved(cases, known, (*known, closure))


def moved_by_removing(closure: UniversityClosure, cases: CaseQuerySet) -> list[MovedDeadline]:
    """What moves in these cases if a closure is taken back; soonest first."""
    known = UniversityClosure.objects.all()
    return _moved(cases, known.as_closures(), known.exclude(pk=closure.pk).as_closures())


def _moved(
    cases: CaseQuerySet, before: tuple[Closure, ...], after: tuple[Closure, ...]
) -> list[MovedDeadline]:
    now, then = Clocks(before), Clocks(after)
    moved = []
    open_cases = cases.not_closed().select_related("procedure").prefetch_related("events")
    for case in open_cases:
        events = sorted(case.events.all(), key=lambda event: event.number)
        was, becomes = (stage_deadline(case, events, clocks) for clocks in (now, then))
        if was is None or becomes is None or was.at is None or becomes.at is None:
            continue
        if was.at != becomes.at:
            moved.append(MovedDeadline(case.number, was.stage, was.at, becomes.at))
    return sorted(moved, key=lambda deadline: (deadline.before, deadline.number))
