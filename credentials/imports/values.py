"""Parsers from the text of a cell to plain values. Each raises BadValue with reason and remedy."""

import datetime
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.html import linebreaks
from django.utils.translation import gettext as _
from django.utils.translation import override

from credentials.imports.problems import BadValue

Parser = Callable[[str], Any]
BLANKS = frozenset({"none", "null", "nan", "n/a", "#n/a", "-", "–", "—"})
PART = "::"
_INVISIBLE = re.compile("[\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_OUTSIDE_BRACKETS = r"(?![^()]*\))"


def tidy(text: str) -> str:
    """Normalise a cell: Unicode NFC, no invisible or control characters, no stray space.

    Words that spreadsheets write for nothing (None, N/A, a dash) give an empty text.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text)).replace("\r\n", "\n")
    text = "".join(c for c in text if c in "\n\t" or unicodedata.category(c) != "Cc")
    text = "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))
    return "" if text.casefold() in BLANKS else text


def line(text: str) -> str:
    """One line of text."""
    return " ".join(text.split())


def rich_text(text: str) -> str:
    """Plain text as HTML; a blank line begins a paragraph. Tags are shown, not obeyed."""
    return linebreaks(text, autoescape=True)


def decimal(places: int) -> Parser:
    """Numbers of at most so many decimals, in English or French writing, as decimal text."""

    def parse(text: str) -> str:
        number = _number(text)
        rounded = number.quantize(Decimal(1).scaleb(-places))
        if rounded != number:
            raise BadValue(
                "number",
                _("There are more than %s decimals.") % places,
                _("Round it."),
            )
        if number < 0:
            raise BadValue("number", _("It is negative."), _("Write 0 or a larger number."))
        return str(rounded)

    return parse


def whole_number(text: str) -> int:
    """A whole number of at least 1; 12.0 counts as one."""
    number = _number(text)
    if number != number.to_integral_value() or not 0 < number < 1000:  # noqa: PLR2004
        raise BadValue(
            "number",
            _("It is not a whole number from 1 to 999."),
            _("Write digits only, such as 12."),
        )
    return int(number)


def _number(text: str) -> Decimal:
    bare = re.sub(r"(?i)^(?:ca)?\$|\$$|(?:cad|\$ ?ca)$|[\s\u00a0\u202f']", "", text)
    bare = re.sub(r"(?i)^(?:cad|ca\$|\$)|(?:cad|\$)$", "", bare)
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d+)?", bare):
        bare = bare.replace(",", "")
    elif re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d+", bare):
        bare = bare.replace(".", "")
    try:
        number = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or abs(number) >= Decimal(10) ** 9:
        raise BadValue(
            "number", _("This is not a number."), _("Write digits only, such as 24 or 24.5.")
        )
    return number


def date(text: str) -> str:
    """A day, as ISO text. Only ISO is read: 03/04/2027 means two days, depending on the reader."""
    try:
        return datetime.date.fromisoformat(text[:10] if "T" in text else text).isoformat()
    except ValueError as error:
        raise BadValue(
            "date",
            _("This is not a day written as year-month-day."),
            _("Write it like 2027-01-31."),
        ) from error


def choice(choices: type[models.TextChoices]) -> Parser:
    """A key of a vocabulary, or its label in English or in the language of the moment."""

    def parse(text: str) -> str:
        with override("en"):
            known = {_plain(str(label)): key for key, label in choices.choices if key}
        known |= {_plain(str(label)): key for key, label in choices.choices if key}
        known |= {_plain(key): key for key in choices.values if key}
        if _plain(text) not in known:
            raise BadValue(
                "choice",
                _("This is not one of the choices."),
                _("Write one of: %s.") % ", ".join(key for key in choices.values if key),
            )
        return str(known[_plain(text)])

    return parse


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", "_", text.casefold()).strip("_")


def several(parse: Parser, *, commas: bool = False) -> Parser:
    """A list: items between | marks, or, with `commas`, between commas where there is no |.

    Commas and marks inside round brackets do not separate. Repeated items count once.
    """

    def parse_all(text: str) -> list[Any]:
        mark = "," if commas and "|" not in text else r"\|"
        items = [line(item) for item in re.split(mark + _OUTSIDE_BRACKETS, text)]
        parsed = [parse(item) for item in items if item]
        return [item for at, item in enumerate(parsed) if item not in parsed[:at]]

    return parse_all


def positional(parse: Parser) -> Parser:
    """A list between | marks whose places count: an empty place gives None."""
    return lambda text: [parse(line(item)) if item.strip() else None for item in text.split("|")]


def parts(text: str) -> list[str]:
    """The parts of one item, between :: marks, without those that are empty at its end."""
    found = [line(part) for part in text.split(PART)]
    while found and not found[-1]:
        found.pop()
    return found


def checked(model: type[models.Model], name: str, value: Any) -> Any:
    """Let the model's own field validate a value, and say what it says."""
    field: Any = model._meta.get_field(name)
    try:
        return field.clean(value, None)
    except ValidationError as error:
        raise BadValue(
            error.error_list[0].code or "invalid",
            " ".join(error.messages),
            _("Shorten or correct it; see the guide on importing for what this column holds."),
        ) from error
