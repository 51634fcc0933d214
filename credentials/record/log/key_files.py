"""Files that hold a private key: written once, readable by their owner only."""

import os
from pathlib import Path

from credentials.record.log.signed_note import Signer


def write_key(signer: Signer, path: Path) -> None:
    """Write a key to a new file. Raises FileExistsError: a key is never overwritten."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(f"{signer.as_text}\n")
        file.flush()
        os.fsync(file.fileno())


def put_in_place(new: Path, path: Path, old: Signer) -> Path:
    """Let the new key's file take the place of the old one's, which is kept; where that is."""
    kept = path.with_name(f"{path.name}.{old.verifier.key_id.hex()}")
    os.link(path, kept)
    new.replace(path)
    return kept
