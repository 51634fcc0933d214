"""What the database itself refuses on each held table (law 3), as data that no engine knows yet."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ImproperlyConfigured
from django.db.models import AutoField, UniqueConstraint

ALWAYS = "1=1"


@dataclass(frozen=True)
class Refusal:
    """Of an operation on a table, with a sentence, when a condition over OLD and NEW holds."""

    name: str
    table: str
    operation: str
    condition: str
    sentence: str


def append_only_models() -> list[Any]:
    """Every concrete append-only model of the installed apps."""
    return [model for model in apps.get_models() if getattr(model, "is_append_only", False)]


def held_models() -> list[Any]:
    """Every concrete model that is append-only, or frozen once something is so.

    `frozen_when` maps an operation to an SQL condition over its row under which it is refused;
    `frozen_because`, where there is one, is the sentence.
    """
    return [
        model
        for model in apps.get_models()
        if getattr(model, "is_append_only", False) or hasattr(model, "frozen_when")
    ]


def refusals_of(model: Any, vendor: str) -> list[Refusal]:
    """All that a held model's table refuses on an engine."""
    of_rows = _of_frozen(model) if hasattr(model, "frozen_when") else _of_append_only(model)
    return [*of_rows, *(_of_all_rows(model) if vendor == "postgresql" else _of_replacing(model))]


def _of_frozen(model: Any) -> Iterator[Refusal]:
    table = model._meta.db_table
    for operation, condition in model.frozen_when.items():
        yield Refusal(
            f"{table}_frozen_{operation.lower()}", table, operation, condition, _frozen(model)
        )


def _frozen(model: Any) -> str:
    table = model._meta.db_table
    return getattr(model, "frozen_because", f"{table} is frozen: make a new version instead")


def _of_append_only(model: Any) -> Iterator[Refusal]:
    table = model._meta.db_table
    refusal = f"{table} is append-only: add a correcting row instead"
    # What is unknown is refused: NOT NULL would be NULL, and let the deletion through.
    too_early = f"({model.deletable_when}) IS NOT TRUE" if model.deletable_when else ALWAYS
    until = f"{table} is append-only until its time is over" if model.deletable_when else refusal
    yield Refusal(f"{table}_no_update", table, "UPDATE", ALWAYS, refusal)
    yield Refusal(f"{table}_no_delete", table, "DELETE", too_early, until)
    for place, (sentence, condition) in enumerate(model.insert_conditions.items()):
        yield Refusal(f"{table}_insert_{place}", table, "INSERT", f"NOT ({condition})", sentence)


def _of_all_rows(model: Any) -> Iterator[Refusal]:
    """PostgreSQL's TRUNCATE fires no trigger of a row, also when it cascades from another table."""
    table = model._meta.db_table
    sentence = f"{table} holds history: it cannot be emptied"
    yield Refusal(f"{table}_no_truncate", table, "TRUNCATE", ALWAYS, sentence)


def _of_replacing(model: Any) -> Iterator[Refusal]:
    """SQLite's OR REPLACE deletes the row that is in the way, and fires no trigger for it."""
    table = model._meta.db_table
    key = model._meta.pk.column
    taken = [
        " AND ".join(f'held."{column}" = NEW."{column}"' for column in columns)
        for columns in _unique_columns(model)
    ]
    sentence = f"{table} holds such a row already: it cannot be replaced"
    inserted = " OR ".join(f'EXISTS (SELECT 1 FROM "{table}" held WHERE {row})' for row in taken)
    yield Refusal(f"{table}_no_replace", table, "INSERT", inserted, sentence)
    if hasattr(model, "frozen_when"):  # others refuse every update
        updated = " OR ".join(
            f'EXISTS (SELECT 1 FROM "{table}" held WHERE {row} AND held."{key}" <> OLD."{key}")'
            for row in taken
        )
        yield Refusal(f"{table}_no_replace_by_update", table, "UPDATE", updated, sentence)


def _unique_columns(model: Any) -> list[list[str]]:
    """Sets of columns that no two rows share. Raises ImproperlyConfigured for one with a condition.

    What such a constraint would let OR REPLACE delete cannot be told from its columns alone.
    """
    constraints = [c for c in model._meta.constraints if isinstance(c, UniqueConstraint)]
    for constraint in constraints:
        if constraint.condition is not None or constraint.expressions:
            raise ImproperlyConfigured(
                f"{model._meta.label} is held, so its constraint '{constraint.name}' can have "
                "neither a condition nor expressions."
            )
    alone = [[field.column] for field in model._meta.local_concrete_fields if field.unique]
    together = [*model._meta.unique_together, *(c.fields for c in constraints)]
    # SQLite's own key of a row, which no column shows unless the model's key is a counter.
    hidden = [] if isinstance(model._meta.pk, AutoField) else [["_rowid_"]]
    return [
        *alone,
        *hidden,
        *([model._meta.get_field(name).column for name in names] for names in together),
    ]
