"""What the tables of a fresh test database hold, to put back what a test changed (PostgreSQL).

A copy of the template costs seconds there, for its thousand files; the rows that one test changed
cost little. Foreign keys keep out of it, which only a superuser may ask of them; the triggers
that hold history keep out of it for nobody, and are lifted table by table.
"""

import io
from typing import Any

from django.db import connection, transaction

# A change of the schema writes a row of one of these anew.
CATALOGS = ("pg_class", "pg_attribute", "pg_constraint", "pg_trigger", "pg_proc", "pg_attrdef")
END_OTHERS = """SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid()"""


class TemplateRows:
    """The rows and sequences of the connected database as they are now."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            self._tables = _names(cursor, "tables", "table")
            self._sequences = _names(cursor, "sequences", "sequence")
            self._rows = {table: _copied(cursor, table) for table in self._tables}
            self._counts = _counts(cursor, self._sequences)
            self._marks = _marks(cursor, self._tables)
            self._schema = _schema(cursor)

    @classmethod
    def read(cls) -> "TemplateRows | None":
        """What the connected database holds; None for a role that may not put it back."""
        with connection.cursor() as cursor:
            cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
            return cls() if cursor.fetchone()[0] else None

    def put_back(self) -> bool:
        """Undo what was committed since; False where the schema is another, which takes a copy."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(END_OTHERS)
            if _schema(cursor) != self._schema:
                return False
            now = _marks(cursor, self._tables)
            changed = [table for table in self._tables if now[table] != self._marks[table]]
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in changed:
                held = _triggers(cursor, table)
                _each(cursor, table, "DISABLE TRIGGER", held)
                cursor.execute(f'DELETE FROM "{table}"')
                cursor.copy_expert(f'COPY "{table}" FROM STDIN', io.BytesIO(self._rows[table]))
                _each(cursor, table, "ENABLE ALWAYS TRIGGER", held)
            for sequence, (value, is_called) in self._counts.items():
                cursor.execute("SELECT setval(%s, %s, %s)", [f'"{sequence}"', value, is_called])
            self._marks |= _marks(cursor, changed)
            self._schema = _schema(cursor)
        return True


def _names(cursor: Any, view: str, column: str) -> list[str]:
    cursor.execute(
        f"SELECT {column}_name FROM information_schema.{view} "
        f"WHERE {column}_schema = 'public' ORDER BY 1"
    )
    return [row[0] for row in cursor.fetchall()]


def _copied(cursor: Any, table: str) -> bytes:
    rows = io.BytesIO()
    cursor.copy_expert(f'COPY "{table}" TO STDOUT', rows)
    return rows.getvalue()


def _counts(cursor: Any, sequences: list[str]) -> dict[str, tuple[int, bool]]:
    counts = {}
    for sequence in sequences:
        cursor.execute(f'SELECT last_value, is_called FROM "{sequence}"')
        counts[sequence] = cursor.fetchone()
    return counts


def _triggers(cursor: Any, table: str) -> list[str]:
    """Those that fire always: which hold history."""
    cursor.execute(
        "SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass AND tgenabled = 'A'",
        [f'"{table}"'],
    )
    return [row[0] for row in cursor.fetchall()]


def _each(cursor: Any, table: str, change: str, triggers: list[str]) -> None:
    if triggers:
        changes = ", ".join(f'{change} "{trigger}"' for trigger in triggers)
        cursor.execute(f'ALTER TABLE "{table}" {changes}')


def _marks(cursor: Any, tables: list[str]) -> dict[str, tuple[Any, ...]]:
    """For each table what is another after any insert, update or delete."""
    if not tables:
        return {}
    each = (f"SELECT '{t}', count(*), max(xmin::text::bigint) FROM \"{t}\"" for t in tables)
    cursor.execute(" UNION ALL ".join(each))
    return {name: tuple(mark) for name, *mark in cursor.fetchall()}


def _schema(cursor: Any) -> tuple[int, ...]:
    newest = (f"(SELECT max(xmin::text::bigint) FROM {catalog})" for catalog in CATALOGS)
    cursor.execute(f"SELECT {', '.join(newest)}")
    return tuple(cursor.fetchone())
