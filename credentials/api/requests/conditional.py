"""Revalidation: strong ETags, and 304 without building the body.

Only If-None-Match is answered with 304. Last-Modified is sent for information: it counts whole
seconds, and two publications within one second would make an answer by date stale.
"""

import hashlib
from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date, parse_etags

# Always ask again before using a stored copy: asking is cheap, and no answer is ever stale.
CACHE_CONTROL = "public, max-age=0, must-revalidate"
JSON = "application/json"


def etag_of(*parts: object) -> str:
    """A strong ETag of what decides the body: the ledger's head, the query, a document's hash."""
    encoded = "\x1f".join(str(part) for part in parts).encode()
    return f'"{hashlib.sha256(encoded).hexdigest()[:32]}"'


def etags_held(request: HttpRequest) -> list[str]:
    """The ETags of the copies that the caller holds, as strong ones; ["*"] for any."""
    header = request.META.get("HTTP_IF_NONE_MATCH")
    if not header:
        return []
    return [etag.removeprefix("W/") for etag in parse_etags(header)]


def is_held(request: HttpRequest, etag: str) -> bool:
    """Whether the caller's copy is still good (RFC 9110, weak comparison)."""
    held = etags_held(request)
    return bool(held) and (etag in held or held == ["*"])


def not_modified(etag: str) -> HttpResponse:
    """Return the 304 for a copy that is still good."""
    response = HttpResponse(status=304, headers={"ETag": etag, "Cache-Control": CACHE_CONTROL})
    del response.headers["Content-Type"]
    return response


def answer(
    body: bytes | str,
    *,
    etag: str,
    modified: datetime | None = None,
    content_type: str = JSON,
) -> HttpResponse:
    """Return the body as it is, with what a cache needs to know."""
    headers = {"ETag": etag, "Cache-Control": CACHE_CONTROL}
    if modified is not None:
        headers["Last-Modified"] = http_date(modified.timestamp())
    return HttpResponse(body, content_type=content_type, headers=headers)
