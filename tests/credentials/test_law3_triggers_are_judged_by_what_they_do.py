"""A trigger that refuses nothing is found out, whatever it is called (law 3)."""

import pytest
from django.db import connection, transaction

from credentials.append_only.trigger_faults import trigger_faults
from credentials.append_only.triggers import install_triggers

NAME = "credentials_publishedversion_no_update"
TABLE = "credentials_publishedversion"
SERVED = "credentials_catalogueentry"
WAITING = "credentials_queuedfact"
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")

pytestmark = pytest.mark.django_db

LACKS = f"The table '{TABLE}' lacks the trigger '{NAME}'."
REFUSES_NOTHING = (
    f"The trigger '{NAME}' of the table '{TABLE}' is not what was installed: it may refuse nothing."
)
DISABLED = f"The trigger '{NAME}' of the table '{TABLE}' is disabled."
LIFTED = (
    f"The trigger '{NAME}' of the table '{TABLE}' is lifted by session_replication_role: it does "
    "not fire always."
)


def after(*statements: str) -> list[str]:
    """The faults once somebody who owns the database has done this, and that it can be mended."""
    assert trigger_faults(connection) == []
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
        found = trigger_faults(connection)
        transaction.set_rollback(True)
    assert trigger_faults(connection) == []
    return found


@on_sqlite
@pytest.mark.parametrize(
    "made",
    [
        f'CREATE TRIGGER "{NAME}" BEFORE UPDATE ON "{TABLE}" BEGIN SELECT 1; END',
        f'CREATE TRIGGER "{NAME}" BEFORE UPDATE ON "{TABLE}" WHEN 1=0 BEGIN '
        f"SELECT RAISE(ABORT, '{TABLE} is append-only: add a correcting row instead'); END",
        f'CREATE TRIGGER "{NAME}" BEFORE UPDATE OF number ON "{TABLE}" WHEN 1=1 BEGIN '
        f"SELECT RAISE(ABORT, '{TABLE} is append-only: add a correcting row instead'); END",
    ],
)
def test_another_trigger_by_its_name_on_sqlite(made: str) -> None:
    assert after(f'DROP TRIGGER "{NAME}"', made) == [REFUSES_NOTHING]


@on_sqlite
def test_a_missing_trigger_on_sqlite() -> None:
    assert after(f'DROP TRIGGER "{NAME}"') == [LACKS]


@on_sqlite
def test_a_trigger_that_stands_on_another_table_on_sqlite() -> None:
    assert after(
        f'DROP TRIGGER "{NAME}"',
        f'CREATE TRIGGER "{NAME}" BEFORE UPDATE ON "auth_group" WHEN 1=1 BEGIN '
        "SELECT RAISE(ABORT, 'no'); END",
    ) == [f"The trigger '{NAME}' stands on the table 'auth_group' instead of '{TABLE}'."]


@on_sqlite
def test_a_table_that_took_another_tables_name_on_sqlite() -> None:
    found = after(
        f'ALTER TABLE "{TABLE}" RENAME TO "aside"',
        f'CREATE TABLE "{TABLE}" AS SELECT * FROM "aside"',
    )
    assert f"The trigger '{NAME}' stands on the table 'aside' instead of '{TABLE}'." in found


@on_sqlite
@pytest.mark.parametrize("table", [TABLE, SERVED, WAITING])
def test_a_trigger_of_somebody_else_on_sqlite(table: str) -> None:
    assert after(f'CREATE TRIGGER "extra" AFTER INSERT ON "{table}" BEGIN SELECT 1; END') == [
        f"The table '{table}' has a trigger 'extra' that is not ours."
    ]


@on_postgresql
@pytest.mark.parametrize(
    ("statements", "sentences"),
    [
        ([f'DROP TRIGGER "{NAME}" ON "{TABLE}"'], [LACKS]),
        ([f'ALTER TABLE "{TABLE}" DISABLE TRIGGER "{NAME}"'], [DISABLED]),
        ([f'ALTER TABLE "{TABLE}" ENABLE TRIGGER "{NAME}"'], [LIFTED]),
        ([f'ALTER TABLE "{TABLE}" ENABLE REPLICA TRIGGER "{NAME}"'], [LIFTED]),
        (
            [
                f'CREATE OR REPLACE FUNCTION "{NAME}"() RETURNS trigger LANGUAGE plpgsql '
                "SET search_path = public, pg_temp AS 'BEGIN RETURN NEW; END'"
            ],
            [REFUSES_NOTHING],
        ),
        ([f'ALTER FUNCTION "{NAME}"() RESET search_path'], [REFUSES_NOTHING]),
        (
            [
                f'CREATE OR REPLACE TRIGGER "{NAME}" BEFORE UPDATE OF number ON "{TABLE}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{NAME}"()',
                f'ALTER TABLE "{TABLE}" ENABLE ALWAYS TRIGGER "{NAME}"',
            ],
            [REFUSES_NOTHING],
        ),
        (
            [
                f'CREATE OR REPLACE TRIGGER "{NAME}" BEFORE UPDATE ON "{TABLE}" '
                f'FOR EACH ROW WHEN (false) EXECUTE FUNCTION "{NAME}"()',
                f'ALTER TABLE "{TABLE}" ENABLE ALWAYS TRIGGER "{NAME}"',
            ],
            [REFUSES_NOTHING],
        ),
        (
            [
                f'DROP TRIGGER "{NAME}" ON "{TABLE}"',
                f'CREATE TRIGGER "{NAME}" BEFORE UPDATE ON auth_group '
                f'FOR EACH ROW EXECUTE FUNCTION "{NAME}"()',
            ],
            [f"The trigger '{NAME}' stands on the table 'auth_group' instead of '{TABLE}'."],
        ),
        (
            [
                f'CREATE TRIGGER "extra" BEFORE INSERT ON "{TABLE}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{NAME}"()'
            ],
            [f"The table '{TABLE}' has a trigger 'extra' that is not ours."],
        ),
        (
            [
                f'CREATE TRIGGER "extra" BEFORE INSERT ON "{SERVED}" '
                f'FOR EACH ROW EXECUTE FUNCTION "{NAME}"()'
            ],
            [f"The table '{SERVED}' has a trigger 'extra' that is not ours."],
        ),
        (
            [f'CREATE RULE "quiet" AS ON UPDATE TO "{TABLE}" DO INSTEAD NOTHING'],
            [f"The table '{TABLE}' has a rule 'quiet' that is not ours."],
        ),
    ],
)
def test_what_an_owner_of_the_database_did_is_named(
    statements: list[str], sentences: list[str]
) -> None:
    assert after(*statements) == sentences


def test_installing_mends_what_was_changed_and_removes_what_is_no_more() -> None:
    on_table = f' ON "{TABLE}"' if connection.vendor == "postgresql" else ""
    does = (
        f'FOR EACH ROW EXECUTE FUNCTION "{NAME}"()'
        if connection.vendor == "postgresql"
        else "BEGIN SELECT 1; END"
    )
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TRIGGER "{NAME}"{on_table}')
        cursor.execute(f'CREATE TRIGGER "{TABLE}_insert_9" BEFORE INSERT ON "{TABLE}" {does}')
    assert len(trigger_faults(connection)) == 2
    install_triggers(connection)
    assert trigger_faults(connection) == []
