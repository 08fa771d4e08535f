"""How often each source is right."""

from __future__ import annotations

import numpy as np

from farbank.verify.discovery.table import Floats, Table

USUAL = 0.7
"""How often a source is right of which nothing is known."""

PRIOR = 4.0
"""So many claims of a source that is right as often as usual are added to those of each source."""

LEAST, MOST = 0.02, 0.98
"""Nobody is taken to be right less, or more, often than this."""


def at_first(table: Table) -> Floats:
    """The share of right claims, source by source, before anything is known: all alike."""
    return np.full(len(table.sources), USUAL)


def reliabilities(table: Table, probability: Floats, own: Floats) -> Floats:
    """The share of right claims, source by source, judged by how probable the answers are.

    `own` is the share of each claim that its source did not copy. What is copied says nothing about who copies it,
    so an answer of many copiers does not look like the work of many good sources. The prior keeps a source of few
    claims near the usual (Li et al. 2014 use an interval to the same end). A source is judged over everything it
    says: judged attribute by attribute, one that nobody can contradict would come to vouch for itself.
    """
    weight = table.claim_weight * own
    said = np.bincount(table.claim_source, weight, len(table.sources))
    right = np.bincount(table.claim_source, weight * probability[table.claim_answer], len(table.sources))
    share: Floats = np.clip((right + PRIOR * USUAL) / (said + PRIOR), LEAST, MOST)
    return share
