"""From a row to its leaf: a canonical form that stays the same, and what of it is public (law 6).

By the rules of number 1 a row is {"table": its table, "row": {field: value}} as RFC 8785 canonical
JSON. Moments are RFC 3339 in UTC, days ISO 8601, decimals and UUIDs text, relations the key of the
row they name. A field that is empty is left out, and so is one that came later and is at its
default: a column that is added later leaves what was sealed before as it was. Of each field
exactly one value is left out, so that no change of a row goes unseen.
"""

import datetime
import hashlib
import math
import secrets
from collections.abc import Iterable, Iterator, Mapping
from functools import singledispatch
from typing import Any

from django.apps import apps
from django.db import models

from credentials.append_only.base import AppendOnly, Sealed
from credentials.record.content import canonical

RULES = 1
SALT_SIZE = 32
INTERNAL: Mapping[str, Any] = {"kind": "internal"}
_LARGEST = (1 << 53) - 1  # beyond it, JSON's numbers are not exact
_ALWAYS_THERE = object()


def sealed_models() -> dict[str, type[AppendOnly]]:
    """Every concrete model whose rows are sealed, by its table."""
    return {
        model._meta.db_table: model
        for model in apps.get_models()
        if issubclass(model, AppendOnly) and model.sealed != Sealed.NOT
    }


def new_salt() -> bytes:
    """What keeps an internal fact from being guessed: 32 random bytes."""
    return secrets.token_bytes(SALT_SIZE)


def leaf_of(row: AppendOnly, salt: bytes) -> bytes:
    """The entry that seals a row as it stands."""
    return canonical({**_facts(row), "rules": RULES, "sealed": sealing_hash(row, salt)})


def disagreements(leaf: Mapping[str, Any], row: AppendOnly, salt: bytes) -> list[str]:
    """The members of a leaf that a row, as it stands now, does not bear out; none if it does.

    Public facts that a later release says in addition are no disagreement.
    """
    now = {**_facts(row), "sealed": sealing_hash(row, salt), "rules": RULES}
    return [name for name, said in leaf.items() if name not in now or now[name] != said]


def sealing_hash(row: AppendOnly, salt: bytes) -> str:
    """Lowercase hexadecimal SHA-256 of the salt and the row's canonical form."""
    return hashlib.sha256(salt + canonical_row(row)).hexdigest()


def canonical_row(row: models.Model) -> bytes:
    """A row as canonical JSON, by the rules above, with the rows that are sealed with it."""
    form: dict[str, Any] = {"table": row._meta.db_table, "row": dict(_values(row))}
    paths = getattr(row, "sealed_with", ())
    if paths:
        form["with"] = {path: [dict(_values(one)) for one in _along(row, path)] for path in paths}
    return canonical(form)


def _along(row: models.Model, path: str) -> Iterable[models.Model]:
    """The rows that a path of relations leads to, in the order of their keys."""
    model: Any = type(row)
    rows: Any = model._base_manager.filter(pk=row.pk)
    for name in path.split("__"):
        relation = model._meta.get_field(name)
        model = relation.related_model
        back = relation.remote_field.name  # one end of a relation names the other
        rows = model._base_manager.filter(**{f"{back}__in": rows}).order_by("pk")
    return list(rows)


def _facts(row: AppendOnly) -> Mapping[str, Any]:
    return row.public_facts() if row.sealed == Sealed.PUBLIC else INTERNAL


def _values(row: models.Model) -> Iterator[tuple[str, Any]]:
    for field in row._meta.concrete_fields:
        value = field.value_from_object(row)
        if value != _left_out(field):
            yield field.name, _plain(value)


def _left_out(field: "models.Field[Any, Any]") -> Any:
    """The one value of a field that is not written down."""
    if field.null:
        return None
    if getattr(field, "came_later", False):
        return field.get_default()
    if isinstance(field, models.BooleanField):
        return False
    if isinstance(field, models.CharField | models.TextField):
        return ""
    if isinstance(field, models.JSONField) and field.has_default():
        return field.get_default()
    return _ALWAYS_THERE


@singledispatch
def _plain(value: Any) -> Any:
    """A value as JSON can hold it. What it cannot becomes text: no row may stop the sealing."""
    return str(value)  # decimals, UUIDs, names of files


@_plain.register
def _of_truth(value: bool | None) -> bool | None:
    return value


@_plain.register
def _of_text(value: str) -> str:
    return value.encode("utf-8", "backslashreplace").decode()


@_plain.register
def _of_number(value: int) -> int | str:
    return value if abs(value) <= _LARGEST else str(value)


@_plain.register
def _of_fraction(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


@_plain.register
def _of_day(value: datetime.date | datetime.time) -> str:
    return value.isoformat()


@_plain.register
def _of_moment(value: datetime.datetime) -> str:
    return value.astimezone(datetime.UTC).isoformat().replace("+00:00", "Z")


@_plain.register
def _of_object(value: Mapping) -> dict[str, Any]:
    return {_of_text(str(name)): _plain(item) for name, item in value.items()}


@_plain.register
def _of_list(value: list | tuple) -> list[Any]:
    return [_plain(item) for item in value]
