"""Counts for the filters of the list, and type-ahead."""

import json
from collections import Counter
from typing import Annotated, Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from credentials.api.documentation import responses
from credentials.api.requests.conditional import answer, etag_of, is_held, not_modified
from credentials.api.requests.filters import FacetName, FilterParameters, Text, filtered
from credentials.api.requests.parameters import Parameters
from credentials.api.schemas.search import FacetCounts, Suggestions
from credentials.api.search import completing, matching, relevance
from credentials.catalogue.snapshots import Snapshot, current_head
from credentials.choices import Category, CreditBasis, DeliveryMode, Kind, Language
from credentials.record.projection import CatalogueEntry, CatalogueEntryQuerySet, CatalogueFacet

router = Router(tags=["finding"])

VOCABULARIES: dict[str, Any] = {
    "kind": Kind,
    "category": Category,
    "credit_basis": CreditBasis,
    "language": Language,
}
FLAGS = ("osap", "stackable")
COUNTED_ROWS = (
    FacetName.ACADEMIC_UNIT,
    FacetName.DELIVERY,
    FacetName.PARTNER,
    FacetName.SKILL,
)

Counts = list[dict[str, Any]]


class SuggestParameters(Parameters):
    """Parameters of the type-ahead."""

    q: Text = Field(description="The beginning of what somebody types.")
    limit: Annotated[int, Field(ge=1, le=20)] = 10


@router.get("/facets", response=responses(FacetCounts), summary="Count by filter values")
def get_facets(request: HttpRequest, parameters: Query[FilterParameters]) -> HttpResponse:
    """How many of the offerings that these filters list have each value."""
    head = current_head()
    etag = etag_of("facets", head.sequence, parameters.normalised())
    if is_held(request, etag):
        return not_modified(etag)
    snapshot = Snapshot(head.sequence, parameters.as_of)
    entries = filtered(
        snapshot.of(
            matching(parameters.q) if parameters.q else CatalogueEntry.objects.all()
        ).offered(),
        parameters,
    )
    total, facets = _column_counts(entries)
    facets |= _row_counts(entries)
    counts = {"total": total, "facets": facets, "head": head.sequence}
    body = json.dumps(counts, ensure_ascii=False, separators=(",", ":"))
    return answer(body, etag=etag, modified=head.changed_at)


@router.get("/suggest", response=responses(Suggestions), summary="Suggest while typing")
def suggest(request: HttpRequest, parameters: Query[SuggestParameters]) -> HttpResponse:
    """Offerings whose title has words that begin like those of `q`, the closest first."""
    head = current_head()
    etag = etag_of("suggest", head.sequence, parameters.normalised())
    if is_held(request, etag):
        return not_modified(etag)
    entries = (
        Snapshot(head.sequence)
        .of(completing(parameters.q))
        .offered()
        .order_by(relevance(parameters.q), "title_key", "pk")
        .values("offering_uuid", "slug", "title", "kind")
    )
    items = [{"id": str(row.pop("offering_uuid")), **row} for row in entries[: parameters.limit]]
    body = json.dumps({"items": items, "head": head.sequence}, ensure_ascii=False)
    return answer(body, etag=etag, modified=head.changed_at)


def _column_counts(entries: CatalogueEntryQuerySet) -> tuple[int, dict[str, Counts]]:
    """Count all columns in one query: few combinations of values exist, so add them up here."""
    names = (*VOCABULARIES, *FLAGS)
    counters: dict[str, Counter[Any]] = {name: Counter() for name in names}
    total = 0
    for *values, count in entries.order_by().values_list(*names).annotate(Count("pk")):
        total += count
        for name, value in zip(names, values, strict=True):
            counters[name][value] += count
    counts = {
        name: [
            _count(value, vocabulary(value).label, counters[name][value])
            for value in vocabulary.values
            if counters[name][value]
        ]
        for name, vocabulary in VOCABULARIES.items()
    }
    for name in FLAGS:
        counts[name] = [
            _count(str(value).lower(), str(value).lower(), counters[name][value])
            for value in (True, False)
            if counters[name][value]
        ]
    return total, counts


def _row_counts(entries: CatalogueEntryQuerySet) -> dict[str, Counts]:
    counts: dict[str, Counts] = {str(name): [] for name in COUNTED_ROWS}
    rows = (
        CatalogueFacet.objects.filter(entry__in=entries.order_by().values("pk"))
        .filter(name__in=COUNTED_ROWS)
        .values_list("name", "value", "label")
        .annotate(count=Count("entry"))
        .order_by("name", "-count", "label")
    )
    for name, value, label, count in rows:
        shown = DeliveryMode(value).label if name == FacetName.DELIVERY else label
        counts[name].append(_count(value, shown, count))
    return counts


def _count(value: str, label: Any, count: int) -> dict[str, Any]:
    return {"value": value, "label": str(label), "count": count}
