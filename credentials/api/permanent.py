"""The address of an offering's page that never changes, wherever the page moves."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from ninja import Path, Router
from wagtail.models import Page

from credentials.api.identification import unknown, uuid_of
from credentials.api.requests.conditional import CACHE_CONTROL
from credentials.api.schemas.problems import ProblemDocument

router = Router(tags=["offerings"])


@router.get(
    "/offerings/{id}/page",
    response={302: None, 404: ProblemDocument, 422: ProblemDocument},
    summary="Go to the page",
)
def get_page(request: HttpRequest, id: Path[str]) -> HttpResponse:
    """Redirects to where the offering's page is now; a withdrawn one's says that it is gone.

    Documents give this address as `url`, so that copies stay right when pages move.
    """
    page = Page.objects.filter(offering__uuid=uuid_of(id), offering__versions__isnull=False).first()
    address = page.get_url(request) if page else None
    if not address:
        raise unknown(id)
    return HttpResponseRedirect(address, headers={"Cache-Control": CACHE_CONTROL})
