"""How the live catalogue stands with the policy in force, clause by clause.

It reads the standings that are kept after every publication and each night
(`credentials.compliance.standings`), so that ten thousand offerings need not be judged for a page.
"""

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Min, Q, QuerySet

from credentials.compliance.standings import offered
from credentials.models import ClauseStanding, PolicyClause, PolicyVersion

STANDING = ClauseStanding.Standing
# What the report reads of each offering under a clause.
FIELDS = (
    "clause",
    "standing",
    "offering_id",
    "offering__draft_title",
    "offering__category",
    "offering__academic_unit__name",
)


@dataclass(frozen=True)
class ClauseCount:
    """A clause, and how many of the offerings that it asks something of meet it or do not."""

    number: str
    heading: str
    part: str
    met: int
    failing: int

    @property
    def asked(self) -> int:
        """Of how many offerings it asks something."""
        return self.met + self.failing

    @property
    def share(self) -> float:
        """Percent of those offerings that meet it, to a tenth."""
        return round(100 * self.met / self.asked, 1)


@dataclass(frozen=True)
class Freshness:
    """When the oldest standing was taken, and how many offerings have none yet."""

    oldest: datetime.datetime | None
    unchecked: int


def clauses_in_force() -> QuerySet[PolicyClause]:
    """The clauses of the version in force, in its order; none without one."""
    version = PolicyVersion.objects.in_force().values("pk")
    return PolicyClause.objects.filter(version__in=version).order_by("position", "pk")


def clause_facts() -> dict[str, tuple[int, str, str]]:
    """Position, heading and part of each clause in force, by its number; one query."""
    rows = clauses_in_force().values_list("number", "heading", "part")
    return {number: (n, heading, part) for n, (number, heading, part) in enumerate(rows)}


def by_clause(
    standings: QuerySet[ClauseStanding], facts: dict[str, tuple[int, str, str]]
) -> list[ClauseCount]:
    """One row for each clause that asks something, in the policy's order; one query."""
    counted = standings.order_by().values("clause")
    rows = counted.annotate(
        met=Count("pk", filter=Q(standing=STANDING.MET)),
        failing=Count("pk", filter=Q(standing=STANDING.FAILING)),
    ).values_list("clause", "met", "failing")
    unknown = (len(facts), "", "")
    found = [
        ClauseCount(number, *facts.get(number, unknown)[1:], met, failing)
        for number, met, failing in rows
    ]
    return sorted(found, key=lambda row: (facts.get(row.number, unknown)[0], row.number))


def by_offering(standings: QuerySet[ClauseStanding]) -> QuerySet[Any, dict[str, Any]]:
    """One row for each offering and clause, those not met first, as dictionaries of FIELDS."""
    return standings.order_by("standing", "clause", "pk").values(*FIELDS)


def freshness() -> Freshness:
    """How old the standings are; one query."""
    unchecked = Count("pk", filter=Q(readiness__isnull=True))
    return Freshness(
        **offered().aggregate(oldest=Min("readiness__checked_at"), unchecked=unchecked)
    )
