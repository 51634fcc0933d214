"""Wagtail's API v3, for authoring by other systems: with a bearer token only.

What the public may read is in the catalogue API; rows of pages are not for it (laws 1 and 6).
Writing is held to law 1 where every save is, so a token makes drafts and submits them.
"""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError, RestrictedError
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern
from wagtail.api.v3.urls import api

from credentials.api.requests.problems import Problem
from credentials.tokens.bearer import NO_TOKEN, TokenAuth

View = Callable[..., HttpResponseBase]

# The contract and the page to read it; they hold no content.
OPEN_TO_ALL = frozenset({"openapi-json", "openapi-view"})
CATALOGUE = "The public catalogue needs none: it is the catalogue API."
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="authoring"'}


def with_token(view: View) -> View:
    """Answer 401 unless the request bears the token of an active person, 403 if it only reads.

    Before anything else: Wagtail's own check that comes after knows neither ends nor kinds. Then
    all of it, or nothing: Wagtail moves and deletes pages in several steps, and what is refused
    midway leaves no step behind.
    """
    authenticate = TokenAuth()

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            if authenticate(request) is None:
                raise Problem(HTTPStatus.UNAUTHORIZED, f"{NO_TOKEN} {CATALOGUE}", headers=CHALLENGE)
        except Problem as problem:
            return problem.response()
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            if response.status_code >= HTTPStatus.BAD_REQUEST:
                transaction.set_rollback(True)
        return response

    return guarded


@api.exception_handler(ProtectedError)
@api.exception_handler(RestrictedError)
def _still_named(request: HttpRequest, exc: ProtectedError | RestrictedError) -> HttpResponse:
    """What the record names cannot be deleted (law 3)."""
    return Problem(
        HTTPStatus.CONFLICT,
        "This, or something below it, is named by the record and cannot be deleted. An offering is "
        "retired or withdrawn instead.",
    ).response()


def _guarded(pattern: URLPattern) -> URLPattern:
    if pattern.name in OPEN_TO_ALL:
        return pattern
    return URLPattern(
        pattern.pattern, with_token(pattern.callback), pattern.default_args, pattern.name
    )


_patterns, _app_name, _namespace = api.urls

urls = ([_guarded(pattern) for pattern in _patterns], _app_name, _namespace)
