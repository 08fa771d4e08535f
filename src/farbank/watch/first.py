"""Which passages are read where there are more than a look reads: what they say decides, never an engine's score."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from farbank.watch.engine import Store
from farbank.watch.index import split
from farbank.watch.store import Order
from farbank.watch.touch import Candidate

Rank = Callable[[Candidate], tuple[int, ...]]
Placed = tuple[Order, int]
"""By what passages sort alike in whatever archive they are: their article, and their place in it."""


def first(candidates: Sequence[Candidate], rank: Rank, most: int, store: Store) -> list[Candidate]:
    """The `most` candidates of the highest rank, highest first; of one rank those of the earliest days."""
    alike: dict[tuple[int, ...], list[Candidate]] = {}
    for one in candidates:
        alike.setdefault(rank(one), []).append(one)
    found: list[Candidate] = []
    for each in sorted(alike, reverse=True):
        standing = placed([one.key for one in alike[each]], store)
        found += sorted(alike[each], key=lambda one: standing[one.key])
        if len(found) >= most:
            break
    return found[:most]


def placed(keys: Sequence[int], store: Store) -> dict[int, Placed]:
    """What passages are sorted by."""
    orders = store.orders([*{split(key)[0] for key in keys}])
    return {key: (orders[ordinal], position) for key in keys for ordinal, position in [split(key)]}
