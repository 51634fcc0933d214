"""Triggers by which the database itself refuses to rewrite history (law 3).

They are (re)installed after every migrate, because SQLite drops them when it remakes a table.
"""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def append_only_models() -> list[Any]:
    """Every concrete append-only model of the installed apps."""
    return [model for model in apps.get_models() if getattr(model, "is_append_only", False)]


def held_models() -> list[Any]:
    """Every concrete model that is append-only, or frozen once something is so.

    `frozen_when` maps an operation to an SQL condition over its row under which it is refused.
    """
    return [
        model
        for model in apps.get_models()
        if getattr(model, "is_append_only", False) or hasattr(model, "frozen_when")
    ]


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers of every held table that exists. Safe to repeat."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in held_models():
            if model._meta.db_table in existing:
                for trigger in _triggers(model):
                    for statement in trigger.statements(connection.vendor):
                        cursor.execute(statement)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, for a test database's flush or a retention purge; never in a request."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in held_models():
            table = model._meta.db_table
            if table not in existing:
                continue
            for trigger in _triggers(model):
                suffix = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{trigger.name}"{suffix}')


def missing_triggers(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of triggers that existing tables lack; empty when history is held."""
    query = (
        "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"
        if connection.vendor == "postgresql"
        else "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    tables = set(connection.introspection.table_names())
    models = (m for m in held_models() if m._meta.db_table in tables)
    names = (trigger.name for model in models for trigger in _triggers(model))
    return [name for name in names if name not in present]


@dataclass(frozen=True)
class _Trigger:
    """One refusal: of an operation on a table, with a sentence, when a condition holds."""

    name: str
    table: str
    operation: str
    refuse_when: str
    sentence: str

    def statements(self, vendor: str) -> list[str]:
        """The SQL that makes it, whether or not it is there already."""
        if vendor == "postgresql":
            # A deletion has no NEW row: returning it would silently skip the deletion.
            kept = "OLD" if self.operation == "DELETE" else "NEW"
            return [
                f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger AS $body$ BEGIN '
                f"IF {self.refuse_when} THEN "
                f"RAISE EXCEPTION '{self.sentence}' USING ERRCODE = '23514'; END IF; "
                f"RETURN {kept}; END; $body$ LANGUAGE plpgsql",
                f'CREATE OR REPLACE TRIGGER "{self.name}" BEFORE {self.operation} '
                f'ON "{self.table}" FOR EACH ROW EXECUTE FUNCTION "{self.name}"()',
            ]
        return [
            f'DROP TRIGGER IF EXISTS "{self.name}"',
            f'CREATE TRIGGER "{self.name}" BEFORE {self.operation} ON "{self.table}" '
            f"WHEN {self.refuse_when} BEGIN SELECT RAISE(ABORT, '{self.sentence}'); END",
        ]


def _triggers(model: Any) -> list[_Trigger]:
    table = model._meta.db_table
    if hasattr(model, "frozen_when"):
        refusal = f"{table} is frozen: make a new version instead"
        return [
            _Trigger(f"{table}_frozen_{operation.lower()}", table, operation, condition, refusal)
            for operation, condition in model.frozen_when.items()
        ]
    refusal = f"{table} is append-only: add a correcting row instead"
    # What is unknown is refused: NOT NULL would be NULL, and let the deletion through.
    too_early = f"({model.deletable_when}) IS NOT TRUE" if model.deletable_when else "1=1"
    until = f"{table} is append-only until its time is over" if model.deletable_when else refusal
    return [
        _Trigger(f"{table}_no_update", table, "UPDATE", "1=1", refusal),
        _Trigger(f"{table}_no_delete", table, "DELETE", too_early, until),
        *(
            _Trigger(f"{table}_insert_{place}", table, "INSERT", f"NOT ({condition})", sentence)
            for place, (sentence, condition) in enumerate(model.insert_conditions.items())
        ),
    ]


def install_triggers_after_migrate(using: str, **kwargs: Any) -> None:
    """Signal receiver: keep the triggers in place whatever a migration did."""
    install_triggers(connections[using])


def remove_triggers_before_migrate(using: str, **kwargs: Any) -> None:
    """Signal receiver: SQLite remakes tables, and refuses while triggers of others name them."""
    if connections[using].vendor == "sqlite":
        remove_triggers(connections[using])
