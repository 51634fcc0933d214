"""The keys of the log: each but the first is signed by the one before it (ADR 53)."""

import base64
from collections.abc import Iterator, Sequence

from credentials.record.log.entries import LogKey
from credentials.record.log.signed_note import UnreadableKey, Verifier
from credentials.record.log.signing_keys import succession_text
from credentials.verification.checks import Tick


def keys_on_record() -> list[Verifier]:
    """Every key that can be read, oldest first. There are few."""
    found = []
    for key in LogKey.objects.order_by("pk"):
        try:
            found.append(key.verifier)
        except UnreadableKey:
            continue  # key_faults says so
    return found


def keys_reached(trusted: Sequence[Verifier]) -> list[Verifier]:
    """The trusted keys and those that followed them; all on record where none is given."""
    found = keys_on_record()
    first = min((found.index(key) for key in trusted if key in found), default=len(found))
    return [*trusted, *found[first:]] if trusted else found


def key_faults(tick: Tick, trusted: Sequence[Verifier] = ()) -> Iterator[str]:
    """The succession of keys; `trusted` are keys known from elsewhere, which must be among them."""
    before: LogKey | None = None
    for key in LogKey.objects.select_related("previous").order_by("pk"):
        named = f"Key {key.pk} of the log"
        if key.previous != before:
            yield f"{named} does not follow the one before it."
        elif before is not None and not _is_signed(before, key):
            yield f"{named} is not signed by the one before it."
        before = key
        tick()
    known = set(keys_on_record())
    for verifier in trusted:
        if verifier not in known:
            yield f"The key {verifier.key_id.hex()}, which was given, is none of this record's."


def _is_signed(old: LogKey, new: LogKey) -> bool:
    try:
        first, second = old.verifier, new.verifier
        signature = base64.b64decode(new.signature, validate=True)
    except ValueError:
        return False
    text = succession_text(first, second)
    return first.name == second.name and first.has_signed(text, signature)
