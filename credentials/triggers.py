"""Triggers by which the database itself refuses to rewrite history (law 3).

They are (re)installed after every migrate, because SQLite drops them when it remakes a table.
"""

from typing import Any

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper


def append_only_models() -> list[Any]:
    """Every concrete append-only model of the installed apps."""
    return [model for model in apps.get_models() if getattr(model, "is_append_only", False)]


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers of every append-only table that exists. Safe to repeat."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in append_only_models():
            if model._meta.db_table in existing:
                for statement in _statements(connection.vendor, model):
                    cursor.execute(statement)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, for a test database's flush or a retention purge; never in a request."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for model in append_only_models():
            table = model._meta.db_table
            if table not in existing:
                continue
            for name in _trigger_names(model):
                suffix = f' ON "{table}"' if connection.vendor == "postgresql" else ""
                cursor.execute(f'DROP TRIGGER IF EXISTS "{name}"{suffix}')


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
    models = [m for m in append_only_models() if m._meta.db_table in tables]
    return [name for m in models for name in _trigger_names(m) if name not in present]


def _trigger_names(model: Any) -> list[str]:
    table = model._meta.db_table
    inserts = [f"{table}_insert_{i}" for i, _condition in enumerate(model.insert_conditions)]
    return [f"{table}_no_update", f"{table}_no_delete", *inserts]


def _statements(vendor: str, model: Any) -> list[str]:
    table = model._meta.db_table
    refusal = f"{table} is append-only: add a correcting row instead"
    statements = []
    for operation in ("UPDATE", "DELETE"):
        name = f"{table}_no_{operation.lower()}"
        statements += _trigger(vendor, name, table, operation, "1=1", refusal)
    for index, (sentence, condition) in enumerate(model.insert_conditions.items()):
        name = f"{table}_insert_{index}"
        statements += _trigger(vendor, name, table, "INSERT", f"NOT ({condition})", sentence)
    return statements


def _trigger(
    vendor: str, name: str, table: str, operation: str, refuse_when: str, sentence: str
) -> list[str]:
    if vendor == "postgresql":
        return [
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger AS $body$ BEGIN '
            f"IF {refuse_when} THEN RAISE EXCEPTION '{sentence}' USING ERRCODE = '23514'; END IF; "
            f"RETURN NEW; END; $body$ LANGUAGE plpgsql",
            f'CREATE OR REPLACE TRIGGER "{name}" BEFORE {operation} ON "{table}" '
            f'FOR EACH ROW EXECUTE FUNCTION "{name}"()',
        ]
    return [
        f'DROP TRIGGER IF EXISTS "{name}"',
        f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" WHEN {refuse_when} '
        f"BEGIN SELECT RAISE(ABORT, '{sentence}'); END",
    ]


def install_triggers_after_migrate(using: str, **kwargs: Any) -> None:
    """Signal receiver: keep the triggers in place whatever a migration did."""
    install_triggers(connections[using])
