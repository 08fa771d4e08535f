"""Small invented populations, some of them too small for anybody to hide in."""

from __future__ import annotations

from itertools import product

import numpy as np

from farbank.country.census import Axis, Marginal, PopulationData, Satellite
from farbank.protect.population import Population

PLACES = {"c": "", "c:A": "c", "c:B": "c", "c:A1": "c:A", "c:A2": "c:A", "c:B1": "c:B"}
BODIES = {"body:any": "", "body:in": "body:any", "body:out": "body:any", "body:high": "body:in", "body:low": "body:in"}
SEXES = {"sex:any": "", "sex:f": "sex:any", "sex:m": "sex:any"}


def axis(id: str, tree: dict[str, str]) -> Axis:
    """An axis from node -> parent."""
    inner = set(tree.values())
    parents = {node: parent for node, parent in tree.items() if parent}
    return Axis(id=id, leaves=tuple(n for n in tree if n not in inner), parents=parents, names={})


AXES = (axis("place", PLACES), axis("body", BODIES), axis("sex", SEXES))


def grown(cube: np.ndarray) -> Population:
    """A population that holds exactly the people of `cube`, 3 places by 3 bodies by 2 sexes."""
    leaves = [a.leaves for a in AXES]
    whole = Marginal(
        axes=("place", "body", "sex"),
        counts={key: float(n) for key, n in zip(product(*leaves), cube.ravel(), strict=True)},
        basis=dict.fromkeys(product(*leaves), "page"),
        source="invented",
        year=2030,
    )
    curve = {"top": 1.0, "half_km": 10.0, "fall_km": 4.0}
    reach = {"c:A1": 0.5, "c:A2": 0.25, "c:B1": 1.0}
    radio = Satellite(id="radio", weights=reach, basis="page", note={}, source="invented", **curve)
    data = PopulationData(
        axes=AXES, marginals=(whole,), zeros=(), satellites=(radio,), order=("place", "body", "body", "sex")
    )
    return Population(data, cube.astype(np.float32), "0" * 64)
