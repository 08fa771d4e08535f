"""A page as a tree, unless it is built to take down who reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from resiliparse.parse.html import DocumentNode, HTMLTree

from farbank.model.text import Language, is_language

HEAD = 2**10
ELEMENTS = 50_000
"""The most a page may have; the pages of outlets have some hundreds."""
DEEPEST = 512
"""How deep they may lie in each other: selectors look at all that lies around, for each."""
ATTRIBUTES = 1024
"""The most a tag may have: every one is compared with every other."""

HARMLESS_TAGS = 1500
HARMLESS_LENGTH = 2**15
"""What a page of fewer tags and characters costs at worst is not worth looking for (0.2 GB, 0.2 s)."""
COPIES = 1_000_000
"""How many elements it may take to repeat every open style in every block, as HTML asks of a parser."""
PASSES = 8
"""How often the text may be gone through in looking for its tags, each of which may hide another in a quotation."""

_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|meta|title|h1|div|p)\b", re.IGNORECASE)
_VALUE = r"""(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>]*+))?+"""
_ATTRIBUTE = rf"[\s/]*+[^\s/>][^\s/>=]*+{_VALUE}"
_TAG = re.compile("</?[a-z]", re.IGNORECASE)
_WHOLE_TAG = re.compile(
    rf"</?[a-z][^\s/>]*+(?:{_ATTRIBUTE}){{0,{ATTRIBUTES - 1}}}+(?P<last>{_ATTRIBUTE})?+", re.IGNORECASE
)
_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')
_STYLE = re.compile(r"<(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)[\s/>]", re.IGNORECASE)


def is_html(head: bytes) -> bool:
    """Say whether a file that begins with `head` is a page."""
    return _HTML.search(head.replace(b"\0", b"")) is not None


def parse(text: str) -> DocumentNode | None:
    """The page as a tree, None for a page that would take more time or memory than any real one."""
    tags = text.count("<")
    if tags > HARMLESS_TAGS and len(_STYLE.findall(text)) * tags > COPIES:
        return None
    if len(text) > HARMLESS_LENGTH and _flooded(text):
        return None
    document = HTMLTree.parse(text).document
    return None if document is None or (tags > HARMLESS_TAGS and not _bounded(document)) else document


def title(document: DocumentNode) -> str:
    """What stands in the window's title bar."""
    node = document.query_selector("title")
    return node.inner_text if node is not None else ""


def canonical(document: DocumentNode) -> str:
    """The address the page says is its own, empty if it does not or names none on the web."""
    link = document.query_selector("link[rel=canonical]")
    href = (link.getattr("href") or "").strip() if link is not None else ""
    return href if href.startswith(("http://", "https://")) and _host(href) else ""


def alternates(document: DocumentNode, url: str) -> Iterator[str]:
    """The addresses of its language versions as it names them, itself often among them."""
    for link in document.query_selector_all("link[hreflang]").values():
        if "alternate" in (link.getattr("rel") or "").lower().split() and (href := link.getattr("href")):
            try:
                yield urljoin(url, href.strip())
            except ValueError:  # an address that is none
                continue


def dates(document: DocumentNode) -> Iterator[str]:
    """What its markup says of when it was published, in the order of the page."""
    marks = 'meta[property="article:published_time"], script[type="application/ld+json"], time[datetime]'
    for node in document.query_selector_all(marks).values():
        published = _PUBLISHED.search(node.text or "") if node.tag == "script" else None
        yield published[1] if published else node.getattr("content") or node.getattr("datetime") or ""


def language(document: DocumentNode) -> Language:
    """The language the page declares, empty if it declares none or no tag the desk accepts."""
    root = document.document_element
    tag = (root.getattr("lang") or "").strip().replace("_", "-") if root is not None else ""
    return tag if is_language(tag) else tag.partition("-")[0].lower() if is_language(tag[:2].lower()) else ""


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def _flooded(text: str) -> bool:
    """Say whether a tag has too many attributes, wherever the parser may see one begin."""
    left, start = PASSES * len(text), _TAG.search(text)
    while start is not None:
        whole = _WHOLE_TAG.match(text, start.start())
        left -= whole.end() - whole.start() if whole is not None else 0
        if left < 0 or (whole is not None and whole["last"] is not None):
            return True
        start = _TAG.search(text, start.end())
    return False


def _bounded(document: DocumentNode) -> bool:
    """Walk the elements until there are too many or one lies too deep."""
    node, depth = document.document_element, 1
    for _ in range(ELEMENTS):
        if node is None or depth > DEEPEST:
            return node is None
        below = node.first_element_child
        if below is not None:
            node, depth = below, depth + 1
            continue
        while node is not None and (beside := node.next_element_sibling) is None:
            node, depth = node.parent_element, depth - 1
        node = beside if node is not None else None
    return False
