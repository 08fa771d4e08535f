"""The prose of a page without its layout: as plain text, and as the few tags any newsroom's system takes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from farbank.publish.page import Page, Placed, Said


def plain(page: Page) -> str:
    """Headings, paragraphs and quotations parted by blank lines; a quotation with the line that stands under it."""
    return "\n\n".join(f"{said.text}\n— {said.by}" if said.by else said.text for said in _words(page))


def marked(page: Page) -> str:
    """The same as HTML of `h2`, `p` and `blockquote`, every word escaped."""
    return "\n".join(_marked(said) for said in _words(page))


def placed(page: Page) -> Iterator[Placed]:
    """The pictures of a page in their order."""
    yield from (said.picture for row in page.rows for said in row.said if said.picture)


def _words(page: Page) -> Iterator[Said]:
    yield from (said for row in page.rows for said in row.said if said.kind != "picture")


def _marked(said: Said) -> str:
    text = escape(said.text)
    if said.kind == "heading":
        return f"<h2>{text}</h2>"
    if said.kind == "quote":
        return f"<blockquote><p>{text}</p><footer>{escape(said.by)}</footer></blockquote>"
    return f"<p>{text}</p>"
