"""The items a page links to."""

from __future__ import annotations

from resiliparse.parse.encoding import bytes_to_str, detect_encoding, map_encoding_to_html5
from resiliparse.parse.html import CSSParserException, ElementNode, HTMLTree

from farbank.model.captures import Capture
from farbank.watch.collect.address import address
from farbank.watch.collect.listings import MOST, Listed, Listing, title
from farbank.watch.errors import UnreadableSelector

LONGEST = 2 * 2**20
"""Bytes read of a page of links, for a selector with `:has` may take time that grows with their square."""


def read(page: Capture, selector: str) -> Listing:
    """Read the links that `selector` finds. Raises UnreadableSelector if it is no CSS selector."""
    document = HTMLTree.parse(_text(page)).document
    if document is None:
        return Listing(whole=False)
    base = document.query_selector("base[href]")
    start = address(page.url, base.getattr("href") or "") if base else None
    try:
        found = document.query_selector_all(selector)
    except CSSParserException:
        raise UnreadableSelector(f"{selector!r}: {UnreadableSelector.__doc__}") from None
    links = found[:MOST]  # one slice: each look at a single one begins at the first
    named = ((address(start or page.url, link.getattr("href") or ""), link) for link in links if link.hasattr("href"))
    items = tuple(Listed(url, _title(link)) for url, link in named if url is not None)
    return Listing(items, (), len(page.body) <= LONGEST and len(found) <= MOST)


def _title(link: ElementNode) -> str:
    """The words of a link; none of one with links inside, or a page of nested ones would be read once for each."""
    return title(link.text or "") if link.query_selector("a") is None else ""


def _text(page: Capture) -> str:
    body = page.body[:LONGEST]
    declared = page.header("content-type").lower().partition("charset=")[2].partition(";")[0].strip(" \"'")
    try:
        return body.decode(map_encoding_to_html5(declared, fallback_utf8=False) or "ascii")
    except (LookupError, UnicodeDecodeError):  # none declared, or a wrong one
        return bytes_to_str(body, detect_encoding(body, from_html_meta=True) or "utf-8", errors="replace")
