"""Merkle trees as certificate transparency builds them: one hash for many entries, and proofs that one is among them.

RFC 9162, section 2.1, with SHA-256: a leaf is hashed behind a zero byte and a node behind a one, so that neither can
stand for the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

SIZE = sha256().digest_size
EMPTY = sha256().digest()
"""The head of a tree without entries."""


class Tree:
    """A tree that grows by one entry at a time and remembers no more than the heads of its whole parts, log2 n."""

    def __init__(self) -> None:
        self.count = 0
        self._heads: list[bytes] = []  # of whole subtrees, the largest first: one for every set bit of `count`

    def add(self, entry: bytes) -> None:
        """Take in one more entry."""
        head = leaf(entry)
        for _ in range(_trailing_ones(self.count)):
            head = _node(self._heads.pop(), head)
        self._heads.append(head)
        self.count += 1

    def root(self) -> bytes:
        """The head of the tree as it is now."""
        return _folded(self._heads)


def root(entries: Iterable[bytes]) -> bytes:
    """The tree head over `entries` (MTH), which are read once and not kept."""
    tree = Tree()
    for entry in entries:
        tree.add(entry)
    return tree.root()


def leaf(entry: bytes) -> bytes:
    """The hash of one entry as a leaf."""
    return sha256(b"\x00" + entry).digest()


def inclusion(entries: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """The hashes that lead from entry `index` up to the root (PATH), its nearest neighbour first.

    Raises IndexError if there is no such entry.
    """
    if not 0 <= index < len(entries):
        raise IndexError(f"no entry {index} among {len(entries)}")
    level = [leaf(entry) for entry in entries]
    path: list[bytes] = []
    while len(level) > 1:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        # A last hash without a neighbour goes up as it is; that is the tree of the RFC, cut at powers of two.
        level = [_node(*level[at : at + 2]) if at + 1 < len(level) else level[at] for at in range(0, len(level), 2)]
        index //= 2
    return tuple(path)


def includes(root: bytes, count: int, entry: bytes, index: int, path: Sequence[bytes]) -> bool:
    """Whether `path` shows that `entry` is number `index` of the `count` entries under `root` (section 2.1.3.2)."""
    if not 0 <= index < count or any(len(step) != SIZE for step in path):
        return False
    here, last, head = index, count - 1, leaf(entry)
    for step in path:
        if last == 0:
            return False
        if here & 1 or here == last:
            head = _node(step, head)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            head = _node(head, step)
        here, last = here >> 1, last >> 1
    return last == 0 and head == root


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def _folded(heads: Sequence[bytes]) -> bytes:
    """The root over whole subtrees, smallest first."""
    if not heads:
        return EMPTY
    *larger, found = heads
    for head in reversed(larger):
        found = _node(head, found)
    return found


def _trailing_ones(number: int) -> int:
    return (~number & (number + 1)).bit_length() - 1
