"""What a text lets a clever reader infer of its author, or of the person it speaks of."""

from __future__ import annotations

from collections.abc import Sequence

from farbank.model.detections import Detection
from farbank.protect.detect.hints import korean, match, weigh
from farbank.protect.detect.hints.lexicon import Attribute
from farbank.protect.detect.hints.match import Found


def hints(text: str, language: str = "en") -> tuple[Detection, ...]:
    """The phrases of `text` that give an attribute away, in the order they stand.

    Each attribute of `flagged` has at least one. `sure` is True where the phrase says it outright; such a phrase is
    always among them, whatever else the text says. English and Korean are known (BCP 47 tags); another language
    yields nothing, which does not mean that nothing leaks.
    """
    found, chosen = _judged(text, language)
    strong = {one.entry.cue.attribute for one in found if one.entry.cue.weight > 1}
    shown = {
        Detection(start=one.start, end=one.end, sort=cue.attribute, sure=cue.sure, reading=cue.reading)
        for one in found
        for cue in (one.entry.cue,)
        if cue.sure or (cue.attribute in chosen and (cue.weight > 1 or cue.attribute not in strong))
    }
    return tuple(sorted(shown, key=lambda one: (one.start, one.end, one.sort, one.reading)))


def flagged(text: str, language: str = "en") -> frozenset[Attribute]:
    """The attributes `text` is said to leak: those said outright, and at most three that are likely."""
    return _judged(text, language)[1]


def _judged(text: str, language: str) -> tuple[Sequence[Found], frozenset[Attribute]]:
    primary = language.partition("-")[0].lower()
    if primary == "en":
        found = match.find(text)
        return found, weigh.choose(text, found, weigh.shipped())
    if primary == "ko":
        phrases = korean.find(text)
        return phrases, korean.choose(phrases)
    return (), frozenset()
