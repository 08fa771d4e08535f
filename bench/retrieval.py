"""Finding the checked claim a tweet makes, among ten thousand: the ranker `watch.rank` on CheckThat! 2020 task 2.

Measured on the English set (10,375 claims of Snopes with their titles; 800 tweets to train, 197 to develop, and a test
split where the folder has one; “free for general research use”, so it is never shipped). A tweet, cleaned as
`bench._tweets` says, is the claim; a checked claim is the body of a text. It matters because a passage that the ranker
puts last is one nobody reads, and what nobody reads becomes silence.

Per split: `map1`, `map3`, `map5` (mean average precision over the first so many, the official measure at 5) with
weights learned by `watch.rank.fit` from the training split; those of `train` itself are cross-validated over five
folds, all tweets of one claim in the same fold, and only the best 100 of the plain sum are put in order. `plain_map5`
is what the product does unless told otherwise: nothing learned. `peer_bm25s_map5` is bm25s given the same cleaned
tweets, `peer_bm25s_raw_map5` given them as they stand. `rank_p50_ms` and `rank_p95_ms` are one claim against all texts,
`prepare_s` is their preparation, once. `weights` are those learned; where there is no training split they are plain.
`alone` is MAP@5 of each column by itself on the training tweets.

Held against bm25s, and against what was published for the test split: .929 the winner and .91 a fine-tuned sentence
encoder, both with downloaded weights. `--quick` takes 200 training tweets.
"""

from __future__ import annotations

import json
import resource
import statistics
import tempfile
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bench import Report, Row, _tweets
from bench._peers import peer
from bench._tweets import Query
from farbank.watch.rank import PLAIN, Ranker, Weights, fit
from farbank.watch.rank.features import NAMES
from farbank.watch.rank.fusion import fuse

DATA = "benchmarks/checkthat2020-2en"
DEPTHS = (1, 3, 5)
CANDIDATES = 100
FOLDS = 5
QUICK = 200

Order = Sequence[int]
"""Places of texts, the best first."""


@dataclass(frozen=True, eq=False)
class Case:
    """The best texts of the plain sum for a training tweet: places, features, and which are right."""

    query: Query
    places: NDArray[np.int64]
    features: NDArray[np.float64]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which of them are right."""
        return np.isin(self.places, list(self.query.right))

    @property
    def fold(self) -> int:
        """The same for all tweets of a claim."""
        return zlib.crc32(str(min(self.query.right)).encode()) % FOLDS

    def order(self, weights: Weights) -> Order:
        """The places, the likeliest first."""
        return [int(self.places[place]) for place in _order(fuse(self.features, weights))]


def run(data: Path, *, quick: bool) -> Report:
    """Measure; `data` is the folder of claims and splits. Raises MissingData, or what is wrong with a file."""
    tweets = _tweets.read(data)
    splits = {name: found[:QUICK] if quick and name == "train" else found for name, found in tweets.splits.items()}
    start = time.perf_counter()
    ranker = Ranker(tweets.texts, "en")
    figures: dict[str, Any] = {"texts": len(tweets.texts), "prepare_s": round(time.perf_counter() - start, 2)}
    figures |= _times(ranker, [query.claim for found in splits.values() for query in found][:QUICK])
    cases = [_case(ranker, query) for query in splits.get("train", [])]
    weights = _fitted(cases)
    peers = _bm25s(tweets.texts, splits)
    for name, queries in splits.items():
        row = _train(cases) if name == "train" else _unseen(ranker, weights, queries)
        figures[name] = {**row, "queries": len(queries), **peers.get(name, {})}
    figures["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    if cases:
        figures["alone"] = _alone(cases)
    figures["weights"] = {name: round(weight, 2) for name, weight in weights.items()}
    return figures


def _train(cases: Sequence[Case]) -> Row:
    """Each fold ordered with weights learned from the others."""
    orders: dict[int, Order] = {}
    for fold in range(FOLDS):
        weights = _fitted([case for case in cases if case.fold != fold])
        orders |= {place: case.order(weights) for place, case in enumerate(cases) if case.fold == fold}
    queries = [case.query for case in cases]
    plain = [case.order(PLAIN) for case in cases]
    return _maps(queries, [orders[place] for place in range(len(cases))]) | {"plain_map5": _map(queries, plain, 5)}


def _alone(cases: Sequence[Case]) -> Row:
    """What each column would do by itself; `meaning` is empty without an embedder."""
    queries, names = [case.query for case in cases], [name for name in NAMES if name != "meaning"]
    return {name: _map(queries, [case.order({name: 1.0}) for case in cases], 5) for name in names}


def _unseen(ranker: Ranker, weights: Weights, queries: Sequence[Query]) -> Row:
    plain: list[Order] = []
    learned: list[Order] = []
    for query in queries:
        features = ranker.features.of(query.claim)
        plain.append(_order(fuse(features, PLAIN))[:5])
        learned.append(_order(fuse(features, weights))[:5])
    return _maps(queries, learned) | {"plain_map5": _map(queries, plain, 5)}


def _case(ranker: Ranker, query: Query) -> Case:
    features = ranker.features.of(query.claim)
    places = np.array(_order(fuse(features, PLAIN))[:CANDIDATES], np.int64)
    return Case(query, places, features[places])


def _fitted(cases: Sequence[Case]) -> Weights:
    """Weights learned; the plain ones where there is nothing to learn from."""
    return fit([(case.features, case.right) for case in cases])


def _order(scores: NDArray[np.float64]) -> list[int]:
    return [int(place) for place in np.argsort(-scores, kind="stable")]


def _maps(queries: Sequence[Query], orders: Sequence[Order]) -> Row:
    return {f"map{depth}": _map(queries, orders, depth) for depth in DEPTHS}


def _map(queries: Sequence[Query], orders: Sequence[Order], depth: int) -> float:
    """Mean over the queries of the average precision at `depth`."""
    precisions = [_precision(query.right, order[:depth], depth) for query, order in zip(queries, orders, strict=True)]
    return round(statistics.mean(precisions), 4)


def _precision(right: frozenset[int], order: Order, depth: int) -> float:
    hits = [rank for rank, place in enumerate(order, 1) if place in right]
    return sum(number / rank for number, rank in enumerate(hits, 1)) / min(len(right), depth)


def _times(ranker: Ranker, claims: Sequence[str]) -> Row:
    """Median and 95th percentile in milliseconds."""
    spent = []
    for claim in claims:
        start = time.perf_counter()
        ranker.rank(claim)
        spent.append((time.perf_counter() - start) * 1000)
    p95 = statistics.quantiles(spent, n=20)[-1] if len(spent) > 1 else spent[0]
    return {"rank_p50_ms": round(statistics.median(spent), 2), "rank_p95_ms": round(p95, 2)}


def _bm25s(texts: Sequence[tuple[str, str]], splits: dict[str, list[Query]]) -> dict[str, Row]:
    """The peer in its own environment; nothing where it is not installed."""
    queries = [query for found in splits.values() for query in found]
    asked = {
        "texts": [f"{body} {title}" for title, body in texts],
        "queries": [*(query.claim for query in queries), *(query.tweet for query in queries)],
    }
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "asked.json").write_text(json.dumps(asked), "utf-8")
        told = peer("bm25s_retrieval", str(Path(folder) / "asked.json"), "5")
    if told is None:
        return {}
    found = told["found"]
    rows: dict[str, Row] = {}
    at = 0
    for name, own in splits.items():
        cleaned, raw = (found[start : start + len(own)] for start in (at, len(queries) + at))
        rows[name] = {"peer_bm25s_map5": _map(own, cleaned, 5), "peer_bm25s_raw_map5": _map(own, raw, 5)}
        at += len(own)
    return rows
