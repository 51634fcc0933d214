"""What all tables of a case share: held until its retention date, found by no other way."""

from typing import ClassVar

from credentials.append_only.base import AppendOnly, AppendOnlyQuerySet, Sealed
from credentials.record.unreferenced import Unreferenced


def retention_is_over(case: str) -> str:
    """An SQL condition: the case's retention was written down and its last day has passed."""
    kept = f"SELECT 1 FROM appeals_retention r WHERE r.case_id = {case}"
    return f"EXISTS ({kept}) AND NOT EXISTS ({kept} AND r.retain_until >= CURRENT_DATE)"


class HeldUntilPurged(AppendOnly, Unreferenced):
    """A row of a case: written once, and deleted only after the case's retention date (law 3).

    It is in no index of references, so nothing that it points to tells of it (law 6).
    """

    sealed = Sealed.INTERNAL

    deletable_when: ClassVar[str] = retention_is_over("OLD.case_id")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True
