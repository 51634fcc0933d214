"""Making the projection anew from the ledger alone, and comparing the two (law 3)."""

import datetime
import hashlib
import uuid
from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery

from credentials.record.content import canonical
from credentials.record.facets import columns_of, facets_of
from credentials.record.ledger import LedgerHead, PublishedVersion
from credentials.record.projection import CatalogueEntry, project
from credentials.record.representation import served_document

CHUNK = 200  # versions read at once: what bounds the memory
REBUILD = "Run `manage.py rebuild_catalogue`."


def rebuild(progress: Callable[[int, int], None] | None = None) -> int:
    """Make the projection anew. Returns the number of entries.

    `progress` is called with (entries made, entries to make). Nothing changes for readers until
    it is complete. The head moves on, so that every cache asks again; publishing waits for it.
    """
    count = 0
    with transaction.atomic():
        LedgerHead.advance()
        total = PublishedVersion.objects.count()
        CatalogueEntry.objects.all().delete()
        versions = PublishedVersion.objects.in_order().select_related("supersedes", "approval")
        for count, version in enumerate(versions.iterator(chunk_size=CHUNK), start=1):
            project(version, version.supersedes)
            if progress:
                progress(count, total)
    return count


def discrepancies(tick: Callable[[], None] = lambda: None) -> Iterator[str]:
    """Compare the projection with the ledger; yields a sentence for each difference.

    Memory is constant. `tick` is called for each version.
    """
    first = PublishedVersion.objects.filter(offering=OuterRef("offering")).order_by("number")
    versions = (
        PublishedVersion.objects.in_order()
        .select_related("approval", "entry", "superseded_by")
        .defer("approval__content", "approval__document", "superseded_by__document")
        .prefetch_related("entry__facets")
        .annotate(first_published_at=Subquery(first.values("valid_from")[:1]))
    )
    for version in versions.iterator(chunk_size=CHUNK):
        tick()
        entry = getattr(version, "entry", None)
        if entry is None:
            yield f"Version {version} is not in the catalogue. {REBUILD}"
        else:
            yield from _differences(version, entry, version.first_published_at)
    gone = ~Exists(PublishedVersion.objects.filter(pk=OuterRef("pk")))
    for key, number in CatalogueEntry.objects.filter(gone).values_list("offering_pk", "number"):
        yield f"The catalogue shows version {key} v{number}, which the ledger lacks. {REBUILD}"


def _differences(
    version: PublishedVersion, entry: CatalogueEntry, first_published_at: datetime.datetime
) -> Iterator[str]:
    body = canonical(served_document(version, first_published_at)).decode()
    digest = hashlib.sha256(body.encode()).hexdigest()
    if (entry.body, entry.digest, entry.sequence) != (body, digest, version.sequence):
        yield f"The catalogue shows something else than version {version}. {REBUILD}"
    following = getattr(version, "superseded_by", None)
    end = (following.sequence, following.valid_from) if following else (None, None)
    if (entry.superseded_sequence, entry.valid_to) != end:
        yield (f"The catalogue ends version {version} at another moment than the ledger. {REBUILD}")
    document = version.public_document
    columns = columns_of(document)
    facets = {(facet.name, facet.value, facet.label) for facet in entry.facets.all()}
    columns |= {
        "event": version.event,
        "number": version.number,
        "offering_pk": version.offering_id,
        "offering_uuid": uuid.UUID(document["id"]),
        "valid_from": version.valid_from,
        "first_published_at": first_published_at,
    }
    held = {name: getattr(entry, name) for name in columns}
    if held != columns or facets != set(facets_of(document)):
        yield (
            f"The catalogue finds version {version} by something else than its document. {REBUILD}"
        )
