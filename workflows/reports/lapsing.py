"""Responsibilities agreements that lapse soon, or have lapsed and still are the one that counts."""

import datetime
from typing import Any

from django.db.models import Aggregate, CharField, Count, Exists, OuterRef, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from credentials.models import Agreement, AgreementParty

FIELDS = (
    "pk",
    "number",
    "ends_on",
    "learning_system",
    "offering_id",
    "offering__draft_title",
    "offering__category",
    "offering__academic_unit__name",
    "party_names",
    "waits_for_signature",
    "is_being_renewed",
)


class Joined(Aggregate):
    """Texts of a group with semicolons between them, on either database."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """GROUP_CONCAT."""
        template = "GROUP_CONCAT(%(expressions)s, '; ')"
        return self.as_sql(compiler, connection, template=template, **context)

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        """STRING_AGG."""
        template = "STRING_AGG(%(expressions)s, '; ')"
        return self.as_sql(compiler, connection, template=template, **context)


def lapsing(until: datetime.date) -> QuerySet[Agreement]:
    """Opened agreements that count today and end on or before a day, the lapsed ones included."""
    current = Agreement.objects.all().current()
    return current.filter(state=Agreement.State.OPEN, ends_on__lte=until)


def rows_of(agreements: QuerySet[Agreement]) -> QuerySet[Any, dict[str, Any]]:
    """One row each, the first to lapse first, as dictionaries of FIELDS; one query.

    Terms are fixed once opened, so a party with a signature has signed them.
    """
    parties = AgreementParty.objects.filter(agreement=OuterRef("pk")).order_by()
    later = Agreement.objects.filter(
        offering=OuterRef("offering"),
        number__gt=OuterRef("number"),
        state=Agreement.State.DRAFT,
    )
    names = parties.values("agreement").annotate(names=Joined("name")).values("names")
    return (
        agreements.annotate(
            party_names=Subquery(names),
            waits_for_signature=Exists(parties.filter(signatures__isnull=True)),
            is_being_renewed=Exists(later),
        )
        .order_by("ends_on", "pk")
        .values(*FIELDS)
    )


def by_month(
    agreements: QuerySet[Agreement], today: datetime.date
) -> tuple[int, dict[datetime.date, int]]:
    """How many have lapsed already, and how many lapse in each month to come; one query."""
    months = agreements.order_by().annotate(month=TruncMonth("ends_on"))
    rows = months.values_list("month", "ends_on").annotate(number=Count("pk"))
    lapsed, to_come = 0, dict[datetime.date, int]()
    for month, ends_on, number in rows:
        if ends_on < today:
            lapsed += number
        else:
            to_come[month] = to_come.get(month, 0) + number
    return lapsed, dict(sorted(to_come.items()))
