"""Collect what the state's outlets publish: whole sites, at fixed hours, whatever anybody is looking for."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from farbank import country
from farbank.country.sites import Site
from farbank.model.captures import Capture, Missed, Sweep
from farbank.model.errors import MissingReference
from farbank.watch.collect import schedule
from farbank.watch.filing import Filing, filing, utc
from farbank.watch.prepare import prepare

OFTEN = 20
"""Captures after which what was collected is committed: at five seconds each, under two minutes of asking."""


class Collected(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one site: its pass, or None where it is not due; and when it is due next."""

    site: str
    sweep: Sweep | None
    next: datetime


def collect(
    folder: Path,
    pack: Path | None = None,
    sites: Sequence[str] = (),
    *,
    proxy: str | None = None,
    progress: Callable[[int], None] | None = None,
    clock: Callable[[], datetime] = utc,
    sleep: Callable[[float], None] = time.sleep,
) -> list[Collected]:
    """Sweep every site of the pack that is due, or of `sites` by id, into the archive in `folder`.

    It takes no claim, no word and no address: the servers are the state's, and log who reads what and when. Stopped at
    any point, it goes on from there the next time. Raises MissingReference for a site the pack does not list, and what
    `filing.filing` raises.
    """
    loaded = country.load(pack)
    found: list[Collected] = []
    for site in _chosen(loaded.sites, sites):
        with filing(folder, loaded, clock, asked=True) as archive:
            swept = None
            if schedule.is_due(site, archive.catalogue.swept_last(site.id), clock()):
                swept = _sweep(site, loaded.sites, archive, proxy, progress, clock, sleep)
            found.append(Collected(site=site.id, sweep=swept, next=schedule.next_due(site, clock())))
    return found


def wait(
    found: Sequence[Collected], clock: Callable[[], datetime] = utc, sleep: Callable[[float], None] = time.sleep
) -> None:
    """Sleep until the next site is due."""
    if found:
        sleep(max(1.0, (min(one.next for one in found) - clock()).total_seconds()))


def _sweep(
    site: Site,
    known: Sequence[Site],
    archive: Filing,
    proxy: str | None,
    progress: Callable[[int], None] | None,
    clock: Callable[[], datetime],
    sleep: Callable[[float], None],
) -> Sweep | None:
    from farbank.watch.collect.fetch import Fetcher  # what fetches is an extra
    from farbank.watch.collect.sweep import sweep

    fetcher = Fetcher(site, proxy=proxy, clock=clock, sleep=sleep)
    now = clock()
    again = [
        seen.url for seen in archive.catalogue.addresses() if site.match(seen.url) and schedule.look_again(seen, now)
    ]
    swept = None
    for number, one in enumerate(sweep(site, fetcher, archive.catalogue.seen, again, now), 1):
        if isinstance(one, Capture):
            archive.file(prepare(one, known))
        elif isinstance(one, Missed):
            archive.missed(one)
        else:
            swept = one
            archive.swept(one)
        if number % OFTEN == 0:
            archive.commit()
        if progress:
            progress(1)
    return swept


def _chosen(known: Sequence[Site], ids: Sequence[str]) -> list[Site]:
    listed = {site.id: site for site in known if site.starts}
    for id in ids:
        if id not in listed:
            names = ", ".join(listed) or "none"
            raise MissingReference(f"no site {id!r} in the country pack that can be collected; there is {names}")
    return [listed[id] for id in ids] if ids else list(listed.values())
