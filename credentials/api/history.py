"""The published history of an offering: its versions, each with its approval, and differences."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from credentials.api.documentation import responses
from credentials.api.identification import WITHDRAWN, gone, unknown, uuid_of
from credentials.api.requests.conditional import answer, etag_of, is_held, not_modified
from credentials.api.requests.problems import Problem, not_found
from credentials.api.schemas.history import Difference, VersionList
from credentials.api.schemas.offerings import OfferingDocument
from credentials.catalogue.snapshots import current_head
from credentials.record.projection import CatalogueEntry
from credentials.record.representation import instant

router = Router(tags=["history"])

# Differ between any two versions, and say nothing of the offering.
ABOUT_THE_VERSION = frozenset({"version", "approval"})


@router.get(
    "/offerings/{id}/versions", response=responses(VersionList, 404), summary="List versions"
)
def list_versions(request: HttpRequest, id: Path[str]) -> HttpResponse:
    """Every version that was published, retirement and withdrawal too, newest first."""
    head = current_head()
    etag = etag_of("versions", head.sequence, id)
    if is_held(request, etag):
        return not_modified(etag)
    key = uuid_of(id)
    entries = list(CatalogueEntry.objects.filter(offering_uuid=key).order_by("-number"))
    if not entries:
        raise unknown(id)
    history = {"id": str(key), "versions": [_summary(entry) for entry in entries]}
    return answer(_json(history), etag=etag, modified=entries[0].valid_from)


@router.get(
    "/offerings/{id}/versions/{n}",
    response=responses(OfferingDocument, 404, 410),
    summary="Get a version",
)
def get_version(request: HttpRequest, id: Path[str], n: Path[int]) -> HttpResponse:
    """An offering as it was published in one version; it can be asked for for ever."""
    entry = version_entry(id, n)
    if entry.event == WITHDRAWN:
        raise gone(entry)
    etag = f'"{entry.digest}"'
    if is_held(request, etag):
        return not_modified(etag)
    return answer(entry.body, etag=etag, modified=entry.valid_from)


@router.get(
    "/offerings/{id}/versions/{a}/diff/{b}",
    response=responses(Difference, 404),
    summary="Compare two versions",
)
def compare_versions(
    request: HttpRequest, id: Path[str], a: Path[int], b: Path[int]
) -> HttpResponse:
    """The members of the document that differ between version `a` and version `b`."""
    first, second = version_entry(id, a), version_entry(id, b)
    etag = etag_of("diff", first.digest, second.digest)
    if is_held(request, etag):
        return not_modified(etag)
    before, after = first.document, second.document
    difference = {
        "id": str(first.offering_uuid),
        "before": a,
        "after": b,
        "changes": [
            {"field": name, "before": before.get(name), "after": after.get(name)}
            for name in sorted({*before, *after} - ABOUT_THE_VERSION)
            if before.get(name) != after.get(name)
        ],
    }
    return answer(_json(difference), etag=etag, modified=max(first.valid_from, second.valid_from))


def version_entry(identifier: str, number: int) -> CatalogueEntry:
    """The entry of one version. Raises Problem (404)."""
    entry = CatalogueEntry.objects.filter(offering_uuid=uuid_of(identifier), number=number).first()
    if entry is None:
        raise _no_version(identifier, number)
    return entry


def _no_version(identifier: str, number: int) -> Problem:
    return not_found(
        f"There is no version {number} of “{identifier}”: /offerings/{identifier}/versions "
        "lists those that were published."
    )


def _summary(entry: CatalogueEntry) -> dict[str, Any]:
    document = entry.document
    return {
        "number": entry.number,
        "sequence": entry.sequence,
        "event": entry.event,
        "status": document["status"],
        "title": entry.title,
        "slug": entry.slug,
        "published_at": instant(entry.valid_from),
        "valid_to": instant(entry.valid_to) if entry.valid_to else None,
        "content_hash": document["version"]["content_hash"],
        "note": document["note"],
        "approval": document["approval"],
    }


def _json(data: Any) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))
