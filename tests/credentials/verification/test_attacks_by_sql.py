"""Raw SQL against the record: refused, or named by `verify_record` (docs/operations/attacks.md)."""

import json
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import QuerySet

from credentials.catalogue.reconstruction import rebuild
from credentials.models import (
    Approval,
    CatalogueEntry,
    Checkpoint,
    Contribution,
    LogEntry,
    PublishedVersion,
    Seal,
)
from credentials.record.content import canonical
from credentials.record.log.batches import rows_of, seal_all
from credentials.record.log.facts import leaf_of
from credentials.record.log.queue import queue_missing
from credentials.record.log.signed_note import Signer
from credentials.record.log.signing_keys import configured_signer
from credentials.verification.hashes import hex_sha256
from tests.credentials.verification.owner import newest_note, run, seal_anew, wrong_after
from tests.record_lives import wrong
from workflows.models import Ballot, Decision, FrozenProposal, Motion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lived")]

on_postgresql = pytest.mark.skipif(connection.vendor != "postgresql", reason="PostgreSQL's own")
on_sqlite = pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite's own")
NAME = "credentials_approval_no_update"
REWRITE = "UPDATE credentials_approval SET reason = 'Otherwise.'"
NOT_SEALED = "of credentials_approval, sealed as entry"


def run_alone(statement: str) -> None:
    """As if all before it were committed: PostgreSQL alters no table that checks wait for."""
    if connection.vendor == "postgresql":
        connection.check_constraints()
    run(statement)


def refused(*statements: str) -> str:
    with pytest.raises(DatabaseError) as refusal, transaction.atomic():
        for statement in statements:
            run_alone(statement)
    return str(refusal.value)


def owned(*statements: str) -> list[str]:
    """What is found after somebody who owns the database did this; then undone."""
    with transaction.atomic():
        for statement in statements:
            run_alone(statement)
        found = wrong()
        transaction.set_rollback(True)
    return found


def names_approvals(found: list[str]) -> bool:
    said = [sentence for sentence in found if NOT_SEALED in sentence]
    return len(said) == Approval.objects.count()


def test_update_is_refused() -> None:
    assert "append-only" in refused(REWRITE)


def test_delete_is_refused() -> None:
    assert "append-only" in refused("DELETE FROM credentials_approval")


@on_postgresql
def test_truncate_is_refused() -> None:
    assert "cannot be emptied" in refused("TRUNCATE credentials_approval CASCADE")


@on_sqlite
def test_replace_is_refused() -> None:
    columns = ", ".join(f'"{field.column}"' for field in Approval._meta.concrete_fields)
    again = f"REPLACE INTO credentials_approval ({columns}) SELECT {columns} "
    assert "cannot be replaced" in refused(f"{again} FROM credentials_approval")


@on_postgresql
def test_the_role_of_replication_lifts_nothing() -> None:
    assert "append-only" in refused("SET LOCAL session_replication_role = replica", REWRITE)


@on_postgresql
def test_a_trigger_disabled_and_enabled_again_is_told_by_the_seals() -> None:
    table = "ALTER TABLE credentials_approval"
    found = owned(
        f"{table} DISABLE TRIGGER {NAME}", REWRITE, f"{table} ENABLE ALWAYS TRIGGER {NAME}"
    )
    assert names_approvals(found)
    assert not [said for said in found if "trigger" in said]


@on_postgresql
def test_one_that_is_enabled_less_than_it_was_is_told_as_well() -> None:
    found = owned(f"ALTER TABLE credentials_approval ENABLE TRIGGER {NAME}")
    assert [said for said in found if "it does not fire always" in said] == found != []


def test_an_empty_trigger_by_the_same_name_is_told_by_its_body() -> None:
    if connection.vendor == "postgresql":
        empty = [
            f"CREATE OR REPLACE FUNCTION {NAME}() RETURNS trigger LANGUAGE plpgsql AS "
            "'BEGIN RETURN NEW; END'"
        ]
    else:
        empty = [
            f"DROP TRIGGER {NAME}",
            f"CREATE TRIGGER {NAME} BEFORE UPDATE ON credentials_approval BEGIN SELECT 1; END",
        ]
    found = owned(*empty, REWRITE)
    assert names_approvals(found)
    assert [said for said in found if "it may refuse nothing" in said]


WITH_DOCUMENT = (PublishedVersion, Approval, FrozenProposal, Motion)
NAMING_ONE = (*WITH_DOCUMENT, Decision, Ballot)


def named_in_first() -> list[tuple[Any, int]]:
    """Each row that names the first published document: from its proposal to its version."""
    version = PublishedVersion.objects.in_order().first()
    assert version is not None
    return [
        (model, key)
        for model in NAMING_ONE
        for key in QuerySet(model)
        .filter(document_hash=version.document_hash)
        .values_list("pk", flat=True)
    ]


def rewrite_rows_and_hashes() -> None:
    """Other words in a published document and wherever it was decided on, with hashes that fit."""
    version = PublishedVersion.objects.in_order().first()
    assert version is not None
    document = json.loads(version.document) | {"summary": "Words that nobody decided on."}
    text = canonical(document).decode()
    for model, key in named_in_first():
        changed = {"document_hash": hex_sha256(text)}
        if model in WITH_DOCUMENT:
            changed["document"] = text
        QuerySet(model).filter(pk=key).update(**changed)
    CatalogueEntry.objects.filter(version__offering=version.offering_id).delete()
    rebuild()


def reseal() -> None:
    """Make the leaves of these rows anew, with the salts that lie beside them."""
    for model, key in named_in_first():
        seal = Seal.objects.get(table=model._meta.db_table, row=key)
        leaf = leaf_of(rows_of(model, [key]).get(), bytes(seal.salt)).decode()
        with connection.cursor() as cursor:
            statement = 'UPDATE credentials_logentry SET entry = %s WHERE "index" = %s'
            cursor.execute(statement, [leaf, seal.entry_id])


def test_a_row_and_its_hash_are_told_by_the_leaf() -> None:
    found = wrong_after(rewrite_rows_and_hashes)
    assert len(found) == len(named_in_first()) > 2
    assert all("is not what was sealed" in said for said in found)
    assert "document" in found[-1] + found[0]


def test_row_hash_and_leaf_are_told_by_the_tree() -> None:
    found = wrong_after(rewrite_rows_and_hashes, reseal)
    assert not [said for said in found if "sealed as" in said]
    assert [said for said in found if "has another hash than it says" in said]
    assert [said for said in found if "has another root than the tree" in said]


def test_all_of_it_with_the_key_is_told_only_by_a_checkpoint_kept_outside() -> None:
    attack = (rewrite_rows_and_hashes, reseal, seal_anew)
    assert wrong_after(*attack) == []
    kept = newest_note()
    [said] = wrong_after(*attack, notes=(kept,))
    assert said.startswith("THE RECORD WAS REWRITTEN: ")
    assert "kept.txt" in said


def delete_newest() -> None:
    """The newest version goes with all that names it, and the head goes back."""
    last = PublishedVersion.objects.in_order().last()
    assert last is not None
    for statement in (
        "DELETE FROM credentials_cataloguefacet WHERE entry_id = %s",
        "DELETE FROM credentials_catalogueentry WHERE version_id = %s",
        "DELETE FROM credentials_publishedversion WHERE id = %s",
    ):
        with connection.cursor() as cursor:
            cursor.execute(statement, [last.pk])
    CatalogueEntry.objects.filter(version=last.supersedes_id).update(
        superseded_sequence=None, valid_to=None
    )
    run("UPDATE credentials_ledgerhead SET sequence = sequence - 1")


def test_the_newest_rows_deleted_and_the_head_set_back_are_told_by_the_seals() -> None:
    last = PublishedVersion.objects.in_order().last()
    assert last is not None
    found = wrong_after(delete_newest, triggers=False)
    gone = f"Row {last.pk} of credentials_publishedversion, sealed as entry"
    assert [said for said in found if said.startswith(gone) and "is gone, although" in said]


def test_yesterdays_backup_is_told_only_by_a_checkpoint_kept_outside() -> None:
    """All of it is as it was, with its key: nothing in it is wrong."""
    yesterday = newest_note()
    with transaction.atomic():
        Contribution.objects.create(offering_id=1, since=7, user_key="8", user_name="Ben")
        seal_all()
        today = newest_note()
        assert wrong(yesterday, today) == []
        transaction.set_rollback(True)
    assert wrong(yesterday) == []
    [said] = wrong(yesterday, today)
    assert said.startswith("THE RECORD SHRANK: kept.txt saw ")


def test_yesterdays_backup_that_went_on_otherwise_is_told_as_well() -> None:
    with transaction.atomic():
        Contribution.objects.create(offering_id=1, since=7, user_key="8", user_name="Ben")
        seal_all()
        today = newest_note()
        transaction.set_rollback(True)
    for number in range(3):
        Contribution.objects.create(offering_id=1, since=number, user_key="8", user_name="Eve")
    seal_all()
    assert wrong() == []
    [said] = wrong(today)
    assert said.startswith("THE RECORD WAS REWRITTEN: ")


def test_the_log_begun_anew_with_another_key_is_told_by_a_checkpoint_kept_outside(
    settings: Any,
) -> None:
    kept = newest_note()
    new = Signer.make(configured_signer().name)
    settings.CREDENCE = settings.CREDENCE | {"RECORD_KEY": new.as_text}

    def begin_anew() -> None:
        for model in (Seal, Checkpoint, LogEntry):
            model._default_manager.all()._raw_delete("default")
        run("DELETE FROM credentials_lognode")
        run("DELETE FROM credentials_logkey")
        queue_missing(connection)
        seal_all()

    assert wrong_after(begin_anew) == []
    [said] = wrong_after(begin_anew, notes=(kept,))
    assert said.startswith("The checkpoint kept.txt is not one of this record: ")
