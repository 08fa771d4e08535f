"""What the tagger sees of a token: its letters, its neighbours, the word it stands in, and its life in the document."""

from __future__ import annotations

from collections.abc import Sequence

from farbank.protect.detect.tagger.document import Document, shape
from farbank.protect.detect.tagger.gazetteer import BY_WORD
from farbank.protect.detect.tagger.hangul import of_syllables
from farbank.protect.detect.tagger.tokens import EDGE, Token

WIDE = 6
"""How many tokens back and ahead are looked at without their order."""


def features(line: Sequence[Token], document: Document, header: str, place: int) -> list[list[str]]:
    """A list of features a token; `header` is the last heading above the line, `place` the line's tenth of the text."""
    lower = [short(token.text.lower()) for token in line]
    shapes = [shape(token.text) for token in line]
    words = _words(line, lower)
    runs = _runs(line, shapes)
    syllables = of_syllables(line)
    about = [f"s={header}", f"p={place}"]
    return [
        about
        + _window(index, lower, shapes)
        + _letters(token.text, lower[index])
        + _word(index, words)
        + _known(index, lower, words)
        + runs[index]
        + syllables[index]
        + _around(index, lower)
        + document.of(lower[index], token.text)
        for index, token in enumerate(line)
    ]


def short(text: str) -> str:
    """As much of a token as matters."""
    return text[:40]


def _window(index: int, lower: Sequence[str], shapes: Sequence[str]) -> list[str]:
    found = []
    near = {}
    for offset in range(-3, 4):
        inside = 0 <= index + offset < len(lower)
        near[offset] = lower[index + offset] if inside else EDGE
        found.append(f"w{offset}={near[offset]}")
        found.append(f"h{offset}={shapes[index + offset] if inside else EDGE}")
    found += (f"b{offset}={near[offset]}|{near[offset + 1]}" for offset in (-2, -1, 0, 1))
    found += (f"t{offset}={near[offset]}|{near[offset + 1]}|{near[offset + 2]}" for offset in (-2, -1, 0))
    found.append("hh=" + "|".join(shapes[max(0, index - 1) : index + 2]))
    return found


def _letters(text: str, lower: str) -> list[str]:
    if len(text) < 2:
        return []
    found = [f"l={min(len(text), 12)}"]
    if text[0].isdecimal():
        return [*found, f"n={_size(text)}"]
    for size in range(2, min(5, len(lower))):
        found += (f"<{lower[:size]}", f">{lower[-size:]}")
    return found


def _size(text: str) -> str:
    """What a number looks like it counts."""
    if len(text) == 4 and text[:2] in {"18", "19", "20"}:
        return "year"
    return "day" if len(text) < 3 and 0 < int(text) < 32 else str(min(len(text), 6))


class _Word:
    """The stretch between two spaces that a token stands in."""

    __slots__ = ("after", "before", "end", "parts", "start")

    def __init__(self, start: int) -> None:
        self.start = start
        self.end = start
        self.parts: list[str] = []
        self.before = self.after = EDGE


def _words(line: Sequence[Token], lower: Sequence[str]) -> list[_Word]:
    """The word of each token."""
    found: list[_Word] = []
    word = None
    for index, token in enumerate(line):
        if word is None or token.spaced:
            last, word = word, _Word(index)
            if last is not None:
                last.after = lower[index]
                word.before = last.parts[-1] if len(last.parts) == 1 else "".join(last.parts[-2:])
        if len(word.parts) < WIDE * 2:
            word.parts.append(lower[index])
        word.end = index + 1
        found.append(word)
    return found


def _word(index: int, words: Sequence[_Word]) -> list[str]:
    word = words[index]
    at, left = index - word.start, word.end - index - 1
    found = [f"a={min(at, 4)}", f"z={min(left, 4)}", f"v-={word.before}", f"v+={word.after}"]
    if word.end - word.start > 1:
        found += (
            f"u={''.join(word.parts[:6])}",
            f"u<={''.join(word.parts[: at + 1][-5:])}",
            f"u>={''.join(word.parts[at : at + 5])}",
            f"e1={word.parts[-1]}|{min(left, 4)}",
            f"e2={''.join(word.parts[-2:])}|{min(left, 4)}",
            f"m={min(at, 5)}/{min(left, 5)}",
        )
    return found


def _known(index: int, lower: Sequence[str], words: Sequence[_Word]) -> list[str]:
    """What the gazetteer says of the token, its neighbours and stretches of its word."""
    found: list[str] = []
    for offset in (-2, -1, 0, 1, 2):
        if 0 <= index + offset < len(lower):
            found += (f"g{offset}={kind}" for kind in BY_WORD.get(lower[index + offset], ()))
    parts, at = words[index].parts, index - words[index].start
    if len(parts) > 1:
        for size in (2, 3, 4):
            for first in range(max(0, at - size + 1), min(at, len(parts) - size) + 1):
                for kind in BY_WORD.get("".join(parts[first : first + size]), ()):
                    found.append(f"G={kind}{at - first}/{size}")
    return found


def _runs(line: Sequence[Token], shapes: Sequence[str]) -> list[list[str]]:
    """Where each token stands in a run of capitalised words and what joins them."""
    found: list[list[str]] = [[] for _ in line]
    start = None
    for index in range(len(line) + 1):
        capital = index < len(line) and shapes[index][0] == "X"
        joins = index < len(line) and start is not None and (line[index].text in ".-’'")
        if capital and start is None:
            start = index
        elif start is not None and not capital and not joins:
            capitals = sum(shapes[place][0] == "X" for place in range(start, index))
            before = short(line[start - 1].text.lower()) if start else EDGE
            behind = short(line[index].text.lower()) if index < len(line) else EDGE
            for place in range(start, index):
                at = min(place - start, 3)
                found[place] += (f"r={at}/{min(capitals, 5)}", f"rb={before}", f"ra={behind}", f"rs={start == 0}")
            start = None
    return found


def _around(index: int, lower: Sequence[str]) -> list[str]:
    return [f"<<{word}" for word in dict.fromkeys(lower[max(0, index - WIDE) : max(0, index - 1)])] + [
        f">>{word}" for word in dict.fromkeys(lower[index + 2 : index + 1 + WIDE])
    ]
