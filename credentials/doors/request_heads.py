"""Judging what a request says before its body: address, query, headers, cookies."""

from http import HTTPStatus

from django.http import HttpRequest
from django.utils.translation import gettext as _

from credentials.doors.refused import Refused
from credentials.doors.text import is_utf8, no_text_in, shown

MOST_PARAMETERS = 400  # of one query, repetitions counted
MOST_VALUES = 100  # of one parameter, repeated or with commas between; each can cost a search
LONGEST_QUERY = 16_000  # characters; servers in front take less


def check_address(request: HttpRequest) -> None:
    """Raises Refused for an address, a header or a cookie that holds what is no text."""
    check_text(request.path_info, _("The address"))
    for key, value in request.META.items():
        if key.startswith("HTTP_") and isinstance(value, str):
            name = key.removeprefix("HTTP_").replace("_", "-").title()
            check_text(value, _("The header “%(name)s”") % {"name": name}, name)
    for name, value in request.COOKIES.items():
        where = _("The cookie “%(name)s”") % {"name": shown(name)}
        check_text(name + value, where, name)


def check_query(request: HttpRequest) -> None:
    """Raises Refused for a query that is too long, repeats itself without end, or is no text."""
    query = request.META.get("QUERY_STRING", "")
    if len(query) > LONGEST_QUERY or query.count("&") >= MOST_PARAMETERS:
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            _(
                "The address asks for too much: at most %(parameters)s parameters and "
                "%(characters)s characters. Ask in several smaller requests."
            )
            % {"parameters": MOST_PARAMETERS, "characters": LONGEST_QUERY},
        )
    _check_utf8(query)
    for name, values in request.GET.lists():
        where = _("The parameter “%(name)s”") % {"name": shown(name)}
        check_text(name, where, name)
        for value in values:
            check_text(value, where, name)
        if len(values) > MOST_VALUES or _most_commas(values) >= MOST_VALUES:
            raise Refused(
                HTTPStatus.BAD_REQUEST,
                _("%(where)s has too many values: at most %(most)s. Ask in several requests.")
                % {"where": where, "most": MOST_VALUES},
                shown(name),
            )


def check_text(text: str, where: str, name: str = "") -> None:
    """Raises Refused, naming where, unless all of it is text."""
    if code := no_text_in(text):
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            _("%(where)s holds a character that is no text (%(code)s): take it out and try again.")
            % {"where": where, "code": code},
            shown(name),
        )


def check_utf8(name: str, where: str, pair: str | bytes) -> None:
    """Raises Refused, naming where, unless what is percent-encoded is UTF-8."""
    if not is_utf8(pair):
        raise Refused(
            HTTPStatus.BAD_REQUEST,
            _("%(where)s is not written in UTF-8: write it so and try again.") % {"where": where},
            shown(name),
        )


def _check_utf8(query: str) -> None:
    for pair in query.split("&"):
        name = pair.partition("=")[0]
        check_utf8(name, _("The parameter “%(name)s”") % {"name": shown(name)}, pair)


def _most_commas(values: list[str]) -> int:
    return max(value.count(",") for value in values)
