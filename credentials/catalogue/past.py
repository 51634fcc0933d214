"""Pages as they stood on a past day: what `?as_of=` asks for, answered from the ledger (law 7)."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _

from credentials.catalogue.snapshots import Snapshot, current_head, end_of
from credentials.record.projection import CatalogueEntryQuerySet

PARAMETER = "as_of"


@dataclass(frozen=True)
class PastDay:
    """The end of a day that is over, and the catalogue as it stood then.

    The catalogue API's `as_of` means the same, so that pages and API agree.
    """

    day: datetime.date
    moment: datetime.datetime
    snapshot: Snapshot

    def entries(self) -> CatalogueEntryQuerySet:
        """All entries that stood then, whatever their event."""
        return self.snapshot.entries()

    def address(self, url: str) -> str:
        """The same page as it stood on this day; empty where there is none."""
        return f"{url}?{PARAMETER}={self.day.isoformat()}" if url else ""


def past_day(text: str) -> PastDay | None:
    """Read a day written as YYYY-MM-DD; None for today and for no day at all.

    Raises ValueError, with the reason and the remedy, for anything else. One query.
    """
    text = text.strip()
    if not text:
        return None
    try:
        day = datetime.datetime.strptime(text.encode("ascii").decode(), "%Y-%m-%d").date()
        moment = end_of(day)
    except (ValueError, OverflowError):
        raise ValueError(
            _("“%(text)s” is not a day: write it as year-month-day, such as 2026-01-31.")
            % {"text": text[:50]}
        ) from None
    if day == timezone.localdate():
        return None
    if day > timezone.localdate():
        raise ValueError(
            _("The catalogue of a day to come is not known: choose a day that is past.")
        )
    return PastDay(day, moment, Snapshot(current_head().sequence, moment))
