"""The Merkle tree of RFC 6962 with SHA-256, as pure arithmetic: it knows no database.

A tree is read through `Subtree`, a function that gives the hash over leaves [start, stop).
"""

import hashlib
from collections.abc import Callable, Sequence

Subtree = Callable[[int, int], bytes]

EMPTY_ROOT = hashlib.sha256(b"").digest()


class NotInTheTree(ValueError):
    """A leaf, or a size of the tree, that there is not."""


def leaf_hash(entry: bytes) -> bytes:
    """The hash of one entry, 32 bytes."""
    return hashlib.sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of two subtrees, 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """The root over these leaf hashes (or over equal subtrees), level by level."""
    if not hashes:
        return EMPTY_ROOT
    level = list(hashes)
    while len(level) > 1:
        paired = [node_hash(a, b) for a, b in zip(level[::2], level[1::2], strict=False)]
        # What has no partner rises as it is: so the left subtree is the largest power of two.
        level = paired + level[len(level) - len(level) % 2 :]
    return level[0]


def split(size: int) -> int:
    """The largest power of two below a size of at least 2."""
    return 1 << (size - 1).bit_length() - 1


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that lead from a leaf to the root, its sibling first (RFC 6962, 2.1.1).

    Raises NotInTheTree.
    """
    if not 0 <= index < size:
        raise NotInTheTree(f"A tree of {size} leaves has no leaf {index}.")
    path: list[bytes] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + split(stop - start)
        if index < middle:
            path.append(subtree(middle, stop))
            stop = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    return path[::-1]
