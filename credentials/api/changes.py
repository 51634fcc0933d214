"""The feed of changes, in the order of the ledger: nothing is ever missed (law 7)."""

import json
import threading
import time
from collections.abc import Iterable
from typing import Annotated, Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field

from credentials.api.documentation import responses
from credentials.api.identification import WITHDRAWN
from credentials.api.requests.conditional import answer, etag_of, is_held, not_modified
from credentials.api.requests.parameters import Parameters
from credentials.api.requests.problems import invalid
from credentials.api.schemas.changes import ChangeList
from credentials.catalogue.snapshots import Head, current_head
from credentials.record.projection import CatalogueEntry
from credentials.record.representation import instant

router = Router(tags=["following"])

MAX_WAIT = 25  # seconds; below the usual time limit of a proxy
POLL_INTERVAL = 0.5  # seconds
# A caller who waits holds a thread. When so many wait in this process, the next is answered at
# once: `wait` is a limit, not a promise.
_places_to_wait = threading.BoundedSemaphore(2)


class ChangeParameters(Parameters):
    """Parameters of the feed."""

    since: Annotated[int, Field(ge=0)] = Field(
        0,
        description="`next_cursor` of the page before; left out, the feed is read from its start.",
    )
    limit: Annotated[int, Field(ge=1, le=100)] = 100
    wait: Annotated[int, Field(ge=0, le=MAX_WAIT)] = Field(
        0, description="Seconds to wait for a change when there is none yet."
    )


@router.get("/changes", response=responses(ChangeList), summary="Follow changes")
def list_changes(request: HttpRequest, parameters: Query[ChangeParameters]) -> HttpResponse:
    """What was published, revised, retired and withdrawn since a cursor.

    Read it from the start and apply each item to rebuild the catalogue: store the document of an
    offering, remove it when the document is null. You are up to date when `next_cursor` is `head`.
    """
    head = current_head()
    since = parameters.since
    if since > head.sequence:
        raise invalid(
            "since",
            f"`since` is {since}, but the catalogue has only come to {head.sequence}: the cursor "
            "is damaged or of another catalogue. Read the feed from its start, without `since`.",
        )
    if parameters.wait and since == head.sequence:
        head = _wait_for_change(since, parameters.wait)
    etag = etag_of("changes", head.sequence, since, parameters.limit)
    if is_held(request, etag):
        return not_modified(etag)
    rows = list(
        CatalogueEntry.objects.filter(sequence__gt=since, sequence__lte=head.sequence)
        .order_by("sequence")
        .values_list(*COLUMNS)[: parameters.limit]
    )
    # A page that is not full has come to the head, also where the head moved without a version.
    reached = rows[-1][0] if len(rows) == parameters.limit else head.sequence
    return answer(
        f'{{"items":[{",".join(_items(rows))}],"next_cursor":"{reached}","head":{head.sequence}}}',
        etag=etag,
        modified=head.changed_at,
    )


COLUMNS = (
    "sequence",
    "event",
    "offering_uuid",
    "slug",
    "title",
    "number",
    "valid_from",
    "body",
)


def _items(rows: Iterable[tuple[Any, ...]]) -> Iterable[str]:
    for sequence, event, key, slug, title, number, valid_from, body in rows:
        document = "null" if event == WITHDRAWN else body
        yield (
            f'{{"sequence":{sequence},"event":"{event}","id":"{key}","slug":{json.dumps(slug)},'
            f'"title":{json.dumps(title, ensure_ascii=False)},"number":{number},'
            f'"published_at":"{instant(valid_from)}","document":{document}}}'
        )


def _wait_for_change(since: int, seconds: int) -> Head:
    """Ask for the head until it moves or the time is over, holding no connection meanwhile."""
    until = time.monotonic() + seconds
    head = current_head()
    if not _places_to_wait.acquire(blocking=False):
        return head
    try:
        while head.sequence == since and time.monotonic() < until:
            if not connection.in_atomic_block:
                connection.close()
            time.sleep(POLL_INTERVAL)
            head = current_head()
    finally:
        _places_to_wait.release()
    return head
