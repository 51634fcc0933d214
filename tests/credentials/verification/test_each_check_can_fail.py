"""`verify_record` says nothing of a true record, and a sentence of each thing that was changed."""

import re
from typing import Any

import pytest
from django.db import connection, transaction

from appeals.models import CaseDocument
from credentials.models import (
    Approval,
    Checkpoint,
    Contribution,
    LogEntry,
    LogNode,
    PublishedVersion,
    QueuedFact,
    Seal,
)
from credentials.record.log.batches import rotate_key, seal_all
from credentials.record.log.signed_note import Signer
from credentials.record.log.signing_keys import configured_signer
from credentials.verification.hashes import governed_hash, hex_sha256
from credentials.verification.outside import Note
from tests.credentials.verification.owner import newest_note, run, wrong_after
from tests.on_record import approve_as_is
from tests.record_lives import wrong

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("lived")]

APPROVAL = "credentials_approval SET {} WHERE id = (SELECT MAX(id) FROM credentials_approval)"
SECOND = "credentials_publishedversion SET {} WHERE number = 2 AND event = 'revised'"
FIRST = (
    "credentials_publishedversion SET {} WHERE id = (SELECT MIN(id) FROM "
    "credentials_publishedversion)"
)
SEAL = (
    "credentials_seal SET {} WHERE entry_id = (SELECT MIN(entry_id) FROM credentials_seal "
    "WHERE \"table\" = 'credentials_approval')"
)
FIRST_NOTE = "(SELECT c.note FROM credentials_checkpoint c ORDER BY c.size LIMIT 1)"
A_CONTRIBUTION = "(SELECT MAX(id) FROM credentials_contribution)"
DROP = {"postgresql": ' ON "{}"', "sqlite": ""}


def test_nothing_is_wrong_with_what_was_done_by_the_rules() -> None:
    assert wrong(newest_note()) == []
    assert LogNode.objects.exists()
    assert not QueuedFact.objects.exists()


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        # content and documents
        (APPROVAL.format("content = '{}'"), "Approval .* other content than its hash"),
        (APPROVAL.format("governed_hash = '0'"), "Approval .* other governed content"),
        (APPROVAL.format("hash_rules = 9"), "rules 9, which are none"),
        (APPROVAL.format("document = '{}'"), "Approval .* another document than its hash"),
        ("workflows_frozenproposal SET content = '{}'", "Proposal .* other content"),
        ("workflows_frozenproposal SET document = '{}'", "Proposal .* another document"),
        ("workflows_motion SET content = '{}'", "Motion .* other content"),
        ("workflows_motion SET document = '{}'", "Motion .* another document"),
        # the ledger
        (SECOND.format("number = 17"), "follows number .* there is a gap"),
        (SECOND.format("supersedes_id = NULL"), "does not supersede the one before"),
        (SECOND.format("sequence = -id"), "before the one that it supersedes"),
        (SECOND.format("valid_from = '2001-01-01 00:00:00+00:00'"), "begins before version"),
        (FIRST.format("content_hash = '0'"), "other content than its approval"),
        (FIRST.format('document = \'{"id":"0"}\''), "another document than its approval"),
        (FIRST.format('document = \'{"id":"0"}\''), "Version .* document than its hash"),
        (FIRST.format("event = 'retired'"), "rests on an approval of something else"),
        ("credentials_ledgerhead SET sequence = 0", "head is behind"),
        ("credentials_ledgerhead SET changed_at = '2001-01-01 00:00:00+00:00'", "earlier moment"),
        # what is served, rows, files
        ("credentials_catalogueentry SET body = '{}'", "catalogue shows something else"),
        ("wagtailcore_page SET live = false WHERE depth > 3", "is not live, and the ledger"),
        ("wagtailimages_image SET file = 'gone.png'", "missing"),
        # the log
        (SEAL.format("salt = NULL"), "salt of its seal was thrown away"),
        (SEAL.format("\"table\" = 'nothing'"), "is of no app that is installed"),
        (FIRST.format("note = 'Other.'"), r"not what was sealed \(beside_document, sealed\)"),
        ("credentials_logentry SET entry = '{' WHERE \"index\" = 7", "cannot be compared"),
        ("credentials_logentry SET entry = '{}' WHERE \"index\" = 7", "Entry 7 .* another hash"),
        ("credentials_logentry SET entry = '{}' WHERE \"index\" = 7", "another root than the tree"),
        ("credentials_lognode SET level = 5", "lacks the node 1/0"),
        ("credentials_lognode SET level = 5 WHERE position = 0", "nodes that belong|lacks"),
        ("credentials_checkpoint SET note = 'x'", "is not in order"),
        (f"credentials_checkpoint SET note = {FIRST_NOTE}", "says something else in its note"),
        ("credentials_checkpoint SET size = size + 99999", "There is a checkpoint of"),
        # governance
        ("workflows_ballot SET content_hash = '0'", "Ballot .* something else than motion"),
        ("workflows_ballot SET document_hash = '0'", "Ballot .* something else than motion"),
        ("workflows_ballot SET cast_by_key = 'x'", "somebody who has no seat"),
        ("workflows_ballot SET choice = 'no'", "was carried by 3 votes, and there are 0"),
        ("workflows_motionresult SET yes = 99", "was carried by 99 votes"),
        ("workflows_decision SET content_hash = '0'", "Decision .* something else than motion"),
        ("workflows_decision SET document_hash = '0'", "Decision .* another document than its pro"),
        ("workflows_minutes SET sections = '[]'", "Minutes .* something else than their hash"),
        ("workflows_minutes SET number = number + 50", "Minutes .* number 51 of a meeting, not 1"),
        ("workflows_presentedreport SET content = '{}'", "annual report .* something else"),
        ("workflows_reportaddendum SET text = 'x'", "Addendum .* something else than its hash"),
        ("workflows_reportaddendum SET number = 7", "Addendum .* number 7 of its report, not 1"),
        ("workflows_reviewsubmission SET study = '{}'", "self-study .* something else"),
        # appeals
        ("appeals_caseevent SET number = number + 50", "does not follow from the one before"),
        ("appeals_caseevent SET stage_before = 'x'", "does not follow from the one before"),
        (
            "appeals_caseevent SET at = '2001-01-01 00:00:00+00:00' WHERE number = 2",
            "earlier than the one before",
        ),
        ("appeals_casedocument SET file = 'gone'", "document .* of an appeal is missing"),
        ("appeals_casedocument SET sha256 = '0'", "document .* of an appeal has other bytes"),
    ],
)
def test_each_change_is_named(change: str, sentence: str) -> None:
    found = wrong_after(f"UPDATE {change}")
    assert [said for said in found if re.search(sentence, said)], found


def test_a_change_of_any_sealed_row_is_named_by_its_seal() -> None:
    table = Contribution._meta.db_table
    changed = f"UPDATE {table} SET user_name = 'Else' WHERE id = {A_CONTRIBUTION}"
    [said] = wrong_after(changed)
    assert re.fullmatch(
        rf"Row \d+ of {table}, sealed as entry \d+ of the log, is not what was sealed \(sealed\).",
        said,
    )


def test_a_node_of_no_tree_and_a_node_of_another() -> None:
    def add() -> None:
        LogNode.objects.create(level=9, position=0, hash=b"x" * 32)

    assert wrong_after(add) == ["The log has 1 nodes that belong to no tree."]

    def change() -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE credentials_lognode SET hash = %s", [b"x" * 32])

    assert any("is not the hash of what is below" in said for said in wrong_after(change))


def test_a_row_that_is_gone() -> None:
    gone = f"DELETE FROM credentials_contribution WHERE id = {A_CONTRIBUTION}"
    no_salt = (
        "UPDATE credentials_seal SET salt = NULL WHERE \"table\" = 'credentials_contribution' "
        f'AND "row" = {A_CONTRIBUTION}'
    )
    [said] = wrong_after(gone)
    assert "is gone, although no retention took it" in said
    [said] = wrong_after(no_salt, gone)
    assert "is gone with its salt, although it stays for ever" in said


def test_an_entry_without_its_seal_and_a_seal_without_its_entry() -> None:
    last = LogEntry.objects.order_by("index").last()
    found = wrong_after(f"DELETE FROM credentials_seal WHERE entry_id = {last.index}")
    assert f"Entry {last.index} of the log is tied to no row." in found
    found = wrong_after('DELETE FROM credentials_logentry WHERE "index" = 9', triggers=False)
    assert any("was sealed as entry 9, which is gone" in said for said in found)
    assert "The log has entry 10 where it should have entry 9." in found


def test_a_version_without_its_entry_an_entry_without_its_version_and_none_without_a_page() -> None:
    last = PublishedVersion.objects.in_order().last()
    found = wrong_after(
        "DELETE FROM credentials_cataloguefacet",
        f"DELETE FROM credentials_catalogueentry WHERE version_id = {last.pk}",
    )
    assert any(f"Version {last} is not in the catalogue" in said for said in found)
    found = wrong_after(
        f"DELETE FROM credentials_publishedversion WHERE id = {last.pk}", triggers=False
    )
    assert any(f"shows version {last}, which the ledger lacks" in said for said in found)
    found = wrong_after(
        f"DELETE FROM credentials_offering WHERE page_ptr_id = {last.offering_id}", triggers=False
    )
    assert f"Version {last} is of an offering that is gone." in found


def test_content_that_is_not_written_by_the_rules_that_it_says() -> None:
    """A hash that fits is not enough: the same words would have another when they come again."""
    approval = Approval.objects.filter(content__contains="<p>").last()
    assert approval is not None
    content = approval.content.replace("<p>", '<p data-block-key=\\"x\\">', 1)

    def write() -> None:
        values = [content, hex_sha256(content), governed_hash(content), approval.pk]
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE credentials_approval SET content = %s, content_hash = %s, "
                "governed_hash = %s WHERE id = %s",
                values,
            )

    found = wrong_after(write)
    assert f"Approval {approval} holds content that is not written by the rules that it says." in (
        found
    )


def test_what_came_past_the_queue_and_what_waits_too_long() -> None:
    def contribute() -> None:
        Contribution.objects.create(offering_id=1, since=999, user_key="7", user_name="Ada")

    [said] = wrong_after(contribute, "DELETE FROM credentials_queuedfact")
    assert "is neither sealed nor waiting to be sealed" in said
    assert wrong_after(contribute) == []
    late = "UPDATE credentials_queuedfact SET at = '2001-01-01 00:00:00+00:00'"
    [said] = wrong_after(contribute, late)
    assert said.startswith("Facts wait to be sealed since 2001-01-01 00:00 UTC")


def test_triggers_that_refuse_and_triggers_that_queue() -> None:
    for name in ("credentials_approval_no_update", "credentials_approval_queued"):
        on_table = DROP[connection.vendor].format("credentials_approval")
        with_drop = f'DROP TRIGGER "{name}"{on_table}'
        assert said_without_reinstalling(with_drop) == [
            f"The table 'credentials_approval' lacks the trigger '{name}'."
        ]


def said_without_reinstalling(statement: str) -> list[str]:
    with transaction.atomic():
        run(statement)
        found = wrong()
        transaction.set_rollback(True)
    return found


def test_a_newest_checkpoint_that_is_gone() -> None:
    size = Checkpoint.objects.newest().size  # type: ignore[union-attr]
    found = wrong_after(f"DELETE FROM credentials_checkpoint WHERE size = {size}")
    assert found == [f"The newest checkpoint does not stand for all {size} entries of the log."]


def test_keys_that_did_not_follow_one_another(settings: Any) -> None:
    old = configured_signer().verifier
    new = Signer.make(old.name)
    before = newest_note()
    rotate_key(new)
    settings.CREDENCE = settings.CREDENCE | {"RECORD_KEY": new.as_text}
    seal_all()
    assert wrong(before, newest_note(), keys=[old]) == []
    stranger = Signer.make(old.name).verifier
    assert f"The key {stranger.key_id.hex()}, which was given, is none of this record's." in wrong(
        keys=[stranger]
    )
    is_second = "WHERE previous_id IS NOT NULL"
    found = wrong_after(f"UPDATE credentials_logkey SET signature = 'AAAA' {is_second}")
    assert any("is not signed by the one before it" in said for said in found)
    found = wrong_after(f"UPDATE credentials_logkey SET previous_id = NULL {is_second}")
    assert any("does not follow the one before it" in said for said in found)


def test_a_checkpoint_of_another_record() -> None:
    note = newest_note()
    foreign = Note("other.txt", note.text.replace("/record", "/other"))
    [said] = wrong(foreign)
    assert said.startswith("The checkpoint other.txt is not one of this record: ")


def test_salts_that_went_without_a_purge() -> None:
    """Where rows may go in time, the certificates say how many did."""
    row = CaseDocument.objects.get().pk
    found = wrong_after(
        f"UPDATE credentials_seal SET salt = NULL WHERE \"table\" = 'appeals_casedocument' "
        f'AND "row" = {row}',
        f"DELETE FROM appeals_casedocument WHERE id = {row}",
    )
    assert found == [
        "1 rows of appeals_casedocument lost their salts, and certificates of purges account for 0."
    ]
    assert Seal.objects.filter(salt=None).count() == 0


def test_an_approval_that_nobody_decided() -> None:
    offering = Approval.objects.latest("pk").offering.specific
    said = wrong_after(lambda: approve_as_is(offering))
    assert any(re.search("^Approval .* has no decision behind it", each) for each in said), said
