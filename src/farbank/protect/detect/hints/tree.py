"""Phrases kept so that all of them are looked for at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")


class Tree(Generic[T]):
    """Values under sequences of words; a step costs one look-up a word, whatever the number of phrases."""

    def __init__(self) -> None:
        self._next: dict[tuple[int, str], int] = {}
        self._values: dict[int, list[T]] = {}

    def add(self, parts: Sequence[str], value: T) -> None:
        """Keep `value` under `parts`."""
        state = 0
        for part in parts:
            state = self._next.setdefault((state, part), len(self._next) + 1)
        self._values.setdefault(state, []).append(value)

    def at(self, edges: Sequence[Sequence[str]], start: int) -> Iterator[tuple[int, T]]:
        """Where each phrase that begins at `start` ends, and its value; `edges` is what each word may stand for."""
        states = [0]
        for end in range(start, len(edges)):
            steps = ((before, edge) for before in states for edge in edges[end])
            states = [self._next[step] for step in steps if step in self._next]
            if not states:
                return
            for state in states:
                for value in self._values.get(state, ()):
                    yield end + 1, value
