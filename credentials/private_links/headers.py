"""What the answers of private pages say to browsers, caches and search engines."""

from django.http.response import HttpResponseBase

HEADERS = {
    "Cache-Control": "no-store",
    "X-Robots-Tag": "noindex, nofollow",
    # With “no-referrer”, browsers send “Origin: null” with our own forms, which the protection
    # against forged requests refuses. This one sends the site's name and never the path.
    "Referrer-Policy": "strict-origin",
}


def keep_private(response: HttpResponseBase) -> HttpResponseBase:
    """Kept by no cache, found by no search, named to no other site, and in no log."""
    for name, value in HEADERS.items():
        response[name] = value
    # Django logs the path of every answer from 400 on, and a private page's path is its token.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response
