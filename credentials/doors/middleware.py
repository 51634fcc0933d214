"""The middleware that stands before every view, ours, Wagtail's and the APIs' alike (ADR 52)."""

import logging
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import get_language_from_request, override

from credentials.doors import bodies, request_heads
from credentials.doors.answers import answer
from credentials.doors.misread import misread
from credentials.doors.refused import Refused

logger = logging.getLogger(__name__)


class DoorMiddleware:
    """Refuses with a sentence what no view can use; nothing of it is looked up or stored.

    It has to come before whatever reads a cookie or a form: sessions, languages, CSRF.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with override(get_language_from_request(request)):
            refused = _refusal(request, request_heads.check_address, request_heads.check_query)
        return refused or self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """The body is read only for an address that there is."""
        with override(get_language_from_request(request)):
            if not bodies.is_too_large(request):
                return _refusal(request, bodies.check_body)
            if getattr(view, "judges_size", False):
                return None
            return _refusal(request, lambda _request: bodies.refuse_size())

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """What a view could not read; the fault is logged all the same, for it may be its own."""
        with override(get_language_from_request(request)):
            if isinstance(error, bodies.UNREADABLE):
                return _refusal(request, lambda _request: bodies.refuse(error))
            refused = misread(request, error)
            if refused is None:
                return None
            logger.error("A view could not read what was sent", exc_info=error)
            return answer(request, refused)


def _refusal(request: HttpRequest, *checks: Callable[[HttpRequest], None]) -> HttpResponse | None:
    try:
        for check in checks:
            check(request)
    except Refused as refused:
        return answer(request, refused)
    return None
