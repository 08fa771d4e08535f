"""Things found to be one: disjoint sets, joined in nearly linear time."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)


class Sets(Generic[T]):
    """Disjoint sets, each thing at first its own (Tarjan, *Efficiency of a good but not linear set union*, 1975)."""

    def __init__(self) -> None:
        self._above: dict[T, T] = {}
        self._size: dict[T, int] = {}

    def of(self, thing: T) -> T:
        """The thing that stands for the set this one is in."""
        above = self._above
        if thing not in above:
            above[thing] = thing
            return thing
        while above[thing] != thing:
            above[thing] = thing = above[above[thing]]
        return thing

    def join(self, things: Iterable[T]) -> None:
        """Make one set of those the things are in."""
        first: T | None = None
        for thing in things:
            root = self.of(thing)
            if first is None:
                first = root
            elif root != first:
                small, first = sorted((root, first), key=lambda each: self._size.get(each, 1))
                self._above[small] = first
                self._size[first] = self._size.get(first, 1) + self._size.get(small, 1)
