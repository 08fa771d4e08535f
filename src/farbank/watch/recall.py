"""How likely a mention is to be there and missed: an upper limit from mentions that were known to be there.

Each known mention is a trial: was it reached or not? The limit is Clopper and Pearson's (1934) exact one on the share
missed. Whoever judges passages stops when they like, and may do so by looking at the limit; so the limits after so many
judgements hold all at once (Bonferroni: each at 1 - 5 % / the number of steps), and the tightest one reached counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from math import exp, fsum, lgamma, log, log1p

from farbank.model.statemedia import Recall
from farbank.model.text import Language

LEVEL = 0.95
"""How often a stated limit holds."""


def bound(measured: Iterable[Recall], outlet: str, language: Language, judged: int = 0) -> float | None:
    """The limit for one outlet and language after `judged` passages were judged, None if nothing was measured there."""
    for one in measured:
        if (one.outlet, one.language) == (outlet, language):
            share = (1 - LEVEL) / len(one.steps)
            reached = [upper(step.missed, one.trials, share) for step in one.steps if step.judged <= judged]
            return min(reached, default=None)
    return None


def upper(missed: int, trials: int, error: float) -> float:
    """The largest share of misses at which so few as `missed` of `trials` would come about with probability `error`.

    Clopper, Pearson: The use of confidence or fiducial limits illustrated in the case of the binomial, 1934.
    """
    if missed >= trials:
        return 1.0
    low, high = missed / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(missed, trials, middle) > error else (low, middle)
    return high


def _at_most(missed: int, trials: int, share: float) -> float:
    """The probability of so many misses or fewer."""
    if share <= 0:
        return 1.0
    if share >= 1:
        return 0.0
    return fsum(
        exp(lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1) + k * log(share) + (trials - k) * log1p(-share))
        for k in range(missed + 1)
    )
