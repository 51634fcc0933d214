"""Lengths in words, such as “3 - 6 Months”, as whole weeks or as hours.

A range counts as its longest end, because learners must be able to plan for it. A year is 52 weeks
and a month a twelfth of that, rounded up: 6 months are 26 weeks, 1 month is 5. English, French and
Spanish words are read. Whatever says more than a length is refused rather than guessed at.
"""

import math
import re
from decimal import Decimal

from django.utils.translation import gettext as _

from credentials.imports.problems import BadValue

WEEKS_IN_A_YEAR = 52
MAX_WEEKS = 520

_UNITS = {
    "hours": r"h|hrs?|hours?|heures?|horas?",
    "days": r"days?|jours?|d[ií]as?",
    "weeks": r"wks?|weeks?|semaines?|semanas?",
    "months": r"mos?|months?|mois|mes|meses",
    "years": r"yrs?|years?|ans?|ann[ée]es?|años?",
}
_NUMBER = r"\d{1,4}(?:[.,]\d{1,2})?"
_LENGTH = re.compile(
    rf"(?:about|approximately|approx\.?|less than|up to|under|environ|moins de|menos de)?\s*"
    rf"(?:(?P<low>{_NUMBER})\s*(?:-|–|—|to|or|à|ou|a|o)\s*)?(?P<high>{_NUMBER})\s*"
    r"(?:" + "|".join(f"(?P<{name}>{words})" for name, words in _UNITS.items()) + r")"
    r"(?:\s+to complete)?\.?",
    re.IGNORECASE,
)


def parse_duration(text: str) -> dict[str, str | int]:
    """Return {"hours": decimal text} or {"weeks": whole number}. Raises BadValue."""
    match = _LENGTH.fullmatch(" ".join(text.split()))
    if match is None:
        raise BadValue(
            "duration",
            _("This is not a length that can be read."),
            _("Write a number and a unit, such as “6 weeks” or “3 - 6 months”, or leave it empty."),
        )
    low, high = _number(match["low"] or "0"), _number(match["high"])
    if low > high or not high:
        raise BadValue(
            "duration",
            _("The length is zero, or its range runs backwards."),
            _("Put the shorter length first, such as “3 - 6 months”."),
        )
    if match["hours"]:
        return {"hours": str(high.quantize(Decimal("0.1")))}
    weeks = _weeks(high, next(unit for unit in _UNITS if match[unit]))
    if weeks > MAX_WEEKS:
        raise BadValue(
            "duration",
            _("This is longer than %s weeks.") % MAX_WEEKS,
            _("Check the number and its unit."),
        )
    return {"weeks": weeks}


def _number(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def _weeks(number: Decimal, unit: str) -> int:
    per_unit = {
        "days": Decimal(1) / 7,
        "weeks": Decimal(1),
        "months": Decimal(WEEKS_IN_A_YEAR) / 12,
        "years": Decimal(WEEKS_IN_A_YEAR),
    }
    return math.ceil((number * per_unit[unit]).quantize(Decimal("0.0001")))
