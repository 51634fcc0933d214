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


def consistency_proof(old: int, size: int, subtree: Subtree) -> list[bytes]:
    """The hashes that show a tree to be the beginning of a later one (RFC 6962, 2.1.2).

    Raises NotInTheTree.
    """
    if not 0 < old <= size:
        raise NotInTheTree(f"A tree of {old} leaves is no beginning of one of {size}.")
    path: list[bytes] = []
    start, stop = 0, size
    while old != stop:
        middle = start + split(stop - start)
        if old <= middle:
            path.append(subtree(middle, stop))
            stop = middle
        else:
            path.append(subtree(start, middle))
            start = middle
    # The verifier holds the root of the old tree already, unless only a part of it is meant.
    return (path if start == 0 else [*path, subtree(start, stop)])[::-1]


def root_by_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes:
    """The root that a leaf's hash and its path lead to (RFC 9162, 2.1.3.2).

    Raises NotInTheTree when there is no such leaf, or the path is too short or too long.
    """
    if not 0 <= index < size:
        raise NotInTheTree(f"A tree of {size} leaves has no leaf {index}.")
    node, last, found = index, size - 1, leaf
    for sibling in path:
        if last == 0:
            raise NotInTheTree("The path is longer than the tree is high.")
        if node % 2 or node == last:
            found = node_hash(sibling, found)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            found = node_hash(found, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise NotInTheTree("The path ends below the root.")
    return found


def roots_by_consistency(
    old: int, size: int, old_root: bytes, path: Sequence[bytes]
) -> tuple[bytes, bytes]:
    """The roots of both trees that a path of consistency leads to (RFC 9162, 2.1.4.2).

    Raises NotInTheTree when the path is too short or too long.
    """
    if not 0 < old <= size:
        raise NotInTheTree(f"A tree of {old} leaves is no beginning of one of {size}.")
    if old == size:
        if path:
            raise NotInTheTree("Two trees of one size need no path.")
        return old_root, old_root
    hashes = [old_root, *path] if old & (old - 1) == 0 else list(path)
    if not hashes:
        raise NotInTheTree("The path is empty.")
    node, last = old - 1, size - 1
    while node % 2:
        node, last = node >> 1, last >> 1
    first = second = hashes[0]
    for sibling in hashes[1:]:
        if last == 0:
            raise NotInTheTree("The path is longer than the tree is high.")
        if node % 2 or node == last:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while node % 2 == 0 and node:
                node, last = node >> 1, last >> 1
        else:
            second = node_hash(second, sibling)
        node, last = node >> 1, last >> 1
    if last:
        raise NotInTheTree("The path ends below the root.")
    return first, second
