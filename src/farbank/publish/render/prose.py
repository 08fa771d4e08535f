"""The prose of a page without its layout: as plain text, and as the few tags any newsroom's system takes."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from farbank.publish.page import Page, Placed, Said


def plain(page: Page) -> str:
    """Headings, paragraphs and quotations parted by blank lines; who is quoted is told before what they said.

    Behind it, the line would read on into the next paragraph wherever line ends are lost.
    """
    return "\n\n".join(f"{said.by}:\n{said.text}" if said.by else said.text for said in _words(page))


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
        return f"<p>{escape(said.by)}:</p><blockquote><p>{text}</p></blockquote>"
    return f"<p>{text}</p>"
