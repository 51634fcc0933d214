"""The log's tree, grown anew from its entries: nodes, checkpoints, those kept outside (law 3)."""

from collections.abc import Iterable, Iterator, Sequence

from credentials.record.log.checkpoint import TreeHead, UnreadableCheckpoint
from credentials.record.log.entries import Checkpoint, LogEntry, LogNode
from credentials.record.log.signed_note import NotSigned, Verifier, opened
from credentials.record.log.stored_tree import root_of_tiles
from credentials.record.log.tiles import WIDTH
from credentials.record.log.tree import leaf_hash, root_of
from credentials.verification.checks import CHUNK, Tick
from credentials.verification.outside import Kept


class GrowingTree:
    """A tree that leaves are added to. It holds the last tile of each level, and nothing else."""

    def __init__(self) -> None:
        self.size = 0
        self._open: list[list[bytes]] = []

    def add(self, leaf: bytes) -> list[tuple[int, int, bytes]]:
        """Add a leaf's hash; the nodes that it completes, as level, position and hash."""
        self.size += 1
        completed: list[tuple[int, int, bytes]] = []
        level, node = 0, leaf
        while True:
            if level == len(self._open):
                self._open.append([])
            self._open[level].append(node)
            if len(self._open[level]) < WIDTH:
                return completed
            node = root_of(self._open[level])
            self._open[level] = []
            level += 1
            completed.append((level, self.size // WIDTH**level - 1, node))

    @property
    def root(self) -> bytes:
        """Its root, 32 bytes."""
        return root_of_tiles(self._open)


class TreeCheck:
    """One walk over the entries of the log."""

    def __init__(self, keys: Sequence[Verifier], outside: Sequence[Kept] = ()) -> None:
        self.keys = keys
        self.outside = sorted(outside, key=lambda kept: kept.head.size)

    def faults(self, tick: Tick) -> Iterator[str]:
        """Entries against their hashes, nodes and checkpoints against the tree that they make."""
        tree, nodes, expected = GrowingTree(), 0, 0
        stored = Checkpoint.objects.order_by("size").iterator(chunk_size=CHUNK)
        heads = _Heads(stored, self.keys)
        kept = list(self.outside)
        entries = LogEntry.objects.order_by("index").values_list(
            "index", "entry", "hash", "seal__row"
        )
        for index, entry, hash_, sealed in entries.iterator(chunk_size=CHUNK):
            if index != expected:
                yield f"The log has entry {index} where it should have entry {expected}."
            expected = index + 1
            if leaf_hash(entry.encode()) != bytes(hash_):
                yield f"Entry {index} of the log has another hash than it says."
            if sealed is None:
                yield f"Entry {index} of the log is tied to no row."
            for level, position, node in tree.add(leaf_hash(entry.encode())):
                nodes += 1
                yield from _node_faults(level, position, node)
            yield from heads.faults_at(tree)
            while kept and kept[0].head.size == tree.size:
                yield from _kept_faults(kept.pop(0), tree)
            tick()
        yield from heads.faults_at_end(tree)
        for shrunk in kept:
            yield (
                f"THE RECORD SHRANK: {shrunk.name} saw {shrunk.head.size} entries of the log, and "
                f"it has {tree.size}. History was cut off, or an older copy was put back."
            )
        if LogNode.objects.count() > nodes:
            yield f"The log has {LogNode.objects.count() - nodes} nodes that belong to no tree."


class _Heads:
    """The stored checkpoints, smallest first, each when the tree has grown to it."""

    def __init__(self, stored: Iterable[Checkpoint], keys: Sequence[Verifier]) -> None:
        self._stored = iter(stored)
        self._keys = keys
        self._next = next(self._stored, None)
        self._last: Checkpoint | None = None
        self._differing = 0

    def faults_at(self, tree: GrowingTree) -> Iterator[str]:
        """What is wrong with checkpoints of the size that the tree has now, or that it passed."""
        while self._next is not None and self._next.size <= tree.size:
            found = self._next
            yield from _note_faults(found, self._keys)
            if found.size != tree.size or bytes(found.root) != tree.root:
                self._differing += 1
                if self._differing == 1:
                    yield f"The checkpoint of {found.size} entries has another root than the tree."
            self._last, self._next = found, next(self._stored, None)

    def faults_at_end(self, tree: GrowingTree) -> Iterator[str]:
        """What is wrong with the rest, once all entries were read."""
        if self._differing > 1:
            yield f"So have {self._differing - 1} later checkpoints."
        if self._next is not None:
            yield f"There is a checkpoint of {self._next.size} entries, and there are {tree.size}."
        elif tree.size and (self._last is None or self._last.size != tree.size):
            yield f"The newest checkpoint does not stand for all {tree.size} entries of the log."


def _node_faults(level: int, position: int, node: bytes) -> Iterator[str]:
    stored = LogNode.objects.filter(level=level, position=position).first()
    if stored is None:
        yield f"The log lacks the node {level}/{position} of its tree."
    elif bytes(stored.hash) != node:
        yield f"The node {stored} of the log is not the hash of what is below it."


def _note_faults(checkpoint: Checkpoint, keys: Sequence[Verifier]) -> Iterator[str]:
    try:
        head = TreeHead.read(opened(checkpoint.note, keys))
    except (NotSigned, UnreadableCheckpoint) as error:
        yield f"The checkpoint of {checkpoint.size} entries is not in order: {error}"
        return
    if (head.size, head.root) != (checkpoint.size, bytes(checkpoint.root)):
        yield f"The checkpoint of {checkpoint.size} entries says something else in its note."


def _kept_faults(kept: Kept, tree: GrowingTree) -> Iterator[str]:
    if kept.head.root != tree.root:
        yield (
            f"THE RECORD WAS REWRITTEN: its first {tree.size} entries are not those that "
            f"{kept.name} saw."
        )
