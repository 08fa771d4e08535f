"""The parts of a graph that hang together at more than one node (Hopcroft and Tarjan, *Algorithm 447*, 1973)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

Edge = tuple[int, int]


def blocks(count: int, edges: Sequence[Edge]) -> list[int]:
    """The number of the block each edge is in; two edges share one if some circle goes over both.

    Nodes are 0 … `count` - 1; edges may be parallel, and an edge from a node to itself is a block of its own.
    """
    beside: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for number, (a, b) in enumerate(edges):
        if a != b:
            beside[a].append((number, b))
            beside[b].append((number, a))
    block = [-1] * len(edges)
    found = 0
    seen = [-1] * count
    low = [0] * count
    visited = 0
    for start in range(count):
        walk: list[tuple[int, int, Iterator[tuple[int, int]]]] = []
        new: tuple[int, int] | None = (start, -1) if seen[start] < 0 else None
        passed: list[int] = []
        while new is not None or walk:
            if new is not None:
                seen[new[0]] = low[new[0]] = visited
                visited += 1
                walk.append((*new, iter(beside[new[0]])))
            node, came, onward = walk[-1]
            new = None
            for number, other in onward:
                if number == came or seen[other] > seen[node]:
                    continue
                passed.append(number)
                if seen[other] < 0:
                    new = (other, number)
                    break
                low[node] = min(low[node], seen[other])
            if new is None:
                walk.pop()
                if walk:
                    above = walk[-1][0]
                    low[above] = min(low[above], low[node])
                    if low[node] >= seen[above]:
                        for number in _back_to(passed, came):
                            block[number] = found
                        found += 1
    return [number if number >= 0 else found + position for position, number in enumerate(block)]


def _back_to(passed: list[int], first: int) -> list[int]:
    """The edges passed since `first`, it included, taken off."""
    at = len(passed) - 1
    while passed[at] != first:
        at -= 1
    taken = passed[at:]
    del passed[at:]
    return taken
