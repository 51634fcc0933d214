"""The list of offerings, and one of them: the hot path, one query and two."""

import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Query, Router
from pydantic import Field, model_validator

from credentials.api.documentation import responses
from credentials.api.identification import WITHDRAWN, gone, named_by, unknown
from credentials.api.requests.bodies import ShapeParameters, shaped
from credentials.api.requests.conditional import answer, etag_of, is_held, not_modified
from credentials.api.requests.cursors import Cursor, read_cursor
from credentials.api.requests.filters import FilterParameters, Moment, filtered
from credentials.api.requests.orders import ORDERS, Sort, with_sort_columns
from credentials.api.schemas.offerings import ListedOffering, OfferingList
from credentials.api.search import matching
from credentials.catalogue.snapshots import Snapshot, current_head
from credentials.catalogue.statements import read_current
from credentials.record.projection import CatalogueEntry

router = Router(tags=["offerings"])


class DetailParameters(ShapeParameters):
    """Parameters of one offering."""

    as_of: Moment = Field(None, description="The offering as it stood then.")


class ListParameters(FilterParameters, ShapeParameters):
    """Parameters of the list of offerings."""

    sort: Sort | None = Field(
        None, description="`title`, or `relevance` with `q`, when it is left out."
    )
    limit: Annotated[int, Field(ge=1, le=100)] = 20
    cursor: str | None = Field(None, description="`next_cursor` of the page before.")

    @model_validator(mode="after")
    def check_relevance(self) -> "ListParameters":
        """Relevance is to a query."""
        if self.sort is Sort.RELEVANCE and not self.q:
            raise ValueError("`sort` by relevance needs a query: give `q` as well.")
        return self

    @property
    def order(self) -> Sort:
        """The order in force."""
        return self.sort or (Sort.RELEVANCE if self.q else Sort.TITLE)

    def fingerprint(self) -> str:
        """Names the query that a cursor belongs to: everything but the page."""
        kept = self.model_dump_json(exclude={"limit", "cursor"}, exclude_defaults=True)
        return etag_of(kept)[1:17]


@router.get("/offerings", response=responses(OfferingList), summary="List offerings")
def list_offerings(request: HttpRequest, parameters: Query[ListParameters]) -> HttpResponse:
    """Offerings that can be taken, neither retired nor withdrawn.

    Pages show the catalogue as it stood when the first one was asked for: whatever is published
    meanwhile, nothing comes twice and nothing is left out.
    """
    head = current_head()
    etag = etag_of("list", head.sequence, parameters.normalised(), _today_if_it_counts(parameters))
    if is_held(request, etag):
        return not_modified(etag)
    query = parameters.fingerprint()
    cursor = (
        read_cursor(parameters.cursor, query)
        if parameters.cursor is not None
        else Cursor(Snapshot(head.sequence, parameters.as_of), timezone.localdate(), [], query)
    )
    rows = _page(parameters, cursor)
    more = len(rows) > parameters.limit
    rows = rows[: parameters.limit]
    next_cursor = None
    if more:
        place = ORDERS[parameters.order].place_of(rows[-1])
        next_cursor = Cursor(cursor.snapshot, cursor.today, place, query).write()
    items = shaped([row["body"] for row in rows], parameters, cursor.snapshot)
    response = answer(
        f'{{"items":[{",".join(items)}],"next_cursor":{json.dumps(next_cursor)},'
        f'"head":{cursor.snapshot.sequence}}}',
        etag=etag,
        modified=head.changed_at,
    )
    if next_cursor:
        response.headers["Link"] = f'<{_address_of(request, next_cursor)}>; rel="next"'
    return response


@router.get(
    "/offerings/{id}", response=responses(ListedOffering, 404, 410), summary="Get an offering"
)
def get_offering(
    request: HttpRequest, parameters: Query[DetailParameters], id: Path[str]
) -> HttpResponse:
    """One offering by its UUID or its slug; a retired one too, as its `status` says."""
    if parameters.model_fields_set:
        return _shaped_offering(request, parameters, id)
    [(column, value)] = named_by(id).items()
    # The body comes along even when only its hash is needed: one statement for both is faster
    # than one that decides, and never needs a second.
    found = read_current(column, value)
    for event, digest, valid_from, body in found:
        if event != WITHDRAWN:
            etag = f'"{digest}"'
            if is_held(request, etag):
                return not_modified(etag)
            return answer(body, etag=etag, modified=valid_from)
    if found:
        withdrawn = CatalogueEntry.objects.current().filter(**{column: value})
        raise gone(withdrawn.order_by("-sequence")[0])
    raise unknown(id)


def _shaped_offering(
    request: HttpRequest, parameters: DetailParameters, identifier: str
) -> HttpResponse:
    head = current_head()
    etag = etag_of("offering", head.sequence, identifier, parameters.normalised())
    if is_held(request, etag):
        return not_modified(etag)
    snapshot = Snapshot(head.sequence, parameters.as_of)
    found = list(snapshot.entries().filter(**named_by(identifier)).order_by("-sequence"))
    if not found:
        raise unknown(identifier)
    entry = next((entry for entry in found if entry.event != WITHDRAWN), None)
    if entry is None:
        raise gone(found[0])
    body = shaped([entry.body], parameters, snapshot)[0]
    return answer(body, etag=etag, modified=entry.valid_from)


def _page(parameters: ListParameters, cursor: Cursor) -> list[dict[str, Any]]:
    """The rows of a page, and one more when there is a next page; one query."""
    order = ORDERS[parameters.order]
    entries = cursor.snapshot.of(
        matching(parameters.q) if parameters.q else CatalogueEntry.objects.all()
    ).offered()
    entries = with_sort_columns(
        filtered(entries, parameters), parameters.order, q=parameters.q, today=cursor.today
    )
    if cursor.place:
        entries = entries.filter(order.after(cursor.place))
    rows = order.arranged(entries).values("body", "version_id", *order.columns)
    return list(rows[: parameters.limit + 1])


def _today_if_it_counts(parameters: ListParameters) -> str:
    """Sessions that began are passed over when sorting by start, so that order ages by the day."""
    counts = parameters.order is Sort.STARTS and parameters.cursor is None
    return timezone.localdate().isoformat() if counts else ""


def _address_of(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
