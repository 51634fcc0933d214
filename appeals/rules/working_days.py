"""Working days and deadlines: pure arithmetic over a calendar that is handed in (AP-2).

Something received after the cut-off, or on a day that is no working day, counts as received on the
next working day. Day 1 is the working day after that one; the deadline is the cut-off of the last
day. What is received within the minute of the cut-off is in time.
"""

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

import holidays
from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

COUNTRY = "CA"
SATURDAY = 5
ONE_DAY = datetime.timedelta(days=1)
# As the library of holidays names the languages of the two that are served here.
HOLIDAY_LANGUAGES = {"en": "en_CA", "fr": "fr"}


class Skipped(TextChoices):
    """Why a day does not count."""

    AFTER_CUT_OFF = "after_cut_off", _("after the cut-off")
    WEEKEND = "weekend", _("weekend")
    HOLIDAY = "holiday", _("holiday")
    CLOSURE = "closure", _("university closed")
    SUSPENDED = "suspended", _("time suspended")


@dataclass(frozen=True)
class Closure:
    """Days on which the university is closed, first and last included."""

    first: datetime.date
    last: datetime.date
    name: str


@dataclass(frozen=True)
class Suspension:
    """Days on which time stands still, first and last included; no last while it lasts."""

    first: datetime.date
    last: datetime.date | None

    def holds(self, day: datetime.date) -> bool:
        """Whether time stands still on a day."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Day:
    """A day of a deadline's arithmetic.

    `number` is 0 for the day that counts as the day of receipt, 1 and more for counted days, and
    None for a skipped one, which says why and, of a holiday or closure, its name.
    """

    day: datetime.date
    number: int | None = None
    skipped: Skipped | None = None
    name: str = ""


@dataclass(frozen=True)
class Deadline:
    """The last moment for something, with every day on the way to it.

    `at` is aware, in the clock's zone, and None while a suspension has no end. `days` runs from
    the day of receipt to the last day.
    """

    at: datetime.datetime | None
    days: tuple[Day, ...]

    @property
    def skipped(self) -> tuple[Day, ...]:
        """The days that do not count."""
        return tuple(day for day in self.days if day.skipped)

    def is_late(self, received_at: datetime.datetime) -> bool:
        """Whether something received at an aware moment comes after the deadline's minute."""
        return self.at is not None and _minute(received_at) > _minute(self.at)


@dataclass(frozen=True)
class Clock:
    """Where and until when a day is a working day.

    `cut_off` is wall time in `zone`; `province` is a subdivision of Canada such as "ON";
    `language` ("en" or "fr") names the holidays.
    """

    zone: ZoneInfo
    cut_off: datetime.time
    province: str
    closures: tuple[Closure, ...] = ()
    language: str = "en"

    def skipped(self, day: datetime.date) -> Day | None:
        """The day with why it is no working day; None when it is one."""
        if day.weekday() >= SATURDAY:
            return Day(day, skipped=Skipped.WEEKEND)
        if name := holidays_of(self.province, self.language, day.year).get(day):
            return Day(day, skipped=Skipped.HOLIDAY, name=name)
        for closure in self.closures:
            if closure.first <= day <= closure.last:
                return Day(day, skipped=Skipped.CLOSURE, name=closure.name)
        return None

    def local(self, moment: datetime.datetime) -> datetime.datetime:
        """An aware moment as the clock on the wall shows it."""
        return moment.astimezone(self.zone)

    def end_of(self, day: datetime.date) -> datetime.datetime:
        """The last moment of a day, aware."""
        return datetime.datetime.combine(day, self.cut_off, tzinfo=self.zone)


@lru_cache(maxsize=512)
def holidays_of(province: str, language: str, year: int) -> dict[datetime.date, str]:
    """The public holidays of a year by day, with the days on which they are made up for."""
    found = holidays.country_holidays(
        COUNTRY,
        subdiv=province,
        years=year,
        expand=False,
        language=HOLIDAY_LANGUAGES.get(language, HOLIDAY_LANGUAGES["en"]),
    )
    return {day: name for day, name in found.items() if day.year == year}


def deadline(
    clock: Clock,
    received: datetime.datetime | datetime.date,
    working_days: int,
    suspensions: Sequence[Suspension] = (),
) -> Deadline:
    """The last moment for what must be done within a number of working days of a receipt.

    `received` is an aware moment, or a day alone, which counts as before its cut-off.
    Raises ValueError for a moment without a zone, or a number of days below 1.
    """
    if working_days < 1:
        raise ValueError("A deadline needs at least one working day.")
    days = list(_until_begun(clock, received))
    number, day = 0, days[-1].day
    while number < working_days:
        day += ONE_DAY
        skipped = clock.skipped(day) or _suspended(day, suspensions)
        if skipped is None:
            number += 1
            days.append(Day(day, number=number))
            continue
        days.append(skipped)
        if any(found.last is None and found.holds(day) for found in suspensions):
            return Deadline(None, tuple(days))
    return Deadline(clock.end_of(day), tuple(days))


def _until_begun(clock: Clock, received: datetime.datetime | datetime.date) -> Iterator[Day]:
    """From the day of receipt to the day that counts as such, which has the number 0."""
    day, is_late = _day_of(clock, received)
    while skipped := clock.skipped(day) or (
        Day(day, skipped=Skipped.AFTER_CUT_OFF) if is_late else None
    ):
        yield skipped
        day, is_late = day + ONE_DAY, False
    yield Day(day, number=0)


def _day_of(
    clock: Clock, received: datetime.datetime | datetime.date
) -> tuple[datetime.date, bool]:
    """The day of a receipt, and whether it came after that day's cut-off."""
    if not isinstance(received, datetime.datetime):
        return received, False
    if received.tzinfo is None:
        raise ValueError("A moment of receipt needs its time zone.")
    day = clock.local(received).date()
    return day, _minute(received) > _minute(clock.end_of(day))


def _suspended(day: datetime.date, suspensions: Sequence[Suspension]) -> Day | None:
    if any(suspension.holds(day) for suspension in suspensions):
        return Day(day, skipped=Skipped.SUSPENDED)
    return None


def _minute(moment: datetime.datetime) -> datetime.datetime:
    """The minute of a moment, as UTC: wall times of one zone compare wrongly across a change."""
    return moment.astimezone(datetime.UTC).replace(second=0, microsecond=0)
