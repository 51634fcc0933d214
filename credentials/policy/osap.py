"""What the ministry finances through OSAP, as plain data, and what does not fit it (MC-5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

CLAUSE = "MC-5"


@dataclass(frozen=True)
class OsapLimits:
    """The ministry's limits in one academic year: fewer weeks than, hours from and to."""

    year: str = ""
    under_weeks: int = 12
    least_hours: Decimal = Decimal(5)
    most_hours: Decimal = Decimal(300)


@dataclass(frozen=True)
class Misfit:
    """A figure that the ministry's limits of a year do not let through: what to do is in words."""

    clause: str
    field: str
    figure: str
    year: str
    sentence: str


def misfits(weeks: int | None, hours: Decimal | None, limits: OsapLimits) -> Iterator[Misfit]:
    """Length and hours against the limits; what is not given does not fit either."""
    if weeks is None or weeks >= limits.under_weeks:
        figure = "" if weeks is None else str(weeks)
        yield Misfit(CLAUSE, "weeks", figure, limits.year, _weeks(weeks, limits))
    if hours is None or not limits.least_hours <= hours <= limits.most_hours:
        figure = "" if hours is None else _plain(hours)
        yield Misfit(CLAUSE, "hours", figure, limits.year, _hours(hours, limits))


def _weeks(weeks: int | None, limits: OsapLimits) -> str:
    facts = {"weeks": weeks, "under": limits.under_weeks, "year": limits.year}
    if weeks is None:
        return _("“Length in weeks” is empty: for OSAP it must be under %(under)s in %(year)s.") % (
            facts
        )
    return _(
        "%(weeks)s weeks is too long for OSAP: it must be under %(under)s in %(year)s. "
        "Give a shorter “length in weeks”."
    ) % (facts)


def _hours(hours: Decimal | None, limits: OsapLimits) -> str:
    facts = {
        "hours": "" if hours is None else _plain(hours),
        "least": _plain(limits.least_hours),
        "most": _plain(limits.most_hours),
        "year": limits.year,
    }
    if hours is None:
        return _(
            "“Hours of learning” is empty: for OSAP it must be %(least)s to %(most)s in %(year)s."
        ) % (facts)
    return _(
        "%(hours)s hours does not fit OSAP: it must be %(least)s to %(most)s in %(year)s. "
        "Give “hours of learning” within these."
    ) % (facts)


def _plain(number: Decimal) -> str:
    """Without a needless fraction."""
    return str(int(number)) if number == number.to_integral_value() else str(number)
