"""The archive at scale beside the embedded one: the same passages, the same queries, the same verdicts.

Measured on the KCNA articles of 2011–2012 as `bench archive` grows them, cut at 10⁴ and 10⁵ passages (`--quick`) and
at 10⁶: each size is built from one compressed article file and asked by each engine in a process of its own, both on
this machine, without a cluster. Queries and checks are those of `bench archive`. It matters because a desk that grows
must not be told something else by the larger engine, and because what 10⁹ articles take is reckoned from this growth
(`docs/guide/archive-at-scale.md`).

`top10_overlap` is the mean share of the ten best passages both engines name, `top1_same` counts the queries whose best
passage at scale is a best one of the embedded engine too (ties count). `verdicts_same` and `passages_same` count the
checks, of `checks`, with the same result, and with the very same passages shown. `rss_mb` is the most that all
processes of one engine held at once. `index_1_s` and `index_2_s` are the full-text index alone, on one and two workers;
`_b` keys are bytes on the disk an article (`raw` the compressed article file) or a passage (`tokens`, `index`).
"""

from __future__ import annotations

import gzip
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path

import msgspec

from bench import MissingData, Report, Row, _memory
from bench import archive as plain
from farbank import country
from farbank.country.pack import Pack
from farbank.country.tokens import tokens
from farbank.model import codec
from farbank.model.statemedia import Window
from farbank.watch import archive, check
from farbank.watch.engine import Archive
from farbank.watch.errors import NotInstalled
from farbank.watch.passages import passages
from farbank.watch.sources import lines

DATA = plain.DATA
SIZES = (10_000, 100_000, 1_000_000)
TIE = 1e-3
"""Scores that differ by less than a thousandth are one: the engines round the length of a passage differently."""


Found = tuple[str, frozenset[tuple[str, str, str]]]
"""The result of a check, and article, text and grade of every passage shown."""


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One engine at one size: its figures, the ten best of every query with their scores, and what every check gave."""

    figures: dict[str, float]
    best: list[dict[int, float]]
    found: list[Found]


def run(data: Path, *, quick: bool) -> Report:
    """Measure; `data` is the folder that holds the article file. Raises MissingData, also where no cluster is."""
    file = data / plain.FILE
    if not file.is_file():
        raise MissingData(f"there is no {plain.FILE} in {data}; give the folder that holds it with --data")
    try:
        import farbank.watch.cluster  # noqa: F401
    except NotInstalled as missing:
        raise MissingData(str(missing)) from None
    growth = [_at(file, size) for size in (SIZES[:-1] if quick else SIZES)]
    return {**{key: value for key, value in growth[-1].items() if isinstance(value, float | int)}, "growth": growth}


def _at(file: Path, size: int) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "articles.jsonl.gz"
        articles, count = _write(file, size, source)
        asks = plain._asks(lines.articles(source))
        theirs = plain._alone(_measure, _embedded, source, Path(folder) / "embedded", asks)
        ours = plain._alone(_measure, _cluster, source, Path(folder) / "cluster", asks)
        sizes = _bytes(Path(folder), articles, count)
        again = {f"index_{workers}_s": plain._alone(_index, Path(folder) / "cluster", workers) for workers in (1, 2)}
    row: Row = {"passages": count, "articles": articles}
    for key in ours.figures:
        row[key] = ours.figures[key]
        if key in theirs.figures:
            row[f"embedded_{key}"] = theirs.figures[key]
    return row | _agreement(ours, theirs) | again | sizes


def _write(file: Path, size: int, source: Path) -> tuple[int, int]:
    """Write the article file of that size; gives its articles and passages."""
    articles = made = 0
    with gzip.open(source, "wb", 6) as out:
        for article in plain._articles((file, True)):
            out.write(codec.to_json(article) + b"\n")
            articles, made = articles + 1, made + len(passages(article))
            if made >= size:
                break
    return articles, made


Engine = tuple[Callable[[], object], Callable[[], AbstractContextManager[Archive]]]
"""What builds an archive, and what opens it."""


def _embedded(source: Path, folder: Path) -> Engine:
    return lambda: archive.build(lines.articles(source), folder), lambda: archive.open(folder)


def _cluster(source: Path, folder: Path) -> Engine:
    from farbank.watch import cluster

    return lambda: cluster.build([str(source)], str(folder), cluster.reader()), lambda: cluster.open(str(folder))


def _measure(engine: Callable[[Path, Path], Engine], source: Path, folder: Path, asks: list[plain.Ask]) -> Measured:
    build, open = engine(source, folder)
    with _memory.watched() as most:
        start = time.perf_counter()
        build()
        spent = time.perf_counter() - start
    best: list[dict[int, float]] = []
    found: list[Found] = []
    with _memory.watched() as reading, open() as opened:

        def ask(words: str, first: int, last: int) -> None:
            window = Window(first=date.fromordinal(first), last=date.fromordinal(last))
            needle = {"en": tuple((token,) for token in dict.fromkeys(tokens(words, "en")))}
            hits = opened.index.find([needle], window, limit=plain.BEST)
            best.append(dict(list(hits.items())[:10]))

        pack = country.load("kp")
        _check(opened, pack, *plain._claims()[0])  # the pack reads its places when first asked
        p50, p95 = plain._times(ask, asks)
        check50, check95 = plain._times(lambda *asked: found.append(_check(opened, pack, *asked)), plain._claims())
    figures = {
        "build_s": round(spent, 2), "query_p50_ms": p50, "query_p95_ms": p95, "check_p50_ms": check50,
        "check_p95_ms": check95, "rss_mb": most[0], "reading_rss_mb": reading[0],
    }  # fmt: skip
    return Measured(figures=figures, best=best, found=found)


def _check(opened: Archive, pack: Pack, event: tuple[str, ...], place: str, day: date) -> Found:
    search = check(plain._claim(event, place, day), opened, pack, plain._around(day))
    return search.result, frozenset((one.article, one.text, one.result) for one in search.passages)


def _index(folder: Path, workers: int) -> float:
    """Seconds of indexing all passages anew, on so many workers; the archive is spoilt by it."""
    import lance

    from farbank.watch.cluster import index

    table = lance.dataset(folder / "passages.lance")
    start = time.perf_counter()
    table.create_scalar_index(index.FIELD, "INVERTED", num_workers=workers, **index.WHITESPACE)
    return round(time.perf_counter() - start, 2)


def _agreement(ours: Measured, theirs: Measured) -> Row:
    shared = [
        len(one.keys() & other.keys()) / max(1, len(other)) for one, other in zip(ours.best, theirs.best, strict=True)
    ]
    first = 0
    for one, other in zip(ours.best, theirs.best, strict=True):
        top = max(other.values(), default=0.0)
        first += (
            next(iter(one), None) in {key for key, score in other.items() if score >= top * (1 - TIE)} or one == other
        )
    pairs = list(zip(ours.found, theirs.found, strict=True))
    return {
        "queries": len(ours.best),
        "top1_same": first,
        "top10_overlap": round(statistics.mean(shared), 4),
        "checks": len(pairs),
        "verdicts_same": sum(one[0] == other[0] for one, other in pairs),
        "passages_same": sum(one == other for one, other in pairs),
    }


def _bytes(folder: Path, articles: int, passages: int) -> Row:
    """What lies on the disk, per article and per passage."""
    cluster, embedded = folder / "cluster", folder / "embedded"

    def size(*places: Path) -> int:
        return sum(file.stat().st_size for place in places for file in (place, *place.rglob("*")) if file.is_file())

    table = cluster / "passages.lance"
    return {
        "raw_article_b": round(size(folder / "articles.jsonl.gz") / articles),
        "article_b": round(size(cluster / "articles.lance") / articles),
        "tokens_b": round(size(table / "data") / passages),
        "index_b": round(size(table / "_indices") / passages),
        "embedded_index_b": round(size(embedded / "index") / passages),
    }
