"""What an offering stacks into and is made of, as a graph, through all levels."""

import json
from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from credentials.api.documentation import responses
from credentials.api.identification import WITHDRAWN, gone, unknown, uuid_of
from credentials.api.requests.conditional import answer, etag_of, is_held, not_modified
from credentials.api.requests.filters import FacetName
from credentials.api.schemas.pathway import Pathway
from credentials.catalogue.snapshots import Snapshot, current_head
from credentials.record.projection import CatalogueEntry, CatalogueFacet

router = Router(tags=["offerings"])

# One query for each level, upward and downward together. Real stacks have two or three.
MAX_LEVELS = 8

Edge = tuple[str, str]  # part, whole


@router.get(
    "/offerings/{id}/pathway", response=responses(Pathway, 404, 410), summary="Get the pathway"
)
def get_pathway(request: HttpRequest, id: Path[str]) -> HttpResponse:
    """The offerings that this one stacks into and those it is made of, now."""
    head = current_head()
    etag = etag_of("pathway", head.sequence, id)
    if is_held(request, etag):
        return not_modified(etag)
    key = str(uuid_of(id))
    snapshot = Snapshot(head.sequence)
    edges = _edges(key, snapshot)
    wanted = {key, *(end for edge in edges for end in edge)}
    found = snapshot.entries().filter(offering_uuid__in=wanted).order_by("title_key", "pk")
    entries = {str(entry.offering_uuid): entry for entry in found}
    if key not in entries:
        raise unknown(id)
    if entries[key].event == WITHDRAWN:
        raise gone(entries[key])
    shown = {k: entry for k, entry in entries.items() if entry.event != WITHDRAWN}
    graph = {
        "id": key,
        "nodes": [_node(entry) for entry in shown.values()],
        "edges": _shown_edges(edges, shown),
    }
    body = json.dumps(graph, ensure_ascii=False, separators=(",", ":"))
    return answer(body, etag=etag, modified=head.changed_at)


def _edges(key: str, snapshot: Snapshot) -> set[Edge]:
    """Follow components up and down, level by level; a loop ends where it was before."""
    edges: set[Edge] = set()
    wholes, parts = {key}, {key}
    seen_wholes: set[str] = set()
    seen_parts: set[str] = set()
    standing = snapshot.entries().visible().values("pk")
    for _level in range(MAX_LEVELS):
        facets = CatalogueFacet.objects.filter(
            Q(entry__offering_uuid__in=wholes) | Q(value__in=parts),
            name=FacetName.COMPONENT,
            entry__in=standing,
        )
        level = {
            (part, str(whole))
            for part, whole in facets.values_list("value", "entry__offering_uuid")
        }
        seen_wholes |= wholes
        seen_parts |= parts
        below = {part for part, whole in level if whole in wholes}
        above = {whole for part, whole in level if part in parts}
        edges |= level
        wholes, parts = below - seen_wholes, above - seen_parts
        if not (wholes or parts):
            break
    return edges


def _node(entry: CatalogueEntry) -> dict[str, Any]:
    document = entry.document
    return {
        "id": document["id"],
        "slug": document["slug"],
        "title": document["title"],
        "kind": document["kind"],
        "status": document["status"],
        "approach": document["stacking"]["approach"] if document["stacking"] else None,
    }


def _shown_edges(edges: set[Edge], shown: dict[str, CatalogueEntry]) -> list[dict[str, Any]]:
    """Edges between offerings that are shown, in a whole's own order of its components."""
    wholes = {whole for _part, whole in edges if whole in shown}
    return [
        {
            "part": component["id"],
            "whole": whole,
            "required": component["required"],
            "group": component.get("group", ""),
        }
        for whole in shown
        if whole in wholes
        for component in (shown[whole].document["stacking"] or {}).get("components", [])
        if component["id"] in shown and (component["id"], whole) in edges
    ]
