"""An invented country of 24,049,026 people: 1,152,000 kinds of person, told apart on six axes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, product

import numpy as np
from numpy.typing import NDArray

from farbank.country.census import Axis, Marginal, PopulationData, Satellite
from farbank.model.people import Facts
from farbank.protect.population import Population

PEOPLE = 24_049_026
SIZES = {
    "place": (200, 24, 12, 1),
    "urban": (2, 1),
    "sex": (2, 1),
    "age": (8, 4, 2, 1),
    "occupation": (30, 10, 3, 1),
    "organisation": (6, 3, 2, 1),
}
"""How many nodes each level of an axis has, leaves first."""

TABLES = (
    ("place",),
    ("place", "urban"),
    ("sex", "age"),
    ("place", "organisation"),
    ("place", "occupation"),
    ("occupation", "organisation"),
)
"""What a statistical office would have published; the rest is left to the fit."""

NEVER: dict[str, tuple[str, ...]] = {"age": ("age:1-0",), "organisation": ("organisation:1-0",)}
"""Children hold no posts."""


def data(seed: int = 17) -> PopulationData:
    """Tables that agree, because they are sums of one truth in which the axes go together in pairs."""
    axes = tuple(_axis(id, sizes) for id, sizes in SIZES.items())
    truth = _truth(axes, seed)
    reach = np.random.default_rng([seed, 1]).uniform(0, 0.9, len(axes[0].leaves))
    phone = Satellite(
        id="phone",
        weights=dict(zip(axes[0].leaves, map(float, reach), strict=True)),
        basis="modelled",
        note={},
        source="invented",
        top=0.9,
        half_km=30.0,
        fall_km=10.0,
    )
    return PopulationData(
        axes=axes,
        marginals=tuple(_table(truth, axes, kept) for kept in TABLES),
        zeros=(NEVER,),
        satellites=(phone,),
        order=("place", "place", "organisation", "organisation", "sex", "age", "age", "occupation", "occupation"),
    )


def people(population: Population, number: int, seed: int = 23) -> list[Facts]:
    """So many people by all they are, of one province, so that one story can be about them."""
    generator = np.random.default_rng(seed)
    province = population.mask("place", "place:2-5")
    cells = np.argwhere((population.cube > 0) & province.reshape(-1, *[1] * (population.cube.ndim - 1)))
    weights = population.cube[tuple(cells.T)].astype(float)
    drawn = generator.choice(len(cells), number, replace=False, p=weights / weights.sum())
    return [
        {axis.id: axis.leaves[leaf] for axis, leaf in zip(population.data.axes, cell, strict=True)}
        for cell in cells[drawn]
    ]


def _axis(id: str, sizes: Sequence[int]) -> Axis:
    parents = {
        f"{id}:{level}-{n}": f"{id}:{level + 1}-{n * above // here}"
        for level, (here, above) in enumerate(pairwise(sizes))
        for n in range(here)
    }
    return Axis(id=id, leaves=tuple(f"{id}:0-{n}" for n in range(sizes[0])), parents=parents, names={})


def _truth(axes: Sequence[Axis], seed: int) -> NDArray[np.float64]:
    generator = np.random.default_rng(seed)
    shape = [len(axis.leaves) for axis in axes]
    log = np.zeros(shape)
    for one, other in ((0, 0), (3, 3), (4, 4), (5, 5), (0, 1), (2, 3), (0, 5), (0, 4), (4, 5)):
        kept = sorted({one, other})
        drawn = generator.normal(0, 0.7, [shape[d] for d in kept])
        log += drawn.reshape([size if d in kept else 1 for d, size in enumerate(shape)])
    cells = np.exp(log)
    cells[:, :, :, :2, :, :2] = 0  # NEVER
    return np.asarray(cells * (PEOPLE / cells.sum()))


def _table(truth: NDArray[np.float64], axes: Sequence[Axis], kept: Sequence[str]) -> Marginal:
    ids = [axis.id for axis in axes]
    counts = truth.sum(axis=tuple(d for d, id in enumerate(ids) if id not in kept))
    keys = list(product(*(axes[ids.index(id)].leaves for id in kept)))
    return Marginal(
        axes=tuple(kept),
        counts=dict(zip(keys, map(float, counts.ravel()), strict=True)),
        basis=dict.fromkeys(keys, "recalled"),
        source="invented",
        year=2030,
    )
