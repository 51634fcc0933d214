"""What programs read of the log: checkpoint, tiles, entry bundles and keys (C2SP tlog-tiles).

One query each, no session and no cookie. What there is not is 404, in plain text.
"""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from credentials.record.log.entries import Checkpoint, LogKey
from credentials.record.log.stored_tree import data_of
from credentials.record.log.tiles import NoSuchTile, tile_at

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
FOR_EVER = "public, max-age=31536000, immutable"
BRIEFLY = "public, max-age=60"  # a partial tile is asked for until the next checkpoint
NOT_KEPT = "no-cache"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, a signed note."""
    newest = Checkpoint.objects.newest()
    if newest is None:
        return _nothing("Nothing is sealed yet.\n")
    return _answer(newest.note.encode(), TEXT, NOT_KEPT)


@require_safe
def tile(request: HttpRequest, path: str) -> HttpResponse:
    """A tile of hashes, or a bundle of entries.

    A partial tile stays when the full one is there: it is cut out of the same rows.
    """
    try:
        wanted = tile_at(path)
    except NoSuchTile:
        return _nothing("This is no address of a tile: they are written as tlog-tiles says.\n")
    data = data_of(wanted)
    if data is None:
        return _nothing("The log has not come so far. See /record/checkpoint for its size.\n")
    return _answer(data, BYTES, FOR_EVER if wanted.is_full else BRIEFLY)


@require_safe
def key(request: HttpRequest) -> HttpResponse:
    """The verifier key in use, on the first line; then each succession of keys, oldest first.

    A succession is a line: old key, new key, the old one's signature (keys.succession_text).
    """
    keys = list(LogKey.objects.select_related("previous").order_by("pk"))
    if not keys:
        return _nothing("Nothing is sealed yet.\n")
    lines = [keys[-1].verifier_key]
    for item in keys:
        if item.previous is not None:
            lines.append(f"{item.previous.verifier_key} {item.verifier_key} {item.signature}")
    return _answer("".join(f"{line}\n" for line in lines).encode(), TEXT, NOT_KEPT)


def _answer(body: bytes, content_type: str, kept: str) -> HttpResponse:
    return HttpResponse(body, content_type=content_type, headers={"Cache-Control": kept})


def _nothing(sentence: str) -> HttpResponse:
    return HttpResponse(
        sentence,
        status=HTTPStatus.NOT_FOUND,
        content_type=TEXT,
        headers={"Cache-Control": NOT_KEPT},
    )
