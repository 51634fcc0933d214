"""Appeals in the transparency log: nothing of them can be read, and a purge leaves it valid."""

import json
from typing import Any

import pytest

from appeals.models import CaseEvent, CaseStatistic
from appeals.retention import purge
from credentials.models import Checkpoint, LogEntry, Seal
from credentials.record.log.batches import seal_all
from credentials.record.log.checkpoint import TreeHead
from credentials.record.log.signed_note import opened
from credentials.record.log.signing_keys import configured_signer
from credentials.record.log.stored_tree import StoredTree
from credentials.record.log.tree import leaf_hash, root_of
from tests.appeals.cases.test_purging import _backdate, closed
from tests.appeals.making import EMAIL, NAME, RESPONDENT, STATEMENT

pytestmark = [pytest.mark.django_db, pytest.mark.clause("AP-2")]


def test_nobody_can_tell_an_appeal_from_any_other_internal_fact(staff: dict[str, Any]) -> None:
    """How many appeals there are is hidden below a small number: so the log may not tell."""
    case = closed(staff)
    seal_all()
    leaves = list(LogEntry.objects.values_list("entry", flat=True))
    everything = "\n".join(leaves)
    for text in (NAME, EMAIL, STATEMENT, RESPONDENT.name, case.number, "appeal", "n.pdf"):
        assert text not in everything
    assert {json.loads(leaf)["kind"] for leaf in leaves} <= {"internal", "policy", "key"}


def test_a_statistic_is_not_sealed_for_its_place_would_tell_the_case(
    staff: dict[str, Any],
) -> None:
    closed(staff)
    seal_all()
    assert CaseStatistic.objects.exists()
    assert not Seal.objects.filter(table=CaseStatistic._meta.db_table).exists()


def test_a_purge_takes_the_salts_and_leaves_the_log_valid(staff: dict[str, Any]) -> None:
    case, other = closed(staff), closed(staff)
    seal_all()
    before = list(LogEntry.objects.order_by("index").values_list("entry", flat=True))
    rows = list(CaseEvent.objects.filter(case=case).values_list("pk", flat=True))
    theirs = list(CaseEvent.objects.filter(case=other).values_list("pk", flat=True))
    _backdate(case)
    assert purge.purge_due() == (1, 0)
    of_events = Seal.objects.filter(table=CaseEvent._meta.db_table)
    assert set(of_events.filter(row__in=rows).values_list("salt", flat=True)) == {None}
    assert None not in of_events.filter(row__in=theirs).values_list("salt", flat=True)
    seal_all()  # the certificate of the purge
    after = list(LogEntry.objects.order_by("index").values_list("entry", flat=True))
    assert after[: len(before)] == before
    newest = Checkpoint.objects.newest()
    assert newest is not None
    head = TreeHead.read(opened(newest.note, [configured_signer().verifier]))
    hashes = [leaf_hash(entry.encode()) for entry in after]
    assert head.root == root_of(hashes) == StoredTree().subtree(0, head.size)
