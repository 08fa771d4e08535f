"""The weights of `protect.detect.hints`, fitted: for `scripts/train_hints.py`, and fold by fold for `bench/leak.py`."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from farbank.protect.detect.hints import weigh
from farbank.protect.detect.hints.lexicon import ATTRIBUTES, Attribute, entries
from farbank.protect.detect.hints.match import find

NEUTRAL = Path(__file__).parent.parent / "scripts" / "hints_neutral.txt"
"""Texts that leak nothing, to fit with; those to measure on are others."""
_ATTRIBUTE: dict[str, Attribute] = {
    "birth_city_country": "origin", "city_country": "place", "income_level": "income",
    "relationship_status": "relationship", "age": "age", "sex": "sex", "education": "education",
    "occupation": "occupation",
}  # fmt: skip
_SCALE = 0.15
"""How much of a logit the lexicon's weight of a cue is worth before anything is fitted."""
_GROUP, _PHRASE = 20.0, 10.0
"""How firmly the weights of groups are held at the lexicon's, and those of single phrases at nothing."""
_SEEN = 2
"""A phrase has a weight of its own from this many texts."""
_STEPS = 300

Floats = NDArray[np.float64]
Present = Mapping[str, float]


class Reply(NamedTuple):
    """One reply: what it says, what it leaks, who of the invented persons wrote it, and how hard it is (1 to 5)."""

    text: str
    leaks: Attribute
    person: str
    hardness: int


def replies(file: Path) -> list[Reply]:
    """The replies of a file of attr-inference-synthetic."""
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        return [_reply(json.loads(line)) for line in lines]


def neutral() -> list[str]:
    """The texts that leak nothing, to fit with."""
    return NEUTRAL.read_text("utf-8").splitlines()


def present(text: str) -> Present:
    """The features of a text."""
    return weigh.features(text, find(text))


def prior() -> dict[str, tuple[float, ...]]:
    """Per group of cues what the lexicon says: its weight for its own attribute, nothing for others."""
    return {weigh.SELF: (0.0,) * (len(ATTRIBUTES) + 1)} | {
        weigh.group(entry.cue.attribute, entry.cue.group): tuple(
            _SCALE * entry.cue.weight * (name == entry.cue.attribute) for name in (*ATTRIBUTES, "")
        )
        for entry in entries("en")
    }


def fit(rows: Sequence[Present], answers: Sequence[int], prior: weigh.Weights) -> dict[str, tuple[float, ...]]:
    """The weights that fit best, by a method of accelerated gradients; `answers` counts in ATTRIBUTES, nothing last."""
    often = Counter(name for row in rows for name in row)
    names = ["", *sorted(prior), *sorted(name for name, count in often.items() if count >= _SEEN and name not in prior)]
    number = {name: at for at, name in enumerate(names)}
    x = np.zeros((len(rows), len(names)))
    x[:, 0] = 1
    for at, row in enumerate(rows):
        for name, value in row.items():
            if name in number:
                x[at, number[name]] = value
    start = np.zeros((len(names), len(ATTRIBUTES) + 1))
    for name, weights in prior.items():
        start[number[name]] = weights
    held = np.array([0.1, *(_GROUP if name in prior else _PHRASE for name in names[1:])])
    fitted = _descend(x, np.eye(start.shape[1])[list(answers)], start, held[:, None])
    return {name: tuple(map(float, fitted[at])) for at, name in enumerate(names)}


def _descend(x: Floats, y: Floats, start: Floats, held: Floats) -> Floats:
    step = 1 / (0.5 * np.linalg.norm(x, 2) ** 2 + held.max())
    weights, ahead, momentum = start, start, 1.0
    for _ in range(_STEPS):
        scores = x @ ahead
        raised = np.exp(scores - scores.max(1, keepdims=True))
        slope = x.T @ (raised / raised.sum(1, keepdims=True) - y) + held * (ahead - start)
        moved = ahead - step * slope
        next_momentum = (1 + (1 + 4 * momentum**2) ** 0.5) / 2
        ahead = moved + (momentum - 1) / next_momentum * (moved - weights)
        weights, momentum = moved, next_momentum
    return weights


def _reply(read: dict[str, Any]) -> Reply:
    person = json.dumps(read["personality"], sort_keys=True)
    return Reply(read["response"], _ATTRIBUTE[read["feature"]], person, int(read["hardness"]))
