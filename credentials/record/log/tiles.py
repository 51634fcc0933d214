"""Tiles and entry bundles, and their addresses (C2SP tlog-tiles)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

HEIGHT = 8  # levels of the tree that a tile spans
WIDTH = 1 << HEIGHT  # hashes in a full tile
HASH_SIZE = 32
ENTRIES = "entries"

_PATH = re.compile(
    # Six groups of three digits are more leaves than anybody has, and fewer than an engine counts.
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x[0-9]{3}/){0,4}[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?",
    re.ASCII,
)
_MAX_LEVEL = 63


class NoSuchTile(ValueError):
    """A path that names no tile."""


@dataclass(frozen=True)
class Tile:
    """One tile: its level (0 are leaves), its number, how many hashes wide; or a bundle."""

    level: int
    number: int
    width: int = WIDTH
    is_bundle: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it can never grow."""
        return self.width == WIDTH

    @property
    def start(self) -> int:
        """Its first hash, counted on its level."""
        return self.number * WIDTH

    @property
    def stop(self) -> int:
        """The one after its last hash, counted on its level."""
        return self.start + self.width

    @property
    def path(self) -> str:
        """Such as 0/x001/234.p/7: what follows `tile/` in its address."""
        digits = f"{self.number:03}"
        digits = digits.zfill(-(-len(digits) // 3) * 3)
        groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
        number = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
        kind = ENTRIES if self.is_bundle else str(self.level)
        return f"{kind}/{number}" + ("" if self.is_full else f".p/{self.width}")


def tile_at(path: str) -> Tile:
    """The tile that a path names. Raises NoSuchTile unless it is written as the format says."""
    match = _PATH.fullmatch(path)
    if match is None:
        raise NoSuchTile(path)
    is_bundle = match["level"] == ENTRIES
    tile = Tile(
        level=0 if is_bundle else int(match["level"]),
        number=int(match["number"].replace("x", "").replace("/", "")),
        width=int(match["width"] or WIDTH),
        is_bundle=is_bundle,
    )
    # One spelling for each tile: no x000 in front, no .p of full width.
    if tile.level > _MAX_LEVEL or tile.path != path:
        raise NoSuchTile(path)
    return tile


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after another, the length of each before it, in two bytes."""
    return b"".join(len(entry).to_bytes(2, "big") + entry for entry in entries)
