"""Which catalogue is read: the one at a head of the ledger, now or as of a moment that is past."""

import datetime
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from credentials.catalogue.statements import read_head
from credentials.record.projection import CatalogueEntry, CatalogueEntryQuerySet


@dataclass(frozen=True)
class Head:
    """The version of the whole catalogue, and when it last changed (None: still empty)."""

    sequence: int
    changed_at: datetime.datetime | None


def current_head() -> Head:
    """Read the ledger's head, in one query."""
    return Head(*read_head())


def end_of(day: datetime.date) -> datetime.datetime:
    """The last instant of a day, where the institution is: what `as_of` a day means."""
    return timezone.make_aware(datetime.datetime.combine(day, datetime.time.max))


@dataclass(frozen=True)
class Snapshot:
    """The catalogue when the ledger's head was `sequence`, as of `moment` when that is given.

    It stays the same whatever is published later, so it can be read in pages.
    """

    sequence: int
    moment: datetime.datetime | None = None

    def of(self, entries: CatalogueEntryQuerySet) -> CatalogueEntryQuerySet:
        """Keep the entries that stood then."""
        if self.moment is None:
            return entries.at_sequence(self.sequence)
        standing = (
            Q(valid_to__isnull=True)
            | Q(valid_to__gt=self.moment)
            | Q(superseded_sequence__gt=self.sequence)
        )
        began = Q(sequence__lte=self.sequence, valid_from__lte=self.moment)
        return entries.filter(standing, began)

    def entries(self) -> CatalogueEntryQuerySet:
        """All entries that stood then, whatever their event."""
        return self.of(CatalogueEntry.objects.all())
