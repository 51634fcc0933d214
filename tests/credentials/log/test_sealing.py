"""Sealing: every fact once, in one order, beginning after beginning; and never inside a request."""

import json
import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from credentials.append_only.base import Sealed
from credentials.append_only.refusals import append_only_models
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
from credentials.record.log import thread
from credentials.record.log.batches import rows_of, seal_all, seal_batch
from credentials.record.log.checkpoint import TreeHead
from credentials.record.log.facts import canonical_row, disagreements, sealed_models
from credentials.record.log.queue import never_queued, queue_faults, queue_missing
from credentials.record.log.signed_note import opened
from credentials.record.log.signing_keys import configured_signer
from credentials.record.log.stored_tree import Growth, StoredTree, data_of, hashes
from credentials.record.log.tree import leaf_hash, root_of
from tests.at_once import PATIENCE, at_once
from tests.credentials.log.followers import consistency_proof, roots_by_consistency, tiles_of
from tests.factories import CourseFactory, MicroCredentialFactory
from tests.lifecycle import revise
from tests.people import person

pytestmark = pytest.mark.django_db


def contribute(count: int, begin: int = 0) -> None:
    """Facts that cost little to make."""
    for number in range(begin, begin + count):
        Contribution.objects.create(
            offering_id=1, since=number, user_key="7", user_name="Ada Unmistakable"
        )


def sealed_as_they_stand() -> int:
    """Compare every sealed row with its leaf; how many there are."""
    models = sealed_models()
    seals = list(Seal.objects.exclude(salt=None).select_related("entry"))
    for seal in seals:
        row = rows_of(models[seal.table], [seal.row]).get()
        leaf = json.loads(seal.entry.entry)
        assert disagreements(leaf, row, bytes(seal.salt)) == []
        assert bytes(seal.entry.hash) == leaf_hash(seal.entry.entry.encode())
    return len(seals)


def test_every_append_only_table_says_how_it_is_sealed() -> None:
    assert [model.__name__ for model in append_only_models() if not hasattr(model, "sealed")] == []
    public = [model for model in append_only_models() if model.sealed == Sealed.PUBLIC]
    assert all("public_facts" in vars(model) for model in public)
    assert list(queue_faults(connection)) == []


def test_a_published_offering_is_sealed_and_its_version_in_the_clear(root: Any) -> None:
    made = MicroCredentialFactory(parent=root, author=person("editor"), life="published")
    revise(made, fee=100)
    count = sum(model._base_manager.count() for model in sealed_models().values())
    assert seal_all() == count + 1  # and the log's first key
    assert sealed_as_they_stand() == count + 1
    assert not QueuedFact.objects.exists()
    leaves = [json.loads(entry) for entry in LogEntry.objects.values_list("entry", flat=True)]
    versions = [leaf for leaf in leaves if leaf["kind"] == "version"]
    assert [leaf["number"] for leaf in versions] == [1, 2]
    newest = PublishedVersion.objects.get(number=2)
    assert versions[1]["offering"] == str(made.uuid)
    assert versions[1]["document"] == newest.document_hash
    assert versions[1]["reference"] == newest.approval.reference


def test_nothing_of_an_internal_fact_can_be_read(root: Any) -> None:
    contribute(1)
    seal_all()
    [seal] = Seal.objects.filter(table=Contribution._meta.db_table)
    leaf = json.loads(seal.entry.entry)
    assert sorted(leaf) == ["kind", "rules", "sealed"]
    assert leaf["kind"] == "internal"


def test_a_changed_row_no_longer_agrees_with_its_leaf(root: Any) -> None:
    contribute(1)
    seal_all()
    [seal] = Seal.objects.filter(table=Contribution._meta.db_table).select_related("entry")
    row = Contribution.objects.get()
    row.user_name = "Somebody Else"
    assert disagreements(json.loads(seal.entry.entry), row, bytes(seal.salt)) == ["sealed"]


def test_sealing_twice_seals_nothing_twice(root: Any) -> None:
    contribute(3)
    sealed = seal_all()
    assert seal_all() == 0
    # Queued again, as a sweep that ran beside a sealer would.
    seal = Seal.objects.last()
    QueuedFact.objects.create(table=seal.table, row=seal.row, at="2026-01-01T00:00:00Z")
    seal_all()
    assert LogEntry.objects.count() == Seal.objects.count() == sealed


def test_what_came_past_the_triggers_is_found(root: Any) -> None:
    contribute(3)
    QueuedFact.objects.filter(table=Contribution._meta.db_table).delete()
    assert len(list(never_queued(connection))) == 3
    assert queue_missing(connection) == 3
    assert list(never_queued(connection)) == []
    assert queue_missing(connection) == 0
    seal_all()
    assert Seal.objects.filter(table=Contribution._meta.db_table).count() == 3


def test_facts_that_are_rolled_back_are_not_sealed(root: Any) -> None:
    before = QueuedFact.objects.count()
    with transaction.atomic():
        contribute(2)
        transaction.set_rollback(True)
    assert QueuedFact.objects.count() == before


def test_twenty_checkpoints_over_two_hundred_facts_are_consistent(root: Any) -> None:
    seal_all()
    for batch in range(20):
        contribute(10, batch * 10)
        seal_batch()
    key = configured_signer().verifier
    heads = [TreeHead.read(opened(c.note, [key])) for c in Checkpoint.objects.order_by("size")]
    assert len(heads) > 20
    assert heads[-1].size - heads[-21].size == 200
    tree = StoredTree()
    for old in heads:
        for new in heads:
            if old.size <= new.size:
                path = consistency_proof(old.size, new.size, tree.subtree)
                assert roots_by_consistency(old.size, new.size, old.root, path) == (
                    old.root,
                    new.root,
                )


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.integers(1, 600), min_size=1, max_size=5))
def test_batches_of_any_sizes_make_the_tree_that_is_defined(db: None, batches: list[int]) -> None:
    with transaction.atomic():
        leaves: list[bytes] = []
        for count in batches:
            added = [leaf_hash(str(len(leaves) + n).encode()) for n in range(count)]
            growth = Growth(len(leaves), added)
            LogNode.objects.bulk_create(growth.nodes)
            LogEntry.objects.bulk_create(
                LogEntry(index=len(leaves) + n, entry="x", hash=h) for n, h in enumerate(added)
            )
            leaves += added
            assert growth.root == root_of(leaves) == StoredTree().subtree(0, len(leaves))
        levels: dict[int, bytes] = {}
        for tile in tiles_of(len(leaves)):
            data = data_of(tile)
            assert data is not None
            levels[tile.level] = levels.get(tile.level, b"") + data
        assert levels[0] == b"".join(leaves)
        assert all(
            level == 0 or levels[level] == b"".join(hashes(level, 0, 10**6)) for level in levels
        )
        transaction.set_rollback(True)


def test_a_large_log_costs_a_batch_no_more_queries(
    root: Any, django_assert_max_num_queries: Any
) -> None:
    contribute(300)
    seal_all()
    contribute(5, 300)
    with django_assert_max_num_queries(16):
        seal_batch()


def test_publishing_asks_nothing_of_the_log(root: Any, django_assert_num_queries: Any) -> None:
    """The database queues by itself: saving a fact is one statement, as it was before."""
    with django_assert_num_queries(1):
        contribute(1)


def test_a_column_that_comes_later_leaves_what_was_sealed(root: Any) -> None:
    made = CourseFactory(parent=root, author=person("editor"), life="published")
    approval = Approval.objects.get(offering=made)
    before = canonical_row(approval)
    assert b'"reason"' not in before  # empty, as it would be in a row of before the column
    approval.reason = "Changed"
    assert b'"reason":"Changed"' in canonical_row(approval)


@pytest.mark.parametrize(
    "statement",
    [
        'UPDATE credentials_seal SET "row" = 99',
        "UPDATE credentials_seal SET salt = entry_id",
        "DELETE FROM credentials_seal",
        "UPDATE credentials_logentry SET entry = '{}'",
        "DELETE FROM credentials_checkpoint",
    ],
)
def test_raw_sql_cannot_rewrite_the_log(root: Any, statement: str) -> None:
    contribute(1)
    seal_all()
    with (
        pytest.raises(DatabaseError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    sealed_as_they_stand()


@pytest.mark.django_db(transaction=True)
def test_a_commit_wakes_the_sealing_thread_which_needs_no_request(
    root: Any, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.CREDENCE = settings.CREDENCE | {"SEAL_AFTER_COMMIT": True}
    done = threading.Event()

    def seal_and_tell() -> None:
        seal_all()
        done.set()

    monkeypatch.setattr(thread, "seal_all", seal_and_tell)
    monkeypatch.setattr(thread, "GATHERS_FOR", 0)
    with transaction.atomic():
        contribute(2)
        assert not done.is_set()
    assert done.wait(PATIENCE)
    assert Seal.objects.filter(table=Contribution._meta.db_table).count() == 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="needs two writers")
def test_two_sealers_at_once_seal_each_fact_once(root: Any) -> None:
    contribute(40)
    assert at_once(seal_all, seal_all, lambda: contribute(20, 40)) == []
    seal_all()
    assert Seal.objects.filter(table=Contribution._meta.db_table).count() == 60
    indexes = list(LogEntry.objects.values_list("index", flat=True))
    assert indexes == list(range(len(indexes)))
    sealed_as_they_stand()
