"""The checks of the ground floor: of the log, the ledger, what is served, files and triggers."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from django.db import connection

from credentials.append_only.trigger_faults import trigger_faults
from credentials.append_only.triggers import Triggers
from credentials.catalogue.reconstruction import discrepancies
from credentials.files.faults import file_faults
from credentials.models import Approval, Offering
from credentials.published.row_faults import row_faults
from credentials.record.ledger import PublishedVersion
from credentials.record.log.entries import LogEntry, LogKey, QueuedFact, Seal
from credentials.record.log.queue import queue_faults, queue_triggers
from credentials.record.log.signed_note import Verifier
from credentials.verification.checks import Check, Tick, registered_checks
from credentials.verification.hashes import check_of_hashes
from credentials.verification.key_chain import key_faults, keys_on_record, keys_reached
from credentials.verification.ledger import order_faults, version_faults
from credentials.verification.outside import Note, opened_notes
from credentials.verification.seals import seal_faults, unsealed_faults
from credentials.verification.tree import TreeCheck


def own_checks() -> list[Check]:
    """What needs nothing from outside; registered under checks.HOOK."""
    versions = PublishedVersion.objects.count
    return [
        check_of_hashes("approvals", Approval, lambda approval: f"Approval {approval}"),
        Check("published versions", versions, version_faults),
        Check("places in the ledger", versions, order_faults),
        Check("versions as served", versions, discrepancies),
        Check("offerings", Offering.objects.count, row_faults),
        Check("published pictures and named files", versions, file_faults),
        Check("sealed facts", Seal.objects.count, seal_faults),
        Check("facts to be sealed", QueuedFact.objects.count, unsealed_faults),
        Check("triggers", _number_of_triggers, _trigger_faults),
    ]


def checks_of_log(notes: Sequence[Note] = (), trusted: Sequence[Verifier] = ()) -> list[Check]:
    """The log's tree and keys, against checkpoints and keys that were kept outside.

    Without `trusted` keys, checkpoints are held against those of the record itself.
    """
    on_record = keys_on_record()
    kept, faults = opened_notes(notes, keys_reached(trusted))
    return [
        Check("keys of the log", LogKey.objects.count, partial(key_faults, trusted=trusted)),
        Check("entries of the log", LogEntry.objects.count, TreeCheck(on_record, kept).faults),
        Check("checkpoints kept outside", lambda: len(notes), _always(faults)),
    ]


def all_checks(notes: Sequence[Note] = (), trusted: Sequence[Verifier] = ()) -> list[Check]:
    """Everything that is verified, of every app."""
    return [*registered_checks(), *checks_of_log(notes, trusted)]


def _always(faults: Iterable[str]) -> Callable[[Tick], Iterable[str]]:
    return lambda tick: faults


def _number_of_triggers() -> int:
    return len(Triggers(connection).refusals) + len(queue_triggers(connection))


def _trigger_faults(tick: Tick) -> Iterable[str]:
    yield from trigger_faults(connection)
    yield from queue_faults(connection)
