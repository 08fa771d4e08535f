"""The items of an RSS or Atom feed."""

from __future__ import annotations

import io

import feedparser

from farbank.model.captures import Capture
from farbank.watch.collect.address import address
from farbank.watch.collect.dates import day
from farbank.watch.collect.listings import MOST, Listed, Listing, title

LONGEST = 2**20
"""Bytes read of a feed: some 6,000 bare items in a second or two; nested as badly as can be, it takes ten."""


def read(page: Capture) -> Listing:
    """Read as many items as can be made out; what is damaged, no feed, or longer than is read, is not whole."""
    parsed = _parsed(page)
    items = tuple(
        Listed(url, title(entry.get("title", "")), day(entry.get("published") or entry.get("updated", "")))
        for entry in parsed.entries[:MOST]
        if (url := address(page.url, entry.get("link", ""))) is not None
    )
    whole = not _damaged(parsed) and len(page.body) <= LONGEST and len(items) == len(parsed.entries)
    return Listing(items, (), whole)


def _parsed(page: Capture) -> feedparser.FeedParserDict:
    try:
        # As a stream: given the bytes themselves, feedparser first tries to open a file or an address of that name.
        return feedparser.parse(
            io.BytesIO(page.body[:LONGEST]),
            response_headers={"content-type": page.header("content-type"), "content-location": page.url},
            sanitize_html=False, resolve_relative_uris=False,  # nothing of its HTML is kept
        )  # fmt: skip
    except Exception:  # whatever one of its parts raises: a ValueError for &#x110000; in a damaged feed
        return feedparser.FeedParserDict(entries=[])


def _damaged(parsed: feedparser.FeedParserDict) -> bool:
    """Whether it was no feed or broke off; a charset other than the one declared is read all the same."""
    harmless = (feedparser.CharacterEncodingOverride, feedparser.NonXMLContentType)
    trouble = parsed.get("bozo_exception")
    return not parsed.get("version") or not (trouble is None or isinstance(trouble, harmless))
