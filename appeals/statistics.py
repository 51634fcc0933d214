"""Yearly figures of appeals: one row at closing that names nobody, small counts suppressed."""

import statistics
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from appeals.choices import Act
from appeals.models import Case, CaseEvent, CaseStatistic
from appeals.rules.life import DECISIONS
from credentials.academic_year import AcademicYear

LEAST_CELLS = 2  # one suppressed count alone is the total less the others


@dataclass(frozen=True)
class YearFigures:
    """Closed appeals of an academic year; None where a count is suppressed.

    `median_days` is of the days from filing to decision.
    """

    year: AcademicYear
    total: int | None
    outcomes: dict[str, int | None]
    categories: dict[str, int | None]
    grounds: dict[str, int | None]
    median_days: float | None


def count_closed(case: Case, events: Sequence[CaseEvent]) -> CaseStatistic:
    """Write the row of a case that is being closed; nothing in it leads back to the case."""
    filed = timezone.localdate(events[0].at)
    closed = timezone.localdate(events[-1].at)
    decided = next((event for event in reversed(events) if event.act in DECISIONS), None)
    outcome = next(event.outcome for event in reversed(events) if event.outcome)
    return CaseStatistic.objects.create(
        opened_in=AcademicYear.of(filed).begins_in,
        closed_in=AcademicYear.of(closed).begins_in,
        category=case.offering_category,
        grounds=sorted(case.grounds),
        outcome=outcome,
        was_late=case.is_late,
        was_extended=any(event.act == Act.EXTENDED for event in events),
        days_to_decision=(timezone.localdate(decided.at) - filed).days if decided else None,
        days_to_close=(closed - filed).days,
    )


def yearly(least: int) -> list[YearFigures]:
    """The figures of every year that has any, newest first; counts below `least` suppressed."""
    rows = list(CaseStatistic.objects.order_by("-closed_in"))
    years = sorted({row.closed_in for row in rows}, reverse=True)
    return [_figures(year, [r for r in rows if r.closed_in == year], least) for year in years]


def suppressed(counts: Mapping[str, int], least: int) -> dict[str, int | None]:
    """The counts, with None for those below `least`, and for more where one could be worked out.

    Whoever knows the total knows what the suppressed ones add up to: so at least two are, which
    together are not below `least`.
    """
    hidden = {key for key, count in counts.items() if 0 < count < least}
    rest = sorted((count, key) for key, count in counts.items() if key not in hidden and count)
    while hidden and rest and not _is_safe([counts[key] for key in hidden], least):
        hidden.add(rest.pop(0)[1])
    return {key: None if key in hidden else count for key, count in counts.items()}


def _is_safe(hidden: Iterable[int], least: int) -> bool:
    found = list(hidden)
    return len(found) >= LEAST_CELLS and sum(found) >= least


def _figures(year: int, rows: Sequence[CaseStatistic], least: int) -> YearFigures:
    shown = len(rows) >= least
    days = [row.days_to_decision for row in rows if row.days_to_decision is not None]
    return YearFigures(
        AcademicYear(year),
        len(rows) if shown else None,
        suppressed(Counter(row.outcome for row in rows), least),
        suppressed(Counter(row.category for row in rows), least),
        # An appeal can have several grounds, so these have no total; each stands for itself.
        suppressed(Counter(ground for row in rows for ground in row.grounds), least),
        statistics.median(days) if len(days) >= least else None,
    )
