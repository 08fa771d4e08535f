"""How likely each attribute is what a text leaks, by the cues in it.

A linear model over groups of cues and single cues; its weights begin at what the lexicon says of a cue and are fitted
to replies of invented persons by `scripts/train_hints.py`. It knows a ninth answer, that nothing leaks, from neutral
texts that are not the ones it is measured on.
"""

from __future__ import annotations

import csv
import math
import re
from bisect import bisect
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from importlib import resources
from itertools import islice
from typing import NamedTuple

from farbank.protect.detect.hints.lexicon import ATTRIBUTES, Attribute
from farbank.protect.detect.hints.match import Found

NOTHING = 0.3
"""Nothing is flagged where that nothing leaks is likelier than this, unless something is said outright.

Recall is given up to stay under one false alarm in ten neutral texts.
"""
SHARE = 0.14
"""An attribute is flagged that has this share of what is likely to leak; the likeliest is always."""
MOST = 3
"""No more attributes are flagged than this, but for those said outright."""
SELF = "/first person"
_OFTEN = 4
"""A group counts as often as it is found, up to this."""
_OFTEN_SELF = 8
_STOP = re.compile(r"[.!?\n]")
_SELF = re.compile(r"\b(?:i|me|my|mine|myself|we|us|our|ours)\b", re.IGNORECASE)

Weights = Mapping[str, Sequence[float]]
"""Per feature a weight for each of `ATTRIBUTES` and, last, for nothing; the empty feature is always present."""


class Chances(NamedTuple):
    """The chance that nothing leaks, and of each attribute its share of the rest."""

    nothing: float
    shares: Mapping[Attribute, float]


def features(text: str, found: Iterable[Found]) -> dict[str, float]:
    """What the model weighs: how many phrases of each group there are, and which; a phrase counts once.

    And how often the author speaks of themselves, as whoever does so leaks more.
    """
    entries = {one.entry for one in found}
    groups = Counter(group(entry.cue.attribute, entry.cue.group) for entry in entries)
    told = {name: float(min(count, _OFTEN)) for name, count in groups.items()}
    told[SELF] = sum(1 for _ in islice(_SELF.finditer(text), _OFTEN_SELF)) / _OFTEN
    return told | {entry.phrase: 1.0 for entry in sorted(entries)}


def group(attribute: str, name: str) -> str:
    """The feature of a group of cues."""
    return f"{attribute}/{name}"


def chances(present: Mapping[str, float], weights: Weights) -> Chances:
    """The chances by `weights` of a text with these features."""
    none = (0.0,) * (len(ATTRIBUTES) + 1)
    rows = [(1.0, weights.get("", none)), *((value, weights.get(name, none)) for name, value in present.items())]
    scores = [sum(value * row[at] for value, row in rows) for at in range(len(none))]
    highest = max(scores)
    raised = [math.exp(score - highest) for score in scores]
    leaking = sum(raised[:-1])
    return Chances(
        raised[-1] / (leaking + raised[-1]),
        {attribute: value / leaking if leaking else 0.0 for attribute, value in zip(ATTRIBUTES, raised, strict=False)},
    )


def choose(text: str, found: Sequence[Found], weights: Weights) -> frozenset[Attribute]:
    """The attributes to flag: those said outright, and the likeliest of those that have a cue to show.

    Where nothing is likeliest, as in most short texts, those with two likely cues side by side.
    """
    outright = frozenset(one.entry.cue.attribute for one in found if one.entry.cue.sure)
    told = chances(features(text, found), weights)
    if told.nothing > NOTHING:
        return outright | _side_by_side(text, found)
    shown = {one.entry.cue.attribute for one in found}
    ranked = sorted((name for name in ATTRIBUTES if name in shown), key=lambda name: -told.shares[name])
    likely = [name for at, name in enumerate(ranked[:MOST]) if at == 0 or told.shares[name] >= SHARE]
    return frozenset(likely) | outright


def _side_by_side(text: str, found: Sequence[Found]) -> frozenset[Attribute]:
    """The attributes with two different cues, neither weak, in a sentence in which the author speaks of themselves."""
    phrases: dict[tuple[int, Attribute], set[str]] = {}
    ends = [stop.end() for stop in _STOP.finditer(text)]
    own = {bisect(ends, word.start()) for word in _SELF.finditer(text)}
    for one in found:
        sentence = bisect(ends, one.start)
        if one.entry.cue.weight > 1 and sentence in own:
            phrases.setdefault((sentence, one.entry.cue.attribute), set()).add(one.entry.phrase)
    return frozenset(attribute for (_, attribute), said in phrases.items() if len(said) > 1)


@cache
def shipped() -> Weights:
    """The weights beside this file."""
    text = (resources.files(__package__) / "en" / "weights.csv").read_text("utf-8")
    _, *rows = csv.reader(text.splitlines())
    return {name: tuple(float(value or 0) for value in values) for name, *values in rows}
