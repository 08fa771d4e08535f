"""What the rules read out of a sentence, kept by its text: as one types, only the sentence that changed is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from farbank.country import numerals, prose_dates
from farbank.country.gazetteer import Gazetteer
from farbank.country.mentions import Mention
from farbank.country.phrases import Phrases
from farbank.country.prose_dates import Dated
from farbank.country.spellings import script
from farbank.country.tells import Tongue
from farbank.model.story import Draft, Sentence
from farbank.publish.grain import finer

_KEPT = 1 << 15
"""Readings kept: a story of 2,000 words in four languages has some 500 sentences, each read for some forty lists."""
_NEAR = 60, 24
"""Characters before and after what a list finds in which a word may deny it."""
_CLAUSE = re.compile(r"[.;:!?。；！？]")


class Hit(NamedTuple):
    """What a list of patterns found in a text, at `text[start:end]`."""

    words: str
    start: int
    end: int


class Number(NamedTuple):
    """A number in digits or words at `text[start:end]`, and what it is worth."""

    value: float
    start: int
    end: int


@lru_cache(maxsize=512)
def joined(patterns: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for any of `patterns`, without regard to case; for none, one that finds nothing."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns) or "(?!)", re.IGNORECASE)


@lru_cache(maxsize=_KEPT)
def hits(text: str, phrases: Phrases, key: str) -> tuple[Hit, ...]:
    """What the list `slips.<key>` of a language finds in `text`, in order, none inside another."""
    found = joined(phrases.several(f"slips.{key}")).finditer(text)
    return tuple(Hit(each.group().strip(), each.start(), each.end()) for each in found)


def asserted(text: str, phrases: Phrases, key: str) -> tuple[Hit, ...]:
    """The hits that no word of denial stands before or after: “could not be confirmed” confirms nothing."""
    return tuple(hit for hit in hits(text, phrases, key) if not denied(text, phrases, hit.start, hit.end))


def denied(text: str, phrases: Phrases, start: int, end: int) -> bool:
    """Whether a word of denial stands before or after `text[start:end]`, in its clause."""
    before = _CLAUSE.split(text[max(0, start - _NEAR[0]) : start])[-1]
    after = _CLAUSE.split(text[end : end + _NEAR[1]])[0]
    return any(
        joined(phrases.several(f"slips.denied-{side}")).search(beside)
        for side, beside in (("before", before), ("after", after))
    )


@lru_cache(maxsize=_KEPT)
def dates(text: str, phrases: Phrases, close: date) -> tuple[Dated, ...]:
    """The dates written in `text`."""
    return prose_dates.read(text, phrases, close)


@lru_cache(maxsize=_KEPT)
def places(text: str, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """The places named in `text`."""
    return gazetteer.mentions(text)


@lru_cache(maxsize=_KEPT)
def finer_places(text: str, gazetteer: Gazetteer, level: int) -> tuple[Mention, ...]:
    """The places named, or as good as named, more finely than `level`."""
    return finer(text, gazetteer, level)


@lru_cache(maxsize=_KEPT)
def numbers(text: str, tongue: Tongue | None, phrases: Phrases, close: date) -> tuple[Number, ...]:
    """The numbers in `text` that are no part of a date; a bare “one” is more often a pronoun, and is none."""
    words, times = (tongue.numerals, tongue.times) if tongue else ({}, {})
    dated = dates(text, phrases, close)
    found = []
    for match in _number(tuple(words), tuple(times)).finditer(text):
        value = _worth(match.group(), words, times)
        inside = any(match.start() < each.end and each.start < match.end() for each in dated)
        if value is not None and (value > 1 or "." in match.group()) and not inside:
            found.append(Number(value, match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def shares(text: str, phrases: Phrases) -> tuple[Number, ...]:
    """The parts of a whole that `text` names in words: “half of”, “two thirds of”."""
    found = []
    for line in phrases.several("slips.shares"):
        share, _, pattern = line.partition(" ")
        over, under = map(int, share.split("/"))
        found += [Number(over / under, *match.span()) for match in joined((pattern,)).finditer(text)]
    return tuple(sorted(found, key=lambda number: number.start))


def _worth(written: str, words: Mapping[str, int], times: Mapping[str, int]) -> float | None:
    return float(written) if "." in written else numerals.value(written, words, times)


@lru_cache(maxsize=16)
def _number(words: tuple[str, ...], times: tuple[str, ...]) -> re.Pattern[str]:
    """A number that stands by itself; in scripts without spaces, where none does, in digits only."""
    spaced = not any(script(word) == "han" for word in words)
    one = numerals.pattern(dict.fromkeys(words if spaced else (), 0), dict.fromkeys(times if spaced else (), 0))
    digits = r"(?<![\d.,])(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)(?![.,]?\d)"
    ends = r"(?=\s)" if any(script(word) == "hangul" for word in words) else r"(?!\w)"
    spelt = rf"|(?<![\w.,-])(?=[^\d])(?:{one}){ends}" if spaced and words else ""
    return re.compile(digits + spelt, re.IGNORECASE)


def paragraphs(draft: Draft) -> Iterator[tuple[Sentence, ...]]:
    """What a reader takes in at one go: the headline, the summary, every heading, paragraph and quotation."""
    yield (draft.headline,)
    yield (draft.summary,)
    yield from (block.sentences for block in draft.blocks if block.sentences)


def body(draft: Draft) -> tuple[Sentence, ...]:
    """The sentences that carry the story: paragraphs and quotations."""
    return tuple(sentence for sentence in draft.sentences if sentence.role in ("body", "quote"))


def say(words: Sequence[str]) -> str:
    """Words as a message lists them."""
    return ", ".join(repr(word) for word in words)
