"""A sentence as the detectors are handed it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from farbank.country.gazetteer import Gazetteer
from farbank.country.phrases import Phrases
from farbank.country.tells import Beside, Tell, Tells, Tongue, compiled
from farbank.model.detections import Detection, Sort
from farbank.model.text import Language
from farbank.protect.detect.plain import Origins

_NEAR = 160
"""Characters around a word that can say whom it speaks of."""


@dataclass(frozen=True, eq=False)
class Parts:
    """What of a country pack reading needs; `close` gives the year to dates without one."""

    tells: Tells
    gazetteer: Gazetteer
    phrases: Mapping[Language, Phrases]
    close: date


class Prose(NamedTuple):
    """One sentence, laid out plain, its language and the pack's parts; `origins` lead back to it as it was written.

    `certain` says that a wide tell counts only where it is sure: nobody is there to look at what it would show.
    """

    text: str
    origins: Origins
    language: Language
    tongue: Tongue
    parts: Parts
    certain: bool = False

    @property
    def held(self) -> frozenset[str]:
        """The forms of tells that may fit somewhere in it; no other does."""
        return self.tongue.held(self.text)

    def laid(self, found: Detection) -> tuple[int, int]:
        """Where a detection of the sentence as written stands in `text`."""
        return bisect_left(self.origins, found.start), bisect_left(self.origins, found.end)


def told(prose: Prose, tells: Iterable[Tell], sort: Sort) -> Iterator[Detection]:
    """Every stretch of text that one of the `tells` fits, as sure as the tell is by itself.

    What a narrow tell says for certain no wide one says again.
    """
    counted = counting(prose, tells)
    if not counted:
        return
    narrow = tuple(_fits(prose, (tell for tell in counted if not tell.wide), sort))
    yield from narrow
    certain = [each for each in narrow if each.sure]
    for each in _fits(prose, (tell for tell in counted if tell.wide), sort):
        if not any(map(each.meets, certain)):
            yield each


def _fits(prose: Prose, tells: Iterable[Tell], sort: Sort) -> Iterator[Detection]:
    for tell in tells:
        for form in may_fit(prose, tell):
            for found in compiled(prose.tongue, form).finditer(prose.text):
                if found.end() > found.start():
                    yield Detection(
                        start=found.start(),
                        end=found.end(),
                        sort=sort,
                        sure=tell.sure,
                        reading=prose.parts.tells.node(tell.reading),
                    )


def counting(prose: Prose, tells: Iterable[Tell]) -> tuple[Tell, ...]:
    """The `tells` that count in this sentence: wide ones only if it speaks of somebody behind the story.

    Those that fit nowhere in it are left out.
    """
    held = prose.held
    tells = [tell for tell in tells if not held.isdisjoint(tell.forms)] if held else []
    if not tells:
        return ()
    if _personal(prose.tongue, prose.text):
        return tuple(tell for tell in tells if tell.sure or not (tell.wide and prose.certain))
    return tuple(tell for tell in tells if not tell.wide)


def may_fit(prose: Prose, tell: Tell) -> Iterator[str]:
    """The forms of a tell that may fit somewhere in the sentence, in order."""
    return filter(prose.held.__contains__, tell.forms)


@lru_cache(maxsize=8)  # asked by every detector in turn of the same sentence
def _personal(tongue: Tongue, text: str) -> bool:
    return compiled(tongue, tongue.personal).search(text) is not None


def stands(prose: Prose, ways: Iterable[Beside], start: int, end: int) -> bool:
    """Whether one of the `ways` fits what stands right before `start` and right after `end`."""
    return any(_before(prose, way.before, start) and _after(prose, way.after, end) for way in ways)


def _before(prose: Prose, form: str, start: int) -> bool:
    if not form:
        return True
    return compiled(prose.tongue, rf"(?:{form})\Z").search(prose.text, max(0, start - _NEAR), start) is not None


def _after(prose: Prose, form: str, end: int) -> bool:
    return not form or compiled(prose.tongue, form).match(prose.text, end) is not None
