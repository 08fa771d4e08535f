"""A site of ten thousand stories in four languages: built from nothing, and after one correction.

Every story is the June order's real page with its words shuffled, its drawings and every format of `render/`, signed,
and written to the disk; then a desk whose vault holds the cards signs the site and publishes it. Pictures are cleaned
and sized before, once per content hash (`bench media` says what that takes), and lie in every tenth story; the PDF is
apart too. It matters because a correction that takes an hour to appear is an hour of a wrong story.

Keys: clean_s at `stories` (limit 120 s on two cores at 10,000), one_s (one corrected edition rendered, signed and kept
in the vault, the site signed and brought up to it on the disk; limit 1 s), around_s of it without the story itself,
rss_mb (the largest process; limit 1 GB), story_page_kb (the heaviest page with the picture a telephone loads; limit
120), mb_written of the stories, growth (all of it at each power of ten). peer_pelican_s is Pelican with its plain theme
on the same Markdown of `peer_stories`, in its own process and without signatures, formats or search; ratio_pelican is
our time at that size over Pelican's.
"""

from __future__ import annotations

import os
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from bench import Report, Row
from bench._many_editions import FIRST, KEY, another, real, signed, write
from bench._peers import peer
from farbank import country, vault
from farbank.desk import editions, signed_site
from farbank.desk.publish_site import publish_site
from farbank.model.case import Desk
from farbank.publish import manifest, render, site_manifest
from farbank.publish.edition import Edition
from farbank.publish.site import Card, card
from farbank.publish.site_manifest import ListedEdition

DATA = "."
SIZES = (100, 1_000, 10_000)
PEER_STORIES, QUICK_PEER = 1_000, 100
EVERY = 10
"""One story in so many has a picture."""
BATCH = 25
ONES = 5
"""Corrections one after the other, of which the median counts."""
PHRASES = country.load("kp").phrases


def run(data: Path, *, quick: bool = False) -> Report:
    """Measure; `data` is not used, `quick` stops at a tenth of the size."""
    edition, pictures = real()
    with tempfile.TemporaryDirectory(prefix="farbank-site-") as made:
        rows = [_row(size, edition, pictures, Path(made) / str(size)) for size in (SIZES[:2] if quick else SIZES)]
        peer_stories = QUICK_PEER if quick else PEER_STORIES
        pelican = _pelican(edition, peer_stories, Path(made) / "pelican")
    ours = next(row for row in rows if row["stories"] == peer_stories)
    return {
        **rows[-1],  # type: ignore[dict-item]  # none of it is a list
        "story_page_kb": round(_heaviest(edition, pictures) / 1000, 1),
        "peer_stories": peer_stories,
        "peer_pelican_s": pelican,
        "ratio_pelican": None if pelican is None else round(float(str(ours["clean_s"])) / pelican, 2),
        "growth": rows,
    }


def _row(size: int, edition: Edition, pictures: dict[str, bytes], folder: Path) -> Row:
    made: list[tuple[Card, ListedEdition]] = []
    written = 0
    with _desk(folder.with_name(f"{size}-desk")) as opened:
        started = time.perf_counter()
        make = partial(_batch, edition=edition, pictures=pictures, folder=folder)
        with ProcessPoolExecutor(os.cpu_count(), mp_context=get_context("fork")) as pool:
            for more_made, more in pool.map(make, _batches(size)):
                made += more_made
                written += more
        desk = _named(edition)
        with opened.transaction():
            every = editions.enter(opened, (), made)
            signed_site.with_edition(opened, every, signed(edition, {}), desk, KEY, PHRASES)
        publish_site(opened, folder)
        clean = time.perf_counter() - started
        os.sync()  # else the corrections would wait for seven gigabytes that nobody has waited for yet
        times = [_corrected(opened, another(edition, size // 2 + n, corrected=True), desk, folder) for n in range(ONES)]
    one, around = (statistics.median(each) for each in zip(*times, strict=True))
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return {
        "stories": size,
        "clean_s": round(clean, 2),
        "one_s": round(one, 3),
        "around_s": round(around, 3),
        "rss_mb": round(max(children, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024, 1),
        "mb_written": round(written / 1e6, 1),
    }


def _corrected(opened: vault.Vault, one: Edition, desk: Desk, folder: Path) -> tuple[float, float]:
    """Seconds until a correction is on the site, and of these the seconds since its own files were made."""
    started = time.perf_counter()
    files = signed(one, {})
    made = time.perf_counter()
    with opened.transaction():
        every = editions.keep(opened, files, PHRASES)
        signed_site.with_edition(opened, every, files, desk, KEY, PHRASES)
    publish_site(opened, folder)
    ended = time.perf_counter()
    return ended - started, ended - made


def _desk(folder: Path) -> vault.Vault:
    """A desk of one, opened; its key costs little to derive, for nobody guesses at its passphrase."""
    member = vault.Member("Han", "two herons by the weir", ("safety-officer", "editor"))
    vault.create(folder, [member], since=FIRST, cost=vault.Cost(passes=1, memory=8192))
    return vault.open(folder, member.name, member.passphrase)


def _named(edition: Edition) -> Desk:
    return Desk(name=edition.desk, byline={tag: page.byline for tag, page in edition.pages.items()})


def _batches(size: int) -> Iterator[range]:
    return (range(start, min(start + BATCH, size)) for start in range(0, size, BATCH))


def _batch(
    numbers: Sequence[int], *, edition: Edition, pictures: dict[str, bytes], folder: Path
) -> tuple[list[tuple[Card, ListedEdition]], int]:
    made, written = [], 0
    for number in numbers:
        one = another(edition, number)
        files = signed(one, pictures if number % EVERY == 0 else {})
        written += write(files, folder / "e" / one.id)
        listed = site_manifest.entry(one.story, one.id, one.sequence, files[manifest.MANIFEST])
        made.append((card(one, PHRASES), listed))
    return made, written


def _heaviest(edition: Edition, pictures: dict[str, bytes]) -> int:
    """Bytes of the heaviest page with the smallest file of each picture on it."""
    files = render.files(edition)
    pages = {language: files[f"{language}.html"] for language in edition.languages}
    return max(
        len(pages[language])
        + sum(len(pictures[said.picture.files[0].path]) for row in page.rows for said in row.said if said.picture)
        for language, page in edition.pages.items()
    )


def _pelican(edition: Edition, stories: int, folder: Path) -> float | None:
    """Seconds Pelican takes for the same stories as Markdown, None where it is not installed."""
    (folder / "content").mkdir(parents=True)
    for number in range(stories):
        one = another(edition, number)
        for language, page in one.pages.items():
            body = "\n\n".join(said.text for row in page.rows for said in row.said if said.text)
            head = f"Title: {page.headline}\nDate: {one.close}\nSlug: {one.story}\nLang: {language}\n"
            text = f"{head}Summary: {page.summary}\n\n{body}\n"
            (folder / "content" / f"{one.story}.{language}.md").write_text(text, encoding="utf-8")
    found = peer("pelican_site", str(folder / "content"), str(folder / "output"))
    return None if found is None else round(float(found["seconds"]), 2)
