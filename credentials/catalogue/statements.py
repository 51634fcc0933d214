"""The two reads of the hot path, as constant SQL.

Building and compiling the same query took three times as long as running it. The tables and
columns are named by the models; everything else that reads goes through the ORM.
"""

import datetime
from typing import Any

from django.db import connection
from django.utils.dateparse import parse_datetime

from credentials.record.ledger import LedgerHead
from credentials.record.projection import CatalogueEntry

Row = tuple[str, str, datetime.datetime, str]

HEAD = f'SELECT sequence, changed_at FROM "{LedgerHead._meta.db_table}" WHERE id = 1'
CURRENT_ENTRIES = (
    f'SELECT event, digest, valid_from, body FROM "{CatalogueEntry._meta.db_table}" '
    "WHERE superseded_sequence IS NULL AND {column} = %s"
)
BY_COLUMN = {column: CURRENT_ENTRIES.format(column=column) for column in ("slug", "offering_uuid")}


def read_head() -> tuple[int, datetime.datetime | None]:
    """The ledger's sequence and when it last moved; (0, None) while nothing is published."""
    rows = _rows(HEAD, [])
    return (rows[0][0], _moment(rows[0][1])) if rows else (0, None)


def read_current(column: str, value: Any) -> list[Row]:
    """The (event, digest, valid_from, body) of current entries by slug or offering_uuid."""
    field = CatalogueEntry._meta.get_field(column)
    prepared = field.get_db_prep_value(value, connection)  # type: ignore[union-attr]
    return [
        (event, digest, _moment(valid_from), body)
        for event, digest, valid_from, body in _rows(BY_COLUMN[column], [prepared])
    ]


def _rows(statement: str, values: list[Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def _moment(value: Any) -> Any:
    """SQLite keeps moments as text, in UTC."""
    if isinstance(value, str):
        parsed = parse_datetime(value)
        return parsed and parsed.replace(tzinfo=datetime.UTC)
    return value
