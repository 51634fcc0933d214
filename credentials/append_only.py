"""Models that are only ever added to (law 3). The database holds them too: see triggers.py."""

from typing import Any, ClassVar, NoReturn, Self

from django.db import models

from credentials.exceptions import HistoryIsAppendOnly


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Refuses the bulk operations that would rewrite history, with a sentence instead of SQL."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise HistoryIsAppendOnly(self.model)

    def delete(self) -> NoReturn:
        raise HistoryIsAppendOnly(self.model)

    def select_for_update(self, *args: Any, **kwargs: Any) -> Self:
        """Lock rows of a model that says so, for whose table alone the site's role is allowed it.

        Raises TypeError for others.
        """
        if not self.model.locks_rows:
            raise TypeError(f"Set locks_rows on {self.model.__name__}: its rows are locked here.")
        return super().select_for_update(*args, **kwargs)

    def purge(self) -> int:
        """Delete what may be deleted by now, by the database's own judgement; how many rows.

        Raises HistoryIsAppendOnly for a model whose rows stay for ever, and DatabaseError when
        the time of one of these rows has not come.
        """
        if not self.model.deletable_when:
            raise HistoryIsAppendOnly(self.model)
        return int(self._raw_delete(self.db))


class AppendOnly(models.Model):
    """A row that is written once. A correction is a new row.

    Its manager is an AppendOnlyQuerySet's. `insert_conditions` maps a sentence to an SQL
    condition over NEW that must hold on insert. `deletable_when` is an SQL condition over OLD:
    where it holds, the row's time is over and it may be purged; empty means never.
    `locks_rows` says that its rows are locked while somebody acts on what they stand for.
    Wagtail's index of references leaves it out: what a row names cannot change.
    """

    is_append_only: ClassVar[bool] = True
    wagtail_reference_index_ignore: ClassVar[bool] = True
    insert_conditions: ClassVar[dict[str, str]] = {}
    deletable_when: ClassVar[str] = ""
    locks_rows: ClassVar[bool] = False

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise HistoryIsAppendOnly(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsAppendOnly(type(self))
