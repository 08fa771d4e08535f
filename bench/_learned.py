"""What credence and intervals are worth once a desk has learned from so many outcomes of its own.

One desk after another is drawn from the claims of a set: so many of its claims became known, and of the rest it says
how sure it is. A few hundred claims are told otherwise by every desk, so that the figures do not hang on one draw.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from bench import Figures
from bench._calibration_error import ece
from farbank.verify.credence.learned import Outcome, learn, moved
from farbank.verify.credence.scales import confirmed
from farbank.verify.credence.widened import Measured, widened, widening

KNOWN = (50, 100, 200)
"""So many outcomes are known; below the first nothing is learned."""
STREAMS, FRESH = 40, 300
"""How many desks there are, and of how many further claims each is asked."""
SEED = 20300201


def figures(
    own: NDArray[np.float64], holds: NDArray[np.bool_], origins: NDArray[np.int64], measured: Sequence[Measured]
) -> Figures:
    """Per number of outcomes known: calibration error, Brier score, what is confirmed of a thousand and how much of it
    is false, and of amounts, as many of which are known, how often the interval holds what there was."""
    found: Figures = {}
    for known in KNOWN:
        random = np.random.default_rng(SEED)
        parts = [_stream(own, holds, origins, random.permutation(len(own)), known) for _ in range(STREAMS)]
        said, so, sure = (np.concatenate(column) for column in zip(*parts, strict=True))
        found |= {
            f"learned_{known}_ece": round(ece(said, so), 4),
            f"learned_{known}_brier": round(float(np.mean((said - so) ** 2)), 4),
            f"learned_{known}_confirmed_permille": round(1000 * float(sure.mean()), 2),
            f"learned_{known}_false_confirmed": round(float((sure & ~so).sum() / max(sure.sum(), 1)), 4),
        }
        if len(measured) > known:
            cover = [_covered(measured, random.permutation(len(measured)), known) for _ in range(STREAMS)]
            found[f"learned_{known}_cover90"] = round(float(np.concatenate(cover).mean()), 3)
    return found


def _stream(
    own: NDArray[np.float64],
    holds: NDArray[np.bool_],
    origins: NDArray[np.int64],
    order: NDArray[np.int64],
    known: int,
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    """Of one desk's further claims: the learned credence, whether it holds, whether it is confirmed."""
    before, fresh = order[:known], order[known : known + FRESH]
    curve = learn([Outcome(float(own[each]), bool(holds[each])) for each in before])
    said = np.array([moved(curve, float(own[each])) for each in fresh])
    sure = [confirmed(mid, int(origins[each]), own=float(own[each])) for mid, each in zip(said, fresh, strict=True)]
    return said, holds[fresh], np.array(sure, dtype=bool)


def _covered(measured: Sequence[Measured], order: NDArray[np.int64], known: int) -> list[bool]:
    """Of one desk's further amounts, whether the widened interval holds what there was."""
    wide = widening([measured[each] for each in order[:known]])
    fresh = [measured[each] for each in order[known : known + FRESH]]
    sizes = [widened(each.given, wide) for each in fresh]
    return [size.low <= each.was <= size.high for size, each in zip(sizes, fresh, strict=True)]
