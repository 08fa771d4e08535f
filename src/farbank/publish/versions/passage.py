"""What is compared: sentences that stand together and rest on the same claims, in the master and in a version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.story import Role, Sentence
from farbank.model.text import Slug


class Passage(NamedTuple):
    """Neighbouring sentences of one block that cite the same claims."""

    role: Role
    line: int
    claims: frozenset[Slug]
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        """The sentences as one text."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def sources(self) -> frozenset[Slug]:
        """Whoever is mentioned."""
        return frozenset(source for sentence in self.sentences for source in sentence.sources)


class Pair(NamedTuple):
    """A passage of the master and the passage that renders it, with the words of both languages."""

    master: Passage
    version: Passage
    spoken: Phrases
    rendered: Phrases
    pack: Pack
    close: date

    @property
    def quotation(self) -> bool:
        """Whether it is somebody's own words, whose language may be either."""
        return self.version.role == "quote"


def says(text: str, phrases: Phrases, key: str) -> bool:
    """Whether a pattern of the wording section `versions` is in the text."""
    return next(found(text, phrases, key), None) is not None


def found(text: str, phrases: Phrases, key: str) -> Iterator[re.Match[str]]:
    """Every place where a pattern of the wording section `versions` is in the text."""
    for pattern in _patterns(phrases, key):
        yield from pattern.finditer(text)


@lru_cache(maxsize=128)
def _patterns(phrases: Phrases, key: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in phrases.several(f"versions.{key}"))
