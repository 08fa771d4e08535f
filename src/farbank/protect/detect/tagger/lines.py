"""A text as the tagger takes it: sequences of tokens, each with its features."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from farbank.protect.detect.tagger.document import Document
from farbank.protect.detect.tagger.features import features, short
from farbank.protect.detect.tagger.tokens import Token, lines, sequences, tokens

_UNREADABLE = re.compile("[\\ud800-\\udfff\\0]")
_HEADING = 90
"""Characters of a line in capitals, at most, that is taken for a heading."""
_SHORT = 14
"""Tokens of a line without a full stop, fewer than, that is taken for one."""


def sequences_of(text: str) -> Iterator[tuple[list[Token], list[list[str]]]]:
    """Tokens and their features, in the order of the text; the document is read whole first.

    Half characters and NUL, which the library cannot take, are read as question marks; places stay what they are.
    """
    text = _UNREADABLE.sub("?", text)
    found = [line for start, end in lines(text) if (line := tokens(text, start, end))]
    document, heading = Document(found), ""
    for line in found:
        heading = _heading(text, line) or heading
        for part in sequences(line):
            yield part, features(part, document, heading, 10 * part[0].start // len(text))


def _heading(text: str, line: Sequence[Token]) -> str:
    """The heading that a line is, or nothing."""
    said = text[line[0].start : min(line[-1].end, line[0].start + _HEADING)]
    capitals = said.upper() == said and said.lower() != said and line[-1].end - line[0].start < _HEADING
    if capitals:
        return short(said[:40].split(".")[-1].strip().lower())
    return short(said.lower()) if len(line) < _SHORT and line[-1].text != "." else ""
