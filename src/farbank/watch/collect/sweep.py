"""One pass over a whole site."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from statistics import median

from farbank.country.sites import Site, Start
from farbank.model.captures import Capture, Missed, Seen, Sweep
from farbank.watch.collect import listings, schedule
from farbank.watch.collect.address import address
from farbank.watch.collect.dates import seconds_ahead
from farbank.watch.collect.fetch import Answer, Fetcher
from farbank.watch.collect.listings import Listed
from farbank.watch.collect.robots import Robots

SITEMAPS = 100
"""Sitemaps read for one start page, itself included, at most."""

MOST = 100_000
"""Items taken from all listings of a site, at most: seventy years of an outlet of four a day."""

GONE = frozenset({404, 410})


@dataclass
class _Tally:
    """What a pass has come to so far."""

    fetched: int = 0
    unchanged: int = 0
    missed: int = 0
    whole: bool = True
    skews: list[float] = field(default_factory=list)
    lists: list[set[str]] = field(default_factory=list)


def sweep(
    site: Site, fetch: Fetcher, known: Callable[[str], Seen | None], again: Iterable[str], now: datetime
) -> Iterator[Capture | Missed | Sweep]:
    """Read every start page of a site, then every item listed that is new or to be looked at again, and `again`.

    Yields what came in the order it came: a start page or sitemap as its captures (a redirect is one of its own), an
    item as its captures, a Missed, or both where what came is not the item (a refusal, a page that never was there);
    at last the Sweep. It may be stopped between any two: what was yielded is whole, and the next pass finds the rest.

    `known` says what the archive has of an address that was once read or redirected (one that only ever failed is not
    known, and so is asked for in each sweep), `again` which others it holds to be due, `now` (UTC) which time ages are
    counted to. **Nothing that is handed in may come from a claim.** The servers are the state's, and log who
    reads what and when: an item read out of its turn would tell them what a newsroom has heard. What is asked for is a
    function of the site, of what it lists and of what was collected before, and so is the order.

    Raises UnreadableSelector.
    """
    robots, tally = Robots(site, fetch), _Tally()
    listed: dict[str, Listed] = {}
    for start in site.starts:
        yield from _read(start, site, fetch, robots, tally, listed)
    seen = {url: known(url) for url in listed}
    due = {url: item for url, item in listed.items() if _is_due(seen[url], now)}
    for url in again:
        due.setdefault(url, listed.get(url) or Listed(url))
    for item in due.values():
        yield from _item(item, site, fetch, robots, tally, known)
    yield Sweep(
        site=site.id, outlet=site.outlet, started=now, ended=fetch.clock(), listed=len(listed),
        fetched=tally.fetched, unchanged=tally.unchanged, missed=tally.missed,
        whole=tally.whole, reach=_reach(tally.lists, seen), skew=median(tally.skews) if tally.skews else 0.0,
    )  # fmt: skip


def _is_due(seen: Seen | None, now: datetime) -> bool:
    return seen is None or schedule.look_again(seen, now)


def _reach(lists: Iterable[Iterable[str]], seen: Mapping[str, Seen | None]) -> datetime | None:
    """When half of every list had been seen at the latest: a few items that stay on a page for years are not half."""
    halves = [_half([seen.get(url) for url in urls]) for urls in lists]
    known = [half for half in halves if half is not None]
    return max(known) if known and len(known) == len(halves) else None


def _half(listed: Sequence[Seen | None]) -> datetime | None:
    firsts = sorted(one.first for one in listed if one is not None)
    half = (len(listed) + 1) // 2
    return firsts[half - 1] if 0 < half <= len(firsts) else None


def _read(
    start: Start, site: Site, fetch: Fetcher, robots: Robots, tally: _Tally, listed: dict[str, Listed]
) -> Iterator[Capture]:
    """Yield the captures of a start page and of the sitemaps it leads to, and add the site's items among `listed`."""
    pages = [address(start.url, "") or ""]
    found: set[str] = set()
    for url in pages:  # grows while it is gone through
        answer = fetch.get(url, refused=robots.refused)
        yield from _told(answer, tally)
        if answer.failed or answer.captures[-1].status != 200:
            tally.whole = False
            continue
        listing = listings.read(start, answer.captures[-1])
        items = [item for item in listing.items if site.match(item.url)]
        for item in items:
            if item.url in listed or len(listed) < MOST:
                listed[item.url] = _fuller(listed.get(item.url, item), item)
            else:
                tally.whole = False
        tally.whole &= listing.whole
        found.update(item.url for item in items)
        more = [url for url in dict.fromkeys(listing.sitemaps) if url not in pages]
        tally.whole &= len(pages) + len(more) <= SITEMAPS
        pages += more[: max(0, SITEMAPS - len(pages))]
    tally.lists.append(found)
    tally.whole &= bool(found)  # a page that lists nothing of the site's is another than it was


def _fuller(first: Listed, other: Listed) -> Listed:
    """An item as two listings have it: a page of links knows no day, a sitemap often no title."""
    return Listed(first.url, first.title or other.title, first.day or other.day)


def _item(
    item: Listed, site: Site, fetch: Fetcher, robots: Robots, tally: _Tally, known: Callable[[str], Seen | None]
) -> Iterator[Capture | Missed]:
    matched = site.match(item.url)
    if matched is None:  # an address from another time, under rules that are no more
        return
    before = known(item.url) is not None
    answer = fetch.get(item.url, known, robots.refused)
    yield from _told(answer, tally)
    why = answer.failed or _not_the_item(answer.captures[-1], site, before)
    if why:
        tally.missed += 1
        yield Missed(
            url=item.url, outlet=site.outlet, language=matched[0], noticed=fetch.clock(), why=why,
            title=item.title, day=item.day, site=site.id,
        )  # fmt: skip
    elif answer.captures[-1].status == 304:
        tally.unchanged += 1
    else:
        tally.fetched += 1


def _not_the_item(page: Capture, site: Site, before: bool) -> str:
    """Why what came for an item is not it, '' if it is, or if the item was there `before` and is no more."""
    if page.status in {200, 304} and not site.match(page.url):
        return f"it redirects to {page.url}, which is no item"
    as_wanted = page.status == 200 or (before and (page.status == 304 or page.status in GONE))
    return "" if as_wanted else f"the server answered {page.status}"


def _told(answer: Answer, tally: _Tally) -> Iterator[Capture]:
    for capture in answer.captures:
        ahead = seconds_ahead(capture.header("date"), capture.taken)
        if ahead is not None:
            tally.skews.append(ahead)
        yield capture
