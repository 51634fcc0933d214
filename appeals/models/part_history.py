"""History of rows that are edited as parts of another one."""

from typing import Any

from django.db import models
from modelcluster.fields import ParentalKey
from simple_history.models import HistoricalRecords

from credentials.record.unreferenced import Unreferenced


class PartHistory(HistoricalRecords):
    """Keeps what a part was; a row of history refers to the whole, but is no part of it."""

    def __init__(self) -> None:
        super().__init__(bases=[Unreferenced])

    def copy_fields(self, model: Any) -> dict[str, Any]:
        """The part's fields, its parental key as a plain one."""
        fields: dict[str, Any] = super().copy_fields(model)
        for field in fields.values():
            if isinstance(field, ParentalKey):
                field.__class__ = models.ForeignKey
        return fields
