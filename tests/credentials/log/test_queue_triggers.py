"""What fills the log's queue stands beside what refuses, and is judged by what it does (law 3)."""

import pytest
from django.db import connection, transaction

from credentials.append_only.trigger_faults import trigger_faults
from credentials.append_only.triggers import install_triggers
from credentials.record.log.queue import install_queue, queue_faults

TABLE = "credentials_approval"
NAME = f"{TABLE}_queued"
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")

pytestmark = pytest.mark.django_db


def after(*statements: str) -> list[str]:
    """The faults once somebody who owns the database has done this, and that it can be mended."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        found = list(queue_faults(connection))
        install_queue(connection)
        assert [fault for fault in queue_faults(connection) if "not ours" not in fault] == []
        transaction.set_rollback(True)
    return found


def test_installing_what_refuses_leaves_what_queues() -> None:
    """It is done once for each app after a migrate, and the queue's triggers once."""
    install_triggers(connection)
    assert list(queue_faults(connection)) == []
    assert trigger_faults(connection) == []


@on_sqlite
def test_what_an_owner_of_sqlite_did_is_named() -> None:
    empty = f'CREATE TRIGGER "{NAME}" AFTER INSERT ON "{TABLE}" BEGIN SELECT 1; END'
    drop = f'DROP TRIGGER "{NAME}"'
    assert after(drop) == [f"The table '{TABLE}' lacks the trigger '{NAME}'."]
    assert after(drop, empty) == [
        f"The trigger '{NAME}' of the table '{TABLE}' is not what was installed: it may queue "
        "nothing."
    ]
    assert after('CREATE TRIGGER "x_queued" AFTER INSERT ON "auth_group" BEGIN SELECT 1; END') == []
    assert after(
        'CREATE TRIGGER "auth_group_queued" AFTER INSERT ON "auth_group" BEGIN SELECT 1; END'
    ) == ["The table 'auth_group' has a trigger 'auth_group_queued' that is not ours."]


@on_postgresql
@pytest.mark.parametrize(
    ("statement", "sentence"),
    [
        (f'DROP TRIGGER "{NAME}" ON "{TABLE}"', "lacks the trigger"),
        (f'ALTER TABLE "{TABLE}" DISABLE TRIGGER "{NAME}"', "is disabled"),
        (f'ALTER TABLE "{TABLE}" ENABLE TRIGGER "{NAME}"', "it does not fire always"),
        (
            f'CREATE OR REPLACE FUNCTION "{NAME}"() RETURNS trigger LANGUAGE plpgsql '
            "SET search_path = public, pg_temp AS 'BEGIN RETURN NEW; END'",
            "it may queue nothing",
        ),
        (f'ALTER FUNCTION "{NAME}"() RESET search_path', "it may queue nothing"),
    ],
)
def test_what_an_owner_of_postgresql_did_is_named(statement: str, sentence: str) -> None:
    [said] = after(statement)
    assert sentence in said
