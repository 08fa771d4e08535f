"""What a reader can know of one person: the question every count answers."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from farbank.country.census import PLACE
from farbank.model.people import Facts, without
from farbank.model.sizes import Size
from farbank.protect import counting
from farbank.protect.counting import Factor
from farbank.protect.knowing import Knowers, Part
from farbank.protect.population import Floats, Population


@dataclass(frozen=True)
class Sight:
    """Everything said of one person at once: facts, soft factors, who could have known it, and lists that hold them.

    `knowers` are the audiences of what they told; `at_most` is the shortest list the state holds them on;
    `shares` are the ends of what earlier editions gave away about what they knew, (low, mid, high).
    """

    facts: tuple[Facts, ...] = ()
    satellites: tuple[str, ...] = ()
    knowers: tuple[Knowers, ...] = ()
    at_most: Size | None = None
    shares: tuple[Factor, Factor, Factor] | None = None

    def parts(self) -> Iterator[tuple[tuple[Part, ...], tuple[Facts, ...]]]:
        """Every choice of one part per audience, with all the facts that then hold."""
        for chosen in itertools.product(*self.knowers):
            yield chosen, (*self.facts, *(group for part in chosen for group in part.groups))

    def without(self, axis: str) -> Sight:
        """The same with no fact on one axis."""
        return replace(self, facts=tuple(without(some, axis) for some in self.facts))

    def share(self, end: int) -> Factor | None:
        """What earlier editions leave, at the low (0), middle (1) or high (2) end."""
        return self.shares[end] if self.shares else None


def where(population: Population, sight: Sight, axis: str = PLACE) -> Floats:
    """How many people fit on each leaf of an axis, as the figures stand."""
    here = np.zeros(len(population.axes[axis].leaves))
    for parts, groups in sight.parts():
        weights = counting.narrowed(population, groups, sight.satellites)
        people = counting.per_leaf(population, weights, axis, sight.share(1))
        here += people * math.prod(part.mid for part in parts)
    return capped(here, sight)


def capped(here: Floats, sight: Sight) -> Floats:
    """The people here, no more of them than stand on the shortest list the state holds."""
    if sight.at_most is not None and here.sum() > sight.at_most.mid:
        return np.asarray(here * (sight.at_most.mid / here.sum()))
    return here
