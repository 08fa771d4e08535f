"""The weights that come with the program: one file a language, made by scripts/train_tagger.py."""

from __future__ import annotations

import lzma
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

import pycrfsuite

from farbank.model.detections import Sort
from farbank.protect.errors import BrokenWeights

LANGUAGES = ("en", "es", "fr", "ko")
"""The languages there are weights for."""

THRESHOLDS: Mapping[str, float] = {"en": 0.009, "es": 0.02, "fr": 0.02, "ko": 0.018}
"""From which probability on a token is shown, per language: chosen by cross-validation on what was trained on."""

BEGINS = "B-"
"""Before the label of the first token of a mention, where the weights tell it from the others."""

OUTSIDE = frozenset({"O", "PASSED"})
"""Labels of what gives nobody away; PASSED is a name that the annotators let stand."""

SORTS: Mapping[str, Sort] = {
    "PERSON": "person",
    "PER": "person",
    "PS": "person",
    "ORG": "organisation",
    "OG": "organisation",
    "LOC": "place",
    "LC": "place",
    "DATETIME": "date",
    "DT": "date",
    "TI": "clock",
    "QUANTITY": "quantity",
    "QT": "quantity",
    "CODE": "other",
    "DEM": "other",
    "MISC": "other",
}
"""What each label of the three collections is called here."""


class Weights:
    """A trained conditional random field."""

    def __init__(self, model: bytes) -> None:
        self._tagger = pycrfsuite.Tagger()
        try:
            self._tagger.open_inmemory(model)
        except (OSError, ValueError) as wrong:
            raise BrokenWeights("The tagger's weights cannot be read; install the program again.") from wrong
        self._model = model  # the library keeps no copy of its own
        self._labels = [label for label in self._tagger.labels() if label not in OUTSIDE]

    def odds(self, features: Sequence[Sequence[str]]) -> list[dict[Sort, float]]:
        """How probable each sort is for each token of a sequence; what is left of 1 is none."""
        self._tagger.set(pycrfsuite.ItemSequence(features))
        found = []
        for place in range(len(features)):
            odds: dict[Sort, float] = {}
            for label in self._labels:
                sort = SORTS[label.removeprefix(BEGINS)]
                odds[sort] = odds.get(sort, 0.0) + self._tagger.marginal(label, place)
            found.append(odds)
        return found


@cache
def load(language: str) -> Weights:
    """The weights of one of `LANGUAGES`, read once. Raises BrokenWeights where the file is missing or damaged."""
    try:
        packed = files(__package__).joinpath(f"{language}.crf.xz").read_bytes()
        return Weights(lzma.decompress(packed))
    except (FileNotFoundError, lzma.LZMAError) as wrong:
        raise BrokenWeights("The tagger's weights are missing or damaged; install the program again.") from wrong
