"""The whole catalogue in one file, streamed: memory stays the same at any size."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.http import HttpRequest, HttpResponseBase, StreamingHttpResponse
from ninja import Query, Router

from credentials.api.documentation import responses
from credentials.api.requests.conditional import CACHE_CONTROL, etag_of, is_held, not_modified
from credentials.api.requests.filters import Moment
from credentials.api.requests.parameters import Parameters
from credentials.catalogue.snapshots import Snapshot, current_head
from credentials.spreadsheets import Echo, inert

router = Router(tags=["following"])

CHUNK = 500  # documents fetched at once
LINES = 50  # lines sent at once

COLUMNS: dict[str, Callable[[dict[str, Any]], Any]] = {
    "id": lambda d: d["id"],
    "slug": lambda d: d["slug"],
    "title": lambda d: d["title"],
    "kind": lambda d: d["kind"],
    "category": lambda d: d["category"],
    "credit_basis": lambda d: d["credit_basis"],
    "status": lambda d: d["status"],
    "summary": lambda d: d["summary"],
    "language": lambda d: d["language"],
    "academic_unit": lambda d: (d["academic_unit"] or {}).get("name"),
    "partners": lambda d: "; ".join(partner["name"] for partner in d["partners"]),
    "skills": lambda d: "; ".join(skill["name"] for skill in d["skills"]),
    "delivery": lambda d: "; ".join(d["delivery"]),
    "hours": lambda d: d["hours"],
    "weeks": lambda d: d["weeks"],
    "fee": lambda d: (d["fee"] or {}).get("amount"),
    "currency": lambda d: (d["fee"] or {}).get("currency"),
    "sessions": lambda d: "; ".join(session["starts"] for session in d["sessions"]),
    "osap_eligible": lambda d: str(d["osap_eligible"]).lower(),
    "award": lambda d: d["award"],
    "approved_by": lambda d: d["approval"]["authority"],
    "approved_on": lambda d: d["approval"]["date"],
    "version": lambda d: d["version"]["number"],
    "published_at": lambda d: d["version"]["published_at"],
    "url": lambda d: d["url"],
}


class ExportParameters(Parameters):
    """Parameters of an export."""

    as_of: Moment = None


@router.get("/export.ndjson", response=responses(str), summary="Export as NDJSON")
def export_ndjson(request: HttpRequest, parameters: Query[ExportParameters]) -> HttpResponseBase:
    """Every offering that can be read, retired ones too: one JSON document a line."""
    return _export(request, parameters, "ndjson", "application/x-ndjson", _ndjson)


@router.get("/export.csv", response=responses(str), summary="Export as CSV")
def export_csv(request: HttpRequest, parameters: Query[ExportParameters]) -> HttpResponseBase:
    """Every offering that can be read, one a row; several values are separated by semicolons.

    Text that a spreadsheet would take for a formula begins with an apostrophe.
    """
    return _export(request, parameters, "csv", "text/csv; charset=utf-8", _csv)


def _export(
    request: HttpRequest,
    parameters: ExportParameters,
    suffix: str,
    content_type: str,
    lines: Callable[[Iterable[str]], Iterator[str]],
) -> HttpResponseBase:
    head = current_head()
    etag = etag_of("export", suffix, head.sequence, parameters.normalised())
    if is_held(request, etag):
        return not_modified(etag)
    # One statement, so one snapshot, however long the reader takes.
    entries = Snapshot(head.sequence, parameters.as_of).entries().visible()
    bodies = entries.order_by("title_key", "pk").values_list("body", flat=True)
    return StreamingHttpResponse(
        _joined(lines(bodies.iterator(chunk_size=CHUNK))),
        content_type=content_type,
        headers={
            "ETag": etag,
            "Cache-Control": CACHE_CONTROL,
            "Content-Disposition": f'attachment; filename="catalogue-{head.sequence}.{suffix}"',
        },
    )


def _ndjson(bodies: Iterable[str]) -> Iterator[str]:
    for body in bodies:
        yield f"{body}\n"


def _csv(bodies: Iterable[str]) -> Iterator[str]:
    writer = csv.writer(Echo())
    yield writer.writerow(COLUMNS)
    for body in bodies:
        document = json.loads(body)
        yield writer.writerow([_cell(read(document)) for read in COLUMNS.values()])


def _cell(value: Any) -> Any:
    return inert(value) if isinstance(value, str) else value


def _joined(lines: Iterator[str]) -> Iterator[bytes]:
    """Send several lines at once: each piece costs the server a call."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) == LINES:
            yield "".join(held).encode()
            held.clear()
    yield "".join(held).encode()
