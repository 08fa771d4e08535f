"""What a desk's own outcomes show of how far it is to be believed: credence set right by them (F11).

Of claims whose truth became known it is compared what the model had given them with how they came out. Where the model
said 0.9 and seven in ten held, 0.9 becomes less. The curve from the model's credence to the learned one never falls,
so all that holds of the order of two credences still holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

import numpy as np

from farbank.verify.credence.rates import Values
from farbank.verify.credence.scales import OUTCOMES, SURE

REACH, STEP = 7.0, 0.25
"""Log odds the curve is held at: from minus to plus `REACH`, which is beyond any credence given."""
OFF = 0.8
"""How far off the model may be expected to be anywhere, in log odds, before any outcome (standard deviation)."""
LENGTH = 1.0
"""Over how many log odds it is off together: outcomes at 0.7 say much of 0.8 and little of 0.1."""
ROUNDS, ENOUGH = 60, 1e-9
"""Newton steps at most (what is fitted is concave; it takes about six), and a step too small to go on."""
IMAGINED = 0.2
"""What a place without outcomes counts for, in outcomes, where the curve has to be made to rise."""
_GRID: Values = np.arange(-REACH, REACH + STEP / 2, STEP, dtype=np.float64)
_ALIKE: Values = np.exp(-0.5 * ((_GRID[:, None] - _GRID) / LENGTH) ** 2)
_INVERSE: Values = np.asarray(np.linalg.inv(OFF**2 * _ALIKE + 1e-4 * np.eye(len(_GRID))), dtype=np.float64)


class Outcome(NamedTuple):
    """What the model gave a claim, by itself, before it was known, and whether the claim then held."""

    credence: float
    held: bool


class Learned(NamedTuple):
    """The learned log odds at each of the model's log odds held, lowest first: they never fall."""

    log_odds: tuple[float, ...]


def learn(outcomes: Sequence[Outcome]) -> Learned | None:
    """The curve from the model's credence to that which these outcomes show; None if they are too few to show one.

    The likeliest smooth curve under a Gaussian process prior around the model itself (Rasmussen and Williams 2006,
    ch. 3), made to rise by pooling neighbours that fall. The order of the outcomes changes nothing.
    """
    if len(outcomes) < OUTCOMES:
        return None
    given = np.array([_log_odds(each.credence) for each in outcomes])
    at = np.rint((given + REACH) / STEP).astype(int)
    number: Values = np.bincount(at, minlength=len(_GRID)).astype(np.float64)
    held: Values = np.bincount(at, [float(each.held) for each in outcomes], len(_GRID)).astype(np.float64)
    return Learned(tuple(_risen(_GRID + _fitted(number, held), number + IMAGINED)))


def _fitted(number: Values, held: Values) -> Values:
    """How far the model is off at each of its log odds: Newton's steps, halved until they do not lead down."""
    shift: Values = np.zeros(len(_GRID))

    def fit(at: Values) -> float:
        seen = held * (_GRID + at) - number * np.logaddexp(0, _GRID + at)
        return float(seen.sum() - at @ _INVERSE @ at / 2)

    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-(_GRID + shift)))
        slope = held - number * likely - _INVERSE @ shift
        step = np.linalg.solve(_INVERSE + np.diag(number * likely * (1 - likely)), slope)
        while fit(shift + step) < fit(shift) and np.abs(step).max() > ENOUGH:
            step = step / 2
        shift = shift + step
        if np.abs(step).max() <= ENOUGH:
            break
    return shift


def moved(learned: Learned | None, credence: float) -> float:
    """The learned credence where the model gives `credence`; that itself where nothing was learned."""
    if learned is None:
        return credence
    found = float(np.interp(_log_odds(credence), _GRID, learned.log_odds))
    return float(np.clip(1 / (1 + np.exp(-found)), SURE, 1 - SURE))


def _risen(values: Values, weights: Values) -> list[float]:
    """The nearest values that never fall: neighbours that do are pooled, each by its weight (Ayer et al. 1955)."""
    pools: list[tuple[float, float, int]] = []
    for value, weight in zip(values.tolist(), weights.tolist(), strict=True):
        pools.append((value, weight, 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (b, more, others), (a, much, number) = pools.pop(), pools.pop()
            pools.append(((a * much + b * more) / (much + more), much + more, number + others))
    return [value for value, _, number in pools for _ in range(number)]


def _log_odds(credence: float) -> float:
    kept = min(max(credence, SURE), 1 - SURE)
    return log(kept / (1 - kept))
