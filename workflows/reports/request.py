"""What a report on committees is asked for."""

import datetime
from dataclasses import dataclass

from django.db.models import Q


@dataclass(frozen=True)
class Asked:
    """What is reported on: one committee or all, from one day to another, each optional."""

    committee: int | None = None
    start: datetime.date | None = None
    end: datetime.date | None = None
    method: str = ""

    def motions(self, at: str, motion: str) -> Q:
        """Rows of these motions whose time in `at` falls on these days; `motion` leads to it."""
        found = self.period(at) & self.of_committee(motion)
        return found & Q(**{f"{motion}method": self.method}) if self.method else found

    def of_committee(self, way: str = "") -> Q:
        """Rows of this committee."""
        return Q(**{f"{way}committee": self.committee}) if self.committee else Q()

    def period(self, at: str) -> Q:
        """Rows whose time in `at` falls on these days."""
        found = Q()
        if self.start:
            found &= Q(**{f"{at}__date__gte": self.start})
        if self.end:
            found &= Q(**{f"{at}__date__lte": self.end})
        return found
