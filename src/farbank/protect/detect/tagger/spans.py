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
    writes it small elsewhere.
    """
    small = {one.token.text for one in guesses if one.token.text.islower()}
    people = {
        one.token.text
        for one in guesses
        if one.sort == "person" and one.probability >= SURE and _is_name(one.token.text)
        if one.token.text.lower() not in small
    }
    return [
        one if one.probability >= threshold else Guess(one.token, "person", threshold)
        for one in guesses
        if one.probability >= threshold or one.token.text in people
    ]


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
