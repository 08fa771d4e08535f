"""What was told, as arrays: sources, items and the different values of each item by number."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from farbank.verify.discovery.told import Item, Told
from farbank.verify.discovery.values import Names, Value, read

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """Claims, each of a source for an answer; an answer is one of the different values of an item.

    `claim_*` are as long as there are claims, `answer_item` as there are answers, `item_attribute` as there are items.
    `texts` are the answers as they were told, `values` as they were read; those of one item stand together.
    """

    sources: tuple[str, ...]
    attributes: tuple[str, ...]
    items: tuple[Item, ...]
    item_attribute: Numbers
    texts: tuple[str, ...]
    values: tuple[Value, ...]
    answer_item: Numbers
    claim_source: Numbers
    claim_answer: Numbers
    claim_weight: Floats
    """One over the number of values the source holds to be true of the item at once."""

    @property
    def claim_item(self) -> Numbers:
        """The item of each claim."""
        return self.answer_item[self.claim_answer]

    @property
    def claim_attribute(self) -> Numbers:
        """The attribute of each claim."""
        return self.item_attribute[self.claim_item]


def tabulate(told: Iterable[Told]) -> Table:
    """Read what was told, each source's last word on each item; the order of `told` makes no difference.

    What cannot be read is left out, and so are an item and a source with nothing else.
    """
    last = _last(told)
    sources = {name: at for at, name in enumerate(sorted({source for source, _ in last}))}
    items = {item: at for at, item in enumerate(sorted({item for _, item in last}))}
    attributes = {name: at for at, name in enumerate(sorted({item.attribute for item in items}))}
    claims = sorted(
        ((items[item], value, sources[source], text) for (source, item), said in last.items() for value, text in said),
        key=lambda claim: (claim[0], type(claim[1]).__name__, _order(claim[1]), claim[2], claim[3]),
    )
    texts, values, answer_item, claim_answer = [], [], [], []
    for number, ((item, value), same) in enumerate(groupby(claims, key=lambda claim: claim[:2])):
        told_as = Counter(claim[3] for claim in same)
        claim_answer += [number] * told_as.total()
        answer_item.append(item)
        values.append(value)
        texts.append(min(told_as, key=lambda text: (-told_as[text], text)))
    claim_source = np.array([claim[2] for claim in claims], np.int64)
    answers = np.array(claim_answer, np.int64)
    number_of = np.array(answer_item, np.int64)
    pair = number_of[answers] * max(len(sources), 1) + claim_source
    _, inverse, counts = np.unique(pair, return_inverse=True, return_counts=True)
    return Table(
        sources=tuple(sources),
        attributes=tuple(attributes),
        items=tuple(items),
        item_attribute=np.array([attributes[item.attribute] for item in items], np.int64),
        texts=tuple(texts),
        values=tuple(values),
        answer_item=number_of,
        claim_source=claim_source,
        claim_answer=answers,
        claim_weight=1.0 / counts[inverse],
    )


def _last(told: Iterable[Told]) -> dict[tuple[str, Item], list[tuple[Value, str]]]:
    """What each source says last of each item, each value once, in the least of its spellings."""
    said: dict[tuple[str, Item], tuple[float, dict[Value, str]]] = {}
    known: dict[str, Value | None] = {}
    for source, item, text, at in told:
        if text not in known:
            known[text] = read(text)
        value = known[text]
        if value is None:
            continue
        before = said.get((source, item))
        if before is None or before[0] < at:
            said[source, item] = (at, {value: text})
        elif before[0] == at:
            before[1][value] = min(text, before[1].get(value, text))
    return {key: list(values.items()) for key, (_, values) in said.items()}


def _order(value: Value) -> tuple[float | str, ...]:
    return tuple(sorted(value.names)) if isinstance(value, Names) else tuple(value)
