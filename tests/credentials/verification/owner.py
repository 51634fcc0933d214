"""What whoever owns the database can do to the record, and what is found of it."""

from collections.abc import Callable
from typing import Any

from django.db import connection, transaction

from credentials.append_only.triggers import install_triggers, remove_triggers
from credentials.models import Checkpoint, LogEntry, LogNode
from credentials.record.log.checkpoint import TreeHead
from credentials.record.log.signed_note import signed
from credentials.record.log.signing_keys import configured_signer
from credentials.record.log.tree import leaf_hash
from credentials.verification.outside import Note
from credentials.verification.tree import GrowingTree
from tests.record_lives import wrong

Attack = str | Callable[[], Any]


def wrong_after(*attacks: Attack, notes: tuple[Note, ...] = (), triggers: bool = True) -> list[str]:
    """What is wrong once somebody lifted the triggers, did this and put them back; then undone.

    Without `triggers` they stay away, as where rows are left that refer to nothing.
    """
    with transaction.atomic():
        remove_triggers(connection)
        for attack in attacks:
            run(attack)
        if triggers:
            install_triggers(connection)
        found = wrong(*notes)
        transaction.set_rollback(True)
    return [sentence for sentence in found if triggers or "lacks the trigger" not in sentence]


def run(attack: Attack) -> None:
    """A statement of SQL, or something to be called."""
    if callable(attack):
        attack()
        return
    with connection.cursor() as cursor:
        cursor.execute(attack)


def seal_anew() -> None:
    """Make all that is above the entries fit them, as only who has the key can."""
    tree = GrowingTree()
    LogNode.objects.all()._raw_delete("default")
    checkpoints = {checkpoint.size: checkpoint for checkpoint in Checkpoint.objects.all()}
    Checkpoint.objects.all()._raw_delete("default")
    signer = configured_signer()
    for entry in LogEntry.objects.order_by("index"):
        hash_ = leaf_hash(entry.entry.encode())
        with connection.cursor() as cursor:
            statement = 'UPDATE credentials_logentry SET hash = %s WHERE "index" = %s'
            cursor.execute(statement, [hash_, entry.index])
        for level, position, node in tree.add(hash_):
            LogNode.objects.create(level=level, position=position, hash=node)
        if tree.size in checkpoints or entry.index == LogEntry.objects.count() - 1:
            head = TreeHead(signer.name, tree.size, tree.root)
            note = signed(head.text, [signer])
            Checkpoint.objects.create(size=head.size, root=head.root, note=note)


def newest_note() -> Note:
    """The newest checkpoint, as somebody outside kept it."""
    newest = Checkpoint.objects.newest()
    assert newest is not None
    return Note("kept.txt", newest.note)
