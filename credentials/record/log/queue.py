"""The queue of facts to be sealed, kept by the database itself: no fact is missed (ADR 53).

A trigger writes a row's key into the queue in the transaction that writes the row, whatever code
or SQL did so. Keys that are committed out of order are no matter, and it costs no query.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from credentials.append_only.trigger_faults import differences
from credentials.append_only.triggers import QUEUES, Trigger, Triggers
from credentials.record.log.entries import QueuedFact, Seal
from credentials.record.log.facts import sealed_models

CHUNK = 500
_MOMENT = {"postgresql": "clock_timestamp()", "sqlite": "strftime('%Y-%m-%d %H:%M:%f', 'now')"}


@dataclass(frozen=True)
class QueueTrigger:
    """What queues the new rows of one table."""

    table: str
    key: str

    @property
    def name(self) -> str:
        """Its name, and that of its function on PostgreSQL."""
        return f"{self.table}{QUEUES}"

    def statements(self, vendor: str, schema: str) -> list[str]:
        """The SQL that makes it, whether or not it is there already."""
        if vendor == "postgresql":
            return [
                # The path is given: else a temporary table could stand in for the queue.
                f'CREATE OR REPLACE FUNCTION "{self.name}"() RETURNS trigger LANGUAGE plpgsql '
                f"SET search_path = {schema}, pg_temp AS $body${self._function_body}$body$",
                self.removal(vendor),
                self._made(vendor),
                f'ALTER TABLE "{self.table}" ENABLE ALWAYS TRIGGER "{self.name}"',
            ]
        return [self.removal(vendor), self._made(vendor)]

    def expected(self, vendor: str, schema: str) -> Trigger:
        """The trigger as the database should have it."""
        body = self._made(vendor)
        if vendor == "postgresql":
            body += f"\n{self._function_body}\nsearch_path={schema}, pg_temp"
        return Trigger(self.name, self.table, "A", body)

    def _made(self, vendor: str) -> str:
        """Written as the database writes it when it is asked, so that the two can be compared."""
        if vendor == "postgresql":
            return (
                f"CREATE TRIGGER {self.name} AFTER INSERT ON {self.table} "
                f"FOR EACH ROW EXECUTE FUNCTION {self.name}()"
            )
        queued = self._queued(vendor)
        return f'CREATE TRIGGER "{self.name}" AFTER INSERT ON "{self.table}" BEGIN {queued}; END'

    @property
    def _function_body(self) -> str:
        return f" BEGIN {self._queued('postgresql')}; RETURN NULL; END; "

    def _queued(self, vendor: str) -> str:
        return (
            f'INSERT INTO "{QueuedFact._meta.db_table}" ("table", "row", "at") '
            f"VALUES ('{self.table}', NEW.\"{self.key}\", {_MOMENT[vendor]})"
        )

    def removal(self, vendor: str) -> str:
        """The SQL that removes it."""
        suffix = f' ON "{self.table}"' if vendor == "postgresql" else ""
        return f'DROP TRIGGER IF EXISTS "{self.name}"{suffix}'


def queue_triggers(connection: BaseDatabaseWrapper) -> list[QueueTrigger]:
    """The triggers that the existing tables need; none before the queue exists."""
    existing = set(connection.introspection.table_names())
    if not {QueuedFact._meta.db_table, Seal._meta.db_table} <= existing:
        return []
    return [
        QueueTrigger(table, str(model._meta.pk.column))
        for table, model in sealed_models().items()
        if table in existing
    ]


def install_queue(connection: BaseDatabaseWrapper) -> None:
    """Create the triggers, and queue what came past them. Safe to repeat."""
    standing = Triggers(connection)
    with connection.cursor() as cursor:
        for trigger in queue_triggers(connection):
            if trigger.expected(standing.vendor, standing.schema) in standing.present:
                continue
            for statement in trigger.statements(standing.vendor, standing.schema):
                cursor.execute(statement)
    queue_missing(connection)


def remove_queue(connection: BaseDatabaseWrapper) -> None:
    """Drop the triggers, so that tables can be remade; never in a request."""
    existing = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for table in sealed_models():
            if table in existing:
                cursor.execute(QueueTrigger(table, "").removal(connection.vendor))


def queue_missing(connection: BaseDatabaseWrapper) -> int:
    """Queue every row that is neither sealed nor queued; how many. Reads all of the record."""
    count = 0
    with connection.cursor() as cursor:
        for trigger in queue_triggers(connection):
            cursor.execute(
                f'INSERT INTO "{QueuedFact._meta.db_table}" ("table", "row", "at") '
                f"SELECT '{trigger.table}', t.\"{trigger.key}\", {_MOMENT[connection.vendor]} "
                f"{_neither_sealed_nor_queued(trigger)}"
            )
            count += max(cursor.rowcount, 0)
    return count


def never_queued(connection: BaseDatabaseWrapper) -> Iterator[tuple[str, int]]:
    """Table and key of every row that is neither sealed nor queued: it came past the triggers."""
    for trigger in queue_triggers(connection):
        with connection.chunked_cursor() as cursor:
            rows = _neither_sealed_nor_queued(trigger)
            cursor.execute(f'SELECT t."{trigger.key}" {rows}')
            while found := cursor.fetchmany(CHUNK):
                yield from ((trigger.table, row) for (row,) in found)


def _neither_sealed_nor_queued(trigger: QueueTrigger) -> str:
    known = " AND ".join(
        f'NOT EXISTS (SELECT 1 FROM "{model._meta.db_table}" k '
        f'WHERE k."table" = \'{trigger.table}\' AND k."row" = t."{trigger.key}")'
        for model in (Seal, QueuedFact)
    )
    return f'FROM "{trigger.table}" t WHERE {known} ORDER BY t."{trigger.key}"'


def queue_faults(connection: BaseDatabaseWrapper) -> Iterator[str]:
    """A sentence for each trigger that would not queue what it should: new facts go unsealed."""
    standing = Triggers(connection)
    found = {trigger.table: trigger for trigger in standing.present if trigger.queues}
    for wanted in queue_triggers(connection):
        trigger = found.pop(wanted.table, None)
        if trigger is None:
            yield f"The table '{wanted.table}' lacks the trigger '{wanted.name}'."
        else:
            expected = wanted.expected(standing.vendor, standing.schema)
            yield from differences(expected, trigger, "queue")
    for trigger in found.values():
        yield f"The table '{trigger.table}' has a trigger '{trigger.name}' that is not ours."


def install_queue_after_migrate(using: str, **kwargs: Any) -> None:
    """Signal receiver: whatever a migration did, every fact is queued after it."""
    install_queue(connections[using])


def remove_queue_before_migrate(using: str, **kwargs: Any) -> None:
    """Signal receiver: SQLite remakes tables, and a table of the queue may go."""
    remove_queue(connections[using])
