"""Judging what a request brings: its size, the fields of its form, the members of its JSON."""

import json
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any, NoReturn

from django.core.exceptions import (
    BadRequest,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParserError
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _

from credentials.doors.refused import Refused
from credentials.doors.request_heads import check_text, check_utf8
from credentials.doors.text import shown

LARGEST_MB = 64  # of a whole request, files included; single ones are judged where they arrive
LARGEST = LARGEST_MB * 1024 * 1024
URLENCODED, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
JSON_STARTS = (b"{", b"[", b'"')

TOO_MUCH = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
UNREADABLE = (*TOO_MUCH, MultiPartParserError, RawPostDataException, BadRequest)


def is_too_large(request: HttpRequest) -> bool:
    """Whether a request claims more than is read at all. Reads nothing of it."""
    claimed = str(request.META.get("CONTENT_LENGTH") or 0)
    return not (claimed.isascii() and claimed.isdecimal()) or int(claimed) > LARGEST


def check_body(request: HttpRequest) -> None:
    """Raises Refused for what cannot be read, is too much, or holds what is no text."""
    try:
        if request.method == "POST":
            _check_form(request)
        if request.content_type != MULTIPART and request.body.lstrip().startswith(JSON_STARTS):
            _check_json(request.body)
    except UNREADABLE as error:
        refuse(error)


def refuse(error: Exception) -> NoReturn:
    """Raises Refused for one of the errors in UNREADABLE."""
    if isinstance(error, TOO_MUCH):
        raise Refused(
            HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
            _(
                "This is more than can be sent at once, and nothing of it was kept. Send less text "
                "or fewer fields and files."
            ),
        ) from error
    raise Refused(
        HTTPStatus.BAD_REQUEST,
        _("What was sent cannot be read, and nothing of it was kept. Send it anew."),
    ) from error


def refuse_size() -> NoReturn:
    """Raises Refused for a request that claims to be too large."""
    raise Refused(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
        _("This is larger than %(most)s MB, so it was not read. Send smaller files, or fewer.")
        % {"most": LARGEST_MB},
    )


def _check_form(request: HttpRequest) -> None:
    for name, values in request.POST.lists():
        where = _("The field “%(name)s”") % {"name": shown(name)}
        check_text(name, where, name)
        for value in values:
            check_text(value, where, name)
    if request.content_type == URLENCODED:
        for pair in request.body.split(b"&"):
            name = pair.partition(b"=")[0].decode(errors="replace")
            check_utf8(name, _("The field “%(name)s”") % {"name": shown(name)}, pair)


def _check_json(body: bytes) -> None:
    """What is no JSON at all is left to whoever wanted some."""
    try:
        given = json.loads(body, parse_constant=_no_number)
        for name, text in _texts(given, ""):
            check_text(text, _("The member “%(name)s”") % {"name": shown(name)}, name)
    except RecursionError:
        raise Refused(
            HTTPStatus.BAD_REQUEST, _("The JSON is nested too deeply. Send it flatter.")
        ) from None
    except ValueError:
        return


def _no_number(constant: str) -> NoReturn:
    raise Refused(
        HTTPStatus.BAD_REQUEST,
        _("The JSON holds %(constant)s, which is no number. Leave the member out.")
        % {"constant": constant},
    )


def _texts(given: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text in it with the name of its member, such as “sessions.0.place”."""
    if isinstance(given, str):
        yield name, given
    elif isinstance(given, dict):
        for key, value in given.items():
            yield from ((key, key), *_texts(value, f"{name}.{key}".lstrip(".")))
    elif isinstance(given, list):
        for number, value in enumerate(given):
            yield from _texts(value, f"{name}.{number}".lstrip("."))
