"""Weights of the tagger learned from marked texts, and what they find in texts that they were not learned from."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from bench._masks import Document
from farbank.protect.detect.tagger import guesses
from farbank.protect.detect.tagger.lines import sequences_of
from farbank.protect.detect.tagger.spans import Guess
from farbank.protect.detect.tagger.tokens import Token
from farbank.protect.detect.tagger.weights import BEGINS, Weights

SEED = 1


class Recipe(NamedTuple):
    """How weights are learned: penalties on their sizes and squares, rounds, and how often a feature must be seen.

    With `begins` the first token of a mention has a label of its own.
    """

    l1: float
    l2: float
    rounds: int
    seen: int
    begins: bool


COURT = Recipe(0.01, 0.3, 80, 1, begins=False)
SENTENCES = Recipe(0.1, 0.05, 60, 1, begins=True)
RECIPES: Mapping[str, Recipe] = {"en": COURT, "es": COURT, "fr": COURT, "ko": SENTENCES}
"""Chosen by cross-validation on the training texts."""


def learn(documents: Sequence[Document], recipe: Recipe) -> bytes:
    """The weights as the library writes them; the same documents in the same order give the same bytes."""
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params(
        {
            "c1": recipe.l1,
            "c2": recipe.l2,
            "max_iterations": recipe.rounds,
            "feature.minfreq": recipe.seen,
            "feature.possible_transitions": True,
        }
    )
    for document in documents:
        marks = _marks(document, begins=recipe.begins)
        for line, seen in sequences_of(document.text):
            trainer.append(pycrfsuite.ItemSequence(seen), [_label(token, marks) for token in line])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "model"
        trainer.train(str(file))
        return file.read_bytes()


def crossed(documents: Sequence[Document], recipe: Recipe, folds: int, *, only: int | None = None) -> list[list[Guess]]:
    """For each document what weights say that were learned from the other folds.

    With `only` so many folds are tried, and the documents of the rest have no guesses.
    """
    found: list[list[Guess]] = [[] for _ in documents]
    for fold in parts(len(documents), folds)[:only]:
        left_out = frozenset(fold)
        kept = [documents[one] for one in order(len(documents)) if one not in left_out]
        weights = Weights(learn(kept, recipe))
        for one in fold:
            found[one] = list(guesses(documents[one].text, weights))
    return found


def parts(documents: int, folds: int) -> list[list[int]]:
    """The places of the documents of each fold."""
    return [order(documents)[fold::folds] for fold in range(folds)]


def order(documents: int) -> list[int]:
    """The places of all documents, shuffled."""
    places = list(range(documents))
    random.Random(SEED).shuffle(places)
    return places


def _marks(document: Document, *, begins: bool) -> list[str]:
    """One label a character; where mentions overlap, what must be masked is told before what may stand."""
    marks = ["O"] * len(document.text)
    for entity in sorted(document.entities, key=lambda each: bool(each.need)):
        for start, end, kind in entity.mentions:
            marks[start:end] = [kind if entity.need else "PASSED"] * (end - start)
            if begins and entity.need:
                marks[start] = BEGINS + kind
    return marks


def _label(token: Token, marks: Sequence[str]) -> str:
    return marks[token.start]
