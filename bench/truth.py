"""Truth discovery: of what many sources say of many items, how often the value that is chosen is the true one.

Measured on four public sets, collected by Dong and others, that disagree in different ways: `book` (authors, as
booksellers list them), `population` (of cities, as editors of an encyclopedia wrote it), `flights` (times and gates of
one day) and `weather` (hourly, from sites that share feeds). `<set>` is the share of the gold items of which anybody
told anything whose chosen value equals the gold, read alike; `<set>_items` how many there are. A list of authors is
right only if every author is there, by last name and first initial, and nobody else. Any gold files in the folder are
used: `book_*.txt`, `truth*.csv.gz`. One setting for all. `seconds` is our time for all four, `read_s` that for
reading the files.

Held against, in the same run and on the same readings: `vote`, of which ties are settled by an even chance, and two
published methods that know no copying, TruthFinder (Yin, Han and Yu 2008) and Investment (Pasternack and Roth 2010).
`gain` is our mean less that of the vote; `worst_set_se` the worst set's gain in standard errors of that gain;
`gain_half_p05` the fifth percentile of the gain over random halves of the gold: what a half not tuned on might show.
`<set>_sure` is the mean probability we give to what we choose: above `<set>`, we are too sure.

`world_*` are an invented world of known truth, a fifth of whose voices are worth listening to less than they are
heard: 80 of 200 sources copy a poor one. `world_s` is the time for so many claims, `world` and `world_vote` the share
that is right, `world_copies_found` the copiers found with their original, `world_copies_false` the pairs named who have
nothing to do with each other. `turned_<n>`: in tables of so many items, of what a poor source loses to four good ones,
the share it wins once a copier repeats it; perfect is 0.

It matters because prices, counts and listings reach the desk through sources that copy each other, and a number that
three have is no better than a number that one has, if they have it from him.
"""

from __future__ import annotations

import resource
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import mean

import numpy as np

from bench import Figures, Report, _truth_peers
from bench._truth_copier import turned
from bench._truth_sets import TruthSet, read_sets
from bench._truth_world import invent
from farbank.verify.discovery import Discovery, Item, discover
from farbank.verify.discovery.table import Floats, Table, tabulate
from farbank.verify.discovery.values import read

DATA = "benchmarks/truth"
PEERS: Mapping[str, Callable[[Table], Floats]] = {
    "vote": _truth_peers.vote,
    "truthfinder": _truth_peers.truthfinder,
    "investment": _truth_peers.investment,
}
CLAIMS, QUICK_CLAIMS = 1_000_000, 20_000
SMALL = (5, 20, 80)
HALVES = 1000
SEED = 20
TIE = 1e-9

Marks = dict[str, list[float]]
"""By set, of each gold item: 1 if right, 0 if wrong, between where a tie had to be settled by chance."""


@dataclass(frozen=True)
class Ours:
    """What we chose, and what it cost."""

    marks: Marks
    figures: Figures


def run(data: Path, *, quick: bool) -> Report:
    """Measure; `data` is the folder of the sets. Raises MissingData."""
    read_sets(data)
    with ProcessPoolExecutor(1, get_context("spawn"), max_tasks_per_child=1) as process:
        ours = process.submit(_ours, data).result()
        peers = {name: process.submit(_peer, name, data).result() for name in PEERS}
        world = process.submit(_world, QUICK_CLAIMS if quick else CLAIMS).result()
    rows = {name: _accuracies(marks) for name, marks in peers.items()}
    figures: dict[str, float | int | str | Mapping[str, float]] = {**_accuracies(ours.marks), **ours.figures}
    figures |= _gains(ours.marks, peers["vote"])
    figures |= {"vote": rows["vote"], "peer_truthfinder": rows["truthfinder"], "peer_investment": rows["investment"]}
    return {**figures, **world}  # type: ignore[dict-item]


def _ours(data: Path) -> Ours:
    started = time.perf_counter()
    sets = read_sets(data)
    figures: Figures = {"read_s": round(time.perf_counter() - started, 1)}
    started = time.perf_counter()
    found = {name: discover(one.told) for name, one in sets.items()}
    figures["seconds"] = round(time.perf_counter() - started, 1)
    figures["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    for name, one in sets.items():
        figures[f"{name}_sure"] = round(mean(found[name].settled[item].probability for item in one.gold), 3)
        figures[f"{name}_items"] = len(one.gold)
        figures[f"{name}_copies"] = len({frozenset((pair.one, pair.other)) for pair in found[name].copied})
    return Ours({name: _marks(one, found[name]) for name, one in sets.items()}, figures)


def _marks(one: TruthSet, found: Discovery) -> list[float]:
    return [float(read(found.settled[item].value) == read(gold)) for item, gold in one.gold.items()]


def _peer(name: str, data: Path) -> Marks:
    return {of: _peer_marks(one, PEERS[name]) for of, one in read_sets(data).items()}


def _peer_marks(one: TruthSet, method: Callable[[Table], Floats]) -> list[float]:
    """The chance that the right value is chosen among those that score highest."""
    table = tabulate(one.told)
    score = method(table).tolist()
    answers: dict[Item, list[int]] = defaultdict(list)
    for answer, item in enumerate(table.answer_item.tolist()):
        answers[table.items[item]].append(answer)
    marks = []
    for item, gold in one.gold.items():
        most = max(score[answer] for answer in answers[item])
        best = [answer for answer in answers[item] if score[answer] >= most - TIE * abs(most)]
        marks.append(sum(table.values[answer] == read(gold) for answer in best) / len(best))
    return marks


def _accuracies(marks: Marks) -> dict[str, float]:
    each = {name: round(mean(found), 4) for name, found in marks.items()}
    return each | {"mean": round(mean(mean(found) for found in marks.values()), 4)}


def _gains(ours: Marks, votes: Marks) -> Figures:
    gains = {name: np.subtract(ours[name], votes[name]) for name in ours}
    errors = [float(gain.mean() / max(gain.std() / len(gain) ** 0.5, TIE)) for gain in gains.values()]
    halves = _halves(list(gains.values()))
    return {
        "gain": round(float(np.mean([gain.mean() for gain in gains.values()])), 4),
        "worst_set_se": round(min(errors), 2),
        "gain_half_p05": round(float(np.quantile(halves, 0.05)), 4),
    }


def _halves(gains: Sequence[Floats]) -> list[float]:
    rng = np.random.default_rng(SEED)
    return [
        float(np.mean([rng.choice(gain, max(len(gain) // 2, 1), replace=False).mean() for gain in gains]))
        for _ in range(HALVES)
    ]


def _world(claims: int) -> Figures:
    world = invent(claims, SEED)
    started = time.perf_counter()
    found = discover(world.told)
    seconds = time.perf_counter() - started
    named = {frozenset((pair.one, pair.other)) for pair in found.copied}
    votes = _peer_marks(TruthSet(world.told, world.truth), _truth_peers.vote)
    return {
        "world_claims": len(world.told),
        "world_s": round(seconds, 1),
        "world_rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "world": round(mean(_marks(TruthSet(world.told, world.truth), found)), 4),
        "world_vote": round(mean(votes), 4),
        "world_copies_found": round(len(named & world.copies) / len(world.copies), 3),
        "world_copies_false": len(named - world.kin),
        **{f"turned_{items}": round(turned(items, SEED), 3) for items in SMALL},
    }
