"""Where published offerings can be read: page addresses by the UUIDs that documents hold.

Documents and catalogue entries name other offerings by UUID. A page may move after they were
written, so its address comes from the page tree, and only for a page that is live.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import F
from django.http import HttpRequest
from wagtail.models import Page

from credentials.catalogue.past import PastDay
from credentials.record.projection import CatalogueEntry

Linked = dict[str, Any]


def addresses(
    uuids: Iterable[str], request: HttpRequest, past: PastDay | None = None
) -> dict[str, str]:
    """Map the UUIDs of offerings that can be read to their addresses, in one query.

    A page of a past day leads on to pages of that day.
    """
    pages = (
        Page.objects.live()
        .filter(offering__uuid__in=set(uuids))
        .annotate(offering_uuid=F("offering__uuid"))
    )
    found = {str(page.offering_uuid): page.get_url(request) or "" for page in pages}
    return {key: past.address(url) for key, url in found.items()} if past else found


def with_urls(items: Iterable[Linked], found: dict[str, str]) -> list[Linked]:
    """Give each {"id", "title", ...} its `url`; empty when there is nothing to link to."""
    return [{**item, "url": found.get(item["id"], "")} for item in items]


def named(entry: CatalogueEntry) -> Linked:
    """Name an entry as documents name one another."""
    return {
        "id": str(entry.offering_uuid),
        "slug": entry.slug,
        "title": entry.title,
        "kind": entry.kind,
    }


def cards(
    entries: Iterable[CatalogueEntry], request: HttpRequest, past: PastDay | None = None
) -> list[Linked]:
    """What a list shows of each entry: {"document", "url", "on"}.

    `on` is the day from which sessions lie ahead: the past day that the page is of, or None.
    """
    documents = [entry.document for entry in entries]
    found = addresses((document["id"] for document in documents), request, past)
    on = past.day if past else None
    return [
        {"document": document, "url": found.get(document["id"], ""), "on": on}
        for document in documents
    ]
