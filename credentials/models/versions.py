"""Texts that come in versions, of which one is in force on a day (ADR 46).

A version is a draft until it has an `adoption`, which says from when it is in force.
"""

import datetime
from typing import Any, Self, TypeVar

from django.db import models
from django.utils import timezone

Version = TypeVar("Version", bound=models.Model)


class VersionQuerySet(models.QuerySet[Version]):
    """Versions in the words of the domain."""

    def adopted(self) -> Self:
        """Versions that are, were or will be in force."""
        return self.filter(adoption__isnull=False)

    def drafts(self) -> Self:
        """Versions that may still be edited."""
        return self.filter(adoption__isnull=True)

    def in_force(self, on: datetime.date | None = None) -> Self:
        """At most one: the version that is in force on a day, today by default."""
        day = on or timezone.localdate()
        begun = self.adopted().filter(adoption__in_force_from__lte=day)
        return begun.order_by("-adoption__in_force_from", "-adoption__pk")[:1]


def copied_values(row: models.Model, without: frozenset[str]) -> dict[str, Any]:
    """What a copy of a row begins with, by field, for the next version's draft."""
    return {
        field.name: getattr(row, field.name)
        for field in row._meta.concrete_fields
        if field.name not in without
    }
