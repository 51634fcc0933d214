"""Requests for OSAP in a report's year, each as it stood at the year's end (MC-5, GB-2).

Codes, figures, tuition and the ministry's references stay the Department's: none is told here.
"""

import datetime
from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from credentials.academic_year import AcademicYear
from credentials.models import Approval, OsapEvent, OsapRecord
from credentials.record.ledger import PublishedVersion
from workflows.annual_report.offering_then import offering_then
from workflows.annual_report.period import Period

Act = OsapEvent.Act
ANSWERS = (Act.APPROVED, Act.DECLINED)


def requests(year: AcademicYear, period: Period) -> list[dict[str, Any]]:
    """The requests for a year, by title. One query.

    As {"offering", "title", "category", "state", "since", "opened_on", "sent_on", "answered_on"}:
    since which day it stood so, and when it was last sent and last answered, or None.
    """
    days = _days(period)
    records = _as_of_end(year, period).annotate(**offering_then(period), **days)
    rows = records.order_by("pk").values(
        "state_then", *days, "uuid_then", "title_then", "category_then"
    )
    found = [
        {
            "offering": str(row["uuid_then"]),
            "title": row["title_then"],
            "category": row["category_then"],
            "state": row["state_then"],
            **{name: _day(row[name]) for name in days},
        }
        for row in rows
    ]
    return sorted(found, key=lambda row: (row["title"], row["offering"]))


def numbers(states: Iterable[str]) -> dict[str, int]:
    """How many requests stand how, in the order of a record's life; what is 0 is left out."""
    counted = Counter(states)
    return {state: counted[state] for state in OsapRecord.State.values if counted[state]}


def states_then(year: AcademicYear, period: Period) -> QuerySet[Any, str]:
    """How each request for a year stood at the period's end. One query."""
    return _as_of_end(year, period).order_by("pk").values_list("state_then", flat=True)


def versions_that_tell(period: Period) -> int:
    """How many versions only told whether OSAP is approved. One query."""
    versions: QuerySet[PublishedVersion] = PublishedVersion.objects.filter(
        approval__action=Approval.Action.OSAP,
        sequence__lte=period.head,
        valid_from__gt=period.begins,
        valid_from__lte=period.ends,
    )
    return versions.count()


def _as_of_end(year: AcademicYear, period: Period) -> QuerySet[Any]:
    """Records of the year that had been opened by then, with `state_then`."""
    records: QuerySet[Any] = OsapRecord.objects.of_year(year)
    last = _events(period).order_by("-pk")
    stood = records.annotate(state_then=Subquery(last.values("state_after")[:1]))
    return stood.filter(state_then__isnull=False)


def _days(period: Period) -> dict[str, Subquery]:
    """When it came to stand so, was opened, last sent and last answered."""
    events = _events(period)
    moves = events.exclude(state_before=F("state_after"))
    return {
        "since": _last(moves),
        "opened_on": _last(events.filter(act=Act.OPENED)),
        "sent_on": _last(events.filter(act=Act.SUBMITTED)),
        "answered_on": _last(events.filter(act__in=ANSWERS)),
    }


def _events(period: Period) -> Any:
    return OsapEvent.objects.filter(record=OuterRef("pk"), at__lte=period.ends)


def _last(events: Any) -> Subquery:
    return Subquery(events.order_by("-pk").values("at")[:1])


def _day(at: datetime.datetime | None) -> str | None:
    return timezone.localdate(at).isoformat() if at else None
