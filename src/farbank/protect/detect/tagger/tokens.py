"""Text cut into what the tagger labels: runs of letters, runs of digits, single signs; a syllable each in Hangul."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

LONGEST = 200
"""Tokens in a sequence at most; a longer line is cut after a full stop where there is one."""

EDGE = "¶"
"""Stands for what lies before the first and behind the last token of a line."""

_SINGLE = "\u1100-\u11ff\u3040-\u30ff\u3131-\u318e\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"
_TOKEN = re.compile(rf"(\S)\1{{3,}}|[{_SINGLE}]|[^\W\d_{_SINGLE}]{{1,40}}|\d{{1,40}}|[^\w\s]|_")
_ENDS = frozenset(".?!。")


class Token(NamedTuple):
    """Characters `start` to `end` (exclusive); `spaced` where a space or the edge of the line precedes it."""

    start: int
    end: int
    text: str
    spaced: bool


def tokens(text: str, start: int, end: int) -> list[Token]:
    """The tokens of a stretch of text; four or more of the same character are one."""
    found = []
    last = -1
    for match in _TOKEN.finditer(text, start, end):
        found.append(Token(match.start(), match.end(), match.group(), match.start() != last))
        last = match.end()
    return found


def lines(text: str) -> Iterator[tuple[int, int]]:
    """Where each line that holds anything starts and ends."""
    for match in re.finditer(r"[^\n\r\u2028\u2029]+", text):
        if not match.group().isspace():
            yield match.start(), match.end()


def sequences(line: list[Token]) -> Iterator[list[Token]]:
    """A line in stretches of at most `LONGEST` tokens."""
    while len(line) > LONGEST:
        ends = (place for place in range(LONGEST - 1, LONGEST // 2, -1) if line[place].text in _ENDS)
        cut = next(ends, LONGEST - 1) + 1
        yield line[:cut]
        line = line[cut:]
    if line:
        yield line
