"""One timeline of an offering: what happened to it, who did it, when, under which policy."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils import timezone

from credentials.models import Offering
from credentials.people.actors import Person
from credentials.timeline import Entry, Source, sources_for


@dataclass(frozen=True)
class Wanted:
    """What is asked of a timeline: a kind (all when empty) and days, both included."""

    kind: str = ""
    first: datetime.date | None = None
    last: datetime.date | None = None

    def takes(self, entry: Entry) -> bool:
        """Whether an entry falls within the days."""
        day = timezone.localdate(entry.at)
        return not (self.first and day < self.first) and not (self.last and day > self.last)


EVERYTHING = Wanted()


def timeline_of(
    offering: Offering,
    reader: Person | None = None,
    wanted: Wanted = EVERYTHING,
    sources: Iterable[Source] | None = None,
) -> list[Entry]:
    """What is on record about an offering, the newest first; the queries do not grow with it."""
    found = sources_for(reader) if sources is None else sources
    entries = (
        entry
        for source in found
        if wanted.kind in ("", source.kind)
        for entry in source.entries(offering)
        if wanted.takes(entry)
    )
    return sorted(entries, key=lambda entry: entry.at, reverse=True)
