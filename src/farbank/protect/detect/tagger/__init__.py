"""Names, organisations, places, dates, quantities and other things that narrow down who is meant, in running text.

`detect` reads a text and says where. It knows English, French, Spanish and Korean from weights that come with the
program; of any other language it knows only what rules can tell.
"""

from __future__ import annotations

from collections.abc import Sequence

from farbank.model.detections import Detection
from farbank.protect.detect.tagger.lines import sequences_of
from farbank.protect.detect.tagger.rules import by_rule
from farbank.protect.detect.tagger.spans import Guess, consistent, guess, joined
from farbank.protect.detect.tagger.weights import LANGUAGES, THRESHOLDS, Weights, load

__all__ = ["LANGUAGES", "detect", "guesses"]


def detect(text: str, language: str) -> tuple[Detection, ...]:
    """What the text gives away, in order and without overlap, in characters of `text`.

    `language` is a BCP 47 tag of which the first part counts. Where `sure` is False, the tagger thinks it likelier than
    not that the stretch gives nothing away, and shows it all the same. Raises BrokenWeights where the weights cannot be
    read, so that a damaged installation passes nothing.
    """
    known = language.partition("-")[0].partition("_")[0].lower()
    if known not in LANGUAGES:
        return by_rule(text)
    found = guesses(text, load(known))
    return joined(text, consistent(found, THRESHOLDS[known]))


def guesses(text: str, weights: Weights) -> Sequence[Guess]:
    """What the weights say of each token of a text, in order."""
    return [
        guess(token, odds)
        for line, seen in sequences_of(text)
        for token, odds in zip(line, weights.odds(seen), strict=True)
    ]
