"""Errors of a view that are the sender's: incomplete forms, unreadable values, two saves at once.

Wagtail and Django trust that a form comes back as it was drawn: they look its counts up, and read
its JSON, without asking whether they are there.
"""

import traceback
from http import HTTPStatus

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.datastructures import MultiValueDictKeyError
from django.utils.translation import gettext as _

from credentials.doors.refused import Refused
from credentials.doors.text import shown

# Where Django and Wagtail read what was sent: into a field of a form, and into a column to look up.
_READING = frozenset({"value_from_datadict", "get_prep_value"})
_MISREAD = (ValueError, TypeError, LookupError, AttributeError, RecursionError)


def misread(error: Exception) -> Refused | None:
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
    if isinstance(error, _MISREAD) and _happened_while_reading(error):
        return Refused(
            HTTPStatus.BAD_REQUEST,
            _("A value cannot be read, and nothing was kept. Load the page anew, then try again."),
        )
    return None


def _happened_while_reading(error: Exception) -> bool:
    frames = traceback.walk_tb(error.__traceback__)
    return any(frame.f_code.co_name in _READING for frame, _line in frames)
