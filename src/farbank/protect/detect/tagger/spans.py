"""From probabilities of tokens to stretches of text that give something away, the same all over a document."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from farbank.model.detections import Detection, Sort
from farbank.protect.detect.tagger.tokens import Token

SURE = 0.5
"""From which probability on the tagger is sure."""
_JOINED = 3
"""Characters without a letter or digit, at most, that do not part two tokens of the same sort."""

_LONGEST_NAME = 6
"""Syllables of a name at most."""
_WITH_SURNAME = 3
"""Syllables of a name of which the first is the surname."""

Odds = Mapping[Sort, float]


class Guess(NamedTuple):
    """A token, the likeliest sort, and how probable it is that the token gives anything away."""

    token: Token
    sort: Sort
    probability: float


def guess(token: Token, odds: Odds) -> Guess:
    """The likeliest sort of a token."""
    sort: Sort = max(odds, key=lambda each: (odds[each], each))
    return Guess(token, sort, min(1.0, sum(odds.values())))


def consistent(guesses: Sequence[Guess], threshold: float) -> list[Guess]:
    """Those to show: above `threshold`, and every other mention of a person of whom the tagger is sure somewhere.

    Each word of a person's name counts by itself, so that a surname goes where the full name went, unless the document
    writes it small elsewhere. In Hangul it is the name as a whole, and the name without its surname.
    """
    people = _people(guesses)
    again = _again(guesses, _syllables(guesses))
    return [
        one if one.probability >= threshold else Guess(one.token, "person", threshold)
        for place, one in enumerate(guesses)
        if one.probability >= threshold or one.token.text in people or place in again
    ]


def _people(guesses: Sequence[Guess]) -> frozenset[str]:
    """The words of names in scripts with capitals."""
    small = {one.token.text for one in guesses if one.token.text.islower()}
    return frozenset(
        one.token.text
        for one in guesses
        if one.sort == "person" and one.probability >= SURE and _is_name(one.token.text)
        if one.token.text.lower() not in small
    )


def _syllables(guesses: Sequence[Guess]) -> frozenset[str]:
    """Names in Hangul, and what is left of those of three syllables without the surname."""
    found, name = set[str](), ""
    for one in guesses:
        sure = one.sort == "person" and one.probability >= SURE and "\uac00" <= one.token.text <= "\ud7a3"
        name = name if not one.token.spaced else ""
        name = name + one.token.text if sure else ""
        if 1 < len(name) <= _LONGEST_NAME:
            found.discard(name[:-1])
            found.add(name)
    return frozenset(found | {name[1:] for name in found if len(name) == _WITH_SURNAME})


def _again(guesses: Sequence[Guess], names: frozenset[str]) -> frozenset[int]:
    """The places of all tokens that spell one of the names."""
    found = set[int]()
    for place in range(len(guesses) if names else 0):
        for size in range(2, _LONGEST_NAME + 1):
            if "".join(one.token.text for one in guesses[place : place + size]) in names:
                found.update(range(place, place + size))
    return frozenset(found)


def _is_name(text: str) -> bool:
    return len(text) > 1 and text[0].isupper()


def joined(text: str, shown: Iterable[Guess]) -> tuple[Detection, ...]:
    """Neighbouring tokens of one sort as one stretch; what has neither letter nor digit in it is left out."""
    found: list[list[Guess]] = []
    for one in shown:
        last = found[-1][-1] if found else None
        if last is not None and last.sort == one.sort and _touch(text, last.token.end, one.token.start):
            found[-1].append(one)
        else:
            found.append([one])
    return tuple(_detection(run) for run in found if any(one.token.text.isalnum() for one in run))


def _touch(text: str, end: int, start: int) -> bool:
    return start - end <= _JOINED and not text[end:start].strip(" \u00a0")


def _detection(run: Sequence[Guess]) -> Detection:
    surest = max(one.probability for one in run)
    return Detection(start=run[0].token.start, end=run[-1].token.end, sort=run[0].sort, sure=surest >= SURE)
