"""Tiles lie at the addresses of C2SP tlog-tiles, and at no other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from credentials.record.log.tiles import NoSuchTile, Tile, bundle, tile_at
from tests.credentials.log.followers import tiles_of, unbundle


@pytest.mark.parametrize(
    ("path", "tile"),
    [
        ("0/000", Tile(0, 0)),
        ("0/x001/x234/067", Tile(0, 1_234_067)),
        ("1/000.p/1", Tile(1, 0, 1)),
        ("0/273.p/112", Tile(0, 273, 112)),
        ("entries/x001/000.p/255", Tile(0, 1000, 255, is_bundle=True)),
        ("63/999", Tile(63, 999)),
    ],
)
def test_an_address_names_a_tile(path: str, tile: Tile) -> None:
    assert tile_at(path) == tile
    assert tile.path == path


@pytest.mark.parametrize(
    "path",
    [
        "",
        "0/0",
        "00/000",
        "64/000",
        "-1/000",
        "0/x000/000",
        "0/1234",
        "0/001/234",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/01",
        "0/000/",
        "0/000\n",
        "0/000\x00",
        "0/٠٠٠",
        "entries",
        "entries/../0/000",
        "0/" + "x999/" * 50 + "999",
        "data/000",
    ],
)
def test_whatever_is_written_otherwise_names_none(path: str) -> None:
    with pytest.raises(NoSuchTile):
        tile_at(path)


@given(st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256), st.booleans())
def test_every_tile_is_found_by_its_path(
    level: int, number: int, width: int, is_bundle: bool
) -> None:
    tile = Tile(0 if is_bundle else level, number, width, is_bundle)
    assert tile_at(tile.path) == tile


def test_the_tiles_of_a_tree_are_those_of_the_example_in_the_format() -> None:
    tiles = list(tiles_of(70_000))
    assert sum(tile.level == 0 and tile.is_full for tile in tiles) == 273
    assert [tile for tile in tiles if not tile.is_full] == [
        Tile(0, 273, 112),
        Tile(1, 1, 17),
        Tile(2, 0, 1),
    ]
    assert sum(tile.level == 1 and tile.is_full for tile in tiles) == 1
    assert list(tiles_of(256)) == [Tile(0, 0), Tile(1, 0, 1)]
    assert list(tiles_of(0)) == []


@given(st.lists(st.binary(max_size=300), max_size=20))
def test_a_bundle_gives_back_its_entries(entries: list[bytes]) -> None:
    data = bundle(entries)
    assert list(unbundle(data)) == entries
    if entries:
        with pytest.raises(ValueError, match="cut off"):
            list(unbundle(data[:-1] if entries[-1] else data + b"\x00"))
