"""Models that are only ever added to (law 3). The database holds them too: see triggers.py."""

from enum import StrEnum
from typing import Any, ClassVar, NoReturn, Self

from django.apps import apps
from django.db import models, transaction

from credentials.exceptions import HistoryIsAppendOnly


class Sealed(StrEnum):
    """How rows of a table go into the transparency log (ADR 53)."""

    PUBLIC = "public"  # what `public_facts` gives stands there in the clear
    INTERNAL = "internal"  # nothing but a salted hash
    NOT = "not"  # the model says beside it why


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

        The salts that the log kept of them go too, so what was sealed can never be guessed.
        Raises HistoryIsAppendOnly for a model whose rows stay for ever, and DatabaseError when
        the time of one of these rows has not come.
        """
        if not self.model.deletable_when:
            raise HistoryIsAppendOnly(self.model)
        with transaction.atomic(using=self.db):
            rows = list(self.values_list("pk", flat=True))
            count = int(self._raw_delete(self.db))
            seals: Any = apps.get_model("credentials", "Seal")._default_manager
            seals.forget(self.model, rows)
        return count


class AppendOnly(models.Model):
    """A row that is written once. A correction is a new row.

    Its manager is an AppendOnlyQuerySet's. `insert_conditions` maps a sentence to an SQL
    condition over NEW that must hold on insert. `deletable_when` is an SQL condition over OLD:
    where it holds, the row's time is over and it may be purged; empty means never.
    `locks_rows` says that its rows are locked while somebody acts on what they stand for.
    `sealed` says how the transparency log keeps it; a model that says nothing is not complete
    (E007).
    Wagtail's index of references leaves it out: what a row names cannot change.
    """

    is_append_only: ClassVar[bool] = True
    wagtail_reference_index_ignore: ClassVar[bool] = True
    insert_conditions: ClassVar[dict[str, str]] = {}
    deletable_when: ClassVar[str] = ""
    locks_rows: ClassVar[bool] = False
    sealed: ClassVar[Sealed]
    # Relations that `public_facts` reads, as select_related names them.
    public_facts_need: ClassVar[tuple[str, ...]] = ()
    # Paths to rows that are frozen by this one, and are sealed with it.
    sealed_with: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise HistoryIsAppendOnly(type(self))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise HistoryIsAppendOnly(type(self))

    def public_facts(self) -> dict[str, Any]:
        """What the log says of the row in the clear: a "kind", and plain JSON data.

        It is published for ever: no name of a person, no file's name, no free text (law 6).
        """
        raise NotImplementedError(f"{type(self).__name__} is not public.")
