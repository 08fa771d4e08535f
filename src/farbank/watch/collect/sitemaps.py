"""The items of a sitemap, and the sitemaps of an index (sitemaps.org, with the names and dates of news sitemaps)."""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator

from lxml import etree

from farbank.model.captures import Capture
from farbank.watch.collect.address import address
from farbank.watch.collect.dates import day
from farbank.watch.collect.listings import MOST, Listed, Listing, title

LONGEST = 16 * 2**20
"""Bytes, unpacked: four times what 50,000 plain entries take; all of it empty elements takes seven seconds."""


def read(page: Capture) -> Listing:
    """Read entries up to the first that is not well-formed; no entity is expanded and nothing is fetched for it."""
    data, whole = _unpacked(page.body)
    items: list[Listed] = []
    sitemaps: list[str] = []
    try:
        for kind, entry in _entries(data):
            if len(items) + len(sitemaps) == MOST:
                whole = False
                break
            where = entry.get(f"{kind}/loc", "").strip()
            url = address(page.url, where) if where else None
            if url is None:
                whole = False
            elif kind == "sitemap":
                sitemaps.append(url)
            else:
                published = day(entry.get("news/publication_date", ""))
                items.append(Listed(url, title(entry.get("news/title", "")), published))
    except etree.XMLSyntaxError:
        whole = False
    return Listing(tuple(items), tuple(sitemaps), whole)


def _entries(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """Every `url` or `sitemap`, and the texts in it by the local names of their parent and their own.

    So a picture's `loc` is told from the item's; `lastmod` is no day of publication and is not used.
    """
    entry: dict[str, str] = {}
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for _, element in events:
        name, parent = etree.QName(element).localname, element.getparent()
        if name in {"url", "sitemap"}:
            yield name, entry
            entry = {}
        elif parent is not None:
            entry.setdefault(f"{etree.QName(parent).localname}/{name}", element.text or "")
        element.clear()
        while parent is not None and element.getprevious() is not None:  # or all that was read stays in memory
            del parent[0]


def _unpacked(body: bytes) -> tuple[bytes, bool]:
    """The sitemap itself, where a file `sitemap.xml.gz` was fetched, and whether that is all of it."""
    if not body.startswith(b"\x1f\x8b"):
        return body, True
    unpack = zlib.decompressobj(wbits=31)
    try:
        data = unpack.decompress(body, LONGEST)
    except zlib.error:
        return b"", False
    return data, unpack.eof
