"""From what many sources told of many items to what holds, what each source is worth, and who copies whom."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import numpy as np

from farbank.verify.discovery.copying import Company, company, copied_share, own_share
from farbank.verify.discovery.reliability import at_first, reliabilities
from farbank.verify.discovery.support import supports
from farbank.verify.discovery.table import Floats, Table, tabulate
from farbank.verify.discovery.told import Copied, Discovery, Item, Rival, Settled, Told
from farbank.verify.discovery.vote import vote

ROUNDS = 15
"""How often answers, sources and copying are worked out from each other; they need not come to rest.

Copying comes first: a poor source with many copiers would else be taken for a good one with many witnesses."""

STILL = 1e-3
"""They have come to rest when no probability moves by more."""

NAMED = 0.5
"""Two sources are named as copying when more than this share of what they agree on is copied."""


def discover(told: Iterable[Told]) -> Discovery:
    """Settle every item of which something readable was told; what is told in which order makes no difference."""
    table = tabulate(told)
    support, compared = supports(table), company(table)
    reliability, own = at_first(table), np.ones(len(table.claim_source))
    shares = np.zeros(len(compared.first))
    probability = vote(table, support, reliability, own)
    for _ in range(ROUNDS):
        before = probability
        shares = copied_share(table, compared, probability, reliability)
        own = own_share(table, compared, shares, reliability)
        probability = vote(table, support, reliability, own)
        reliability = reliabilities(table, probability, own)
        if np.abs(probability - before).max(initial=0.0) <= STILL:
            break
    return Discovery(
        settled=_settled(table, probability),
        reliability=dict(zip(table.sources, reliability.tolist(), strict=True)),
        copied=_copied(table, compared, shares),
    )


def _settled(table: Table, probability: Floats) -> dict[Item, Settled]:
    found: dict[Item, Settled] = {}
    answers = zip(table.answer_item.tolist(), table.texts, probability.tolist(), strict=True)
    for item, group in groupby(answers, key=lambda answer: answer[0]):
        ranked = sorted(((chance, text) for _, text, chance in group), key=lambda one: -one[0])
        rivals = tuple(Rival(text, chance) for chance, text in ranked[1:])
        found[table.items[item]] = Settled(ranked[0][1], ranked[0][0], rivals)
    return found


def _copied(table: Table, compared: Company, shares: Floats) -> tuple[Copied, ...]:
    return tuple(
        Copied(
            one=table.sources[compared.first[pair]],
            other=table.sources[compared.second[pair]],
            attribute=table.attributes[compared.attribute[pair]],
            share=float(shares[pair]),
        )
        for pair in np.flatnonzero(shares > NAMED).tolist()
    )
