"""Errors of a view that are the sender's: incomplete forms, unreadable values, two saves at once.

Wagtail and Django trust that a form comes back as it was drawn: they look its counts up, and read
its JSON, without asking whether they are there.
"""

import re
import traceback
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.core.paginator import InvalidPage
from django.db import IntegrityError
from django.http import HttpRequest
from django.urls import NoReverseMatch
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from credentials.doors.refused import Refused
from credentials.doors.text import shown

# Where Django and Wagtail read what was sent: into a field of a form, and into a column to look up.
_READING = frozenset({"value_from_datadict", "get_prep_value", "_clean_fields", "_clean_form"})
_MISREAD = (ValueError, TypeError, LookupError, AttributeError, RecursionError, NoReverseMatch)
_QUOTED = re.compile(r"'([^']+)'")


def misread(request: HttpRequest, error: Exception) -> Refused | None:
    """The refusal of what was sent; None where the error is the site's own."""
    if isinstance(error, MultiValueDictKeyError):
        name = shown(str(error.args[0] if error.args else ""))
        sentence = _(
            "What was sent lacks “%(name)s”, so it cannot be read and nothing of it was kept. Load "
            "the page anew, then send it again."
        ) % {"name": name}
        return Refused(HTTPStatus.BAD_REQUEST, sentence, name)
    if isinstance(error, ValidationError):
        return Refused(HTTPStatus.BAD_REQUEST, " ".join(error.messages))
    if isinstance(error, IntegrityError):
        return Refused(
            HTTPStatus.CONFLICT,
            _(
                "This clashes with what was stored at the same moment, perhaps by you, and nothing "
                "of it was kept. Look whether it is there already; if not, try again."
            ),
        )
    if isinstance(error, InvalidPage):
        return Refused(HTTPStatus.NOT_FOUND, _("The list has no such page. Go back to its first."))
    if isinstance(error, _MISREAD) and (
        _happened_while_reading(error) or _quotes_what_was_sent(request, error)
    ):
        return Refused(
            HTTPStatus.BAD_REQUEST,
            _("A value cannot be read, and nothing was kept. Load the page anew, then try again."),
        )
    return None


def _happened_while_reading(error: Exception) -> bool:
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_code.co_name in _READING for frame, _line in frames)


def _quotes_what_was_sent(request: HttpRequest, error: Exception) -> bool:
    """Whether the error's own words quote a value of the query or the form, or its beginning."""
    words = str(error)
    quoted = tuple(_QUOTED.findall(words))
    sent = [value for _name, values in request.GET.lists() for value in values]
    sent += [value for _name, values in request.POST.lists() for value in values]
    return any(value.startswith(quoted) or repr(value) in words for value in sent)
