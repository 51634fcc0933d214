"""What a follower of the log computes, by the RFCs: what the log serves is held against it."""

from collections.abc import Iterator, Sequence

from credentials.record.log.tiles import WIDTH, Tile
from credentials.record.log.tree import NotInTheTree, Subtree, node_hash, split


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


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles of hashes of a tree of this size, full and partial, level by level."""
    level, count = 0, size
    while count:
        for number in range(count // WIDTH):
            yield Tile(level, number)
        if count % WIDTH:
            yield Tile(level, count // WIDTH, count % WIDTH)
        level, count = level + 1, count // WIDTH


def unbundle(data: bytes) -> Iterator[bytes]:
    """The entries of a bundle. Raises ValueError when it is cut off."""
    at = 0
    while at < len(data):
        begins = at + 2
        at = begins + int.from_bytes(data[at:begins], "big")
        if begins > len(data) or at > len(data):
            raise ValueError("The bundle is cut off.")
        yield data[begins:at]
