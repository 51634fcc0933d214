"""One row in every table that the database holds, none of them on a committee's or office's word.

All share one key, so that each refers to the others: what an adoption freezes is frozen.
"""

import datetime
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models, transaction
from django.utils import timezone

from credentials.append_only.refusals import held_models
from credentials.append_only.triggers import install_triggers, remove_triggers
from credentials.record.ledger import LedgerHead

KEY = 424242
LATER = ("ends_at", "closes_at", "last_day", "retain_until")  # than what they are compared with


def key_of(model: Any) -> int:
    """The key of its row; the ledger has one head only."""
    return 1 if model is LedgerHead else KEY


def key_column_of(model: Any) -> str:
    return f'"{model._meta.pk.column}"'


def columns_of(model: Any) -> str:
    return ", ".join(f'"{field.column}"' for field in model._meta.local_concrete_fields)


@contextmanager
def a_row_in_each() -> Iterator[list[Any]]:
    """The held models, each with its row and its triggers; nothing is left of it afterwards."""
    with transaction.atomic():
        remove_triggers(connection)
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = replica")  # no foreign keys
            for model in held_models():
                insert(model, key_of(model))
            if connection.vendor == "postgresql":
                cursor.execute("SET LOCAL session_replication_role = origin")
        install_triggers(connection)
        yield held_models()
        transaction.set_rollback(True)


def insert(model: Any, key: int) -> None:
    """A row by SQL, with something in every column that needs it."""
    fields = model._meta.local_concrete_fields
    values = [
        field.get_db_prep_save(_something(field, key), connection=connection) for field in fields
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({columns_of(model)}) '
            f"VALUES ({', '.join(['%s'] * len(values))})",
            values,
        )


def _something(field: Any, key: int) -> Any:
    """A value that the column takes."""
    if field.primary_key:
        return key
    if isinstance(field, models.BinaryField):  # a salt, too, which can be forgotten
        return b"x"
    if field.null:
        return None
    late = datetime.timedelta(days=1 if field.name in LATER else -1)
    by_type: list[tuple[Any, Any]] = [
        (models.ForeignKey, KEY),
        (models.DateTimeField, timezone.now() + late),
        (models.DateField, timezone.localdate() + late),
        (models.TimeField, datetime.time(12)),
        (models.BooleanField, False),
        (models.JSONField, {}),
        (models.UUIDField, uuid.UUID(int=key)),
        (models.IntegerField, key % 1000),
        (models.DecimalField, 1),
        (models.Field, "x"),
    ]
    return next(value for kind, value in by_type if isinstance(field, kind))
