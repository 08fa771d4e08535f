"""What the engine is held against: majority vote, TruthFinder and Investment, written from their papers.

They get what the engine gets: the same claims, each source's last word, read in the same way. None of them knows
copying. Each returns a score for every answer; the answer of an item with the highest is chosen.
"""

from __future__ import annotations

import numpy as np

from farbank.verify.discovery.support import supports
from farbank.verify.discovery.table import Floats, Table

TRUST = 0.9
DAMPING = 0.3
IMPLICATION = 0.5
GROWTH = 1.2
ROUNDS = 20


def vote(table: Table) -> Floats:
    """How many sources say it."""
    return _of_answers(table, np.ones(len(table.claim_source)))


def truthfinder(table: Table) -> Floats:
    """Yin, Han and Yu 2008: trust of a source and confidence of a fact, with implication between facts."""
    support, trust = supports(table), np.full(len(table.sources), TRUST)
    confidence = np.zeros(len(table.texts))
    for _ in range(ROUNDS):
        score = _of_answers(table, -np.log1p(-np.minimum(trust, 1 - 1e-9))[table.claim_source])
        implied = IMPLICATION * support.strength * score[support.vague]
        score = score + np.bincount(support.exact, implied, len(score))
        confidence = 1 / (1 + np.exp(-DAMPING * score))
        new = _mean_of_sources(table, confidence)
        still = new @ trust / (np.linalg.norm(new) * np.linalg.norm(trust)) > 1 - 1e-6
        trust = new
        if still:
            break
    return confidence


def investment(table: Table) -> Floats:
    """Pasternack and Roth 2010: sources share their trust out among what they say, and it comes back grown."""
    said = np.bincount(table.claim_source, table.claim_weight, len(table.sources))
    trust: Floats = np.ones(len(said))
    belief: Floats = vote(table) / np.bincount(table.answer_item, vote(table))[table.answer_item]
    for _ in range(ROUNDS):
        stake = (trust / said)[table.claim_source]
        part = table.claim_weight * stake / _of_answers(table, stake)[table.claim_answer]
        earned = np.bincount(table.claim_source, belief[table.claim_answer] * part, len(said))
        trust = earned / earned.max()
        belief = np.power(_of_answers(table, (trust / said)[table.claim_source]), GROWTH)
    return belief


def _of_answers(table: Table, worth: Floats) -> Floats:
    return np.bincount(table.claim_answer, worth * table.claim_weight, len(table.texts)).astype(np.float64)


def _mean_of_sources(table: Table, of_answer: Floats) -> Floats:
    weight = table.claim_weight
    total = np.bincount(table.claim_source, weight * of_answer[table.claim_answer], len(table.sources))
    mean: Floats = total / np.bincount(table.claim_source, weight, len(table.sources))
    return mean
