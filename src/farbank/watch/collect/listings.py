"""What a start page lists, whatever kind of listing it is."""

from __future__ import annotations

from datetime import date

import msgspec

from farbank.country.sites import Start
from farbank.model.captures import Capture

MOST = 50_000
"""Items read of one listing: what a sitemap may hold at most (sitemaps.org), and what no feed comes near."""

LONGEST_TITLE = 300


class Listed(msgspec.Struct, frozen=True):
    """An item as a listing has it: its address, and title and day where they are given.

    The day is the one written there, in the time zone it is written in: an outlet's Monday is its own.
    """

    url: str
    title: str = ""
    day: date | None = None


class Listing(msgspec.Struct, frozen=True):
    """What could be read of a listing: its items, the sitemaps it leads to, and whether that is all of it."""

    items: tuple[Listed, ...] = ()
    sitemaps: tuple[str, ...] = ()
    whole: bool = True


def read(start: Start, page: Capture) -> Listing:
    """Read a start page. Whatever is in it, this ends within seconds. Raises UnreadableSelector."""
    from farbank.watch.collect import feeds, links, sitemaps  # here, because each brings a parser of its own

    match start.kind:
        case "feed":
            listing = feeds.read(page)
        case "sitemap":
            listing = sitemaps.read(page)
        case "links":
            listing = links.read(page, start.links)
    return msgspec.structs.replace(listing, whole=False) if page.cut else listing


def title(written: str) -> str:
    """A title on one line, cut where it is no title any more."""
    return " ".join(written[: 10 * LONGEST_TITLE].split())[:LONGEST_TITLE]
