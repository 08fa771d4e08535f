"""The cues of one language, read once from the files beside this one."""

from __future__ import annotations

import itertools
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Literal, NamedTuple, get_args

Attribute = Literal["age", "sex", "place", "origin", "education", "occupation", "income", "relationship"]
"""What a clever reader infers of a person; each is a sort of `Detection`."""

ATTRIBUTES: tuple[Attribute, ...] = get_args(Attribute)


class Cue(NamedTuple):
    """A group of phrases that hint at one attribute: how strongly (1 weak, 2 likely, 3 strong), and what they say.

    `sure` where the phrase says it outright.
    """

    attribute: Attribute
    group: str
    weight: int
    sure: bool
    reading: str


class Entry(NamedTuple):
    """A phrase as it is written in the file, and the cue it belongs to."""

    phrase: str
    cue: Cue


@cache
def entries(language: str) -> tuple[Entry, ...]:
    """Every phrase of the language, file by file; empty where we have no cues for it."""
    folder = resources.files(__package__) / language
    if not folder.is_dir():
        return ()
    return tuple(entry for attribute in ATTRIBUTES for entry in _entries(folder / f"{attribute}.toml", attribute))


@cache
def lists(language: str, file: str) -> Mapping[str, tuple[str, ...]]:
    """The lists of words in `file`, by name: `words` for those that stand for one another, `names` for places."""
    read = tomllib.loads((resources.files(__package__) / language / f"{file}.toml").read_text("utf-8"))
    return {name: _phrases(text) for name, text in read.items()}


def spellings(phrase: str) -> Iterator[tuple[str, ...]]:
    """The words of a phrase, once for every choice among its alternatives (`uni|college`)."""
    return itertools.product(*(part.split("|") for part in phrase.split()))


def _entries(file: resources.abc.Traversable, attribute: Attribute) -> Iterator[Entry]:
    for group, cue in tomllib.loads(file.read_text("utf-8")).items():
        told = Cue(attribute, group, cue["weight"], cue.get("sure", False), cue.get("reading", ""))
        for phrase in dict.fromkeys(_phrases(cue["phrases"])):
            yield Entry(phrase, told)


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(filter(None, (" ".join(phrase.split()) for phrase in text.split(","))))
