"""Whether credence means what it says: simulated desks of which it is known what was so.

Four sets of desks, as many of each. In the first (`_hearsay.py`) word goes along drawn chains, as the model has it,
with every rate drawn anew for each desk; the constants of `verify` are the middles of those ranges. The others
(`_town.py`, keys `town_…`; `_offices.py`, `offices_…`; `_valley.py`, `valley_…`) are of other structures, and nothing
was set by the last. It matters because a desk that says 95 % and is right nine times in ten gets somebody arrested the
tenth time.

Keys: desks; judged (the rest cannot be); ece (expected calibration error of `mid` in ten bins of equal width, weighted
by how many lie in each; held to 0.03); brier; cover90 (of claims that hold, how often the 90 % interval of their amount
holds it; held to 0.88 to 0.92); confirmed (two sure origins, credence from `CONFIRMED` on); false_confirmed (the share
of these that do not hold; held to 0.01); confirmed_share (of what a perfect judge could confirm, the share we do; held
to 0.60); from_<n>_… (the same if an item were confirmed from n in a hundred on); learned_<n>_… (credence and
intervals once n outcomes of the same desk are known to it, over many desks drawn from the set; `_learned.py`).

The perfect judge knows every rate, who is whom and who is fake, demands two origins as we do, and confirms as many as
it can without expecting more than one in a hundred to be wrong. In the towns nobody can work that out, and the judge is
the model itself, given every chain as word really went: `town_judge_…` and `town_confirmed_share` say less there than
their names, and in the valley the judge knows no rates at all.

Peers on the same desks: roots counted alone (two sure origins, nothing against), reports counted as if independent,
the majority vote, and TruthFinder and Investment; these confirm from two reports and the same
threshold on, which TruthFinder never reaches.

`--quick` draws 400 desks of each set, of which few are confirmed: by chance alone `ece` is then one or two hundredths
higher and a `false_confirmed` of one in a hundred may be two. What is held to is the full size.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from bench import Figures, _calibration_peers, _hearsay, _learned, _offices, _town, _valley
from bench._calibration_error import ece
from bench._desks import DAY, Desk, Truth
from farbank.model.chains import Coincidence
from farbank.verify.credence import merging
from farbank.verify.credence.around import documents, heard_nothing, state_factor
from farbank.verify.credence.estimate import estimate
from farbank.verify.credence.rates import Values
from farbank.verify.credence.scales import CONFIRMED
from farbank.verify.credence.testimony import together
from farbank.verify.credence.weigh import credence
from farbank.verify.credence.widened import Measured
from farbank.verify.origins.count import sure_origins

DATA = "."
DESKS, QUICK = 5_000, 400
"""Of each set."""

LEVELS = (0.8, 0.9, 0.95, 0.98)
"""Credences from which one might confirm: what each would let through that is false, and reach."""
WRONG = 0.01
"""How many of those confirmed may be wrong."""
SEED = 20300131

Flags = NDArray[np.bool_]
Draw = Callable[[Random], tuple[Desk, Truth]]
SETS: dict[str, Draw] = {
    "": _hearsay.desk, "town_": _town.desk, "offices_": _offices.desk, "valley_": _valley.desk,
}  # fmt: skip
"""What draws a desk, by the prefix of its keys."""


class Judged(NamedTuple):
    """Per desk: whether it holds, its credence (NaN: cannot be judged), sure origins, and what the judge thinks.

    `measured` are the amount's interval, where it holds and one was told, and what there was, a Measured or None.
    """

    holds: Flags
    mid: Values
    origins: NDArray[np.int64]
    opposed: Flags
    perfect: Values
    perfect_origins: NDArray[np.int64]
    measured: tuple[Measured | None, ...]


def run(data: Path, *, quick: bool) -> Figures:
    """Measure; `data` is not used, `quick` simulates fewer desks."""
    number = QUICK if quick else DESKS
    figures: Figures = {"desks": len(SETS) * number}
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        for found in processes.map(_of_set, SETS, repeat(number)):
            figures |= found
    return figures


def _of_set(prefix: str, number: int) -> Figures:
    random = Random(f"{SEED} {prefix}")
    desks = [SETS[prefix](random) for _ in range(number)]
    return {f"{prefix}{key}": value for key, value in _figures(desks).items()}


def _figures(desks: Sequence[tuple[Desk, Truth]]) -> Figures:
    judged = _judged(desks)
    could = _could(judged)
    known = ~np.isnan(judged.mid)
    confirmed = known & (judged.mid >= CONFIRMED) & (judged.origins >= 2)
    measured = [each for each in judged.measured if each is not None]
    covered = np.array([each.given.low <= each.was <= each.given.high for each in measured])
    figures: Figures = {
        "judged": int(known.sum()),
        "held": round(float(judged.holds.mean()), 3),
        "ece": round(ece(judged.mid[known], judged.holds[known]), 4),
        "brier": round(float(np.mean((judged.mid[known] - judged.holds[known]) ** 2)), 4),
        "cover90": round(float(covered.mean()), 3),
        "numeric": len(covered),
        "judge_confirmed": int(could.sum()),
        **_confirmations("", confirmed, judged.holds, could),
    }
    figures |= _learned.figures(judged.mid[known], judged.holds[known], judged.origins[known], measured)
    for level in LEVELS:
        so_sure = known & (judged.mid >= level) & (judged.origins >= 2)
        figures |= _confirmations(f"from_{100 * level:.0f}_", so_sure, judged.holds, could)
    seen = [desk for desk, _ in desks]
    two = np.array([len(desk.chains) >= 2 for desk in seen])
    figures |= _confirmations("peer_roots_", (judged.origins >= 2) & ~judged.opposed, judged.holds, could)
    peers: dict[str, Callable[[Sequence[Desk]], Values]] = {
        "reports": _calibration_peers.reports_counted,
        "vote": _calibration_peers.vote,
        "truthfinder": _calibration_peers.truth_finder,
        "investment": _calibration_peers.investment,
    }
    for name, score in peers.items():
        scores = score(seen)
        figures[f"peer_{name}_ece"] = round(ece(scores, judged.holds), 4)
        figures |= _confirmations(f"peer_{name}_", two & (scores >= CONFIRMED), judged.holds, could)
    return figures


def _confirmations(prefix: str, confirmed: Flags, holds: Flags, could: Flags) -> Figures:
    return {
        f"{prefix}confirmed": int(confirmed.sum()),
        f"{prefix}false_confirmed": round(float((confirmed & ~holds).sum() / max(confirmed.sum(), 1)), 4),
        f"{prefix}confirmed_share": round(float((confirmed & could).sum() / max(could.sum(), 1)), 3),
    }


def _judged(desks: Sequence[tuple[Desk, Truth]]) -> Judged:
    rows = [_row(desk, truth) for desk, truth in desks]
    *columns, measured = zip(*rows, strict=True)
    holds, mid, origins, opposed, perfect, really = (np.array(column) for column in columns)
    return Judged(holds, mid, origins, opposed, perfect, really, measured)


def _row(desk: Desk, truth: Truth) -> tuple[bool, float, int, bool, float, int, Measured | None]:
    found = credence(
        desk.claim, desk.chains, as_of=DAY, seeds=desk.seeds, coincidences=desk.coincidences, records=desk.records,
        inquiries=desk.inquiries, state=desk.state, evidence=desk.evidence,
    )  # fmt: skip
    supporting = [chain for chain in desk.chains if chain.bearing == "supports"]
    really = [chain for chain in truth.chains if chain.bearing == "supports"]
    interval = (
        estimate(
            desk.amounts, {chain.id: chain for chain in desk.chains}, seeds=desk.seeds, records=desk.records,
            coincidences=desk.coincidences,
        )
        if truth.holds else None
    )  # fmt: skip
    return (
        truth.holds,
        found.mid if found else np.nan,
        sure_origins(supporting, desk.coincidences),
        len(supporting) < len(desk.chains),
        _perfect(desk, truth),
        sure_origins(really),
        None if interval is None else Measured(interval, truth.amount),
    )


def _perfect(desk: Desk, truth: Truth) -> float:
    """The credence of a judge who knows every rate, who is whom, who is fake, and every chain to its end."""
    pairs = [Coincidence(a=a, b=b, probability=1.0) for a, b in truth.same.items()]
    groups = [merging.mixed(group, pairs, truth.doubts, truth.rates) for group in merging.groups(truth.chains, pairs)]
    around = float(heard_nothing(desk.claim, desk.inquiries, DAY)[0])
    around += np.log(state_factor(desk.claim, desk.state))
    around += sum(np.log(factor) for _, factor in documents(desk.claim, desk.chains, desk.evidence))
    odds = np.log(truth.prior / (1 - truth.prior)) + around + together(groups, truth.rates)[0]
    return float(1 / (1 + np.exp(-np.clip(odds, -50, 50))))


def _could(judged: Judged) -> Flags:
    """What the perfect judge could confirm: the surest first, as long as no more than `WRONG` are expected to fail."""
    able = judged.perfect_origins >= 2
    order = np.argsort(np.where(able, -judged.perfect, 2))[: able.sum()]
    expected = np.cumsum(1 - judged.perfect[order]) / np.arange(1, len(order) + 1)
    could = np.zeros(len(able), dtype=bool)
    could[order[expected <= WRONG]] = True
    return could
