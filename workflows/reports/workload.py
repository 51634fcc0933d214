"""A committee's work by month: motions, votes, recusals, time to decide, attendance."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import (
    Avg,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Q,
    QuerySet,
    Sum,
)
from django.db.models.functions import TruncMonth

from credentials.policy.months import months_after
from workflows.choices import MotionOutcome
from workflows.models import Ballot, Motion, MotionResult
from workflows.reports.attendance import MeetingAttendance
from workflows.reports.request import Asked

DECIDED = (MotionOutcome.CARRIED, MotionOutcome.DEFEATED)


@dataclass(frozen=True)
class Month:
    """What a committee did in a month. `took` is the mean from opening to closing a motion."""

    committee: str
    month: datetime.date
    opened: int = 0
    carried: int = 0
    defeated: int = 0
    undecided: int = 0
    ballots: int = 0
    recusals: int = 0
    took: datetime.timedelta | None = None
    meetings: tuple[MeetingAttendance, ...] = field(default=())

    @property
    def decided(self) -> int:
        """Motions that were carried or defeated."""
        return self.carried + self.defeated

    @property
    def attendance(self) -> float | None:
        """Percent of the seats held that were taken, over its meetings; None without a meeting."""
        seats = sum(meeting.seats for meeting in self.meetings)
        present = sum(meeting.present for meeting in self.meetings)
        return round(100 * present / seats, 1) if seats else None


def by_month(asked: Asked, meetings: list[MeetingAttendance]) -> list[Month]:
    """Every month in which a committee did anything, the newest first; three queries.

    A motion counts in the month it was opened, its result, recusals and time in the month it was
    closed, a ballot in the month it was cast: the months of a year add up to the year.
    """
    found: dict[tuple[str, datetime.date], dict[str, Any]] = {}
    for rows in (_opened(asked), _closed(asked), _ballots(asked)):
        for name, month, facts in rows:
            found.setdefault((name, month), {}).update(facts)
    for meeting in meetings:
        facts = found.setdefault((meeting.committee, meeting.day.replace(day=1)), {})
        facts["meetings"] = (*facts.get("meetings", ()), meeting)
    months = [Month(name, month, **facts) for (name, month), facts in found.items()]
    return sorted(months, key=lambda row: (-row.month.toordinal(), row.committee))


def in_all(months: list[Month]) -> list[Month]:
    """The months of all committees together, the oldest first; without the mean time.

    None is left out between the first and the last, so that a quiet time shows.
    """
    ordered = sorted(months, key=lambda row: row.month)
    totals = {month: Month("", month) for month in _from_to(ordered)}
    for row in ordered:
        before = totals[row.month]
        totals[row.month] = replace(
            before,
            opened=before.opened + row.opened,
            carried=before.carried + row.carried,
            defeated=before.defeated + row.defeated,
            meetings=before.meetings + row.meetings,
        )
    return list(totals.values())


def _from_to(ordered: list[Month]) -> Iterator[datetime.date]:
    """The first day of every month from that of the first row to that of the last."""
    month = ordered[0].month if ordered else None
    while month is not None and month <= ordered[-1].month:
        yield month
        month = months_after(month, 1)


def _opened(asked: Asked) -> list[tuple[str, datetime.date, dict[str, Any]]]:
    motions = Motion.objects.filter(asked.motions("opened_at", ""))
    rows = _by_month(motions, "opened_at", "").annotate(opened=Count("pk"))
    return [(name, month.date(), {"opened": opened}) for name, month, opened in rows]


def _closed(asked: Asked) -> list[tuple[str, datetime.date, dict[str, Any]]]:
    results = MotionResult.objects.filter(asked.motions("closed_at", "motion__"))
    took = ExpressionWrapper(F("closed_at") - F("motion__opened_at"), output_field=DurationField())
    rows = _by_month(results, "closed_at", "motion__").annotate(
        carried=Count("pk", filter=Q(outcome=MotionOutcome.CARRIED)),
        defeated=Count("pk", filter=Q(outcome=MotionOutcome.DEFEATED)),
        undecided=Count("pk", filter=~Q(outcome__in=DECIDED)),
        recusals=Sum("recused"),
        mean=Avg(took, filter=Q(outcome__in=DECIDED)),
    )
    names = ("carried", "defeated", "undecided", "recusals", "took")
    return [
        (name, month.date(), dict(zip(names, facts, strict=True))) for name, month, *facts in rows
    ]


def _ballots(asked: Asked) -> list[tuple[str, datetime.date, dict[str, Any]]]:
    ballots = Ballot.objects.filter(asked.motions("cast_at", "motion__"))
    rows = _by_month(ballots, "cast_at", "motion__").annotate(ballots=Count("pk"))
    return [(name, month.date(), {"ballots": number}) for name, month, number in rows]


def _by_month(rows: QuerySet[Any], at: str, motion: str) -> QuerySet[Any]:
    months = rows.order_by().annotate(month=TruncMonth(at))
    return months.values_list(f"{motion}committee__name", "month")
