"""What a log says of its tree: name, size and root (C2SP tlog-checkpoint), and proofs of a leaf."""

import base64
import re
from collections.abc import Sequence
from dataclasses import dataclass

from credentials.record.log.tiles import HASH_SIZE

_SIZE = re.compile(r"0|[1-9][0-9]{0,17}", re.ASCII)
PROOF = "c2sp.org/tlog-proof@v1"


class UnreadableCheckpoint(ValueError):
    """A text that is no checkpoint."""


@dataclass(frozen=True)
class TreeHead:
    """The tree of the log `origin` when it had `size` leaves: its root, 32 bytes."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """What is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    @classmethod
    def read(cls, text: str) -> "TreeHead":
        """The head that the text of a note says. Raises UnreadableCheckpoint."""
        lines = text.split("\n")
        try:
            origin, size, encoded = lines[:3]
            root = base64.b64decode(encoded, validate=True)
        except ValueError as error:
            raise UnreadableCheckpoint("A checkpoint has a name, a size and a root.") from error
        if not origin or not _SIZE.fullmatch(size) or len(root) != HASH_SIZE:
            raise UnreadableCheckpoint("A checkpoint has a name, a size and a root of 32 bytes.")
        return cls(origin, int(size), root)


def written_proof(index: int, path: Sequence[bytes], checkpoint: str, extra: bytes = b"") -> str:
    """A proof that can be checked offline (C2SP tlog-proof); `extra` goes along unproven."""
    lines = [PROOF]
    if extra:
        lines.append(f"extra {base64.b64encode(extra).decode()}")
    lines.append(f"index {index}")
    lines += [base64.b64encode(node).decode() for node in path]
    return "\n".join(lines) + f"\n\n{checkpoint}"
