"""The same questions asked of one row per person: what a desk would do without a model of the population."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench._clock import median

Masks = dict[int, NDArray[np.bool_]]
"""Per column that is asked about, which codes fit."""

Weights = dict[int, NDArray[np.float64]]
"""Per column that is soft, the share of each code's people that fits."""

Depths = Sequence[NDArray[np.intp]]
"""Per column and code, how many levels of somebody's way outwards do not fit."""

CHUNK = 1 << 20
"""Rows taken at once, so that what lies between stays in the cache."""


def scans(
    cube: NDArray[np.float32], counts: dict[str, Masks], depths: Depths, lattices: dict[str, Weights]
) -> dict[str, float]:
    """Seconds per plain count and per lattice under soft shares, by name; medians of three.

    Rows are the cube's people one by one, a byte per axis, in the cube's order, which is kind to the processor.
    """
    columns = _rows(cube)
    found = {name: median(lambda masks=masks: _count(columns, masks), 3) for name, masks in counts.items()}  # type: ignore[misc]
    for name, weights in lattices.items():
        found[name] = median(lambda weights=weights: _lattice(columns, depths, weights), 3)  # type: ignore[misc]
    return found


def _rows(cube: NDArray[np.float32]) -> list[NDArray[np.uint8]]:
    """Whole people: a fraction of one is a person with that chance."""
    cells = cube.ravel().astype(float)
    whole = np.floor(cells + np.random.default_rng(5).random(len(cells))).astype(np.int64)
    codes = np.indices(cube.shape, dtype=np.uint8).reshape(cube.ndim, -1)
    return [np.repeat(code, whole) for code in codes]


def _count(columns: Sequence[NDArray[np.uint8]], masks: Masks) -> int:
    total = 0
    for start in range(0, len(columns[0]), CHUNK):
        fits: NDArray[np.bool_] | None = None
        for column, mask in masks.items():
            here = mask[columns[column][start : start + CHUNK]]
            fits = here if fits is None else fits & here
        total += int(np.count_nonzero(fits)) if fits is not None else 0
    return total


def _lattice(columns: Sequence[NDArray[np.uint8]], depths: Depths, weights: Weights) -> NDArray[np.float64]:
    """One pass: each row falls on the finest node it fits, and nodes are summed outwards."""
    shape = [int(depth.max()) + 1 for depth in depths]
    strides = [int(np.prod(shape[d + 1 :])) for d in range(len(shape))]
    table = [(depth * stride).astype(np.uint16) for depth, stride in zip(depths, strides, strict=True)]
    total = np.zeros(int(np.prod(shape)))
    for start in range(0, len(columns[0]), CHUNK):
        rows = [column[start : start + CHUNK] for column in columns]
        node = table[0][rows[0]]
        for each, row in zip(table[1:], rows[1:], strict=True):
            node = node + each[row]
        share: NDArray[np.float64] | None = None
        for column, weight in weights.items():
            here = weight[rows[column]]
            share = here if share is None else share * here
        total += np.bincount(node, share, len(total))
    people = total.reshape(shape)
    for dimension in range(people.ndim):
        people = np.cumsum(people, axis=dimension)
    return people
