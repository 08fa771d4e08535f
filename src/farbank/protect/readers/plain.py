"""Text, style sheets, scripts and JSON: files that are what they say, letter by letter."""

from __future__ import annotations

import json as parser
from collections.abc import Iterator

from farbank.protect.readers.pieces import Piece, Unreadable


def decode(data: bytes) -> str:
    """Decode UTF-8. Raises Unreadable for anything else."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unreadable("text that is not UTF-8") from None


def text(source: str) -> Iterator[Piece]:
    """Markdown, CSV and prose, as they stand."""
    yield Piece("text", source)


def style(source: str) -> Iterator[Piece]:
    """A style sheet, whose `content` is drawn on the page."""
    yield Piece("style", source, shown=False)


def script(source: str) -> Iterator[Piece]:
    """A script, unread by most and open to all."""
    yield Piece("script", source, shown=False)


def json(source: str) -> Iterator[Piece]:
    """The keys and values of JSON, one a line. Raises Unreadable if it is none."""
    try:
        # Pairs rather than dicts: of two equal keys a dict would show one value only.
        left: list[object] = [parser.loads(source, object_pairs_hook=tuple)]
    except (ValueError, RecursionError):
        raise Unreadable("JSON that does not parse") from None
    strings: list[str] = []
    while left:
        value = left.pop()
        if isinstance(value, (list, tuple)):
            left.extend(reversed(value))
        elif isinstance(value, (str, int)):  # fractions are measures and coordinates, and spell nothing
            strings.append(str(value))
    yield Piece("json", "\n".join(strings))
