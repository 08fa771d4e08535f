"""Sums over the hidden variables of a network, one after another, exactly (variable elimination)."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Sequence
from math import prod
from typing import NamedTuple

import numpy as np

from farbank.verify.credence.rates import Values

WIDEST = 3**8
"""The most cells of a table made on the way; a network that needs more is too tangled."""
RESCALED = 50
"""After so many factors a product is brought back to 1, before it underflows."""
BATCH = 3
"""The last axes of every table are not summed over: whether the claim holds, whether a rumour goes about, the draw."""

Variable = tuple[object, ...]


class Factor(NamedTuple):
    """A table over variables, an axis each, and then the axes of the batch."""

    variables: tuple[Variable, ...]
    table: Values


class TooTangled(Exception):
    """So many people are shared between chains that it cannot be worked out exactly."""


def summed(factors: Iterable[Factor], sizes: dict[Variable, int]) -> Values:
    """The logarithm of the product of all factors, summed over every variable; only the axes of the batch are left.

    The next variable is always one whose table is smallest (min-weight), so a tree takes time linear in its size.
    Raises TooTangled.
    """
    total = np.zeros((1,) * BATCH)
    live: dict[int, Factor] = {}
    touching: dict[Variable, set[int]] = {variable: set() for variable in sizes}
    fresh = 0

    def add(factor: Factor) -> None:
        nonlocal total, fresh
        table, scale = _scaled(factor.table)
        total = total + scale
        if not factor.variables:
            return
        live[fresh] = Factor(factor.variables, table)
        for variable in factor.variables:
            touching[variable].add(fresh)
        fresh += 1

    for factor in factors:
        add(factor)
    order = {variable: number for number, variable in enumerate(sizes)}
    queue = [(_weight(variable, live, touching, sizes), order[variable], variable) for variable in sizes]
    heapq.heapify(queue)
    while queue:
        weight, number, variable = heapq.heappop(queue)
        now = _weight(variable, live, touching, sizes)
        if now > weight and queue and now > queue[0][0]:
            heapq.heappush(queue, (now, number, variable))
            continue
        if now > WIDEST:
            raise TooTangled
        met = sorted(touching.pop(variable))
        gone = [live.pop(each) for each in met]
        for each, factor in zip(met, gone, strict=True):
            for other in factor.variables:
                if other != variable:
                    touching[other].discard(each)
        if gone:
            summed_out, scale = _without(variable, gone)
            total = total + scale
            add(summed_out)
    return total


def _weight(
    variable: Variable, live: dict[int, Factor], touching: dict[Variable, set[int]], sizes: dict[Variable, int]
) -> int:
    around = {other for each in touching[variable] for other in live[each].variables}
    return prod(sizes[other] for other in around)


def _without(variable: Variable, factors: Sequence[Factor]) -> tuple[Factor, Values]:
    """The product of the factors, summed over `variable`, and the logarithm of what it was divided by."""
    around = (*dict.fromkeys(v for factor in factors for v in factor.variables if v != variable), variable)
    product, taken = _aligned(factors[0], around), np.zeros((1,) * BATCH)
    for number, factor in enumerate(factors[1:], 1):
        product = product * _aligned(factor, around)
        if number % RESCALED == 0:
            product, scale = _scaled(product)
            taken = taken + scale
    return Factor(around[:-1], product.sum(axis=len(around) - 1)), taken


def _scaled(table: Values) -> tuple[Values, Values]:
    """The table with 1 as its greatest at every place of the batch, and the logarithm of what it was divided by."""
    scale = np.max(table, axis=tuple(range(table.ndim - BATCH)))
    return table / scale, np.log(scale)


def _aligned(factor: Factor, around: tuple[Variable, ...]) -> Values:
    kept = [variable for variable in around if variable in factor.variables]
    moved = [factor.variables.index(variable) for variable in kept]
    batch = range(len(factor.variables), factor.table.ndim)
    turned = factor.table.transpose(*moved, *batch)
    shape = iter(turned.shape)
    axes = [next(shape) if variable in factor.variables else 1 for variable in around]
    return turned.reshape(*axes, *shape)
