"""Who copies whom: pairs of sources that agree more often than two who know for themselves would."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from farbank.verify.discovery.table import Floats, Numbers, Table

COPIED = 0.1
"""How likely it is, before anything is known, that one of two sources copies some of an attribute from the other."""

SHARES = (0.2, 0.4, 0.6, 0.8, 0.95)
"""How much of an attribute a copier may copy; each as likely as the others."""

COMPARED = 50
"""Of the sources for one item so many are compared with each other, those that say most."""

UNSEEN = 0.5
"""So many more sources are supposed to have given each answer than were heard, so that no answer is impossible."""

SURELY = 0.999
"""No claim is taken for a copy with more certainty than this."""


@dataclass(frozen=True, eq=False)
class Company:
    """Pairs of sources that speak about the same items of an attribute, and the claims in which they agree."""

    first: Numbers
    second: Numbers
    """Sources of each pair."""
    attribute: Numbers
    differ: Floats
    """How many items the pair answers differently."""
    pair: Numbers
    """Of each agreement: which pair it is."""
    claim: Numbers
    other: Numbers
    """Of each agreement: the claim of `first`, and that of `second`."""
    told: Floats
    """Of each agreement: how many of the other sources that are wrong would say the same, at the most a share of 1."""


def company(table: Table) -> Company:
    """Compare all sources item by item."""
    claim, other = _together(table)
    sources, attributes = len(table.sources), len(table.attributes)
    key = (table.claim_source[claim] * sources + table.claim_source[other]) * attributes + table.claim_attribute[claim]
    keys, pair = np.unique(key, return_inverse=True)
    same = table.claim_answer[claim] == table.claim_answer[other]
    agree = np.bincount(pair[same], minlength=len(keys))
    return Company(
        first=keys // attributes // sources,
        second=keys // attributes % sources,
        attribute=keys % attributes,
        differ=(np.bincount(pair, minlength=len(keys)) - agree).astype(np.float64),
        pair=pair[same],
        claim=claim[same],
        other=other[same],
        told=_told(table)[table.claim_answer[claim[same]]],
    )


def _together(table: Table) -> tuple[Numbers, Numbers]:
    """Pairs of claims of different sources for one item, the lower source first."""
    size = np.bincount(table.claim_source, minlength=len(table.sources))
    talkative = np.lexsort((table.claim_source, -size[table.claim_source], table.claim_item))
    item = table.claim_item[talkative]
    starts = np.flatnonzero(np.diff(item, prepend=-1))
    place = np.arange(len(item)) - np.repeat(starts, np.diff(starts, append=len(item)))
    kept = talkative[place < COMPARED]
    kept = kept[np.lexsort((table.claim_source[kept], table.claim_item[kept]))]
    item = table.claim_item[kept]
    starts = np.flatnonzero(np.diff(item, prepend=-1))
    sizes = np.diff(starts, append=len(item))
    firsts, seconds = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for count in np.unique(sizes[sizes > 1]).tolist():
        row = kept[starts[sizes == count][:, None] + np.arange(count)]
        a, b = np.triu_indices(count, 1)
        firsts.append(row[:, a].ravel())
        seconds.append(row[:, b].ravel())
    first, second = np.concatenate(firsts), np.concatenate(seconds)
    apart = table.claim_source[first] != table.claim_source[second]
    return first[apart], second[apart]


def _told(table: Table) -> Floats:
    """How popular each answer is with everybody but two of those who gave it."""
    answers = len(table.answer_item)
    told = np.bincount(table.claim_answer, table.claim_weight, answers)
    of_item = np.bincount(table.answer_item, told)[table.answer_item]
    different = np.bincount(table.answer_item)[table.answer_item]
    others = np.maximum(of_item - 2, 0.0) + UNSEEN * (different + 1)
    share: Floats = np.clip((told - 2 + UNSEEN) / others, 1e-3, 1.0)
    return share


def copied_share(table: Table, company: Company, probability: Floats, reliability: Floats) -> Floats:
    """Of each pair of `company`: which share of what they agree on one has copied, 0 if they know for themselves.

    If one copies a share c, they agree where it copies, and elsewhere as often as two who do not; so each agreement
    counts for copying by c / b + 1 - c and each difference against it by 1 - c, where b is how often two who know for
    themselves would agree there, given that one said so. b is near one where they agree on what is true and both are
    usually right, and small where they agree on a rare mistake (Dong, Berti-Equille and Srivastava 2009; that
    mistakes are not all alike as in Dong, Saha and Srivastava 2012). The share is the mean over all `SHARES`.
    """
    true = probability[table.claim_answer[company.claim]]
    one = reliability[table.claim_source[company.claim]]
    two = reliability[table.claim_source[company.other]]
    both = true * one * two + (1 - true) * (1 - one) * (1 - two) * company.told
    alone = [true * right + (1 - true) * (1 - right) * company.told for right in (one, two)]
    expected = both / np.minimum(*alone)
    pairs = len(company.first)
    logs = [np.full(pairs, np.log(1 - COPIED))]
    for share in SHARES:
        agreed = np.bincount(company.pair, np.log(share / expected + 1 - share), pairs)
        logs.append(np.log(COPIED / len(SHARES)) + agreed + company.differ * np.log(1 - share))
    odds = np.exp(np.stack(logs) - np.max(logs, axis=0))
    shares: Floats = np.array((0.0, *SHARES)) @ (odds / odds.sum(0))
    return shares


def own_share(table: Table, company: Company, shares: Floats, reliability: Floats) -> Floats:
    """How much of each claim is its source's own: of those who agree and copy, the more reliable is the original."""
    said = np.bincount(table.claim_source, table.claim_weight, len(table.sources))
    order = np.lexsort((np.arange(len(said)), -said, -reliability))
    rank = np.empty(len(order), np.int64)
    rank[order] = np.arange(len(order))
    ahead = rank[table.claim_source[company.claim]] < rank[table.claim_source[company.other]]
    copier = np.where(ahead, company.other, company.claim)
    kept = np.log(1 - np.minimum(shares[company.pair], SURELY))
    own: Floats = np.exp(np.bincount(copier, kept, len(table.claim_source)))
    return own
