"""Finds catalogue entries for a visitor. Reads the ledger's projection only (laws 1 and 6)."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page as ResultsPage
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext

from credentials.api.requests.filters import FilterParameters, filtered
from credentials.api.requests.orders import ORDERS, Sort, with_sort_columns
from credentials.api.search import completing, matching
from credentials.catalogue.addresses import Linked, cards
from credentials.catalogue.past import PARAMETER, PastDay
from credentials.record.projection import CatalogueEntry, CatalogueEntryQuerySet
from credentials.templatetags.offering_display import day
from home.facets import FACETS, Option
from home.search_form import SORTS, CatalogueSearchForm

PAGE_SIZE = 20


@dataclass(frozen=True)
class ActiveFilter:
    """A filter in force, in words, and the query string without it."""

    text: str
    without: str


@dataclass(frozen=True)
class FacetChoice:
    """A facet to choose from, as the page shows it."""

    name: str
    heading: str
    options: list[Option]
    chosen: int


class CatalogueSearch:
    """One search: its form, results by page, facets with counts, and the filters in force."""

    def __init__(self, data: QueryDict) -> None:
        self.data = data
        self.form = CatalogueSearchForm(data, label_suffix="")
        self.form.is_valid()
        self.asked: dict[str, Any] = self.form.cleaned_data
        self.past: PastDay | None = self.asked.pop(PARAMETER, None)

    def page(self) -> ResultsPage[Any]:
        """The page of entries asked for; the nearest one that exists."""
        results = self._in_order(self._matching()).defer("search_text")
        return Paginator(results, PAGE_SIZE).get_page(self.data.get("page"))

    def cards(self, page: ResultsPage[Any], request: HttpRequest) -> list[Linked]:
        """What the page of results shows: see `credentials.catalogue.addresses.cards`."""
        return cards(page.object_list, request, self.past)

    def facets(self) -> list[FacetChoice]:
        """Every facet; its counts respect the other filters and ignore its own."""
        choices = []
        for facet in FACETS:
            chosen = self.asked.get(facet.name) or []
            options = facet.options(self._matching(leaving_out=facet.name), chosen)
            if options:
                choices.append(FacetChoice(facet.name, str(facet.heading), options, len(chosen)))
        return choices

    def active_filters(self) -> list[ActiveFilter]:
        """What narrows the list, words included, each with the way to remove it."""
        active = []
        if words := self.asked.get("q"):
            active.append(ActiveFilter(gettext("“%s”") % words, self._without("q", words)))
        for facet in FACETS:
            values = self.asked.get(facet.name) or []
            labels = facet.labels_of(values) if values else {}
            active += [
                ActiveFilter(
                    gettext("%(facet)s: %(value)s")
                    % {"facet": facet.heading, "value": labels.get(value, value)},
                    self._without(facet.name, value),
                )
                for value in values
            ]
        for name, words in self._limits().items():
            active.append(ActiveFilter(words, self._without(name, str(self.data[name]))))
        if self.past is not None:
            words = gettext("As it stood at the end of %s") % day(self.past.day)
            active.append(ActiveFilter(words, self._without(PARAMETER, str(self.data[PARAMETER]))))
        return active

    @property
    def sort(self) -> str:
        """The order asked for; by default the best match of words, else the title."""
        words, sort = self.asked.get("q"), self.asked.get("sort")
        if not sort or (sort == Sort.RELEVANCE and not words):
            return str(Sort.RELEVANCE if words else Sort.TITLE)
        return str(sort)

    def sorts(self) -> list[tuple[str, str, bool]]:
        """The orders to choose from: key, label, whether in force."""
        usable = SORTS if self.asked.get("q") else SORTS[1:]
        return [(key, str(label), key == self.sort) for key, label in usable]

    def _matching(self, leaving_out: str = "") -> CatalogueEntryQuerySet:
        """Entries offered that the search finds, by the same rules as the catalogue API's."""
        asked = {name: value for name, value in self.asked.items() if value or value == 0}
        given = {name: asked[name] for name in FilterParameters.model_fields if name in asked}
        given.pop(leaving_out, None)
        catalogue = self.past.entries() if self.past else CatalogueEntry.objects.current()
        offered = catalogue.offered()
        entries = filtered(offered, FilterParameters.model_construct(**given))
        if words := asked.get("q"):
            found = Q(pk__in=matching(words).values("pk"))
            entries = entries.filter(found | Q(pk__in=completing(words).values("pk")))
        return entries

    def _in_order(self, entries: CatalogueEntryQuerySet) -> CatalogueEntryQuerySet:
        sort = Sort(self.sort)
        words, today = self.asked.get("q"), self.past.day if self.past else timezone.localdate()
        entries = with_sort_columns(entries, sort, q=words, today=today)
        return ORDERS[sort].arranged(entries)

    def _limits(self) -> dict[str, str]:
        """The limits in force, in words, by the name of their field."""
        words = {
            "hours_min": gettext("At least %s hours"),
            "hours_max": gettext("At most %s hours"),
            "fee_max": gettext("Fee at most %s"),
            "starts_from": gettext("Starts from %s"),
            "starts_to": gettext("Starts by %s"),
        }
        return {
            name: text % (day(value) if name.startswith("starts") else number_format(f"{value:g}"))
            for name, text in words.items()
            if (value := self.asked.get(name)) is not None
        }

    def _without(self, name: str, value: str) -> str:
        rest = self.data.copy()
        rest.pop("page", None)
        rest.setlist(name, [item for item in rest.getlist(name) if item.strip() != value.strip()])
        for key in [key for key in rest if not any(rest.getlist(key))]:
            del rest[key]
        return f"?{rest.urlencode()}"
