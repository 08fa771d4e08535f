"""Weights of stylistic linkage, fitted on pairs of texts of which it is known whether one mouth said both.

Every pair is measured whole and at stretches of fewer words out of its middle. What is fitted: the spread of each view,
what one mouth differs from itself, the score that speaks for neither, a logistic slope that grows with words, and how
far ratios of stretches lie from those of whole texts. Each set counts the same, however many pairs it has, and whole
texts as much as all stretches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from math import log
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from bench._authorship import Problem, Problems
from farbank.protect.style.likeness import Likeness, likeness, side
from farbank.protect.style.ratio import FADES, HUNDRED, LEAST, MOST, Weights, log_ratio, score
from farbank.protect.style.views import VIEWS

STRETCHES = (25, 50, 100, 200, 400)
PLACES = (0.25, 0.6)
"""Where in a text a stretch begins: openings are formulas that all share."""
RIDGE = 1.0
PAIRS = 100
"""As many pairs each set counts for, whatever it has."""
LONG = 500
"""Words from which a pair counts as long enough to say where its stretches should have led."""
REACH = 0.9
SEED = 0

Floats = NDArray[np.float64]


Row = tuple[Likeness, bool, float]
"""What was measured, whether of one mouth, and how much it counts."""


class Measured(NamedTuple):
    """One pair; `whole` is it at full length, `cut` its stretches by nominal words."""

    same: bool
    group: int
    whole: Likeness
    cut: dict[int, list[Likeness]]


def measured(problems: Problems, stretches: Sequence[int] = STRETCHES) -> list[Measured]:
    """Measure every pair of a set; a minute for 300."""
    return [_measured(problem, problems.language, stretches) for problem in problems.problems]


def _measured(problem: Problem, language: str, stretches: Sequence[int]) -> Measured:
    whole = likeness(side(problem.known, language), side([problem.unknown], language), SEED)
    texts = [" ".join(problem.known).split(), problem.unknown.split()]
    cut: dict[int, list[Likeness]] = {}
    for size in stretches:
        if min(map(len, texts)) >= 1.2 * size:
            cut[size] = [_cut(texts, size, place, language) for place in PLACES]
    return Measured(problem.same, problem.group, whole, cut)


def _cut(texts: Sequence[Sequence[str]], size: int, place: float, language: str) -> Likeness:
    one, other = (side([_stretch(text, size, place)], language) for text in texts)
    return likeness(one, other, SEED)


def _stretch(text: Sequence[str], size: int, place: float) -> str:
    start = int((len(text) - size) * place)
    return " ".join(text[start : start + size])


def fit(sets: Sequence[Sequence[Measured]]) -> Weights:
    """Fit one set of weights for all."""
    rows = [row for pairs in sets for pair in pairs for row in _rows(pair, 1 / len(pairs))]
    usual = _usual(found for found, *_ in rows)
    bare = Weights(scales=_scales(rows), usual=usual, centre=(0.0, 0.0), slope=(1.0, 0.0), reach=((LEAST, 0.0),))
    weights = _logistic(rows, bare)
    return _with_reach([pair for pairs in sets for pair in pairs], weights)


def _rows(pair: Measured, share: float) -> Iterator[Row]:
    """A pair counts as much whole as all its stretches together."""
    cuts = [found for each in pair.cut.values() for found in each]
    share *= PAIRS / 2
    yield pair.whole, pair.same, share if cuts else 2 * share
    yield from ((found, pair.same, share / len(cuts)) for found in cuts)


def _usual(found: Iterable[Likeness]) -> dict[str, float]:
    known = [each.within for each in found if not np.isnan(each.within).any()]
    means = np.mean(known, axis=0) if known else np.zeros(len(VIEWS))
    return {view: round(float(mean), 4) for view, mean in zip(VIEWS, means, strict=True)}


def _scales(rows: Sequence[Row]) -> dict[str, tuple[float, float]]:
    """The spread of each view by log words: a line through the spreads at the nominal sizes."""
    sizes = np.array([_size(found.amount) for found, *_ in rows])
    between = np.array([found.between for found, *_ in rows])
    edges = np.log(np.array([0, *(2**0.5 * each for each in STRETCHES), np.inf]).clip(1e-9) / HUNDRED)
    bins = [(sizes >= low) & (sizes < high) for low, high in pairwise(edges)]
    bins = [each for each in bins if each.sum() >= 30]
    at = [float(sizes[each].mean()) for each in bins]
    found = {}
    for number, view in enumerate(VIEWS):
        spread = [log(float(between[each, number].std()) + 1e-6) for each in bins]
        slope, start = np.polyfit(at, spread, 1) if len(bins) > 1 else (0.0, spread[0])
        found[view] = (round(float(start), 3), round(float(slope), 3))
    return found


def _logistic(rows: Sequence[Row], bare: Weights) -> Weights:
    """The centre by a line through the scores, then the slope: no constant, so that a middling score says nothing."""
    scores = np.array([score(found, bare) for found, *_ in rows])
    sizes = np.array([_size(found.amount) for found, *_ in rows])
    amounts = np.array([min(found.amount, MOST) / MOST for found, *_ in rows])
    share = np.array([each for *_, each in rows])
    by_size, at_hundred = np.polyfit(sizes, scores, 1, w=np.sqrt(share))
    above = scores - at_hundred - by_size * sizes
    design = np.array([above, above * amounts]).T * np.clip(amounts * MOST / FADES, 0, 1)[:, None]
    same = np.array([each for _, each, _ in rows], dtype=float)
    found = _newton(design, same, share)
    if found.min() < 0:
        found = np.array([max(float(_newton(design[:, :1], same, share)[0]), 0.0), 0.0])
    centre = (round(float(at_hundred), 4), round(float(by_size), 4))
    return msgspec.structs.replace(bare, centre=centre, slope=(round(float(found[0]), 4), round(float(found[1]), 4)))


def _newton(design: Floats, same: Floats, share: Floats) -> Floats:
    found = np.zeros(design.shape[1])
    for _ in range(30):
        chance = 1 / (1 + np.exp(-design @ found))
        curve = share * chance * (1 - chance) + 1e-9
        hessian = design.T @ (design * curve[:, None]) + RIDGE * np.eye(len(found))
        found += np.linalg.solve(hessian, design.T @ (share * (same - chance)) - RIDGE * found)
    return found


def _with_reach(pairs: Sequence[Measured], weights: Weights) -> Weights:
    """Add how far stretches lie from the whole, never less for fewer words."""
    sizes, far = [], []
    for size in STRETCHES:
        gaps = [
            abs(log_ratio(found, weights) - log_ratio(pair.whole, weights))
            for pair in pairs
            if pair.whole.amount >= LONG
            for found in pair.cut.get(size, ())
        ]
        if gaps:
            sizes.append(float(size))
            far.append(float(np.quantile(gaps, REACH)))
    least = _between_halves(pairs, weights)
    far = [max([*far[at:], least]) for at in range(len(far))]
    # A ratio of one word says nothing: any that a long text could have is within reach.
    widest = max([*far, float(np.quantile([abs(log_ratio(pair.whole, weights)) for pair in pairs], 0.98))])
    reach = [(1.0, widest), *zip(sizes, far, strict=True), (float(MOST), least)]
    return msgspec.structs.replace(weights, reach=tuple((size, round(width, 3)) for size, width in reach))


def _between_halves(pairs: Sequence[Measured], weights: Weights) -> float:
    """What stays unsure of long texts: the gap between stretches of the longest kind from two places."""
    longest = max((size for pair in pairs for size in pair.cut), default=0)
    gaps = [
        abs(log_ratio(first, weights) - log_ratio(second, weights)) / 2**0.5
        for pair in pairs
        if longest in pair.cut
        for first, second in [pair.cut[longest]]
    ]
    return float(np.quantile(gaps, REACH)) if gaps else 0.0


def _size(amount: float) -> float:
    return log(min(max(amount, LEAST), MOST) / HUNDRED)
