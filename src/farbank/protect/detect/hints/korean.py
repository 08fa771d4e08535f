"""Where the cues of Korean stand in a text.

A phrase is found where a word begins with it, whatever particle or ending follows; a space in it stands for any
number of spaces.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from farbank.protect.detect.hints.lexicon import ATTRIBUTES, Attribute, Entry, entries
from farbank.protect.detect.hints.match import Found
from farbank.protect.detect.hints.tree import Tree

ENOUGH = 3
"""Sum of the weights of an attribute's phrases from which it is flagged; our judgement, as no replies are at hand."""
MOST = 2

_WORD = re.compile(r"[^\W_]+")


def find(text: str) -> list[Found]:
    """Every cue in `text`, by where it starts; of those that start together for one attribute, the longest."""
    letters, places = _letters(text)
    found: dict[tuple[int, Attribute], Found] = {}
    for at, place in enumerate(places):
        if letters[at] != (" ",) and (at == 0 or letters[at - 1] == (" ",)):
            for end, entry in _phrases().at(letters, at):
                found[place, entry.cue.attribute] = Found(place, places[end - 1] + 1, entry)
    return list(found.values())


def choose(found: Sequence[Found]) -> frozenset[Attribute]:
    """The attributes to flag: those said outright, and the two with the most and strongest phrases."""
    outright = frozenset(one.entry.cue.attribute for one in found if one.entry.cue.sure)
    sums: Counter[Attribute] = Counter()
    for entry in {one.entry for one in found}:
        sums[entry.cue.attribute] += entry.cue.weight
    ranked = sorted(sums, key=lambda name: (-sums[name], ATTRIBUTES.index(name)))
    return outright | {name for name in ranked[:MOST] if sums[name] >= ENOUGH}


def _letters(text: str) -> tuple[list[tuple[str]], list[int]]:
    """The letters of `text` with one space between words, and where each stands."""
    letters: list[tuple[str]] = []
    places: list[int] = []
    for word in _WORD.finditer(text):
        if letters:
            letters.append((" ",))
            places.append(word.start() - 1)
        letters += [(letter,) for letter in word[0]]
        places += range(word.start(), word.end())
    return letters, places


@cache
def _phrases() -> Tree[Entry]:
    tree: Tree[Entry] = Tree()
    for entry in entries("ko"):
        tree.add(entry.phrase, entry)
    return tree
