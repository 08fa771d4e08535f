"""What is known of who lives in a country: axes, counts with their basis, and soft factors. Pure data."""

from __future__ import annotations

import math
from functools import cached_property
from typing import Literal

import msgspec

from farbank.model.sizes import Basis, Size
from farbank.model.text import Text

PLACE = "place"
"""The axis every population has."""


class Axis(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One way to tell people apart: its leaves in order, and `parents` from every node but the root upwards.

    `names` says each node as a noun phrase for a person, or as a name on the place axis; nodes such as `kp:KP02/city`
    have none of their own, because they are worded from the type and the name around them.
    """

    id: str
    leaves: tuple[str, ...]
    parents: dict[str, str]
    names: dict[str, Text]

    @cached_property
    def root(self) -> str:
        """The node that says nothing of anybody."""
        return self.upwards(self.leaves[0])[-1]

    @cached_property
    def nodes(self) -> frozenset[str]:
        """Every node there is, those that only have a name included."""
        return frozenset((*self.leaves, *self.parents, *self.parents.values(), *self.names))

    def upwards(self, node: str) -> tuple[str, ...]:
        """The node and everything around it, the root last."""
        found = [node]
        while found[-1] in self.parents:
            found.append(self.parents[found[-1]])
        return tuple(found)


class Marginal(msgspec.Struct, frozen=True, kw_only=True):
    """How many people each leaf holds, or each combination of leaves of two axes, and what each figure rests on."""

    axes: tuple[str, ...]
    counts: dict[tuple[str, ...], float]
    basis: dict[tuple[str, ...], Basis]
    source: str
    year: int


class Satellite(msgspec.Struct, frozen=True, kw_only=True):
    """A soft factor over places: the share of people it fits, a logistic curve of the distance to the border.

    `top` is the share far inside the reach, `half_km` the distance at which half of that is left, `fall_km` how soft
    the fall is; `weights` are the shares per place leaf.
    """

    id: str
    axis: str = PLACE
    weights: dict[str, float] = {}
    basis: Basis
    note: Text
    source: str
    top: float
    half_km: float
    fall_km: float

    def share(self, km: float | None) -> float:
        """The share of people it fits `km` from the border; none where the distance is unknown."""
        return 0.0 if km is None else self.top / (1 + math.exp((km - self.half_km) / self.fall_km))


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """How many people stand on one leaf, where nobody counted them.

    `people` is (low, mid, high) `per` unit, province or nation, or per head (`capita`) of the places it is found `at`;
    `at` lists types of place and ids. What is per province or nation is shared out by population. `per` = `node`
    means as many as hold a leaf under the nodes that `at` names on an axis before this one.
    """

    node: str
    people: Size
    per: Literal["unit", "province", "nation", "capita", "node"]
    at: tuple[str, ...]
    basis: Basis
    source: str


class Table(msgspec.Struct, frozen=True, kw_only=True):
    """The figures of one axis; whoever is left stands on the `remainder` leaf, as well known as `basis` says."""

    axis: str
    remainder: str
    basis: Basis
    figures: tuple[Figure, ...]


class Contacts(msgspec.Struct, frozen=True, kw_only=True):
    """How many people somebody speaks with who could know what they know."""

    people: Size
    basis: Basis
    source: str


class PopulationData(msgspec.Struct, frozen=True, kw_only=True):
    """Everything known of who lives where; the model is fitted in `protect`.

    `zeros` are combinations of nodes that cannot occur. `order` is the fixed order of the person-independent
    partition: each entry allows one level of splitting on that axis. `tables` and `kinds` (the type of each place
    leaf) are what the two-way marginals were made from, so that invented places can be laid over them.
    """

    axes: tuple[Axis, ...]
    marginals: tuple[Marginal, ...]
    zeros: tuple[dict[str, tuple[str, ...]], ...]
    satellites: tuple[Satellite, ...]
    order: tuple[str, ...]
    contacts: Contacts | None = None
    tables: tuple[Table, ...] = ()
    kinds: dict[str, str] = {}

    def axis(self, id: str) -> Axis:
        """The axis of that id. Raises KeyError."""
        return {axis.id: axis for axis in self.axes}[id]
