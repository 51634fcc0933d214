"""Proofs that a row of the record is in the log, to be checked offline (C2SP tlog-proof)."""

from django.db import models

from credentials.record.log.checkpoint import written_proof
from credentials.record.log.entries import Checkpoint, Seal
from credentials.record.log.stored_tree import StoredTree
from credentials.record.log.tree import inclusion_proof


def proof_of(row: models.Model) -> str | None:
    """The proof under the newest checkpoint, its leaf going along as `extra`; None if unsealed."""
    seals = Seal.objects.select_related("entry")
    seal = seals.filter(table=row._meta.db_table, row=row.pk).first()
    newest = Checkpoint.objects.newest()
    if seal is None or newest is None:
        return None
    path = inclusion_proof(seal.entry_id, newest.size, StoredTree().subtree)
    return written_proof(seal.entry_id, path, newest.note, seal.entry.entry.encode())
