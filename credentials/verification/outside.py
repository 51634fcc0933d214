"""Checkpoints that were kept outside: only they tell what who owns the database and the key did."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from credentials.record.log.checkpoint import TreeHead, UnreadableCheckpoint
from credentials.record.log.signed_note import NotSigned, UnreadableKey, Verifier, opened


class NotReadable(Exception):
    """A file or key that was given and cannot be read: says which, why, and what it should be."""


@dataclass(frozen=True)
class Note:
    """A signed note as /record/checkpoint serves it, and where it was read."""

    name: str
    text: str


@dataclass(frozen=True)
class Kept:
    """The tree as a note says that it was."""

    name: str
    head: TreeHead


def read_note(path: str) -> Note:
    """A checkpoint from a file. Raises NotReadable."""
    try:
        text = Path(path).read_text()
    except (OSError, UnicodeDecodeError, ValueError) as error:
        raise NotReadable(
            f"The checkpoint {path} cannot be read: {type(error).__name__}. Name a file that holds "
            "what /record/checkpoint served."
        ) from error
    return Note(path, text)


def read_key(text: str) -> Verifier:
    """A verifier key as /record/key serves it. Raises NotReadable."""
    try:
        return Verifier.read(text)
    except UnreadableKey as error:
        raise NotReadable(f"The key cannot be read: {error}") from error


def opened_notes(notes: Sequence[Note], keys: Sequence[Verifier]) -> tuple[list[Kept], list[str]]:
    """What these notes say, and a sentence for each that none of the keys has signed."""
    kept, faults = [], []
    for note in notes:
        try:
            kept.append(Kept(note.name, TreeHead.read(opened(note.text, keys))))
        except (NotSigned, UnreadableCheckpoint) as error:
            faults.append(
                f"The checkpoint {note.name} is not one of this record: {error} Either it is of "
                "another site, or the record was made anew with another key."
            )
    return kept, faults
