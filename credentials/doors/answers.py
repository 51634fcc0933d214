"""A refusal in words: a page for people, a problem document for programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from credentials.api.requests.problems import Problem
from credentials.doors.refused import Refused
from credentials.private_links.headers import keep_private

JSON = "application/json"


def answer(request: HttpRequest, refused: Refused) -> HttpResponse:
    """The page or the document. No log learns the address: it may be a private one."""
    if wants_json(request):
        errors = [{"parameter": refused.name, "message": refused.sentence}]
        response = Problem(
            refused.status, refused.sentence, errors=errors if refused.name else None
        ).response()
    else:
        context = {"sentence": refused.sentence}
        response = render(request, "credentials/refused.html", context, status=refused.status)
    keep_private(response)
    return response


def wants_json(request: HttpRequest) -> bool:
    """Whether a program asks: at an API's address, with JSON, or for JSON rather than a page."""
    if "/api/" in request.path_info or request.content_type == JSON:
        return True
    accepted = request.headers.get("Accept", "")
    return JSON in accepted and "text/html" not in accepted
