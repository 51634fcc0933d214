"""The benchmark's own database: on a local PostgreSQL where there is one, or a file in var/."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parents[1]
NAME = "credence_bench"
SERVER = "postgres://postgres@127.0.0.1:5432"
TIMEOUT_SECONDS = 3


def prepare(engine: str | None, keep: bool, name: str = NAME) -> str:
    """Make the database of this name anew, or keep the one there is; returns its URL.

    `engine` is postgres, sqlite, or None for PostgreSQL where one answers. Raises RuntimeError
    when PostgreSQL was asked for and does not answer.
    """
    if engine == "sqlite" or (engine is None and not _postgres_answers()):
        file = ROOT / "var" / f"{name.removeprefix('credence_')}.sqlite3"
        for suffix in ("", "-wal", "-shm"):
            if not keep:
                file.with_name(file.name + suffix).unlink(missing_ok=True)
        file.parent.mkdir(exist_ok=True)
        return f"sqlite:///{file}"
    for statement in _statements(name, keep):
        _execute(statement)
    return f"{SERVER}/{name}"


def _statements(name: str, keep: bool) -> Iterator[str]:
    if not keep:
        yield f"DROP DATABASE IF EXISTS {name}"
    if not keep or not _execute(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):
        yield f"CREATE DATABASE {name}"


def _postgres_answers() -> bool:
    try:
        _execute("SELECT 1")
    except RuntimeError:
        return False
    return True


def _execute(statement: str) -> bool:
    """Run one statement outside a transaction; whether it gave a row."""
    try:
        connection = psycopg2.connect(f"{SERVER}/postgres", connect_timeout=TIMEOUT_SECONDS)
    except psycopg2.OperationalError as error:
        raise RuntimeError(
            f"PostgreSQL does not answer at {SERVER}: {error}".strip()
            + "\nStart one that lets this user in, or run with --engine sqlite."
        ) from error
    with closing(connection):
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.description is not None and cursor.fetchone() is not None
