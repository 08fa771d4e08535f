"""A number the master does not give, or one without its “about”: a translation must not count better (F12, F28)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from farbank.country import prose_dates
from farbank.country.phrases import Phrases
from farbank.publish.versions.passage import Pair, says

RULE = "version-finer-number"
BLOCKING = True
_FIGURE = r"\d+(?:,\d{3})*(?:\.\d+)?"
_TRIVIAL = {0.0, 1.0}
"""“One of them” and “an order” are said with a number in one language and without in the next."""


def find(pair: Pair) -> Iterator[str]:
    """A message for every number the master's passage lacks, and where the master is vaguer about the same ones."""
    said = numbers(pair.master.text, pair.spoken, pair.close)
    told = numbers(pair.version.text, pair.rendered, pair.close)
    for number in sorted(told - said - _TRIVIAL):
        yield f"gives the number {number:g}, which the master does not give here; write what the master says"
    inexact = says(pair.master.text, pair.spoken, "about") and not says(pair.version.text, pair.rendered, "about")
    if inexact and told & said - _TRIVIAL:
        yield "leaves out that the master says the number is not exact; write it as the master does"


def numbers(text: str, phrases: Phrases, close: date) -> set[float]:
    """Every number in figures or words, but for those of dates."""
    dated = [(each.start, each.end) for each in prose_dates.read(text, phrases, close)]
    found = set()
    for match in _pattern(phrases).finditer(text):
        written = next(group for group in match.groups() if group)
        start = match.start() + match.group().index(written)
        if not any(first <= start < last for first, last in dated):
            found.add(_value(written, phrases))
    return found


@lru_cache(maxsize=16)
def _pattern(phrases: Phrases) -> re.Pattern[str]:
    """Figures, with what multiplies them, and words where the language's `counted` says that they count something."""
    words, times = _worth(phrases, "numbers"), _worth(phrases, "times")
    joint = r"(?:[ -]|\sand\s)?" if any(word.isascii() for word in words) else r"\s?"
    word = "|".join(sorted(map(re.escape, (*words, *times)), key=len, reverse=True)) or "(?!)"
    many = "|".join(sorted(map(re.escape, times), key=len, reverse=True)) or "(?!)"
    figures = rf"(?<![\d.,])({_FIGURE}(?:\s?(?:{many})(?:\s?{_FIGURE}(?:\s?(?:{many}))?)*)?)"
    run = rf"((?:{word})(?:{joint}(?:{word}))*)"
    counted = [pattern.replace("{number}", run) for pattern in phrases.several("versions.counted")]
    return re.compile("|".join([figures, *counted]), re.IGNORECASE)


@lru_cache(maxsize=32)
def _worth(phrases: Phrases, key: str) -> dict[str, float]:
    pairs = (line.rpartition(" ") for line in phrases.several(f"versions.{key}"))
    return {word: float(worth) for word, _, worth in pairs}


def _value(written: str, phrases: Phrases) -> float:
    words, times = _worth(phrases, "numbers"), _worth(phrases, "times")
    known = sorted((*words, *times), key=len, reverse=True)
    total = here = 0.0
    for part in re.findall("|".join([_FIGURE, *map(re.escape, known)]), written.lower()):
        if part in times and times[part] > total + here:
            total, here = (total + here or 1) * times[part], 0.0
        elif part in times:
            total, here = total + (here or 1) * times[part], 0.0
        else:
            here += words[part] if part in words else float(part.replace(",", ""))
    return total + here
