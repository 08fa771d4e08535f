"""Which answers are vaguer forms of others, and so speak for them: a rounded number, a list that is not complete."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations

import numpy as np

from farbank.verify.discovery.table import Floats, Numbers, Table
from farbank.verify.discovery.values import Names, Number, Value


@dataclass(frozen=True, eq=False)
class Support:
    """Answer `vague` speaks for answer `exact` with that `strength`, from 0 to 1."""

    vague: Numbers
    exact: Numbers
    strength: Floats


def supports(table: Table) -> Support:
    """Every pair of answers to one item of which the first is a vaguer form of the second (Yin, Han and Yu 2008)."""
    found: list[tuple[int, int, float]] = []
    ends = np.flatnonzero(np.diff(table.answer_item, append=-1)) + 1
    start = 0
    for end in ends.tolist():
        if end - start > 1:
            for vague, exact in permutations(range(start, end), 2):
                if strength := strength_of(table.values[vague], table.values[exact]):
                    found.append((vague, exact, strength))
        start = end
    return Support(
        vague=np.array([pair[0] for pair in found], np.int64),
        exact=np.array([pair[1] for pair in found], np.int64),
        strength=np.array([pair[2] for pair in found], np.float64),
    )


def strength_of(vague: Value, exact: Value) -> float:
    """How far who says `vague` may mean `exact`: 1 of a rounded number, of names the share that is there, else 0.

    A name stands for a longer one that begins with the same words: `ryang` for `ryang chol`.
    """
    if isinstance(vague, Number) and isinstance(exact, Number):
        rounded = abs(vague.number - exact.number) <= vague.unit / 2 * (1 + 1e-9)
        return 1.0 if exact.unit < vague.unit and rounded else 0.0
    if isinstance(vague, Names) and isinstance(exact, Names) and vague != exact:
        within = all(_among(name, exact.names) for name in vague.names)
        return min(1.0, len(vague.names) / len(exact.names)) if within else 0.0
    return 0.0


def _among(name: str, names: frozenset[str]) -> bool:
    return name in names or any(other.startswith(f"{name} ") for other in names)
