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

LONGEST = 50 * 2**20
"""Bytes, unpacked: the most a sitemap may have."""


def read(page: Capture) -> Listing:
    """Read entries up to the first that is not well-formed; no entity is expanded and nothing is fetched for it."""
    data, whole = _unpacked(page.body)
    items: list[Listed] = []
    sitemaps: list[str] = []
    try:
        for entry in _entries(data):
            if len(items) + len(sitemaps) == MOST:
                whole = False
                break
            url = address(page.url, entry.get("loc", ""))
            if url is None:
                whole = False
            elif entry["kind"] == "sitemap":
                sitemaps.append(url)
            else:
                items.append(Listed(url, title(entry.get("title", "")), day(entry.get("publication_date", ""))))
    except etree.XMLSyntaxError:
        whole = False
    return Listing(tuple(items), tuple(sitemaps), whole)


def _entries(data: bytes) -> Iterator[dict[str, str]]:
    """The text of every `url` or `sitemap` by local name; `lastmod` is no day of publication and is left."""
    entry: dict[str, str] = {}
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    for _, element in events:
        name = etree.QName(element).localname
        if name in {"url", "sitemap"}:
            yield entry | {"kind": name}
            entry = {}
        else:
            entry.setdefault(name, element.text or "")
        element.clear()
        while element.getprevious() is not None:  # or the siblings read so far stay in memory
            del element.getparent()[0]


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
