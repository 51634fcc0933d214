"""Reviews of an offering: done, and next due. No person, reason or paper is named (law 6)."""

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from credentials.api.documentation import responses
from credentials.api.identification import unknown, uuid_of
from credentials.api.requests.conditional import answer, etag_of, is_held, not_modified
from credentials.api.schemas.reviews import ReviewDone, ReviewList
from credentials.compliance.public_reviews import public_reviews
from credentials.record.projection import CatalogueEntry

router = Router(tags=["history"])


@router.get("/offerings/{id}/reviews", response=responses(ReviewList, 404), summary="List reviews")
def list_reviews(request: HttpRequest, id: Path[str]) -> HttpResponse:
    """Reviews that were concluded, newest first, and when the next is due (CP-4, SH-3, MC-8)."""
    entry = CatalogueEntry.objects.current().filter(offering_uuid=uuid_of(id)).first()
    if entry is None:
        raise unknown(id)
    reviews = public_reviews(entry.offering_pk, entry.event)
    body = ReviewList(
        id=entry.offering_uuid,
        reviews=[
            ReviewDone(reviewed_on=done.reviewed_on, reference=done.reference)
            for done in reviews.done
        ],
        next_due_on=reviews.next_due_on,
        clause=reviews.clause,
    ).model_dump_json()
    # Its own hash: a review moves no head of the ledger, and a policy version may move the day.
    etag = etag_of("reviews", body)
    if is_held(request, etag):
        return not_modified(etag)
    return answer(body, etag=etag)
