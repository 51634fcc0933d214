"""Live offerings that nobody could take for long: no session since a day, and none to come."""

import datetime
from typing import Any

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from credentials.compliance.standings import offered
from credentials.models import Offering, Session
from credentials.policy.months import months_after

TWO_YEARS = 24  # months
FIELDS = (
    "pk",
    "draft_title",
    "category",
    "academic_unit__name",
    "first_published_at",
    "last_session",
)
NEVER, MOST_YEARS = "never", "5"


def not_offered_since(day: datetime.date) -> QuerySet[Offering]:
    """Offerings that were live on that day, and of which no session has run since or is to come.

    A session runs to its last day; one without an end runs on its first.
    """
    since = Session.objects.filter(offering=OuterRef("pk")).filter(
        Q(ends__gte=day) | Q(ends__isnull=True, starts__gte=day)
    )
    return offered().filter(~Exists(since), first_published_at__date__lt=day)


def with_last_session(offerings: QuerySet[Offering]) -> QuerySet[Any]:
    """Offerings, each with the last day of its last session; None where it never had one."""
    sessions = Session.objects.filter(offering=OuterRef("pk")).order_by()
    last = sessions.values("offering").annotate(last=Max(Coalesce("ends", "starts")))
    return offerings.annotate(last_session=Subquery(last.values("last")))


def rows_of(offerings: QuerySet[Offering]) -> QuerySet[Any, dict[str, Any]]:
    """One row each, the longest first and those never offered at the end, as dictionaries."""
    ordered = with_last_session(offerings).annotate(
        is_never=Case(When(last_session=None, then=1), default=0)
    )
    return ordered.order_by("is_never", "last_session", "pk").values(*FIELDS)


def by_years(offerings: QuerySet[Offering], today: datetime.date) -> dict[str, int]:
    """How many by whole years since the last session: "0" to "5" (five or more), and "never"."""
    cases = [When(last_session=None, then=Value(NEVER))]
    for years in range(int(MOST_YEARS)):
        since = months_after(today, -12 * (years + 1))
        cases.append(When(last_session__gt=since, then=Value(str(years))))
    rows = (
        with_last_session(offerings)
        .annotate(years=Case(*cases, default=Value(MOST_YEARS), output_field=CharField()))
        .order_by()
        .values_list("years")
        .annotate(number=Count("pk"))
    )
    return dict(sorted(rows))
