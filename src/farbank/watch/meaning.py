"""Passages that none of a claim's words reach, by what they mean: only where somebody has a model, and only to be read.

They name the claim's place or one around it, and stand after everything the words found, so that what was measured of
the words (docs/method/silence.md) holds as it is. They never forbid silence by themselves: a person has to judge them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np

from farbank.model.claims import Claim
from farbank.watch.engine import Archive
from farbank.watch.first import first
from farbank.watch.index import split
from farbank.watch.passages import passages
from farbank.watch.rank import Embedder
from farbank.watch.touch import NOTHING, Candidate

COMPARED = 500
"""Passages compared with the claim, at most: what an item leads with first."""
OFFERED = 20
"""Passages offered to be judged, the nearest first."""


def by_meaning(
    claim: Claim, naming: Collection[int], known: Collection[int], archive: Archive, embed: Embedder
) -> list[Candidate]:
    """The passages of `naming` (by their keys) nearest to the claim in meaning, without those `known` already."""
    pool = [Candidate(key=key, own=NOTHING, title=NOTHING, around=NOTHING) for key in naming if key not in known]
    compared = first(pool, lambda one: (-split(one.key)[1],), COMPARED, archive.store)
    if not compared:
        return []
    rows = np.asarray(embed([*claim.text.values(), *(_text(one, archive) for one in compared)]), np.float64)
    ours, theirs = rows[: len(claim.text)], rows[len(claim.text) :]
    nearness: Sequence[float] = (theirs @ ours.T).max(axis=1).tolist()
    ranked = sorted(zip(nearness, range(len(compared)), compared, strict=True), key=lambda one: (-one[0], one[1]))
    return [one for _, _, one in ranked[:OFFERED]]


def _text(one: Candidate, archive: Archive) -> str:
    ordinal, position = split(one.key)
    article = archive.store.article(ordinal)
    return f"{article.title}\n{passages(article)[position]}" if position else article.title
