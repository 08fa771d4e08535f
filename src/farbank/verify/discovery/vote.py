"""How probable each answer is, given how reliable those are who gave it."""

from __future__ import annotations

import numpy as np

from farbank.verify.discovery.support import Support
from farbank.verify.discovery.table import Floats, Table

WRONG = 5.0
"""In how many ways one can be wrong about an item."""

IMPLIED = 0.5
"""How much of its own weight an answer gives to one of which it is a vaguer form."""


def vote(table: Table, support: Support, reliability: Floats, own: Floats) -> Floats:
    """The probability of every answer; of an item they and the chance that none is right are one together.

    A source that is right with probability a has the weight ln(n a / (1 - a)), n being `WRONG` (Dong, Berti-Equille
    and Srivastava 2009), never less than none, times the share of the claim that is its `own`.
    """
    right = reliability[table.claim_source]
    weight = table.claim_weight * own * np.maximum(np.log(WRONG * right / (1 - right)), 0.0)
    score = np.bincount(table.claim_answer, weight, len(table.answer_item))
    implied = IMPLIED * support.strength * score[support.vague]
    score = score + np.bincount(support.exact, implied, len(score))
    most = np.zeros(len(table.items))
    np.maximum.at(most, table.answer_item, score)
    raised = np.exp(score - most[table.answer_item])
    whole = np.bincount(table.answer_item, raised, len(most)) + np.exp(-most)
    probability: Floats = raised / whole[table.answer_item]
    return probability
