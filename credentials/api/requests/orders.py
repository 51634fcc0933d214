"""The orders of a list, and where in an order a page begins (keyset pagination)."""

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import CharField, F, Min, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from credentials.api.requests.filters import FacetName
from credentials.api.search import relevance
from credentials.record.facets import NO_DATE
from credentials.record.projection import CatalogueEntryQuerySet, CatalogueFacet


class Sort(StrEnum):
    """Values of the parameter `sort`."""

    TITLE = "title"
    PUBLISHED = "-published_at"
    STARTS = "starts"
    FEE = "fee"
    RELEVANCE = "relevance"


@dataclass(frozen=True)
class Order:
    """Columns to sort by; the version's key breaks ties, so that every place is unique."""

    columns: tuple[str, ...]
    read: Callable[[Any], Any] = lambda value: value
    write: Callable[[Any], Any] = lambda value: value
    descending: bool = False

    def arranged(self, entries: CatalogueEntryQuerySet) -> CatalogueEntryQuerySet:
        """Sort the entries."""
        first, *others = self.columns
        leading = F(first).desc() if self.descending else F(first).asc()
        return entries.order_by(leading, *others, "version_id")

    def after(self, place: list[Any]) -> Q:
        """What comes after a place: the sort columns' values and the version's key.

        Each column is first bounded, then compared, which lets an index find the place.
        """
        columns = [*self.columns, "version_id"]
        values = [self.read(place[0]), *place[1:]]
        condition = Q(version_id__gt=values[-1])
        for position in range(len(columns) - 2, -1, -1):
            column, value = columns[position], values[position]
            lookup = "lt" if self.descending and position == 0 else "gt"
            here_or_later = Q(**{f"{column}__{lookup}e": value})
            condition = here_or_later & (Q(**{f"{column}__{lookup}": value}) | condition)
        return condition

    def place_of(self, row: dict[str, Any]) -> list[Any]:
        """The place of a row, as JSON data."""
        values = [row[column] for column in self.columns]
        return [self.write(values[0]), *values[1:], row["version_id"]]


ORDERS = {
    Sort.TITLE: Order(("title_key",)),
    Sort.PUBLISHED: Order(
        ("valid_from",),
        read=datetime.datetime.fromisoformat,
        write=datetime.datetime.isoformat,
        descending=True,
    ),
    Sort.STARTS: Order(("next_start", "title_key")),
    Sort.FEE: Order(("fee",)),
    Sort.RELEVANCE: Order(("relevance", "title_key")),
}


def with_sort_columns(
    entries: CatalogueEntryQuerySet, sort: Sort, *, q: str | None, today: datetime.date
) -> CatalogueEntryQuerySet:
    """Add what is not a column of the projection: the next start from `today` on, the relevance."""
    if sort is Sort.STARTS:
        upcoming = CatalogueFacet.objects.filter(
            entry=OuterRef("pk"), name=FacetName.STARTS, value__gte=today.isoformat()
        )
        first = upcoming.order_by().values("entry").annotate(first=Min("value")).values("first")
        never = Value(NO_DATE.isoformat())
        entries = entries.annotate(
            next_start=Coalesce(Subquery(first), never, output_field=CharField())
        )
    if sort is Sort.RELEVANCE and q:
        entries = entries.annotate(relevance=relevance(q))
    return entries
