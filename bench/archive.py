"""The state-media archive: building it, asking it, and checking a claim against it.

Measured on the 21,566 KCNA articles of 2011–2012 (`kcna_articles_2011_2012.jsonl.gz`; `--quick`), or on their
paragraphs shuffled between articles of the same days until there are a million passages. A query is 10–25 words in
order from a real paragraph, any of which may match, the best 50 within 45 days; a check is `watch.check` with a window
of ±45 days. It matters because a desk that waits does not search, and what it does not search it calls silence.

Held against plain tantivy fed the same tokens (the engine itself: `build_index_s` and the queries against it are the
two ratios), against SQLite FTS5 (porter, rows in order of date), and
against bm25s (in memory, a mask of the days; where `make peers` has installed it).
Each peer runs in a process of its own. `build_s` is from the compressed file to an archive that can be opened, raw
captures and all, on every core; `build_index_s` and `peer_tantivy_build_s` are the index alone from ready tokens; the
other `peer_*_build_s` read the same file and cut their own words. `rss_mb` is ours, with all the processes it starts.
"""

from __future__ import annotations

import json
import os
import random
import re
import resource
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from itertools import chain, count, islice
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar, TypeVarTuple

import msgspec
import tantivy

from bench import Figures, MissingData
from bench._peers import peer
from farbank import country
from farbank.country.tokens import tokens
from farbank.model.claims import Claim, Query
from farbank.model.dates import When
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, check
from farbank.watch.index import HEAP, Writer
from farbank.watch.passages import cut, passages
from farbank.watch.sources.lines import articles as read

A = TypeVarTuple("A")
R = TypeVar("R")

DATA = "statemedia"
FILE = "kcna_articles_2011_2012.jsonl.gz"
MILLION = 1_000_000
QUERIES = 200
BEST = 50
DAYS = timedelta(45)
SEED = 17
EVENTS = (("flood",), ("death", "flood"), ("harvest",), ("food",), ("rescue",), ("levee",), ("hunger",), ("order",))
PLACES = ("kp", "kp:KP01", "kp:KP0103", "kp:KP02", "kp:KP06", "kp:KP0201")

Ask = tuple[str, int, int]
"""Words of a query, first and last day as ordinals."""
Job = tuple[Path, bool]
"""The article file, and whether to grow it."""


def run(data: Path, *, quick: bool) -> Figures:
    """Measure; `data` is the folder that holds the article file. Raises MissingData."""
    file = data / FILE
    if not file.is_file():
        raise MissingData(f"there is no {FILE} in {data}; give the folder that holds it with --data")
    job = file, not quick
    asks = _asks(_articles(job))
    figures = _ours(job, asks)
    figures["build_index_s"] = _alone(_index_only, job)
    build, p50, p95 = _alone(_tantivy, job, asks)
    figures |= {"peer_tantivy_build_s": build, "peer_tantivy_query_p50_ms": p50, "peer_tantivy_query_p95_ms": p95}
    figures["ratio_tantivy_build"] = round(float(figures["build_index_s"]) / build, 2)
    figures["ratio_tantivy_query"] = round(float(figures["query_p50_ms"]) / p50, 2)
    build, p50, p95 = _alone(_fts5, job, asks)
    figures |= {"peer_fts5_build_s": build, "peer_fts5_query_p50_ms": p50, "peer_fts5_query_p95_ms": p95}
    return figures | _bm25s(job, asks)


def _ours(job: Job, asks: list[Ask]) -> Figures:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        info = archive.build(_articles(job), Path(folder))
        build = time.perf_counter() - start
        with archive.open(Path(folder)) as opened:

            def ask(words: str, first: int, last: int) -> None:
                window = Window(first=date.fromordinal(first), last=date.fromordinal(last))
                needle = {"en": tuple((token,) for token in dict.fromkeys(tokens(words, "en")))}
                opened.index.find([needle], window, limit=BEST)

            p50, p95 = _times(ask, asks)
            check50, check95 = _checks(opened)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        memory += (os.cpu_count() or 1) * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return {
        "articles": info.articles,
        "passages": info.passages,
        "build_s": round(build, 2),
        "query_p50_ms": p50,
        "query_p95_ms": p95,
        "check_p50_ms": check50,
        "check_p95_ms": check95,
        "rss_mb": round(memory, 1),
    }


def _checks(opened: archive.Archive) -> tuple[float, float]:
    pack = country.load("kp")

    def one(event: tuple[str, ...], place: str, day: date) -> None:
        check(_claim(event, place, day), opened, pack, _around(day))

    one(*_claims()[0])  # the pack reads its places when first asked
    return _times(one, _claims())


def _claims() -> list[tuple[tuple[str, ...], str, date]]:
    """Event, place and day of every claim checked."""
    days = [date(2011, 3, 20) + timedelta(61 * n) for n in range(10)]
    return [(event, place, day) for event in EVENTS for place in PLACES for day in days]


def _claim(event: tuple[str, ...], place: str, day: date) -> Claim:
    text = {"en": "Something happened"}
    return Claim(id="c", kind="event", text=text, place=place, when=When(str(day)), query=Query(event=event))


def _around(day: date) -> Window:
    return Window(first=day - DAYS, last=day + DAYS)


def _index_only(job: Job) -> float:
    """Seconds of our index alone, from ready tokens to the disk."""
    ready = _ready(job)
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        writer = Writer(Path(folder))
        for ordinal, (outlet, language, day, words) in enumerate(ready, 1):
            writer.add(ordinal, outlet, language, day, words)
        writer.commit()
        writer.close()
        return round(time.perf_counter() - start, 2)


def _tantivy(job: Job, asks: list[Ask]) -> tuple[float, float, float]:
    """The engine itself, fed the same tokens, with a day and nothing else."""
    ready = _ready(job)
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace")
    builder.add_unsigned_field("day", indexed=True, fast=True)
    schema = builder.build()
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        index = tantivy.Index(schema, folder)
        writer = index.writer(HEAP, 1)
        for _, _, day, texts in ready:
            for words in texts:
                document = tantivy.Document()
                document.add_text("text", words)
                document.add_unsigned("day", day)
                writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        build = time.perf_counter() - start
        index.reload()
        searcher = index.searcher()
        occur = tantivy.Occur.Should

        def ask(words: str, first: int, last: int) -> None:
            span = tantivy.Query.range_query(schema, "day", tantivy.FieldType.Unsigned, first, last)
            span = tantivy.Query.const_score_query(span, 0.0)
            terms = [
                (occur, tantivy.Query.term_query(schema, "text", token)) for token in dict.fromkeys(tokens(words, "en"))
            ]
            searcher.search(tantivy.Query.boolean_query(terms).and_must_match(span), BEST, count=False)

        return round(build, 2), *_times(ask, asks)


def _ready(job: Job) -> list[tuple[str, str, int, list[str]]]:
    """Every article's passages as tokens, so that only indexing is measured."""
    return [(a.outlet, a.lang, a.date.toordinal(), cut(a)) for a in _articles(job)]


def _fts5(job: Job, asks: list[Ask]) -> tuple[float, float, float]:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        base = sqlite3.connect(Path(folder) / "fts5.db")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("CREATE VIRTUAL TABLE passage USING fts5(text, tokenize = 'porter')")
        rows = sorted(((a.date.toordinal(), text) for a in _articles(job) for text in passages(a)), key=lambda r: r[0])
        size = 2**32  # so that a day is a range of row numbers
        numbered = ((day * size + n, text) for n, (day, text) in enumerate(rows))
        base.executemany("INSERT INTO passage (rowid, text) VALUES (?, ?)", numbered)
        base.commit()
        build = time.perf_counter() - start

        def ask(words: str, first: int, last: int) -> None:
            match = " OR ".join(f'"{word}"' for word in words.split())
            base.execute(
                "SELECT rowid FROM passage WHERE passage MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rank LIMIT ?",
                (match, first * size, (last + 1) * size - 1, BEST),
            ).fetchall()

        return round(build, 2), *_times(ask, asks)


def _bm25s(job: Job, asks: list[Ask]) -> Figures:
    """The peer in its own environment; nothing where it is not installed."""
    with tempfile.TemporaryDirectory() as folder:
        with (Path(folder) / "passages.tsv").open("w", encoding="utf-8") as file:
            for article in _articles(job):
                file.writelines(f"{article.date.toordinal()}\t{' '.join(t.split())}\n" for t in passages(article))
        (Path(folder) / "asks.json").write_text(json.dumps(asks), "utf-8")
        found = peer("bm25s_archive", folder, str(BEST))
    return (
        {}
        if found is None
        else {
            "peer_bm25s_build_s": found["build_s"],
            "peer_bm25s_query_p50_ms": found["p50"],
            "peer_bm25s_query_p95_ms": found["p95"],
        }
    )


def _articles(job: Job) -> Iterator[Article]:
    """The file; grown, its paragraphs shuffled between neighbours and taken again until there are enough."""
    file, grow = job
    if not grow:
        yield from read(file)
        return
    chance = random.Random(SEED)
    made = 0
    for again in count():
        articles = read(file)
        while batch := list(islice(articles, 1000)):
            texts = list(chain.from_iterable(passages(article)[1:] for article in batch))
            chance.shuffle(texts)
            for article in batch:
                size = len(passages(article)) - 1
                body, texts = "\n".join(texts[:size]), texts[size:]
                yield msgspec.structs.replace(article, id=f"{article.id}-{again}", body=body)
                made += size + 1
                if made >= MILLION:
                    return


def _asks(articles: Iterable[Article]) -> list[Ask]:
    """Queries from passages picked at random, each with its window."""
    chance = random.Random(SEED)
    picked: list[tuple[str, date]] = []
    for seen, article in enumerate((a for a in articles if a.lang == "en" and a.body), 1):
        text = chance.choice(passages(article)[1:])
        if len(picked) < QUERIES:
            picked.append((text, article.date))
        elif (slot := chance.randrange(seen)) < QUERIES:
            picked[slot] = text, article.date
    return [
        (" ".join(words[: chance.randint(10, 25)]), (day - DAYS).toordinal(), (day + DAYS).toordinal())
        for text, day in picked
        if len(words := re.findall(r"[^\W_]+", text)) >= 10
    ]


def _times(ask: Callable[[*A], None], asks: Iterable[tuple[*A]]) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    spent = []
    for one in asks:
        start = time.perf_counter()
        ask(*one)
        spent.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(spent), 3), round(statistics.quantiles(spent, n=20)[-1], 3)


def _alone(measure: Callable[[*A], R], *given: *A) -> R:
    """Run `measure` in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(measure, *given).result()
