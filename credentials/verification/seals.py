"""Rows of the record against the leaves that sealed them, and what was never sealed (law 3)."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from credentials.append_only.base import AppendOnly
from credentials.record.log.batches import rows_of
from credentials.record.log.entries import LogEntry, Seal
from credentials.record.log.facts import disagreements, sealed_models
from credentials.record.log.progress import is_late, unsealed_since
from credentials.record.log.queue import never_queued
from credentials.verification.checks import CHUNK, Tick, in_chunks


def seal_faults(tick: Tick) -> Iterator[str]:
    """Every sealed row against its leaf, with its salt; and each seal against the log."""
    models = sealed_models()
    seals = Seal.objects.select_related("entry").order_by("pk")
    for chunk in in_chunks(seals.iterator(chunk_size=CHUNK)):
        rows = _rows_of(chunk, models)
        for seal in chunk:
            fault = _fault(seal, models.get(seal.table), rows.get((seal.table, seal.row)))
            if fault:
                yield (
                    f"Row {seal.row} of {seal.table}, sealed as entry {seal.entry_id} of the log, "
                    f"{fault}."
                )
            tick()
    lost = Seal.objects.filter(~Exists(LogEntry.objects.filter(pk=OuterRef("pk"))))
    for seal in lost.iterator(chunk_size=CHUNK):
        yield f"Row {seal.row} of {seal.table} was sealed as entry {seal.pk}, which is gone."


def unsealed_faults(tick: Tick) -> Iterator[str]:
    """Rows that came past the queue, and a queue that nobody empties."""
    for table, row in never_queued(connection):
        yield f"Row {row} of {table} is neither sealed nor waiting to be sealed."
    if is_late():
        yield (
            f"Facts wait to be sealed since {unsealed_since():%Y-%m-%d %H:%M} UTC. Run `manage.py "
            "seal_record`, which says why."
        )


def _rows_of(
    seals: Sequence[Seal], models: dict[str, type[AppendOnly]]
) -> dict[tuple[str, int], AppendOnly]:
    keys: dict[str, list[int]] = {}
    for seal in seals:
        keys.setdefault(seal.table, []).append(seal.row)
    return {
        (table, row.pk): row
        for table, wanted in keys.items()
        if table in models
        for row in rows_of(models[table], wanted)
    }


def _fault(seal: Seal, model: type[AppendOnly] | None, row: AppendOnly | None) -> str:
    """What is wrong with one, as the end of a sentence; empty when nothing is."""
    if model is None:
        return "is of no app that is installed"
    if row is None and seal.salt is not None:
        return "is gone, although no retention took it"
    if row is None:
        return "" if model.deletable_when else "is gone with its salt, although it stays for ever"
    if seal.salt is None:
        return "stands, but the salt of its seal was thrown away"
    try:
        leaf: dict[str, Any] = json.loads(seal.entry.entry)
        others = disagreements(leaf, row, bytes(seal.salt))
    except Exception as error:  # whatever a changed row or leaf makes impossible
        return f"cannot be compared with it: {type(error).__name__}"
    return f"is not what was sealed ({', '.join(sorted(others))})" if others else ""
