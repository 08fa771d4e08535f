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


@lru_cache(maxsize=16_384)  # sentences of a desk's open stories; a changed one is read again, the others are not
def detections(text: str, language: Language, parts: Parts) -> tuple[Detection, ...]:
    """Everything the rules find in one sentence, in order; the unsure is marked so.

    Depends on nothing but its arguments. Raises UnreadProse, naming the detector, for a language the pack has no tells
    for and for a detector that fails: what could not be read must not pass.
    """
    tongue = parts.tells.tongue(language)
    if tongue is None:
        raise UnreadProse(f"the country pack has no tells in {language}; add tells/{language}.toml to it")
    laid, origins = plain(text)
    prose = Prose(laid, origins, language, tongue, parts)
    found: list[Detection] = []
    for detector, find in DETECTORS.items():
        try:
            found += find(prose)
        except Exception as error:  # whatever fails here must close the gate, not open it
            raise UnreadProse(f"the detector {detector} failed ({type(error).__name__}); report this") from error
    ordered = sorted(_apart(found), key=lambda each: (each.start, each.end, each.sort))
    return tuple(as_written(each, origins) for each in ordered)


def _apart(found: Iterable[Detection]) -> Iterator[Detection]:
    """Of detections of one sort that overlap, the sure ones, of these those that say what, of these the longest."""
    taken: list[Detection] = []
    for each in sorted(found, key=lambda each: (not each.sure, not each.reading, each.start - each.end, each.start)):
        if not any(map(each.meets, taken)):
            taken.append(each)
            yield each
