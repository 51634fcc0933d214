"""Where the links in messages lead: to the page of their purpose."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from appeals.choices import Purpose
from appeals.private_access import links
from appeals.public.case_pages import CasePage
from appeals.public.filing_pages import DraftHome
from appeals.public.private_page import gone
from appeals.public.response_pages import ResponsePage
from credentials.doors.refused import judges_size
from credentials.private_links.headers import keep_private

PAGES: dict[str, Callable[..., HttpResponseBase]] = {
    Purpose.FILING: DraftHome.as_view(),
    Purpose.APPELLANT: CasePage.as_view(),
    Purpose.RESPONDENT: ResponsePage.as_view(),
}


@judges_size
@csrf_exempt  # each of the pages protects itself, once it has judged the size of what was sent
def private_link(request: HttpRequest, token: str) -> HttpResponse | HttpResponseBase:
    """The page of the link's purpose, which looks after everything else."""
    link = links.find_ended(token)
    if link is None:
        return keep_private(gone(request))
    return PAGES[link.purpose](request, token=token)
