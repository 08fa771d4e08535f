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
ROUNDS = 40
"""Newton steps at most; the fit is concave and takes about six."""
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
    number = np.bincount(at, minlength=len(_GRID))
    held = np.bincount(at, [float(each.held) for each in outcomes], len(_GRID))
    shift = np.zeros(len(_GRID))
    for _ in range(ROUNDS):
        likely = 1 / (1 + np.exp(-(_GRID + shift)))
        slope = held - number * likely - _INVERSE @ shift
        step = np.linalg.solve(_INVERSE + np.diag(number * likely * (1 - likely)), slope)
        shift = shift + step
        if np.abs(step).max() < 1e-9:
            break
    return Learned(tuple(_risen(_GRID + shift)))


def moved(learned: Learned | None, credence: float) -> float:
    """The learned credence where the model gives `credence`; that itself where nothing was learned."""
    if learned is None:
        return credence
    found = float(np.interp(_log_odds(credence), _GRID, learned.log_odds))
    return float(np.clip(1 / (1 + np.exp(-found)), SURE, 1 - SURE))


def _risen(values: Values) -> list[float]:
    """The nearest values that never fall: neighbours that do are pooled (Ayer et al. 1955)."""
    pools: list[tuple[float, int]] = []
    for value in values:
        pools.append((float(value), 1))
        while len(pools) > 1 and pools[-2][0] > pools[-1][0]:
            (b, more), (a, number) = pools.pop(), pools.pop()
            pools.append(((a * number + b * more) / (number + more), number + more))
    return [value for value, number in pools for _ in range(number)]


def _log_odds(credence: float) -> float:
    kept = min(max(credence, SURE), 1 - SURE)
    return log(kept / (1 - kept))
