"""Sealing: queued facts become entries of the log, in batches, each with a signed checkpoint."""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection, transaction

from credentials.append_only.base import AppendOnly
from credentials.record.log.checkpoint import TreeHead
from credentials.record.log.entries import Checkpoint, LogEntry, LogNode, QueuedFact, Seal
from credentials.record.log.facts import leaf_of, new_salt, sealed_models
from credentials.record.log.signed_note import Signer, signed
from credentials.record.log.signing_keys import configured_signer, signer_in_use, write_succession
from credentials.record.log.stored_tree import Growth
from credentials.record.log.tree import leaf_hash

BATCH = 512
_TURN = 0x5EA1_ED  # names PostgreSQL's lock of whoever seals

Show = Callable[[int, int], None]
Fact = tuple[QueuedFact, AppendOnly]


def seal_all(show: Show | None = None) -> int:
    """Seal all that is queued, batch by batch; how many facts. `show` is told (done, total).

    Can be broken off and repeated at any time. Raises NoRecordKey.
    """
    total, done = QueuedFact.objects.count(), 0
    while count := seal_batch():
        done += count
        if show is not None:
            show(done, max(total, done))
    return done


def seal_batch(limit: int = BATCH) -> int:
    """Seal the facts that have waited longest; how many. Raises NoRecordKey.

    One transaction, and one process at a time: so all have the same order, and none is sealed
    twice. It takes as long for a large log as for a small one.
    """
    with transaction.atomic():
        take_turn()
        queued = list(QueuedFact.objects.order_by("pk")[:limit])
        if not queued:
            return 0
        _append(_new_facts(queued), [signer_in_use()])
        QueuedFact.objects.filter(pk__in=[fact.pk for fact in queued]).delete()
    return len(queued)


def rotate_key(new: Signer) -> None:
    """Go on with a new key: the old one signs it into the log, and both sign that checkpoint.

    Raises NoRecordKey.
    """
    seal_all()
    with transaction.atomic():
        take_turn()
        old = configured_signer()
        key = write_succession(old, new)
        queued = QueuedFact.objects.get(table=key._meta.db_table, row=key.pk)
        _append([(queued, key)], [old, new])
        queued.delete()


def take_turn() -> None:
    """Wait until nobody else seals; held to the end of the transaction.

    On SQLite a transaction that writes has the database for itself from its beginning.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])


def _new_facts(queued: Sequence[QueuedFact]) -> list[Fact]:
    """The queued facts with their rows, in order, without those sealed or purged meanwhile."""
    by_table: dict[str, list[int]] = {}
    for fact in queued:
        by_table.setdefault(fact.table, []).append(fact.row)
    models = sealed_models()
    rows: dict[tuple[str, int], AppendOnly] = {}
    for table, keys in by_table.items():
        if table not in models:  # an app that is installed no longer
            continue
        sealed = set(Seal.objects.filter(table=table, row__in=keys).values_list("row", flat=True))
        for row in rows_of(models[table], set(keys) - sealed):
            rows[table, row.pk] = row
    return [
        (fact, rows.pop((fact.table, fact.row)))
        for fact in queued
        if (fact.table, fact.row) in rows
    ]


def rows_of(model: type[AppendOnly], keys: Any) -> Any:
    """Rows as they are sealed, with what their public facts need. One query."""
    found = model._base_manager.filter(pk__in=keys)
    return found.select_related(*model.public_facts_need) if model.public_facts_need else found


def _append(facts: Sequence[Fact], signers: Sequence[Signer]) -> None:
    """Add the entries, the nodes above them, and a checkpoint of the tree that they make."""
    if not facts:
        return
    newest = Checkpoint.objects.newest()
    size = newest.size if newest else 0
    entries, seals = [], []
    for index, (fact, row) in enumerate(facts, size):
        salt = new_salt()
        leaf = leaf_of(row, salt)
        entries.append(LogEntry(index=index, entry=leaf.decode(), hash=leaf_hash(leaf)))
        seals.append(Seal(entry_id=index, table=fact.table, row=fact.row, salt=salt))
    growth = Growth(size, [bytes(entry.hash) for entry in entries])
    LogEntry.objects.bulk_create(entries)
    LogNode.objects.bulk_create(growth.nodes)
    Seal.objects.bulk_create(seals)
    head = TreeHead(signers[0].name, size + len(entries), growth.root)
    Checkpoint.objects.create(size=head.size, root=head.root, note=signed(head.text, signers))
