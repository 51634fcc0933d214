"""The tree as the database keeps it: entries are its leaves, full tiles have a node (tiles.py)."""

from collections.abc import Iterable, Sequence

from credentials.record.log.entries import LogEntry, LogNode
from credentials.record.log.tiles import HEIGHT, WIDTH, Tile, bundle
from credentials.record.log.tree import EMPTY_ROOT, node_hash, root_of, split


def hashes(level: int, start: int, stop: int) -> list[bytes]:
    """The hashes [start, stop) of a level of tiles, as many as there are. One query."""
    if level == 0:
        leaves = LogEntry.objects.filter(index__gte=start, index__lt=stop).order_by("index")
        return [bytes(value) for value in leaves.values_list("hash", flat=True)]
    nodes = LogNode.objects.filter(level=level, position__gte=start, position__lt=stop)
    return [bytes(value) for value in nodes.order_by("position").values_list("hash", flat=True)]


def data_of(tile: Tile) -> bytes | None:
    """What is served for a tile or a bundle; None when the log has not come so far. One query."""
    if tile.is_bundle:
        found = LogEntry.objects.filter(index__gte=tile.start, index__lt=tile.stop)
        entries = list(found.order_by("index").values_list("entry", flat=True))
        return bundle(map(str.encode, entries)) if len(entries) == tile.width else None
    nodes = hashes(tile.level, tile.start, tile.stop)
    return b"".join(nodes) if len(nodes) == tile.width else None


class StoredTree:
    """Reads subtrees for proofs. Each tile is read once, so keep it no longer than one answer."""

    def __init__(self) -> None:
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def subtree(self, start: int, stop: int) -> bytes:
        """The hash over leaves [start, stop), as RFC 6962 splits a tree. Logarithmic."""
        size = stop - start
        if size == 0:
            return EMPTY_ROOT
        if size & (size - 1) == 0:
            level = (size.bit_length() - 1) // HEIGHT
            below = HEIGHT * level
            return root_of(self._hashes(level, start >> below, stop >> below))
        middle = start + split(size)
        return node_hash(self.subtree(start, middle), self.subtree(middle, stop))

    def _hashes(self, level: int, start: int, stop: int) -> list[bytes]:
        """Hashes of one tile: a power of two of them, so they never lie in two."""
        number = start // WIDTH
        if (level, number) not in self._tiles:
            self._tiles[level, number] = hashes(level, number * WIDTH, (number + 1) * WIDTH)
        first = start - number * WIDTH
        return self._tiles[level, number][first : first + stop - start]


class Growth:
    """What a batch adds to a tree of `size` leaves: nodes to be stored, and the new root.

    Reads the last tile of each level, whatever the size of the tree.
    """

    def __init__(self, size: int, leaves: Sequence[bytes]) -> None:
        self.nodes: list[LogNode] = []
        open_tiles = []
        level, count, added = 0, size, list(leaves)
        while count or added:
            number = count // WIDTH
            pending = (hashes(level, number * WIDTH, count) if count % WIDTH else []) + added
            full = [pending[at : at + WIDTH] for at in range(0, len(pending) - WIDTH + 1, WIDTH)]
            open_tiles.append(pending[len(full) * WIDTH :])
            added = [root_of(tile) for tile in full]
            self.nodes += [
                LogNode(level=level + 1, position=number + place, hash=node)
                for place, node in enumerate(added)
            ]
            level, count = level + 1, number
        self.root = root_of_tiles(open_tiles)


def root_of_tiles(open_tiles: Sequence[Sequence[bytes]]) -> bytes:
    """The root of a tree, from the hashes of the last, not full tile of each level, 0 first."""
    peaks = [peak for tile in reversed(open_tiles) for peak in _peaks(tile)]
    if not peaks:
        return EMPTY_ROOT
    root = peaks.pop()
    while peaks:
        root = node_hash(peaks.pop(), root)
    return root


def _peaks(tile: Sequence[bytes]) -> Iterable[bytes]:
    """The full subtrees that these hashes make, the largest first."""
    at = 0
    while at < len(tile):
        size = 1 << (len(tile) - at).bit_length() - 1
        yield root_of(tile[at : at + size])
        at += size
