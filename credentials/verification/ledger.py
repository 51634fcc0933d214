"""The ledger against itself and the approvals: order, supersession, head, words (laws 1, 2, 3)."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef

from credentials.models.offerings.offering import Offering
from credentials.record.approvals import Approval
from credentials.record.ledger import LedgerHead, PublishedVersion
from credentials.verification.checks import CHUNK, Tick
from credentials.verification.hashes import hex_sha256

_Event, _Action = PublishedVersion.Event, Approval.Action
# What an event may rest on, beside what is only said anew of OSAP.
_RESTS_ON: dict[str, str] = {_Event.RETIRED: _Action.RETIRE, _Event.WITHDRAWN: _Action.WITHDRAW}
_AS_APPROVED = ("offering_id", "content_hash", "governed_hash", "hash_rules")


def version_faults(tick: Tick) -> Iterator[str]:
    """Each version against its approval, and against the one before it of the same offering."""
    before: PublishedVersion | None = None
    versions = PublishedVersion.objects.order_by("offering", "number").select_related("approval")
    for version in versions.iterator(chunk_size=CHUNK):
        if before is not None and before.offering_id != version.offering_id:
            before = None
        yield from _places(version, before)
        yield from _words(version)
        before = version
        tick()
    gone = PublishedVersion.objects.filter(
        ~Exists(Offering.objects.filter(pk=OuterRef("offering")))
    )
    for version in gone.iterator(chunk_size=CHUNK):
        yield f"Version {version} is of an offering that is gone."


def _places(version: PublishedVersion, before: PublishedVersion | None) -> Iterator[str]:
    number, key = (before.number, before.pk) if before else (0, None)
    if version.number != number + 1:
        yield f"Version {version} follows number {number}: there is a gap."
    if version.supersedes_id != key:
        yield f"Version {version} does not supersede the one before it."
    if before is not None and version.sequence <= before.sequence:
        yield f"Version {version} has a place in the ledger before the one that it supersedes."


def _words(version: PublishedVersion) -> Iterator[str]:
    approval = version.approval
    if any(getattr(version, name) != getattr(approval, name) for name in _AS_APPROVED):
        yield f"Version {version} has other content than its approval {approval}."
    # Versions from before documents were frozen at submission have no hash of it.
    if version.document_hash and version.document != approval.document:
        yield f"Version {version} has another document than its approval {approval}."
    if version.document_hash not in ("", hex_sha256(version.document)):
        yield f"Version {version} holds another document than its hash says."
    if approval.action not in (_RESTS_ON.get(version.event, _Action.PUBLISH), _Action.OSAP):
        yield f"Version {version} rests on an approval of something else, {approval}."


def order_faults(tick: Tick) -> Iterator[str]:
    """The moments of all versions in their order, and the ledger's head at their end."""
    last = None
    versions = PublishedVersion.objects.in_order().only(
        "sequence", "valid_from", "offering_id", "number"
    )
    for version in versions.iterator(chunk_size=CHUNK):
        if last is not None and version.valid_from < last.valid_from:
            yield f"Version {version} begins before version {last}, which the ledger has before it."
        last = version
        tick()
    if last is None:
        return
    # The head goes on without a version when the projection is made anew.
    head = LedgerHead.objects.filter(pk=1).first()
    if head is None or head.sequence < last.sequence:
        yield f"The ledger's head is behind its newest version, {last}."
    elif head.changed_at is not None and head.changed_at < last.valid_from:
        yield f"The ledger's head says an earlier moment than its newest version, {last}."
