"""The days that a report is about, as moments of the record."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from credentials.catalogue.snapshots import Snapshot, current_head, end_of

ONE_DAY = datetime.timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From the first day to the last, both counted; `head` holds still what is read in parts."""

    first_day: datetime.date
    last_day: datetime.date
    head: int

    @classmethod
    def of(cls, first_day: datetime.date, last_day: datetime.date) -> "Period":
        """The days, as the ledger now tells of them. One query."""
        return cls(first_day, last_day, current_head().sequence)

    @property
    def counted_until(self) -> datetime.date:
        """The last day that has come; before the first day of a year to come."""
        return min(self.last_day, timezone.localdate())

    @property
    def begins(self) -> datetime.datetime:
        """The first instant after the day before."""
        return end_of(self.first_day - ONE_DAY)

    @property
    def ends(self) -> datetime.datetime:
        """The last instant."""
        return end_of(self.last_day)

    @property
    def at_start(self) -> Snapshot:
        """The catalogue as it stood at the end of the day before."""
        return Snapshot(self.head, self.begins)

    @property
    def at_end(self) -> Snapshot:
        """The catalogue as it stood at the end of the last day, or stands now."""
        return Snapshot(self.head, self.ends)

    def __contains__(self, at: datetime.datetime) -> bool:
        """Whether a moment falls in it."""
        return self.begins < at <= self.ends
