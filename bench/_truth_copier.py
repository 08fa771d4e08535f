"""What one copier more does to small tables: how often a value that had lost holds once somebody repeats it."""

from __future__ import annotations

import numpy as np

from farbank.verify.discovery import Item, Told, discover

TABLES = 100
GOOD, GOOD_RIGHT = 4, 0.8
POOR_RIGHT = 0.5
WRONG = 5


def turned(items: int, seed: int) -> float:
    """Of what a poor source among four good ones loses: the share it wins when a copier repeats all it says."""
    rng = np.random.default_rng(seed)
    lost, won = 0, 0
    for _ in range(TABLES):
        good = [one for at in range(GOOD) for one in _source(f"good{at}", items, GOOD_RIGHT, rng)]
        poor = _source("poor", items, POOR_RIGHT, rng)
        before = discover([*good, *poor]).settled
        after = discover([*good, *poor, *(one._replace(source="copier") for one in poor)]).settled
        losing = [one for one in poor if before[one.item].value != one.value]
        lost += len(losing)
        won += sum(after[one.item].value == one.value for one in losing)
    return won / lost


def _source(name: str, items: int, right: float, rng: np.random.Generator) -> list[Told]:
    answers = np.where(rng.random(items) < right, 0, rng.integers(1, WRONG + 1, items))
    return [Told(name, Item(f"i{item}"), f"v{answer}") for item, answer in enumerate(answers.tolist())]
