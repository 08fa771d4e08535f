"""The words of a page in reading order, cut into sentences: what a correction is held against, and readers can replay.

Everything that is said of the story and of how it is known is in it, and which picture is shown. Left out are the
page's own furniture (labels, status, the desk's key), the drawings, whose words are the findings', and the corrections.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import pairwise

from farbank.country import split
from farbank.model.corrections import Pieces
from farbank.publish.note import Band, Note
from farbank.publish.page import Page, Said


def pieces(page: Page) -> Pieces:
    """The text of a page, a paragraph to a line and a sentence to a piece."""
    return tuple(piece for line in _lines(page) for piece in _sentences(line))


def digest(text: Iterable[str]) -> str:
    """The SHA-256 of pieces put together, in hexadecimal."""
    return sha256("".join(text).encode("utf-8")).hexdigest()


def _sentences(line: str) -> Iterator[str]:
    """The sentences of a line with the space around them; the last carries the end of the line."""
    line += "\n"
    starts = [0, *(start for start, _ in split.sentences(line)[1:]), len(line)]
    return (line[start:end] for start, end in pairwise(starts))


def _lines(page: Page) -> Iterator[str]:
    yield from (page.headline, page.summary, page.byline, page.as_of)
    yield from _note(page.note)
    for row in page.rows:
        for said in row.said:
            yield from _said(said)
        if row.note is not None:
            yield from _note(row.note)
    for due in page.dues:
        yield from (due.when, due.text, due.outcome)
    yield from page.channel


def _said(said: Said) -> Iterator[str]:
    if said.picture is None:
        yield from (text for text in (said.text, said.by) if text)
        return
    yield f"[{', '.join(file.path for file in said.picture.files)}]"  # named by what is in them
    yield from (said.picture.alt, said.picture.caption)


def _note(note: Note) -> Iterator[str]:
    yield from note.lines
    for claim in note.claims:
        yield from (text for text in (claim.text, claim.standing, *claim.history) if text)
    for band in (*note.bands, *note.searched):
        yield from _band(band)
    yield from note.conflicts


def _band(band: Band) -> Iterator[str]:
    yield from (text for text in (band.sentence, band.note) if text)
    for quoted in band.quoted:
        yield from (quoted.text, quoted.source)
