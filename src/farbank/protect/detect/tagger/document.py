"""What a whole document says of a word: how often, in lower case or not, behind what, and where first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from farbank.protect.detect.tagger.gazetteer import KINDS
from farbank.protect.detect.tagger.tokens import Token

NEIGHBOURS = 6
"""How many different words before a name are kept."""


def shape(text: str) -> str:
    """Letters as X, x, or the script they are of; digits as 9 for each up to four; signs as they stand."""
    if text.isdigit():
        return "9" * min(len(text), 4)
    if len(text) == 1 and not text.isalpha():
        return text if text.isprintable() and text < "\ud800" else "?"
    if text.isupper():
        return "X" if len(text) == 1 else "XX"
    if text.islower():
        return "x"
    if text[:1].isupper():
        return "Xx"
    first = text[:1]
    return "K" if "\uac00" <= first <= "\ud7a3" else "H" if "\u3400" <= first <= "\u9fff" else "o"


class Document:
    """Counts over all lines of a text."""

    def __init__(self, lines: Iterable[Sequence[Token]]) -> None:
        self._all: Counter[str] = Counter()
        self._small: Counter[str] = Counter()
        self._before: defaultdict[str, set[str]] = defaultdict(set)
        for line in lines:
            last = ""
            for token in line:
                text = token.text
                lower = text.lower()
                if len(text) > 1 and text[0].isalpha():
                    self._all[lower] += 1
                    if text[0].islower():
                        self._small[lower] += 1
                    elif len(self._before[lower]) < NEIGHBOURS:
                        self._before[lower].add(last)
                last = lower if text != "." else last

    def of(self, lower: str, text: str) -> list[str]:
        """Features of one token; nothing is said of digits, signs and syllables."""
        count = self._all.get(lower, 0)
        if not count:
            return []
        small = self._small.get(lower, 0)
        found = [f"d={min(count, 4)}/{min(small, 2)}"]
        if not text[0].islower():
            before = self._before[lower]
            found += (f"db={word}" for word in sorted(before))
            if before & KINDS["title"]:
                found.append("dt")
        return found
