"""The tree is that of RFC 6962: checked against its definition, and against another library."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree

from credentials.record.log.tree import NotInTheTree, inclusion_proof, leaf_hash, root_of
from tests.credentials.log.followers import (
    consistency_proof,
    root_by_inclusion,
    roots_by_consistency,
)

SIZES = st.integers(1, 700)


def leaf(index: int) -> bytes:
    return leaf_hash(f"leaf {index}".encode())


LEAVES = [leaf(index) for index in range(700)]


def defined_root(hashes: list[bytes]) -> bytes:
    """MTH, word for word as the RFC defines it."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    k = 1
    while k * 2 < len(hashes):
        k *= 2
    left, right = defined_root(hashes[:k]), defined_root(hashes[k:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def subtree(start: int, stop: int) -> bytes:
    return defined_root(LEAVES[start:stop])


@pytest.mark.parametrize("size", [0, 1, 2, 3, 4, 5, 7, 8, 255, 256, 257, 700])
def test_the_root_is_the_one_defined(size: int) -> None:
    assert root_of(LEAVES[:size]) == defined_root(LEAVES[:size])


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8, 100, 257])
def test_another_library_finds_the_same_roots_and_proofs(size: int) -> None:
    other = InmemoryTree.init_from_entries(
        [f"leaf {index}".encode() for index in range(size)], algorithm="sha256"
    )
    assert other.get_root() == root_of(LEAVES[:size])
    for index in range(size):
        theirs = other.prove_inclusion(index + 1, size)
        assert theirs.path[1:] == inclusion_proof(index, size, subtree)


@given(SIZES, st.data())
def test_every_leaf_is_proven_to_be_in_the_tree(size: int, data: st.DataObject) -> None:
    index = data.draw(st.integers(0, size - 1))
    path = inclusion_proof(index, size, subtree)
    root = root_of(LEAVES[:size])
    assert root_by_inclusion(LEAVES[index], index, size, path) == root
    assert root_by_inclusion(leaf(9999), index, size, path) != root


@given(SIZES, SIZES)
def test_every_tree_is_proven_to_be_the_beginning_of_every_later_one(a: int, b: int) -> None:
    old, size = min(a, b), max(a, b)
    path = consistency_proof(old, size, subtree)
    roots = root_of(LEAVES[:old]), root_of(LEAVES[:size])
    assert roots_by_consistency(old, size, roots[0], path) == roots


@given(st.integers(1, 300), st.integers(1, 300), st.data())
def test_a_tree_with_another_past_is_not(old: int, more: int, data: st.DataObject) -> None:
    size, changed = old + more, data.draw(st.integers(0, old - 1))
    other = [leaf(9999) if index == changed else h for index, h in enumerate(LEAVES[:size])]
    path = consistency_proof(old, size, lambda start, stop: root_of(other[start:stop]))
    first, second = roots_by_consistency(old, size, root_of(LEAVES[:old]), path)
    assert (first, second) != (root_of(LEAVES[:old]), root_of(other))


@given(SIZES, SIZES, st.data())
def test_a_path_cut_short_or_drawn_out_proves_nothing(a: int, b: int, data: st.DataObject) -> None:
    old, size = min(a, b), max(a, b)
    path = consistency_proof(old, size, subtree)
    wrong = [*path, leaf(9999)] if data.draw(st.booleans()) or not path else path[:-1]
    with pytest.raises(NotInTheTree):
        roots_by_consistency(old, size, root_of(LEAVES[:old]), wrong)
    inclusion = inclusion_proof(old - 1, size, subtree)
    wrong = [*inclusion, leaf(9999)] if data.draw(st.booleans()) or not inclusion else inclusion[1:]
    with pytest.raises(NotInTheTree):
        root_by_inclusion(LEAVES[old - 1], old - 1, size, wrong)


@pytest.mark.parametrize(("index", "size"), [(-1, 3), (3, 3), (0, 0)])
def test_there_is_no_proof_of_a_leaf_that_is_not_there(index: int, size: int) -> None:
    with pytest.raises(NotInTheTree):
        inclusion_proof(index, size, subtree)
    with pytest.raises(NotInTheTree):
        root_by_inclusion(leaf(0), index, size, [])


@pytest.mark.parametrize(("old", "size"), [(0, 3), (4, 3), (-1, 3)])
def test_there_is_no_proof_of_a_tree_that_is_no_beginning(old: int, size: int) -> None:
    with pytest.raises(NotInTheTree):
        consistency_proof(old, size, subtree)
    with pytest.raises(NotInTheTree):
        roots_by_consistency(old, size, leaf(0), [])
