"""Taking crawled pages in: from a WARC to an archive that can be searched, with a site's rule.

Measured on pages made around the KCNA articles of 2011–2012 (`kcna_articles_2011_2012.jsonl.gz`): each real text stands
in a page of about 14 KB with a menu of 60 links, a list of 40 teasers (titles of other articles) and a footer, all of
them in one WARC with a gzip member per page. It matters because years of an outlet come as one crawl, and because what
a menu leaks into a text is found by every search. `articles_per_s` is from the compressed file to the archive on the
disk, raw captures, catalogue and index, on every core; `extract_per_s` is from the file to the article on one core;
`f1` compares the words of the body that was read with those of the real one (mean over pages).

Held against trafilatura, which knows no site and reads any page, in a process of its own on a sample of the same file,
in its default and in its fast mode; `ratio_trafilatura` is `extract_per_s` against the faster of the two, core for
core, `peer_trafilatura_f1` is the better of the two. The limit is the parser: `parse_per_s` only reads the file and
parses the pages. `--quick` takes the first 2,000 articles, and the peer reads 100 of them.
"""

from __future__ import annotations

import re
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bench import Figures, MissingData, _pages
from farbank.model.statemedia import Article
from farbank.watch import archive, extract, filing, sources
from farbank.watch.extract import charset
from farbank.watch.extract import page as pages
from farbank.watch.prepare import readings
from farbank.watch.sources.lines import articles as read

DATA = "statemedia"
FILE = "kcna_articles_2011_2012.jsonl.gz"
QUICK = 2000
SAMPLE = 100
RUNS = 3
SEED = 23


def run(data: Path, *, quick: bool) -> Figures:
    """Measure; `data` is the folder that holds the article file. Raises MissingData."""
    file = data / FILE
    if not file.is_file():
        raise MissingData(f"there is no {FILE} in {data}; give the folder that holds it with --data")
    real = list(islice((a for a in read(file) if a.body), QUICK if quick else None))
    titles = [article.title for article in real]
    with tempfile.TemporaryDirectory() as folder:
        crawl, sample = Path(folder) / "crawl.warc.gz", Path(folder) / "sample.warc.gz"
        size = _pages.write(real, titles, crawl, SEED)
        picked = real[:: max(1, len(real) // (SAMPLE if quick else 5 * SAMPLE))]
        _pages.write(picked, titles, sample, SEED)
        found = {article.url: article for article in _take(crawl)}
        figures: Figures = {
            "articles": len(found),
            "page_kb": round(size / len(real) / 1000, 1),
            "articles_per_s": round(len(real) / min(_filed(crawl) for _ in range(RUNS))),
            "extract_per_s": round(len(real) / min(_seconds(crawl) for _ in range(RUNS))),
            "parse_per_s": round(len(real) / _parse_only(crawl)),
            "f1": _mean_f1([found[_pages.address(one, n)].body for n, one in enumerate(real)], real),
        }
        with ProcessPoolExecutor(1, get_context("spawn")) as process:
            peers = process.submit(_trafilatura, sample, [a.body for a in picked]).result()
    figures["peer_trafilatura_f1"] = max(f1 for _, f1 in peers)
    figures["peer_trafilatura_articles_per_s"] = peers[0][0]
    figures["peer_trafilatura_fast_articles_per_s"] = peers[1][0]
    figures["ratio_trafilatura"] = round(float(figures["extract_per_s"]) / max(rate for rate, _ in peers), 1)
    return figures


def _filed(crawl: Path) -> float:
    """Seconds from the file to an archive that opens."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        with filing.filing(Path(folder)) as opened:
            for reading in readings(sources.read(crawl, _pages.TAKEN), (_pages.SITE,)):
                opened.file(reading)
        archive.open(Path(folder)).close()
        return time.perf_counter() - start


def _take(crawl: Path) -> Iterator[Article]:
    """From the file to articles."""
    for capture in sources.read(crawl, _pages.TAKEN):
        article = extract.article(capture, (_pages.SITE,))
        if article is not None:
            yield article


def _seconds(crawl: Path) -> float:
    start = time.perf_counter()
    for _ in _take(crawl):
        pass
    return time.perf_counter() - start


def _parse_only(crawl: Path) -> float:
    start = time.perf_counter()
    for capture in sources.read(crawl, _pages.TAKEN):
        pages.parse(charset.text(capture))
    return time.perf_counter() - start


def _trafilatura(sample: Path, bodies: Sequence[str]) -> list[tuple[float, float]]:
    """Articles a second and F1, by default and in the fast mode."""
    from trafilatura import extract as guess

    found = []
    for fast in (False, True):
        start = time.perf_counter()
        texts = [guess(text, fast=fast, include_comments=False) or "" for text in _pages.pages(sample)]
        rate = len(texts) / (time.perf_counter() - start)
        f1 = sum(map(_f1, texts, bodies)) / len(texts)
        found.append((round(rate, 1), round(f1, 4)))
    return found


def _mean_f1(texts: Sequence[str], real: Sequence[Article]) -> float:
    return round(sum(_f1(text, article.body) for text, article in zip(texts, real, strict=True)) / len(real), 4)


def _f1(text: str, body: str) -> float:
    """Of words, counted as often as they stand there."""
    read, real = Counter(re.findall(r"\w+", text.lower())), Counter(re.findall(r"\w+", body.lower()))
    both = (read & real).total()
    return 2 * both / (read.total() + real.total()) if both else float(read == real)
