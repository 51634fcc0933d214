"""Rows that are part of an offering, and published with it: they are saved as one with its page.

A part of a published offering that is changed by itself would change content without the ledger
being asked (law 1).
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from credentials.exceptions import NotApproved
from credentials.record.page_tree import public_heads

_WHOLE: ContextVar[models.Model | None] = ContextVar("whole", default=None)


@contextmanager
def saved_as_a_whole(offering: models.Model) -> Iterator[None]:
    """While an offering's page is saved, after the ledger was asked: its parts are saved too."""
    token = _WHOLE.set(offering)
    try:
        yield
    finally:
        _WHOLE.reset(token)


def hold_parts(offering_pks: Iterable[int | None]) -> None:
    """Raise NotApproved when one of these offerings is published and not saved as a whole."""
    alone = {pk for pk in offering_pks if pk is not None} - {_whole()}
    if alone and (head := public_heads().filter(offering__in=alone).first()):
        raise NotApproved(head.offering.title, _("Change it in a draft, and submit that."))


def _whole() -> int | None:
    """The key of the offering being saved; a new one has it by the time its parts are saved."""
    return getattr(_WHOLE.get(), "pk", None)


class PartQuerySet(models.QuerySet[Any]):
    """Refuses for many parts what is refused for one."""

    def update(self, **kwargs: Any) -> int:
        hold_parts(self._offerings())
        return super().update(**kwargs)

    update.alters_data = True  # type: ignore[attr-defined]

    def delete(self) -> tuple[int, dict[str, int]]:
        hold_parts(self._offerings())
        return super().delete()

    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def _offerings(self) -> Iterable[int | None]:
        whole = self.model.whole_field().attname
        return self.order_by().values_list(whole, flat=True).distinct()


class OfferingPart(Orderable):
    """A row that hangs on an offering by its ParentalKey."""

    objects: ClassVar[Any] = PartQuerySet.as_manager()

    class Meta(Orderable.Meta):
        abstract = True

    @classmethod
    def whole_field(cls) -> Any:
        """The field that names the offering."""
        return next(field for field in cls._meta.fields if isinstance(field, ParentalKey))

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it with its offering. Raises NotApproved for one alone of what is published."""
        hold_parts(self._offerings())
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Delete it with its offering. Raises NotApproved for one alone of what is published."""
        hold_parts(self._offerings())
        return super().delete(*args, **kwargs)

    def _offerings(self) -> list[int | None]:
        """The offering that it belongs to now, and the one that it is taken from."""
        whole = self.whole_field().attname
        now = getattr(self, whole)
        if self._state.adding or now == _whole():
            return [now]
        saved = type(self)._base_manager.filter(pk=self.pk)
        return [now, *saved.values_list(whole, flat=True)]
