"""What people told of a claim, and by how much all of it together moves the odds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from farbank.model.chains import Chain, Coincidence, Node, Seed
from farbank.model.people import Record
from farbank.verify.credence import rates
from farbank.verify.credence.doubt import invents
from farbank.verify.credence.merging import groups, mixed
from farbank.verify.credence.network import Doubts
from farbank.verify.credence.paths import UNKNOWN, paths
from farbank.verify.credence.rates import Draws, Values


class Told(NamedTuple):
    """The chains of a claim; the records of people by person id; how likely each node echoes what it was fed."""

    chains: tuple[Chain, ...]
    coincidences: tuple[Coincidence, ...]
    records: Mapping[str, Record]
    echoes: Mapping[Node, float]


def judgeable(chain: Chain) -> bool:
    """Whether it is known who told the desk, and who or what began it, other than the desk's own words."""
    first = next(iter(paths([chain]))).stations[0]
    fed = first.node == "desk" and first.how == "not-stated"
    return chain.hops[-1].who != UNKNOWN and first.node != UNKNOWN and not fed


def echoes(seeds: Iterable[Seed]) -> dict[Node, float]:
    """Per node, how likely it says what a seed had carried to it (F9)."""
    missed: dict[Node, float] = {}
    for seed in set(seeds):
        missed[seed.who] = missed.get(seed.who, 1.0) * (1 - seed.probability)
    return {node: 1 - chance for node, chance in missed.items()}


def weight(told: Told, draws: Draws) -> Values:
    """The logarithm of the odds factor of all that was told, per draw."""
    return together(parts(told, draws).values(), draws)


def parts(told: Told, draws: Draws) -> dict[tuple[Chain, ...], Values]:
    """Per group of chains that can have nobody in common, the logarithm of its likelihood."""
    doubts = Doubts(
        {f"person:{person}": invents(record) for person, record in told.records.items()},
        invents(Record()),
        told.echoes,
    )
    return {group: mixed(group, told.coincidences, doubts, draws) for group in groups(told.chains, told.coincidences)}


def together(likelihoods: Iterable[Values], draws: Draws) -> Values:
    """The logarithm of the odds factor of groups that share only a rumour, or something they all took for it."""
    about = rates.values(rates.GOING_ABOUT, rates.RUMOUR, draws)
    by_claim = np.log(np.stack([1 - about, about]))[None] + sum(likelihoods, np.zeros((3, 2, draws.size)))
    fails, alike, holds = np.logaddexp(by_claim[:, 0], by_claim[:, 1])
    chance = rates.values(rates.ALIKE, rates.MISTAKING, draws)
    found: Values = holds - np.logaddexp(np.log(1 - chance) + fails, np.log(chance) + alike)
    return found
