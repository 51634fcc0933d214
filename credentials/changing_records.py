"""What changed in a record between two states of it, field by field, in words."""

import datetime
from collections.abc import Hashable, Iterable, Iterator, Sequence
from typing import Any

from django.utils.formats import date_format, time_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from credentials.timeline import Changed


def states_of(
    rows: Iterable[Any], fields: Sequence[str], key: str
) -> Iterator[tuple[Any, tuple[Changed, ...], bool]]:
    """Go through states of records, the oldest first: row, what changed, whether it is the first.

    States with the same `key` are of one record. Those in which none of the fields changed are
    left out.
    """
    before: dict[Hashable, Any] = {}
    for row in rows:
        record = getattr(row, key)
        former = before.get(record)
        before[record] = row
        if former is None:
            yield row, (), True
        elif changes := tuple(changes_between(former, row, fields)):
            yield row, changes, False


def changes_between(former: Any, row: Any, fields: Sequence[str]) -> Iterator[Changed]:
    """Which of the fields differ between two states of a record, or two records of one kind."""
    for name in fields:
        before, after = shown(former, name), shown(row, name)
        if before != after:
            yield Changed(_label(row, name), before, after)


def shown(row: Any, name: str) -> str:
    """A field's value as people read it; empty where there is none.

    A relation to many is prefetched by the name that `many_of` gives.
    """
    field = _field(row, name)
    if field.many_to_many:
        other = field.m2m_reverse_field_name()
        items = getattr(row, many_of(row.instance_type, name)).all()
        return ", ".join(sorted(_name(item, other) for item in items))
    value = getattr(row, name)
    if value is None or value == "":
        return ""
    if (choice := getattr(row, f"get_{name}_display", None)) is not None:
        return str(choice())
    return words_of(value)


def many_of(model: Any, name: str) -> str:
    """What rows of a model's history call the rows in which they keep a relation to many."""
    return f"{model.history.model._meta.model_name}_{name}_set"


def words_of(value: Any) -> str:
    """A value as people read it, moments where the institution is."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime.datetime):
        return str(date_format(localtime(value), "DATETIME_FORMAT"))
    if isinstance(value, datetime.date):
        return str(date_format(value, "DATE_FORMAT"))
    if isinstance(value, datetime.time):
        return str(time_format(value, "TIME_FORMAT"))
    return str(value)


def _label(row: Any, name: str) -> str:
    return str(capfirst(str(_field(row, name).verbose_name)))


def _field(row: Any, name: str) -> Any:
    """The record's own field: a row of history knows which model it is of."""
    return getattr(row, "instance_type", type(row))._meta.get_field(name)


def _name(item: Any, other: str) -> str:
    found = getattr(item, other)
    return str(found) if found else f"#{getattr(item, f'{other}_id')}"  # deleted since
