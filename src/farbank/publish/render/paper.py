"""A story's page as it is set on paper: what opens on a screen stands at the end, in small notes with numbers.

Numbers of notes are raised digits, which no prose has, so that a print can be held against its page without them.
"""

from __future__ import annotations

import re
from pathlib import Path

from markupsafe import Markup

from farbank.model.text import Language
from farbank.publish.edition import Edition
from farbank.publish.manifest import fingerprint
from farbank.publish.note import Note
from farbank.publish.page import Page
from farbank.publish.render import html

RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
"""Digits to those that number the notes."""
_DRAWN = ("map",)
"""What is drawn on paper; what the other drawings show stands in the notes in words."""
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*((?:[^()]|\([^()]*\))*)\)")
"""A colour or font by its name in a style sheet, with what it is where nobody names one."""
_HALOED = re.compile(
    r'(<text[^>]*) paint-order="stroke" stroke="[^"]*" stroke-width="[^"]*"([^>]*>.*?</text>)', re.DOTALL
)
"""A name on a map with the ground's colour around its letters."""


def page(edition: Edition, language: Language) -> str:
    """The story in one language as HTML for print; its pictures are named by their path in the edition."""
    page = edition.pages[language]
    css = (Path(__file__).parent / "paper.css").read_text("utf-8")
    return (
        html.environment()
        .get_template("paper.html.j2")
        .render(
            page=page,
            css=Markup(css),  # noqa: S704 - ours, from a file of this room
            numbers=_numbers(page),
            drawings=[(drawn, _plain(svg)) for drawn, svg in html.drawings(page) if drawn.shows in _DRAWN],
            fingerprint=fingerprint(edition.key),
        )
    )


def _plain(svg: Markup) -> Markup:
    """A drawing in its own colours, every name once more over its halo.

    What sets the page takes a colour it has no name for as black, and paints the halo over the letters.
    """
    drawn = _HALOED.sub(r"\g<0>\1\2", _VARIABLE.sub(r"\1", str(svg)))
    return Markup(drawn)  # noqa: S704 - embed.drawing has looked through


def _numbers(page: Page) -> dict[Note, str]:
    """Each note that tells more than its first lines, with its number; two that tell the same are one."""
    notes = [page.note, *(row.note for row in page.rows if row.note is not None)]
    return {note: f"{number}".translate(RAISED) for number, note in enumerate(dict.fromkeys(notes), 1) if note.claims}
