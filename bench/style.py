"""Whether a reader could tell that two texts come from one mouth: how often that is right, and how sure it is.

Measured on the PAN 2014 sets of authorship verification, or any folder laid out like them: `en_essays` (English, by
learners, of some 700 words; the false pairs share their subject) and `du_reviews` (Dutch, some 115 words). One method,
one setting, one set of weights for all; weights are fitted on nine tenths of the problems of every open set together
and tried on the last, `REPEATS` times; problems that share a text stay together. A set whose name ends in `_test` is
scored with weights fitted on all open ones, and never fitted on. `shipped` is 1 if those are the weights that come with
farbank.

Per set: `problems`; `auc` (held to 0.70) and `auc_sd` over the repeats, `auc_se` the standard error of so few; `c1`
(c@1; a ratio of exactly 1 is no answer); `final`, their product; `cllr`, the log-likelihood-ratio cost, 1 for who says
nothing; `ece` of the probability at even odds, in five bins of as many pairs. `alone_auc` is with weights fitted on
that set only. `calibration` has these bins; `short` the same for stretches of fewer words out of the middle: `ratios`
is the factor nine in ten ratios keep within, `reach` the median interval as a factor to either side, `held` how often
the ratio of the whole pair lay in it (to be 0.9; whole pairs of `LONG` words only).

Peers, same run: cosine of TF-IDF of runs of four letters (`peer_letters_`), and how well one text helps LZMA compress
the other (`peer_lzma_`); an answer is yes above the median of the set, which they are given and we are not.

`speakers_auc` and `speakers_two_auc`: six invented Korean speakers (`known/speakers.toml`), of four sayings each some
20 words long, told apart by one saying against one, and two against two. Written by one hand to differ, so it flatters.
`june` are the calls of `examples/june-order` beside each other: too short to say anything, and it must say so.
It matters because two quotations that can be told to come from one mouth add up what each gives away.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import chain, combinations
from math import exp, log
from multiprocessing import get_context
from pathlib import Path
from random import Random
from statistics import mean, median, pstdev

import numpy as np
from numpy.typing import NDArray

from bench import Report, Row, _style_peers
from bench._authorship import Problem, Problems, read_sets
from bench._style_fit import LONG, STRETCHES, Measured, fit, measured
from farbank.desk.examples import example
from farbank.protect.style.likeness import Likeness
from farbank.protect.style.link import linkage
from farbank.protect.style.ratio import Weights, log_ratio, reach, shipped

DATA = "benchmarks/pan14-av"
REPEATS, QUICK_REPEATS = 10, 2
FOLDS = 10
PIECE = 10
"""Problems that one process measures at a time."""
BINS = 5
SEED = 2014
SPEAKERS = Path(__file__).parent / "known" / "speakers.toml"
PEERS: Mapping[str, Callable[[Sequence[Problem]], list[float]]] = {
    "letters": _style_peers.letter_runs,
    "lzma": _style_peers.compression,
}

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Tried = list[tuple[Measured, Weights]]
"""Every pair with weights that were fitted without it."""


def run(data: Path, *, quick: bool) -> Report:
    """Measure; `quick` repeats less. Raises MissingData, DecodeError."""
    sets = read_sets(data)
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as processes:
        pairs = {each.name: list(chain.from_iterable(processes.map(measured, _pieces(each)))) for each in sets}
    open_sets = {each.name: pairs[each.name] for each in sets if not each.sealed}
    tried = [_folds(open_sets, Random(SEED + at)) for at in range(QUICK_REPEATS if quick else REPEATS)]
    report: dict[str, float | int | str | Row | Sequence[Row]] = {}
    bins: list[Row] = []
    short: list[Row] = []
    for each in sets:
        rounds = [one[each.name] for one in tried] if each.name in open_sets else [_sealed(each, pairs, open_sets)]
        report |= _figures(each, rounds)
        if each.name in open_sets:
            alone = _folds({each.name: pairs[each.name]}, Random(SEED))[each.name]
            report[f"{each.name}_alone_auc"] = round(auc(*_whole(alone)), 3)
        bins += _bins(each.name, rounds)
        short += _short(each.name, rounds[0])
    report["shipped"] = int(fit(list(open_sets.values())) == shipped()) if open_sets else 0
    return report | _speakers() | {"calibration": bins, "short": short, "june": _june()}


def _pieces(each: Problems) -> Iterator[Problems]:
    """The same set in pieces, for as many processes as there are cores."""
    for begin in range(0, len(each.problems), PIECE):
        yield each._replace(problems=each.problems[begin : begin + PIECE])


def _sealed(each: Problems, pairs: Mapping[str, list[Measured]], open_sets: Mapping[str, list[Measured]]) -> Tried:
    weights = fit(list(open_sets.values()))
    return [(pair, weights) for pair in pairs[each.name]]


def _folds(sets: Mapping[str, list[Measured]], draw: Random) -> dict[str, Tried]:
    """Ten folds of every set at once, stratified by answer, groups kept together."""
    folds = {name: _parted(pairs, draw) for name, pairs in sets.items()}
    found: dict[str, Tried] = {name: [] for name in sets}
    for fold in range(FOLDS):
        weights = fit([[pair for pair in pairs if folds[name][pair.group] != fold] for name, pairs in sets.items()])
        for name, pairs in sets.items():
            found[name] += [(pair, weights) for pair in pairs if folds[name][pair.group] == fold]
    return found


def _parted(pairs: Sequence[Measured], draw: Random) -> dict[int, int]:
    """The fold of each group: the larger groups first, each to the fold that has fewest of its answers."""
    groups: dict[int, list[bool]] = {}
    for pair in pairs:
        groups.setdefault(pair.group, []).append(pair.same)
    order = sorted(groups, key=lambda group: (-len(groups[group]), draw.random()))
    counts = {fold: [0, 0] for fold in range(FOLDS)}
    found = {}
    for group in order:
        mostly = sum(groups[group]) * 2 > len(groups[group])
        fold = min(counts, key=lambda fold: (counts[fold][mostly], sum(counts[fold]), draw.random()))
        found[group] = fold
        for same in groups[group]:
            counts[fold][same] += 1
    return found


def _figures(each: Problems, rounds: Sequence[Tried]) -> dict[str, float | int]:
    scored = [_whole(one) for one in rounds]
    areas = [auc(*one) for one in scored]
    c1 = mean(_c1(*one) for one in scored)
    ours = {
        "problems": len(each.problems),
        "auc": round(mean(areas), 3),
        "auc_sd": round(pstdev(areas), 4),
        "auc_se": round(_standard_error(mean(areas), scored[0][1]), 3),
        "c1": round(c1, 3),
        "final": round(mean(areas) * c1, 3),
        "cllr": round(mean(_cllr(*one) for one in scored), 3),
        "ece": round(mean(_ece(*one) for one in scored), 3),
    }
    same = np.array([problem.same for problem in each.problems])
    for name, peer in PEERS.items():
        scores = np.array(peer(each.problems))
        right = float(np.mean((scores > np.median(scores)) == same))
        area = auc(scores, same)
        ours |= {f"peer_{name}_auc": round(area, 3), f"peer_{name}_c1": round(right, 3)}
        ours[f"peer_{name}_final"] = round(area * right, 3)
    return {f"{each.name}_{key}": value for key, value in ours.items()}


def _whole(tried: Tried) -> tuple[Floats, Flags]:
    return _scored((pair.whole, pair.same, weights) for pair, weights in tried)


def _scored(rows: Iterable[tuple[Likeness, bool, Weights]]) -> tuple[Floats, Flags]:
    """Log ratios, and whether it was one mouth."""
    found = [(log_ratio(likeness, weights), same) for likeness, same, weights in rows]
    return np.array([each for each, _ in found]), np.array([same for _, same in found], dtype=bool)


def auc(scores: Floats, same: Flags) -> float:
    """How often a true pair scores above a false one; a tie is half."""
    above = scores[same][:, None] - scores[~same][None, :]
    return float(np.mean((above > 0) + (above == 0) / 2)) if above.size else float("nan")


def _standard_error(area: float, same: Flags) -> float:
    """By Hanley and McNeil."""
    yes, no = int(same.sum()), int((~same).sum())
    one, two = area / (2 - area), 2 * area**2 / (1 + area)
    spread = area * (1 - area) + (yes - 1) * (one - area**2) + (no - 1) * (two - area**2)
    return float((spread / (yes * no)) ** 0.5)


def _c1(scores: Floats, same: Flags) -> float:
    open_share = float(np.mean(scores == 0))
    right = float(np.mean((scores != 0) & ((scores > 0) == same)))
    return right * (1 + open_share)


def _cllr(scores: Floats, same: Flags) -> float:
    return float(np.log2(1 + np.exp(-scores[same])).mean() + np.log2(1 + np.exp(scores[~same])).mean()) / 2


def _parts(scores: Floats) -> list[NDArray[np.int64]]:
    return list(np.array_split(np.argsort(scores, kind="stable"), BINS))


def _ece(scores: Floats, same: Flags) -> float:
    chance = 1 / (1 + np.exp(-scores))
    return sum(abs(float(chance[part].mean() - same[part].mean())) * len(part) for part in _parts(scores)) / len(scores)


def _bins(name: str, rounds: Sequence[Tried]) -> list[Row]:
    pooled = [_whole(one) for one in rounds]
    scores, same = (np.concatenate(each) for each in zip(*pooled, strict=True))
    chance = 1 / (1 + np.exp(-scores))
    return [
        {
            "set": name,
            "said": round(float(chance[part].mean()), 3),
            "was": round(float(same[part].mean()), 3),
            "ratio": round(exp(float(scores[part].mean())), 2),
            "pairs": len(part) // len(rounds),
        }
        for part in _parts(scores)
    ]


def _short(name: str, tried: Tried) -> list[Row]:
    rows: list[Row] = []
    for size in STRETCHES:
        cuts = [(found, pair, weights) for pair, weights in tried for found in pair.cut.get(size, ())]
        if len(cuts) < 40:
            continue
        scores, same = _scored((found, pair.same, weights) for found, pair, weights in cuts)
        gaps = [
            abs(log_ratio(pair.whole, weights) - score) <= reach(found.amount, weights)
            for score, (found, pair, weights) in zip(scores, cuts, strict=True)
            if pair.whole.amount >= LONG
        ]
        rows.append(
            {
                "set": name,
                "words": size,
                "pairs": len(cuts),
                "auc": round(auc(scores, same), 3),
                "cllr": round(_cllr(scores, same), 3),
                "ratios": round(exp(float(np.quantile(abs(scores), 0.9))), 2),
                "reach": round(exp(median(reach(found.amount, weights) for found, _, weights in cuts)), 2),
                "held": round(float(np.mean(gaps)), 3) if gaps else None,
            }
        )
    return rows


def _speakers() -> dict[str, float]:
    speakers: dict[str, list[str]] = {
        name: each["sayings"] for name, each in tomllib.loads(SPEAKERS.read_text("utf-8")).items()
    }
    one = [(name, (at,)) for name in speakers for at in range(4)]
    two = [(name, each) for name in speakers for each in combinations(range(4), 2)]
    return {"speakers_auc": _told_apart(one, speakers), "speakers_two_auc": _told_apart(two, speakers)}


def _told_apart(heard: Sequence[tuple[str, tuple[int, ...]]], speakers: Mapping[str, list[str]]) -> float:
    """Sayings of one subject are never put beside each other."""
    scores, same = [], []
    for (name, first), (other, second) in combinations(heard, 2):
        if not set(first) & set(second):
            texts, others = [speakers[name][at] for at in first], [speakers[other][at] for at in second]
            scores.append(log(linkage(texts, others, "ko").ratio.mid))
            same.append(name == other)
    return round(auc(np.array(scores), np.array(same)), 3)


def _june() -> list[Row]:
    reports = {
        path.stem: path.read_text("utf-8").split("+++")[2] for path in example("june-order").glob("reports/*.md")
    }
    rows: list[Row] = []
    for one, other in combinations(sorted(reports), 2):
        found = linkage(reports[one], reports[other], "ko")
        low, mid, high = (round(each, 2) for each in found.ratio)
        rows.append({"one": one, "other": other, "words": list(found.words), "low": low, "mid": mid, "high": high})
    return rows
