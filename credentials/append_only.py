"""Models that are only ever added to (law 3). The database holds them too: see triggers.py."""

from typing import Any, ClassVar, NoReturn

from django.db import models

from credentials.exceptions import HistoryIsAppendOnly


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses the bulk operations that would rewrite history, with a sentence instead of SQL."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise HistoryIsAppendOnly(self.model)

    def delete(self) -> NoReturn:
        raise HistoryIsAppendOnly(self.model)


class AppendOnly(models.Model):
    """A row that is written once. A correction is a new row.

    Its manager is an AppendOnlyQuerySet's. `insert_conditions` maps a sentence to an SQL
    condition over NEW that must hold on insert.
    """

    is_append_only: ClassVar[bool] = True
    insert_conditions: ClassVar[dict[str, str]] = {}

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise HistoryIsAppendOnly(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsAppendOnly(type(self))
