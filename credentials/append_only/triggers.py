"""Triggers by which the database itself refuses to rewrite history (law 3).

They are (re)installed after every migrate, because SQLite drops them when it remakes a table.
On PostgreSQL they fire whatever `session_replication_role` says.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from credentials.append_only.refusals import Refusal, held_models, refusals_of

# Of a row, and of all rows at once: what the function gives back, and how often it is called.
POSTGRESQL_CALLS = {
    "INSERT": ("NEW", "ROW"),
    "UPDATE": ("NEW", "ROW"),
    # A deletion has no NEW row: returning it would silently skip the deletion.
    "DELETE": ("OLD", "ROW"),
    "TRUNCATE": ("NULL", "STATEMENT"),
}
# What ends the name of a trigger that queues new rows for the log. They are not judged here.
QUEUES = "_queued"
PRESENT = {
    "postgresql": """SELECT t.tgname, c.relname, t.tgenabled,
            pg_get_triggerdef(t.oid, true) || E'\\n' || p.prosrc
            || E'\\n' || COALESCE(array_to_string(p.proconfig, ' '), '')
        FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
        WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace""",
    "sqlite": "SELECT name, tbl_name, 'A', sql FROM sqlite_master WHERE type = 'trigger'",
}


@dataclass(frozen=True)
class Trigger:
    """A trigger as the database has it; `body` is all that says what it does."""

    name: str
    table: str
    fires: str  # as PostgreSQL says it: A always, O and R not in every session, D never
    body: str

    @property
    def queues(self) -> bool:
        """Whether it is the one that queues the table's new rows (record.log.queueing)."""
        return self.name == f"{self.table}{QUEUES}"


class Triggers:
    """Those that a database has, and those that it should have."""

    def __init__(self, connection: BaseDatabaseWrapper) -> None:
        self.connection = connection
        self.vendor = connection.vendor
        self.tables = set(connection.introspection.table_names())
        with connection.cursor() as cursor:
            self.schema = ""
            if self.vendor == "postgresql":
                cursor.execute("SELECT quote_ident(current_schema())")
                self.schema = cursor.fetchone()[0]
            cursor.execute(PRESENT[self.vendor])
            self.present = [Trigger(*row) for row in cursor.fetchall()]

    @property
    def refusals(self) -> list[Refusal]:
        """What should be refused, of the tables that exist."""
        models = (model for model in held_models() if model._meta.db_table in self.tables)
        return [refusal for model in models for refusal in refusals_of(model, self.vendor)]

    def expected(self, refusal: Refusal) -> Trigger:
        """The trigger of a refusal as the database should have it."""
        body = self._made(refusal)
        if self.vendor == "postgresql":
            made = f"{body}\n{_function_body(refusal)}\nsearch_path={self.schema}, pg_temp"
            return Trigger(refusal.name, refusal.table, "A", made)
        return Trigger(refusal.name, refusal.table, "A", body)

    def statements(self, refusal: Refusal) -> list[str]:
        """The SQL that makes it, whether or not it is there already."""
        name, table = refusal.name, refusal.table
        if self.vendor != "postgresql":
            return [f'DROP TRIGGER IF EXISTS "{name}"', self._made(refusal)]
        return [
            # The path is given: else a temporary table could stand in for one that it asks.
            f'CREATE OR REPLACE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql '
            f"SET search_path = {self.schema}, pg_temp AS $body${_function_body(refusal)}$body$",
            f'DROP TRIGGER IF EXISTS "{name}" ON "{table}"',
            self._made(refusal),
            f'ALTER TABLE "{table}" ENABLE ALWAYS TRIGGER "{name}"',
        ]

    def drop(self, trigger: Trigger) -> str:
        """The SQL that removes one that stands."""
        of_table = f' ON "{trigger.table}"' if self.vendor == "postgresql" else ""
        return f'DROP TRIGGER IF EXISTS "{trigger.name}"{of_table}'

    def _made(self, refusal: Refusal) -> str:
        """Written as the database writes it when it is asked, so that the two can be compared."""
        name, table, operation = refusal.name, refusal.table, refusal.operation
        if self.vendor == "postgresql":
            _given, each = POSTGRESQL_CALLS[operation]
            return (
                f"CREATE TRIGGER {name} BEFORE {operation} ON {table} "
                f"FOR EACH {each} EXECUTE FUNCTION {name}()"
            )
        return (
            f'CREATE TRIGGER "{name}" BEFORE {operation} ON "{table}" '
            f"WHEN {refusal.condition} BEGIN SELECT RAISE(ABORT, '{refusal.sentence}'); END"
        )


def install_triggers(connection: BaseDatabaseWrapper) -> None:
    """Make the triggers of every held table that exists as they should be. Safe to repeat.

    One of ours that an earlier version had and this one does not goes.
    """
    with _changing(connection) as (triggers, cursor):
        standing = set(triggers.present)
        wanted = {triggers.expected(refusal): refusal for refusal in triggers.refusals}
        held = {refusal.table for refusal in wanted.values()}
        for trigger in standing - set(wanted):
            is_ours = trigger.name.startswith(f"{trigger.table}_") and not trigger.queues
            if trigger.table in held and is_ours:
                cursor.execute(triggers.drop(trigger))
        for trigger, refusal in wanted.items():
            if trigger not in standing:
                for statement in triggers.statements(refusal):
                    cursor.execute(statement)


def remove_triggers(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, for a test database's flush or a migration; never in a request."""
    with _changing(connection) as (triggers, cursor):
        ours = {refusal.name for refusal in triggers.refusals}
        for trigger in triggers.present:
            if trigger.name in ours:
                cursor.execute(triggers.drop(trigger))


@contextmanager
def _changing(connection: BaseDatabaseWrapper) -> Iterator[tuple[Triggers, Any]]:
    """All of it or nothing: whoever is interrupted leaves no table without its triggers."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            connection.check_constraints()  # it changes no table that deferred checks wait for
        yield Triggers(connection), cursor


def _function_body(refusal: Refusal) -> str:
    given, _each = POSTGRESQL_CALLS[refusal.operation]
    return (
        f" BEGIN IF {refusal.condition} THEN RAISE EXCEPTION '{refusal.sentence}' "
        f"USING ERRCODE = '23514'; END IF; RETURN {given}; END; "
    )


def install_triggers_after_migrate(using: str, **kwargs: Any) -> None:
    """Signal receiver: keep the triggers in place whatever a migration did."""
    install_triggers(connections[using])


def remove_triggers_before_migrate(using: str, **kwargs: Any) -> None:
    """Signal receiver: SQLite remakes tables, and refuses while triggers of others name them."""
    if connections[using].vendor == "sqlite":
        remove_triggers(connections[using])
