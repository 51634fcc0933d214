"""Academic years: named by the two calendar years they touch, as "2026-27".

Where they begin is a setting (`ACADEMIC_YEAR_STARTS`, month and day; 1 September by default).
Reports to Academic Council (CP-3, SH-2) and requests for OSAP (MC-5) are kept by academic year.
"""

import datetime
import re
from dataclasses import dataclass

from credentials.conf import conf

_LABEL = re.compile(r"^(\d{4})-(\d{2})$")


@dataclass(frozen=True, order=True)
class AcademicYear:
    """One academic year, by the calendar year it begins in."""

    begins_in: int

    @property
    def first_day(self) -> datetime.date:
        """The day it begins."""
        month, day = conf().ACADEMIC_YEAR_STARTS
        return datetime.date(self.begins_in, month, day)

    @property
    def last_day(self) -> datetime.date:
        """The day before the next one begins."""
        return self.following.first_day - datetime.timedelta(days=1)

    @property
    def following(self) -> "AcademicYear":
        """The one after it."""
        return AcademicYear(self.begins_in + 1)

    @property
    def preceding(self) -> "AcademicYear":
        """The one before it."""
        return AcademicYear(self.begins_in - 1)

    def __contains__(self, day: datetime.date) -> bool:
        """Whether a day of the institution's calendar falls in it."""
        return self.first_day <= day <= self.last_day

    def __str__(self) -> str:
        return f"{self.begins_in}-{(self.begins_in + 1) % 100:02d}"

    @classmethod
    def of(cls, day: datetime.date) -> "AcademicYear":
        """The academic year that a day falls in."""
        year = cls(day.year)
        return year if day >= year.first_day else year.preceding

    @classmethod
    def named(cls, label: str) -> "AcademicYear":
        """The year that a label such as "2026-27" names; ValueError for anything else."""
        match = _LABEL.match(label)
        if match:
            year = cls(int(match[1]))
            if str(year) == label:
                return year
        raise ValueError(f"“{label}” names no academic year; write it as in 2026-27.")
