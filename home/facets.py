"""The ways to narrow a list of catalogue entries, each with its counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from django.db.models import Count, Max
from django.utils.translation import gettext_lazy as _

from credentials.choices import Category, CreditBasis, DeliveryMode, Kind, Language
from credentials.record.projection import CatalogueEntry, CatalogueEntryQuerySet, CatalogueFacet


@dataclass(frozen=True)
class Option:
    """One value of a facet: how many entries choosing it would list, and whether it is chosen."""

    value: str
    label: str
    count: int
    chosen: bool


class Facet:
    """A facet whose value is a column of the entry."""

    shown: ClassVar[int] = 12

    def __init__(self, name: str, heading: Any, labels: Mapping[str, Any] | None = None) -> None:
        self.name = name
        self.heading = heading
        self._labels = labels

    def options(self, entries: CatalogueEntryQuerySet, chosen: list[str]) -> list[Option]:
        """The values that occur in `entries`, and the chosen ones, most frequent first."""
        counts = self._counts(entries)
        missing = [value for value in chosen if value not in counts]
        labels = self.labels_of([*counts, *missing])
        found = [
            Option(value, labels.get(value, value), count, value in chosen)
            for value, count in [*counts.items(), *((value, 0) for value in missing)]
        ]
        found.sort(key=lambda option: (-option.count, option.label))
        return [o for i, o in enumerate(found) if i < self.shown or o.chosen]

    def labels_of(self, values: list[str]) -> dict[str, str]:
        """Name values for people; those without a name are left out."""
        known = self._labels or {}
        return {value: str(known[value]) for value in values if value in known}

    def _counts(self, entries: CatalogueEntryQuerySet) -> dict[str, int]:
        rows = entries.order_by().values_list(self.name).annotate(number=Count("pk"))
        return {value: number for value, number in rows if value}


class ManyFacet(Facet):
    """A facet of which an entry may have several values, kept in rows of their own."""

    def labels_of(self, values: list[str]) -> dict[str, str]:
        if self._labels is not None or not values:
            return super().labels_of(values)
        rows = CatalogueFacet.objects.filter(name=self.name, value__in=values)
        return dict(rows.order_by().values_list("value").annotate(name=Max("label")))

    def _counts(self, entries: CatalogueEntryQuerySet) -> dict[str, int]:
        rows = CatalogueFacet.objects.filter(name=self.name, entry__in=entries.order_by())
        return dict(rows.order_by().values_list("value").annotate(number=Count("entry")))


FACETS: list[Facet] = [
    Facet("kind", _("Kind"), dict(Kind.choices)),
    ManyFacet("delivery", _("Delivery"), dict(DeliveryMode.choices)),
    Facet("category", _("Category"), dict(Category.choices)),
    Facet("credit_basis", _("Credit"), dict(CreditBasis.choices)),
    Facet("language", _("Language"), dict(Language.choices)),
    ManyFacet("skill", _("Skill")),
    ManyFacet("academic_unit", _("Academic unit")),
]


def counts_of(field: str) -> dict[str, int]:
    """How many entries are offered now, by a column's value."""
    offered = CatalogueEntry.objects.current().offered().order_by()
    return dict(offered.values_list(field).annotate(number=Count("pk")))
