"""Law 3 against raw SQL: no held table can be rewritten or emptied, on either engine."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import AutoField

from credentials.models import Approval, Contribution, PolicyVersion, Seal
from credentials.record.ledger import LedgerHead, PublishedVersion
from tests.at_once import at_once
from tests.every_held_table import KEY, a_row_in_each, columns_of, key_column_of, key_of
from tests.factories import CourseFactory

REFUSED = "append-only|frozen|cannot be emptied|cannot be replaced|goes on only"
on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")


@pytest.fixture
def held(db: None) -> Iterator[list[Any]]:
    """Every held model, with a row in its table."""
    with a_row_in_each() as models:
        yield models


def execute(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def open_to(attack: Callable[[Any], str], models: list[Any], because: str = REFUSED) -> list[str]:
    """Tables on which an attack, given as its SQL, is not refused with such words."""
    found = []
    for model in models:
        try:
            with transaction.atomic():
                execute(attack(model))
                found.append(model._meta.db_table)
                transaction.set_rollback(True)
        except DatabaseError as error:
            if not re.search(because, str(error)):
                found.append(f"{model._meta.db_table}: {error}")
    return found


def unchanged(model: Any) -> str:
    """An update that changes nothing."""
    key = key_column_of(model)
    return f'UPDATE "{model._meta.db_table}" SET {key} = {key}'


def into(model: Any, columns: str = "") -> str:
    """An insertion of the row that is there already."""
    table, key = model._meta.db_table, key_of(model)
    names = columns_of(model)
    return (
        f'INTO "{table}" ({names}) SELECT {columns or names} FROM "{table}" '
        f"WHERE {key_column_of(model)} = {key}"
    )


def others(models: list[Any]) -> list[Any]:
    """Without the head, which goes on."""
    return [model for model in models if model is not LedgerHead]


def test_no_row_is_updated(held: list[Any]) -> None:
    assert not open_to(unchanged, others(held))


def test_no_row_is_deleted(held: list[Any]) -> None:
    assert not open_to(
        lambda m: f'DELETE FROM "{m._meta.db_table}" WHERE {key_column_of(m)} = {key_of(m)}', held
    )


def test_no_row_is_overwritten_by_inserting_it_again(held: list[Any]) -> None:
    """The head alone may be said again: it is the same."""

    def again(model: Any) -> str:
        key = key_column_of(model)
        return f"INSERT {into(model)} ON CONFLICT ({key}) DO UPDATE SET {key} = excluded.{key}"

    assert not open_to(again, others(held), because="")


@on_sqlite
@pytest.mark.parametrize("verb", ["INSERT OR REPLACE", "REPLACE"])
def test_no_row_is_replaced(held: list[Any], verb: str) -> None:
    assert not open_to(lambda m: f"{verb} {into(m)}", held)


@on_sqlite
def test_nor_under_the_name_of_its_hidden_key(held: list[Any]) -> None:
    """It is the key itself where that counts up, and else a second one that no column shows."""
    named = [model for model in held if isinstance(model._meta.pk, AutoField)]
    assert not open_to(lambda m: "INSERT OR REPLACE " + into(m).replace('"id"', "_rowid_"), named)

    def hidden(model: Any) -> str:
        table, key = model._meta.db_table, key_column_of(model)
        names = columns_of(model)
        others = names.replace(key, str(KEY + 1)).replace('"row"', str(KEY + 1))
        return f'REPLACE INTO "{table}" (_rowid_, {names}) SELECT _rowid_, {others} FROM "{table}"'

    assert not open_to(hidden, [model for model in held if model not in named])
    assert len(named) < len(held)


@on_sqlite
def test_nor_by_forgetting_a_salt_under_the_hidden_key_of_another(held: list[Any]) -> None:
    columns = columns_of(Seal).replace('"entry_id"', str(KEY + 1)).replace('"row"', "1")
    execute(f"INSERT {into(Seal, columns)}")
    with pytest.raises(DatabaseError, match="cannot be replaced"):
        execute(
            "UPDATE OR REPLACE credentials_seal SET salt = NULL, _rowid_ = (SELECT _rowid_ FROM "
            f"credentials_seal WHERE entry_id = {KEY}) WHERE entry_id = {KEY + 1}"
        )


@on_sqlite
def test_nor_by_a_row_with_another_key_that_is_the_same_in_what_is_unique(held: list[Any]) -> None:
    unique = [model for model in others(held) if is_unique_without_its_key(model)]
    columns = {
        model: columns_of(model).replace(key_column_of(model), str(KEY + 1)) for model in unique
    }
    assert not open_to(lambda m: f"INSERT OR REPLACE {into(m, columns[m])}", unique, because="")
    assert len(unique) > 20


def is_unique_without_its_key(model: Any) -> bool:
    """What is empty is in nobody's way."""
    alone = [field for field in model._meta.local_concrete_fields if field.unique]
    return bool(
        model._meta.total_unique_constraints
        or [field for field in alone if not field.primary_key and not field.null]
    )


@on_sqlite
@pytest.mark.parametrize("change", [f"id = {KEY}", "label = 'x'"])
def test_a_draft_takes_no_adopted_versions_place(held: list[Any], change: str) -> None:
    columns = columns_of(PolicyVersion)
    draft = columns.replace('"id"', str(KEY + 1)).replace('"label"', "'draft'")
    execute(f"INSERT {into(PolicyVersion, draft)}")
    with pytest.raises(DatabaseError, match="cannot be replaced"):
        execute(f"UPDATE OR REPLACE credentials_policyversion SET {change} WHERE id = {KEY + 1}")
    assert PolicyVersion.objects.get(pk=KEY).label == "x"


@on_postgresql
@pytest.mark.parametrize("how", ["", "CASCADE", "RESTART IDENTITY CASCADE"])
def test_no_table_is_emptied(held: list[Any], how: str) -> None:
    found = open_to(lambda m: f'TRUNCATE "{m._meta.db_table}" {how}', held)
    if not how:  # what is referred to says so instead
        found = [entry for entry in found if "referenced in a foreign key" not in entry]
    assert not found


@on_postgresql
@pytest.mark.parametrize("table", ["wagtailcore_page", "auth_user", "credentials_offering"])
def test_none_is_emptied_through_what_it_refers_to(held: list[Any], table: str) -> None:
    with pytest.raises(DatabaseError, match="cannot be emptied"):
        execute(f"TRUNCATE {table} CASCADE")


@on_postgresql
def test_the_role_of_replication_lifts_nothing(held: list[Any]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        assert not open_to(unchanged, others(held))
        assert not open_to(lambda m: f'DELETE FROM "{m._meta.db_table}"', held)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE credentials_ledgerhead SET sequence = sequence - 1",
        "UPDATE credentials_ledgerhead SET id = 2",
        "UPDATE credentials_ledgerhead SET changed_at = NULL",
        "UPDATE credentials_ledgerhead SET changed_at = '2001-01-01 00:00:00+00:00'",
        "DELETE FROM credentials_ledgerhead",
        "INSERT INTO credentials_ledgerhead (id, sequence) VALUES (2, 0)",
    ],
)
@pytest.mark.django_db
def test_the_head_of_the_ledger_never_goes_back(change: str) -> None:
    with transaction.atomic():
        before = LedgerHead.advance()
    with pytest.raises(DatabaseError, match="goes on only"):
        execute(change)
    with transaction.atomic():
        after = LedgerHead.advance()
    assert after.sequence == before.sequence + 1
    assert after.moment >= before.moment


@on_postgresql
@pytest.mark.django_db
def test_a_temporary_table_stands_in_for_no_approval(root: Any) -> None:
    offering = CourseFactory(parent=root, life="live")
    head = PublishedVersion.objects.get(offering=offering)
    with pytest.raises(DatabaseError, match="needs an approval"), transaction.atomic():
        with transaction.atomic():
            place = LedgerHead.advance()
        facts = (
            f"SELECT {place.sequence}, {offering.pk}, 2, 'revised', a.id, {head.pk}, '0', '0', "
            f"'{{}}', now() + interval '1 day', '' FROM public.credentials_approval a LIMIT 1"
        )
        execute(
            "CREATE TEMP TABLE credentials_approval ON COMMIT DROP AS "
            f"SELECT id, {offering.pk} AS offering_id, 'publish' AS action, '0' AS content_hash, "
            "0 AS against_id FROM public.credentials_approval"
        )
        execute(
            "INSERT INTO credentials_publishedversion (sequence, offering_id, number, event, "
            "approval_id, supersedes_id, content_hash, governed_hash, document, valid_from, note) "
            + facts
        )


@pytest.mark.django_db
def test_the_same_row_twice_is_an_integrity_error_as_ever(root: Any, people: Any) -> None:
    """Which is what Django's get_or_create waits for when another was faster."""
    CourseFactory(parent=root, author=people["editor"])
    known = Contribution.objects.values("offering_id", "since", "user_key", "user_name").first()
    assert known is not None
    with pytest.raises(IntegrityError), transaction.atomic():
        Contribution.objects.create(**known)
    assert Contribution.objects.get_or_create(**known)[1] is False


@pytest.mark.django_db(transaction=True)
def test_two_who_contribute_at_once_are_written_down_once(root: Any, people: Any) -> None:
    offering = CourseFactory(parent=root, author=people["editor"])
    facts = {"offering_id": offering.pk, "since": 7, "user_key": "k"}

    def contribute() -> None:
        Contribution.objects.get_or_create(**facts, defaults={"user_name": "N"})

    assert at_once(contribute, contribute) == []
    assert Contribution.objects.filter(**facts).count() == 1


@pytest.mark.django_db
def test_flush_is_refused_with_a_sentence(root: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """As outside of tests, where Django keeps no box of letters that were not sent."""
    CourseFactory(parent=root, life="live")
    monkeypatch.delattr(mail, "outbox")
    with pytest.raises(CommandError, match=r"Nothing was emptied.*make a new database"):
        call_command("flush", interactive=False)
    assert Approval.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_projects_own_tests_can_still_flush(root: Any) -> None:
    CourseFactory(parent=root, life="live")
    call_command("flush", interactive=False, verbosity=0, inhibit_post_migrate=True)
    assert not Approval.objects.exists()
    with pytest.raises(DatabaseError, match="goes on only"):
        execute("INSERT INTO credentials_ledgerhead (id, sequence) VALUES (2, 0)")
