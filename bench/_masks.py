"""How much of what had to be masked is masked, and how much else: recall by entity, precision by word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from farbank.model.detections import Detection

WORD = re.compile(r"\w+")
"""A run of letters, digits and underscores."""
LETTER = re.compile(r"[^\W_]")
"""A letter, a digit or a syllable."""

Span = tuple[int, int]


class Entity(NamedTuple):
    """Somebody or something, every mention of it in characters of the text, and whether it must be masked and why."""

    mentions: tuple[tuple[int, int, str], ...]
    need: str
    """`direct`, `quasi`, or nothing where it may stand."""


class Document(NamedTuple):
    """A text and all that annotators marked in it."""

    text: str
    entities: tuple[Entity, ...]


class Score(NamedTuple):
    """Shares between 0 and 1; counts are of entities that must be masked."""

    direct: float
    quasi: float
    recall: float
    precision: float
    entities: int
    flagged: float
    """Share of all words that is masked."""


def mask(text: str, spans: Iterable[Span]) -> bytearray:
    """One byte a character, 1 where it is masked."""
    masked = bytearray(len(text))
    for start, end in spans:
        masked[start:end] = b"\1" * (end - start)
    return masked


def shown(found: Iterable[Detection]) -> list[Span]:
    """The stretches of detections."""
    return [(one.start, one.end) for one in found]


def covered(text: str, masked: bytearray, start: int, end: int) -> bool:
    """Whether no letter or digit of a stretch is left open."""
    return all(masked[place] or not text[place].isalnum() for place in range(start, end))


def score(documents: Sequence[Document], found: Sequence[Iterable[Span]], *, word: re.Pattern[str] = WORD) -> Score:
    """Masking held against what must be masked.

    An entity counts as masked only if every mention of it is, wholly but for signs. Precision is the share of masked
    words that stand in a mention of an entity that must be masked; a word touched by a mask is masked.
    """
    asked, kept, words = Counter[str](), Counter[str](), Counter[str]()
    for document, spans in zip(documents, found, strict=True):
        masked = mask(document.text, spans)
        needed = [entity for entity in document.entities if entity.need]
        for entity in needed:
            asked[entity.need] += 1
            kept[entity.need] += all(covered(document.text, masked, start, end) for start, end, _ in entity.mentions)
        words += _words(document.text, masked, _gold(document), word)
    return Score(
        direct=_share(kept["direct"], asked["direct"]),
        quasi=_share(kept["quasi"], asked["quasi"]),
        recall=_share(kept.total(), asked.total()),
        precision=_share(words["right"], words["masked"]),
        entities=asked.total(),
        flagged=_share(words["masked"], words["all"]),
    )


def by_word(documents: Sequence[Document], found: Sequence[Iterable[Span]]) -> tuple[float, float]:
    """Share of the words to be masked that are, and share of the masked words that had to be."""
    words = Counter[str]()
    for document, spans in zip(documents, found, strict=True):
        words += _words(document.text, mask(document.text, spans), _gold(document), WORD)
    return _share(words["right"], words["needed"]), _share(words["right"], words["masked"])


def _gold(document: Document) -> bytearray:
    needed = (entity for entity in document.entities if entity.need)
    return mask(document.text, [mention[:2] for entity in needed for mention in entity.mentions])


def _words(text: str, masked: bytearray, gold: bytearray, word: re.Pattern[str]) -> Counter[str]:
    found = Counter[str]()
    for match in word.finditer(text):
        ours, theirs = (any(bytes_[match.start() : match.end()]) for bytes_ in (masked, gold))
        found.update({"all": 1, "masked": ours, "needed": theirs, "right": ours and theirs})
    return found


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
