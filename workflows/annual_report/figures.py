"""The figures of a period, by category."""

from collections import Counter
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from credentials.catalogue.snapshots import Snapshot
from credentials.record.ledger import PublishedVersion
from workflows.annual_report.happenings import CONTRACTED, contracted, happenings
from workflows.annual_report.measures import Measure
from workflows.annual_report.period import Period
from workflows.choices import RouteKey
from workflows.models import Decision

Figures = dict[str, dict[str, int]]


class Standing:
    """How many offerings can be taken up at a moment, by category, and how many are contracted."""

    def __init__(self, snapshot: Snapshot) -> None:
        rows = (
            snapshot.entries()
            .offered()
            .annotate(is_contracted=contracted())
            .order_by()
            .values_list("category", "is_contracted")
            .annotate(number=Count("pk"))
        )
        self.by_category: Counter[str] = Counter()
        self.contracted = 0
        for category, is_contracted, number in rows:
            if is_contracted:
                self.contracted += number
            else:
                self.by_category[category] += number


def figures_of(period: Period, opening: Standing, closing: Standing) -> Figures:
    """Every measure but those of reviews, by category, where it is not 0. One query."""
    counts: dict[str, Counter[str]] = {}
    for category, number in opening.by_category.items():
        counts.setdefault(category, Counter())[Measure.OPENING] += number
    for category, number in closing.by_category.items():
        counts.setdefault(category, Counter())[Measure.CLOSING] += number
    for happening in happenings(period):
        if happening.counts:
            counts.setdefault(happening.category, Counter())[happening.measure] += 1
        for category, measure in happening.moves():
            counts.setdefault(category, Counter())[measure] += 1
    return {
        category: {str(measure): number for measure, number in counter.items()}
        for category, counter in counts.items()
    }


def decisions_taken(period: Period) -> list[dict[str, Any]]:
    """How often each office decided what; contracted delivery is not ours to report (FW-2)."""
    contracted_then = PublishedVersion.objects.filter(
        Q(superseded_by__isnull=True) | Q(superseded_by__valid_from__gt=OuterRef("decided_at")),
        offering=OuterRef("offering"),
        valid_from__lte=OuterRef("decided_at"),
        document__contains=CONTRACTED,
    )
    rows = (
        Decision.objects.filter(decided_at__gt=period.begins, decided_at__lte=period.ends)
        .exclude(route=RouteKey.CONTRACTED)
        .exclude(Exists(contracted_then))
        .order_by()
        .values("office", "outcome")
        .annotate(number=Count("pk"))
        .order_by("office", "outcome")
    )
    return [dict(row) for row in rows]
