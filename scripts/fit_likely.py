"""Fit what `farbank.watch.likely` weighs: python scripts/fit_likely.py ARCHIVE

The archive holds KCNA of both periods (`farbank watch ingest`).

On the mentions kept to tune with (`bench/known`): each passage that mentions its claim, against the passages that touch
its event and name no place at home, in an archive without every article that names the province, so that none of them
is a mention of it. A claim counts once, however many passages compete with it. Prints the constants to put there.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from random import Random

import numpy as np

from bench import _mentions
from farbank import country
from farbank.watch import archive as archives
from farbank.watch.grade import Grader
from farbank.watch.look import MOST_READ
from farbank.watch.passages import passages
from farbank.watch.touch import Touches

LOST = 0.15
"""Share of the mentions that would be passed over if they named no place."""
KEPT = 0.05
"""Share of the claims of which a passage that is none would be called a mention of a wider place."""
RIDGE = 1e-2

Rows = list[tuple[float, ...]]


def measured(folder: Path) -> Iterator[tuple[Rows, Rows]]:
    """Per claim the measures of its mention, and of what competes with it."""
    pack, draw = country.load(), Random(5)
    with archives.open(folder) as archive:
        numbers = _mentions.ordinals(archive)
        for mention in _mentions.known():
            if mention.part != "tune":
                continue
            article = archive.store.article(numbers[mention.article])
            days, claim = _mentions.window(archive, article, draw), _mentions.claim(mention, article)
            assert claim.query is not None
            if days is None:
                continue
            own = Touches(claim.query, archive, pack, days)
            grader = Grader(claim, claim.query, own.needles, archive, pack)
            rest = _mentions.Without(archive, _mentions.naming(archive, pack, mention.place, days))
            touched = Touches(claim.query, rest, pack, days).candidates(claim.query.event)
            event = set(claim.query.event)
            others = [one for one in touched if event <= one.hinted]
            read = [grader.read(one) for one in others[:MOST_READ]]
            vague = [
                one.passage
                for one in read
                if one.where in ("unplaced", "broader")
                and not any(pack.gazetteer.place(place).level for place in one.passage.places)
            ]
            texts = [passages(article)[mention.passage], article.title]
            yield _measures(grader, [texts]), _measures(grader, [[one.text, one.title] for one in vague])


def _measures(grader: Grader, texts: Iterable[Sequence[str]]) -> Rows:
    found = (grader.measures("en", passage, title) for passage, title in texts)
    return [tuple(one) for one in found if one is not None]


def fit(rows: np.ndarray, labels: np.ndarray, weights: np.ndarray) -> np.ndarray:
    """Ridge logistic regression by Newton's method; the constant is the last coefficient."""
    design = np.c_[rows, np.ones(len(rows))]
    found = np.zeros(design.shape[1])
    for _ in range(50):
        chance = 1 / (1 + np.exp(-design @ found))
        curve = weights * chance * (1 - chance) + 1e-9
        hessian = design.T @ (design * curve[:, None]) + RIDGE * np.eye(len(found))
        found += np.linalg.solve(hessian, design.T @ (weights * (labels - chance)) - RIDGE * found)
    return found


def main(folder: Path) -> None:
    """Print the constants."""
    claims = list(measured(folder))
    rows = [(row, 1, 1.0) for own, _ in claims for row in own]
    rows += [(row, 0, 1 / len(others)) for _, others in claims for row in others]
    found = fit(*(np.array(column, float) for column in zip(*rows, strict=True)))
    score = lambda row: float(np.dot(found[:-1], row) + found[-1])  # noqa: E731
    mentions = sorted(score(row) for own, _ in claims for row in own)
    best = sorted(max(map(score, others), default=-99.0) for _, others in claims)
    print("WEIGHTS =", tuple(round(float(one), 2) for one in found[:-1]))
    print("CONSTANT =", round(float(found[-1]), 2))
    print("UNLIKELY =", round(mentions[int(LOST * len(mentions))], 2))
    print("LIKELY =", round(best[int((1 - KEPT) * len(best))], 2))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
