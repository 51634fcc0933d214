"""A plain reference for working days in Ontario: the law's days written out, and a sorted list."""

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable

ONE = datetime.timedelta(days=1)
FIRST, LAST = datetime.date(2015, 1, 1), datetime.date(2041, 12, 31)


def easter(year: int) -> datetime.date:
    """Easter Sunday (the anonymous Gregorian algorithm)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    j = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * j) // 451
    month, day = divmod(h + j - 7 * m + 114, 31)
    return datetime.date(year, month, day + 1)


def nth_monday(year: int, month: int, number: int) -> datetime.date:
    first = datetime.date(year, month, 1)
    return first + datetime.timedelta(days=(7 - first.weekday()) % 7 + 7 * (number - 1))


def statutory(year: int) -> set[datetime.date]:
    """Ontario's nine public holidays, and the days that make up for those on a weekend.

    Two are made up for by no fixed day: Canada Day, and Christmas on a Sunday, whose Monday is
    Boxing Day. The university's own day is a closure then.
    """
    new_year, canada = datetime.date(year, 1, 1), datetime.date(year, 7, 1)
    christmas, boxing = datetime.date(year, 12, 25), datetime.date(year, 12, 26)
    may_25 = datetime.date(year, 5, 25)
    days = {
        new_year,
        nth_monday(year, 2, 3),
        easter(year) - 2 * ONE,
        may_25 - datetime.timedelta(days=may_25.weekday() or 7),
        canada,
        nth_monday(year, 9, 1),
        nth_monday(year, 10, 2),
        christmas,
        boxing,
    }
    if new_year.weekday() >= 5:
        days.add(new_year + (7 - new_year.weekday()) * ONE)
    if christmas.weekday() == 5:
        days |= {christmas + 2 * ONE, boxing + 2 * ONE}
    if boxing.weekday() == 5:
        days.add(boxing + 2 * ONE)
    return days


def working_days() -> list[datetime.date]:
    """Every working day of 27 years."""
    away = set().union(*(statutory(year) for year in range(FIRST.year, LAST.year + 1)))
    every = (FIRST + n * ONE for n in range((LAST - FIRST).days + 1))
    return [day for day in every if day.weekday() < 5 and day not in away]


WORKING_DAYS = working_days()


class Reference:
    """Every working day in one list, without those on which the university is closed."""

    def __init__(self, closed: Iterable[datetime.date] = ()) -> None:
        away = set(closed)
        self.days = [day for day in WORKING_DAYS if day not in away]

    def begins(self, day: datetime.date, *, late: bool) -> int:
        """The place of the working day that a receipt counts on."""
        return (bisect_right if late else bisect_left)(self.days, day)

    def last_day(self, day: datetime.date, number: int, *, late: bool) -> datetime.date:
        """The last day of a time of so many working days."""
        return self.days[self.begins(day, late=late) + number]
