from __future__ import annotations

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.watch import merkle

# The entries and heads that implementations of certificate transparency are tried with.
ENTRIES = [
    bytes.fromhex(text)
    for text in (
        "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f",
    )
]  # fmt: skip
HEADS = (
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
PATHS = {
    (1, 0): (),
    (8, 0): (
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ),
    (8, 5): (
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ),
    (3, 2): ("fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",),
    (5, 1): (
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ),
}

entries = st.lists(st.binary(max_size=40), max_size=70)


def head(leaves: list[bytes]) -> bytes:
    """The definition of RFC 9162, 2.1.1, word for word."""
    if not leaves:
        return hashlib.sha256().digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\x00" + leaves[0]).digest()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\x01" + head(leaves[:k]) + head(leaves[k:])).digest()


def path(index: int, leaves: list[bytes]) -> tuple[bytes, ...]:
    """The definition of RFC 9162, 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return ()
    k = 1 << (len(leaves) - 1).bit_length() - 1
    if index < k:
        return (*path(index, leaves[:k]), head(leaves[k:]))
    return (*path(index - k, leaves[k:]), head(leaves[:k]))


@pytest.mark.parametrize("count", range(9))
def test_the_known_heads(count: int) -> None:
    assert merkle.root(ENTRIES[:count]).hex() == HEADS[count]


@pytest.mark.parametrize("count, index", PATHS)
def test_the_known_paths(count: int, index: int) -> None:
    assert tuple(step.hex() for step in merkle.inclusion(ENTRIES[:count], index)) == PATHS[count, index]


@given(entries)
def test_a_tree_that_grows_is_the_tree_of_the_definition(leaves: list[bytes]) -> None:
    tree = merkle.Tree()
    for number, each in enumerate(leaves):
        assert tree.root() == head(leaves[:number])
        tree.add(each)
    assert (tree.count, tree.root()) == (len(leaves), head(leaves))


@given(entries.filter(bool), st.data())
def test_every_entry_is_shown_to_be_there_and_no_other(leaves: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(leaves) - 1))
    proof = merkle.inclusion(leaves, index)
    root = merkle.root(leaves)
    assert proof == path(index, leaves)
    assert merkle.includes(root, len(leaves), leaves[index], index, proof)
    assert not merkle.includes(root, len(leaves), leaves[index] + b"!", index, proof)
    assert not merkle.includes(root, len(leaves), leaves[index], index, (*proof, root))
    assert not merkle.includes(hashlib.sha256(root).digest(), len(leaves), leaves[index], index, proof)
    if proof:
        assert not merkle.includes(root, len(leaves), leaves[index], index, proof[:-1])


@given(st.lists(st.binary(max_size=8), min_size=2, max_size=70, unique=True), st.data())
def test_a_path_holds_for_one_place_only(leaves: list[bytes], data: st.DataObject) -> None:
    index, other = data.draw(st.lists(st.integers(0, len(leaves) - 1), min_size=2, max_size=2, unique=True))
    assert not merkle.includes(merkle.root(leaves), len(leaves), leaves[index], other, merkle.inclusion(leaves, index))


def test_an_inner_node_is_no_entry() -> None:
    root = merkle.root(ENTRIES[:2])
    inner = merkle.leaf(ENTRIES[0]) + merkle.leaf(ENTRIES[1])
    assert merkle.root([inner]) != root
    assert not merkle.includes(root, 1, inner, 0, ())


@pytest.mark.parametrize("index", [-1, 3])
def test_an_entry_that_is_not_there_has_no_path(index: int) -> None:
    with pytest.raises(IndexError):
        merkle.inclusion(ENTRIES[:3], index)
    assert not merkle.includes(merkle.root(ENTRIES[:3]), 3, ENTRIES[0], index, ())


def test_a_step_of_the_wrong_length_is_refused() -> None:
    # A step of 64 bytes would let somebody shift the border between left and right.
    left, right = merkle.leaf(ENTRIES[0]), merkle.leaf(ENTRIES[1])
    assert not merkle.includes(merkle.root(ENTRIES[:3]), 3, ENTRIES[2], 2, (left + right,))


def test_memory_grows_with_the_logarithm() -> None:
    tree = merkle.Tree()
    for number in range(5000):
        tree.add(number.to_bytes(4))
        assert len(tree._heads) == tree.count.bit_count()
