"""A capture made ready to be filed: everything about it that needs no archive, so that every core can do it."""

from __future__ import annotations

import hashlib
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from functools import partial
from http import HTTPStatus
from itertools import islice
from multiprocessing import connection, get_context, parent_process

import msgspec

from farbank.country.sites import Site
from farbank.model.captures import Capture, Missed, Sweep
from farbank.model.statemedia import CUT, Article
from farbank.watch import absence, captures, extract, likeness, notes
from farbank.watch.extract import days, identity
from farbank.watch.passages import cut

ALONE = 500
"""Captures below which starting other processes costs more than it saves."""
AHEAD = 40
"""Chunks prepared before they are asked for, at most: some tens of megabytes of pages."""
CHUNK = 50
"""Captures handed to another process at once."""


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What one capture holds: its hash and its WARC record, and the article read from it, if there is one.

    `capture` is without its body, which the record has.
    `text` fingerprints title and body, `exact` and `bands` the body (`likeness`), `cut` are the tokens of each passage,
    joined by spaces. `unread` is set where the page is one of a site's items and no article could be read off it, or
    where the capture notes such an item, `swept` where it notes a pass over a site. `leads` is where an item redirects
    to, if to no item (`absence`).
    """

    capture: Capture
    sha256: bytes
    member: bytes = b""
    article: Article | None = None
    text: bytes = b""
    exact: bytes = b""
    bands: list[int] = []
    cut: list[str] = []
    unread: Missed | None = None
    swept: Sweep | None = None
    leads: str = ""


How = Callable[[Capture, Sequence[Site]], Reading]
"""`prepare` or `read`."""


def prepare(capture: Capture, sites: Sequence[Site]) -> Reading:
    """Read one capture, and make the record it is kept as."""
    reading = read(capture, sites)
    return msgspec.structs.replace(reading, member=captures.member(capture, reading.sha256))


def read(capture: Capture, sites: Sequence[Site]) -> Reading:
    """Read one capture that is kept already."""
    capture = captures.kept(capture)
    sha256 = hashlib.sha256(capture.body).digest()
    article = extract.article(capture, sites)
    bare = msgspec.structs.replace(capture, body=b"")
    missed = unread(capture, sites, article)
    if article is None:
        swept = notes.sweep(capture)
        return Reading(capture=bare, sha256=sha256, unread=missed, swept=swept, leads=absence.leads(capture, sites))
    return of_article(bare, sha256, plain(article), missed)


def of_title(missed: Missed) -> Reading | None:
    """What is held of an item that was listed and could not be read: its title, if the listing gave one.

    Where the listing gave no day, that of the day it was noticed on.
    """
    if not missed.title:
        return None
    article = Article(
        id=identity.article(missed.outlet, missed.url), outlet=missed.outlet, lang=missed.language,
        date=missed.day or missed.noticed.date(), title=missed.title, url=missed.url,
    )  # fmt: skip
    return of_article(Capture(url=missed.url, taken=missed.noticed), b"", plain(article))


def of_article(capture: Capture, sha256: bytes, article: Article, unread: Missed | None = None) -> Reading:
    """The reading of a capture that holds an article, as it is filed."""
    found = likeness.words(article.body)
    return Reading(
        capture=capture,
        sha256=sha256,
        article=article,
        text=likeness.fingerprint(article),
        exact=likeness.exact(found),
        bands=likeness.bands(found),
        cut=cut(article),
        unread=unread,
    )


def unread(capture: Capture, sites: Sequence[Site], article: Article | None) -> Missed | None:
    """What is missed where a page is one of a site's items and no whole article was read off it, or as it is noted."""
    noted = notes.missed(capture)
    if noted is not None:
        return _dated(noted)
    if capture.status not in (0, HTTPStatus.OK) or (article is not None and article.kind != CUT):
        return None
    taken = capture.taken.date()
    day = None if article is None or article.date == taken else article.date  # the last stands where a page says none
    for site in sites:
        matched = site.match(capture.url)
        if matched:
            missed = Missed(
                url=capture.url, outlet=site.outlet, language=matched[0], noticed=capture.taken,
                why="no article could be read off its page", day=day,
            )  # fmt: skip
            return _dated(missed)
    return None


def _dated(missed: Missed) -> Missed:
    """With the day its address gives, if nothing else does; one that lies after it was noticed is none."""
    day = missed.day or days.in_address(missed.url)
    known = day is not None and day <= days.latest(missed.noticed.date())
    return msgspec.structs.replace(missed, day=day if known else None)


def plain(article: Article) -> Article:
    """An article as it is filed: without the halves of characters that JSON can spell and no file can hold."""
    title, body = (text.encode("utf-8", "replace").decode() for text in (article.title, article.body))
    return msgspec.structs.replace(article, title=title, body=body.strip())


def readings(found: Iterable[Capture], sites: Sequence[Site], how: How = prepare) -> Iterator[Reading]:
    """Read many captures, in their order; more than a few hundred on every core, a bounded step ahead.

    What `found` raises comes after the readings of everything before it.
    """
    source = iter(found)
    for capture in islice(source, ALONE):
        yield how(capture, sites)
    chunk, failed = _next(source)
    if chunk:
        with ProcessPoolExecutor(os.cpu_count(), get_context("spawn"), _follow) as pool:
            waiting: deque[Future[list[Reading]]] = deque()
            while chunk:
                waiting.append(_handed_out(pool, chunk, partial(_each, how, sites), waiting))
                while waiting and (waiting[0].done() or len(waiting) > AHEAD):
                    yield from waiting.popleft().result()
                chunk, failed = ([], failed) if failed else _next(source)
            while waiting:
                yield from waiting.popleft().result()
    if failed:
        raise failed


def _next(source: Iterator[Capture]) -> tuple[list[Capture], Exception | None]:
    """The next captures, and what was raised after them."""
    chunk: list[Capture] = []
    try:
        chunk.extend(islice(source, CHUNK))
    except Exception as error:
        return chunk, error
    return chunk, None


def _handed_out(
    pool: ProcessPoolExecutor,
    chunk: list[Capture],
    read_each: Callable[[list[Capture]], list[Reading]],
    waiting: Iterable[Future[list[Reading]]],
) -> Future[list[Reading]]:
    """Somebody's to prepare: while the others have enough to do, or are still starting, this process does it itself."""
    if sum(not one.done() for one in waiting) < 2 * (os.cpu_count() or 1):
        return pool.submit(read_each, chunk)
    own: Future[list[Reading]] = Future()
    try:
        own.set_result(read_each(chunk))
    except Exception as error:
        own.set_exception(error)
    return own


def _each(how: How, sites: Sequence[Site], chunk: list[Capture]) -> list[Reading]:
    return [how(capture, sites) for capture in chunk]


def _follow() -> None:
    """Leave ctrl-C to the process that started this one, and end as soon as that is gone, however it went."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_wait_for, args=(parent.sentinel,), daemon=True).start()


def _wait_for(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
