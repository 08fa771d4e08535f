"""The fitted cube holds every figure it was given, and nothing that cannot be."""

from __future__ import annotations

import numpy as np
import pytest
from msgspec.structs import replace

from farbank.country.pack import Pack
from farbank.model.errors import MissingReference
from farbank.protect.errors import MarginalsDisagree, NobodyFits, UnknownFact
from farbank.protect.population import Population, fit


def test_every_marginal_is_met(fitted: Population) -> None:
    order = list(fitted.axes)
    for marginal in fitted.data.marginals:
        kept = [order.index(axis) for axis in marginal.axes]
        held = fitted.cube.sum(axis=tuple(d for d in range(len(order)) if d not in kept), dtype=np.float64)
        share = fitted.persons / sum(marginal.counts.values())
        for key, count in marginal.counts.items():
            cell = tuple(fitted.axes[a].leaves.index(leaf) for a, leaf in zip(marginal.axes, key, strict=True))
            assert held[cell] == pytest.approx(count * share, rel=2e-3, abs=0.5), (marginal.axes, key)


def test_what_cannot_occur_stays_empty(fitted: Population) -> None:
    for zero in fitted.data.zeros:
        never = [
            np.logical_or.reduce([fitted.mask(axis, node) for node in zero.get(axis, (fitted.axes[axis].root,))])
            for axis in fitted.axes
        ]
        assert fitted.cube[np.ix_(*never)].sum() == 0
    assert fitted.cube.min() >= 0


def test_the_shipped_country_is_small_in_memory(kp: Pack) -> None:
    population = fit(kp.population)
    assert population.cube.nbytes < 20_000_000
    assert population.cube.dtype == np.float32


def test_the_hash_follows_the_data_and_nothing_else(kp: Pack, fitted: Population) -> None:
    assert fit(kp.population).hash == fitted.hash
    people, *others = kp.population.marginals
    moved = replace(people, counts={**people.counts, ("kp:KP0205",): 667_930.0})
    assert fit(replace(kp.population, marginals=(moved, *others))).hash != fitted.hash
    assert fit(replace(kp.population, order=("place",))).hash != fitted.hash


def test_figures_that_contradict_each_other_are_refused(kp: Pack) -> None:
    never = ({"organisation": ("org:party-local",)},)
    with pytest.raises(MarginalsDisagree, match="organisation"):
        fit(replace(kp.population, zeros=kp.population.zeros + never))


def test_a_zero_on_an_unknown_axis_is_refused(kp: Pack) -> None:
    with pytest.raises(MissingReference, match="height"):
        fit(replace(kp.population, zeros=({"height": ("tall",)},)))


def test_facts_meet_in_the_finer_of_two_nodes(fitted: Population) -> None:
    near = {"place": "kp:KP02"}, {"place": "kp:KP02/city"}, {"place": "kp", "sex": "sex:male"}
    assert fitted.meet(*near) == {"place": "kp:KP02/city", "sex": "sex:male"}
    with pytest.raises(NobodyFits):
        fitted.meet({"place": "kp:KP02/city"}, {"place": "kp:KP03"})
    with pytest.raises(UnknownFact):
        fitted.meet({"place": "kp:KP99"})
