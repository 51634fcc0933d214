"""Public pages speak the visitor's language: their choice, else their browser's, else English."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers
from django.utils.http import escape_leading_slashes

PARAMETER = "lang"
# The API says the same to everyone, and Wagtail's admin follows each user's own choice.
NOT_PAGES = (
    "/api/",
    "/admin/",
    "/.well-known/",
    "/documents/",
    "/media/",
    "/static/",
    "/record/checkpoint",
    "/record/key",
    "/record/tile/",
)


class PublicLanguageMiddleware:
    """Activates a language for public pages only, and keeps the one that `?lang=` chooses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(NOT_PAGES):
            return self.get_response(request)
        if request.method == "GET" and request.GET.get(PARAMETER) in dict(settings.LANGUAGES):
            return _remember(request)
        language = translation.get_language_from_request(request)
        with translation.override(language):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def address_in(language: str, request: HttpRequest) -> str:
    """The query that shows what this request asks for in another language."""
    query = request.GET.copy()
    query[PARAMETER] = language
    return f"?{query.urlencode()}"


def _remember(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie and return to the same address without it."""
    query = request.GET.copy()
    language = query.pop(PARAMETER)[-1]
    path = escape_leading_slashes(request.path)
    response = HttpResponseRedirect(f"{path}?{query.urlencode()}" if query else path)
    add_never_cache_headers(response)
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        str(language),
        max_age=settings.LANGUAGE_COOKIE_AGE,
        path=settings.LANGUAGE_COOKIE_PATH,
        domain=settings.LANGUAGE_COOKIE_DOMAIN,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response
