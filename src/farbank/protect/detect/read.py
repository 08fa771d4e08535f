"""One sentence read by every rule: what in it could give somebody away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from farbank.model.detections import Detection
from farbank.model.text import Language
from farbank.protect.detect import (
    absence,
    age,
    anecdote,
    clock,
    date,
    kinship,
    name,
    place,
    quantity,
    rank_and_occupation,
    serial,
    sex,
    unique,
)
from farbank.protect.detect.plain import as_written, plain
from farbank.protect.detect.prose import Parts, Prose
from farbank.protect.errors import UnreadProse

Detector = Callable[[Prose], Iterator[Detection]]

DETECTORS: dict[str, Detector] = {
    module.__name__.rpartition(".")[2]: module.find
    for module in (
        absence, age, anecdote, clock, date, kinship, name, place, quantity, rank_and_occupation, serial, sex, unique,
    )
}  # fmt: skip
NAMES = "name"
"""The detector of names of people, the one that is trained."""


@lru_cache(maxsize=16_384)  # sentences of a desk's open stories; a changed one is read again, the others are not
def detections(text: str, language: Language, parts: Parts) -> tuple[Detection, ...]:
    """Everything the rules find in one sentence, in order; the unsure is marked so.

    Depends on nothing but its arguments. Raises UnreadProse, naming the detector, for a language the pack has no tells
    for and for a detector that fails: what could not be read must not pass.
    """
    return _in_order(_found(text, language, parts, DETECTORS, certain=False))


@lru_cache(maxsize=16_384)  # sentences of some ten editions, in every language of the pack
def on_a_page(text: str, language: Language, parts: Parts) -> tuple[Detection, ...]:
    """The same in a page that is already made, where nobody is left to ask: of wide tells only the certain ones.

    Names of people, which take half the time, are left to the list of forbidden spellings. Raises UnreadProse.
    """
    return _in_order(_found(text, language, parts, (name for name in DETECTORS if name != NAMES), certain=True))


def _found(
    text: str, language: Language, parts: Parts, detectors: Iterable[str], *, certain: bool
) -> tuple[Detection, ...]:
    tongue = parts.tells.tongue(language)
    if tongue is None:
        raise UnreadProse(f"the country pack has no tells in {language}; add tells/{language}.toml to it")
    laid, origins = plain(text)
    prose = Prose(laid, origins, language, tongue, parts, certain)
    found: list[Detection] = []
    for detector in detectors:
        try:
            found += DETECTORS[detector](prose)
        except Exception as error:  # whatever fails here must close the gate, not open it
            raise UnreadProse(f"the detector {detector} failed ({type(error).__name__}); report this") from error
    return tuple(as_written(each, origins) for each in _apart(found))


def _in_order(found: Iterable[Detection]) -> tuple[Detection, ...]:
    return tuple(sorted(found, key=lambda each: (each.start, each.end, each.sort)))


def _apart(found: Iterable[Detection]) -> Iterator[Detection]:
    """Of detections of one sort that overlap, the sure ones, of these those that say what, of these the longest."""
    taken: list[Detection] = []
    for each in sorted(found, key=lambda each: (not each.sure, not each.reading, each.start - each.end, each.start)):
        if not any(map(each.meets, taken)):
            taken.append(each)
            yield each
