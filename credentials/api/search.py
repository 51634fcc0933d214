"""Full text through Wagtail's search, joined with filters and snapshots into one query."""

import re
from typing import Any, cast

from django.db.models import Case, IntegerField, Q, Value, When
from wagtail.search.backends import get_search_backend

from credentials.record.facets import title_key
from credentials.record.projection import CatalogueEntry, CatalogueEntryQuerySet

WORD = re.compile(r"\w+")

# A search server answers with ids, which are then looked up in the projection; so many at most.
MAX_HITS = 10_000


def matching(q: str) -> CatalogueEntryQuerySet:
    """Entries of any version in which every word of `q` is found, in no order."""
    return _found(get_search_backend().search, q)


def completing(q: str) -> CatalogueEntryQuerySet:
    """Entries of any version whose title has words that begin like those of `q`, in no order."""
    return _found(get_search_backend().autocomplete, q)


def relevance(q: str) -> Case:
    """How well a title answers `q`: 0 the same, 1 begins so, 2 all words, 3 some word, 4 none.

    The engines' own scores depend on what else is in the index, so they shift with every
    publication and cannot be paged through without duplicates or gaps. This one depends on the
    entry alone.
    """
    key = title_key(q)
    words = [Q(title_key__contains=word) for word in WORD.findall(key)] or [Q(title_key=key)]
    every, some = words[0], words[0]
    for word in words[1:]:
        every, some = every & word, some | word
    return Case(
        When(title_key=key, then=Value(0)),
        When(title_key__startswith=key, then=Value(1)),
        When(every, then=Value(2)),
        When(some, then=Value(3)),
        default=Value(4),
        output_field=IntegerField(),
    )


def _found(search: Any, q: str) -> CatalogueEntryQuerySet:
    words = " ".join(WORD.findall(q))
    if not words:
        return CatalogueEntry.objects.none()
    results = search(words, CatalogueEntry, operator="and", order_by_relevance=False)
    if hasattr(results, "get_queryset"):  # the database's own full text: still one query
        return cast("CatalogueEntryQuerySet", results.get_queryset().order_by())
    hits = [entry.pk for entry in results[:MAX_HITS]]
    return CatalogueEntry.objects.filter(pk__in=hits)
