"""Chains in which two people may be one and the same: how likely they say what they say, mixed over who is whom."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, product
from math import log, prod

import numpy as np

from farbank.model.chains import Chain, Coincidence, Node
from farbank.verify.credence.network import Doubts, bounded
from farbank.verify.credence.paths import UNKNOWN, Path, paths
from farbank.verify.credence.rates import Draws, Values
from farbank.verify.origins.sets import Sets

MOST = 8
"""So many unsure pairs of one group are mixed over exactly; the likelier ones beyond are taken to be one."""

Ends = tuple[Node, Node]


def groups(chains: Iterable[Chain], coincidences: Iterable[Coincidence]) -> tuple[tuple[Chain, ...], ...]:
    """Chains in groups that can have nobody in common, in an order that does not depend on that of the chains."""
    ordered = sorted(chains, key=lambda chain: (chain.id, repr(chain)))
    links = [(pair.a, pair.b) for pair in coincidences if pair.probability > 0]
    leader = leaders([*links, *(_nodes(chain) for chain in ordered)])
    grouped: dict[Node, list[Chain]] = {}
    for chain in ordered:
        grouped.setdefault(leader[_nodes(chain)[0]], []).append(chain)
    return tuple(tuple(group) for group in grouped.values())


def mixed(group: Sequence[Chain], coincidences: Iterable[Coincidence], doubts: Doubts, draws: Draws) -> Values:
    """The logarithm of the likelihood of one group, as that of `network.likelihood`."""
    met = {node for chain in group for node in _nodes(chain)}
    apart: dict[Ends, float] = {}  # each reason to think them one holds by itself, as where origins are counted
    for a, b, probability in sorted(_through(coincidences, met), key=lambda pair: pair[2]):
        ends = (min(a, b), max(a, b))
        apart[ends] = apart.get(ends, 1.0) * (1 - probability)
    ordered = sorted(((ends, 1 - chance) for ends, chance in apart.items()), key=lambda item: (item[1], item[0]))
    unsure = [item for item in ordered if item[1] < 1][:MOST]
    sure = [ends for ends, _ in ordered[len(unsure) :]]
    seen: dict[tuple[Path, ...], Values] = {}
    parts = []
    for weight, chosen in _choices(unsure):
        leader = leaders([*sure, *chosen])
        told = paths(group, leader)
        if told not in seen:
            seen[told] = bounded(told, _of_merged(doubts, leader), draws)
        parts.append(seen[told] + log(weight))
    return reduce(np.logaddexp, parts)


def _through(coincidences: Iterable[Coincidence], met: Collection[Node]) -> list[tuple[Node, Node, float]]:
    """The pairs among those `met`, also those that are one by way of somebody who is not."""
    pairs = [(pair.a, pair.b, pair.probability) for pair in coincidences if pair.a != pair.b and pair.probability > 0]
    for node in sorted({end for a, b, _ in pairs for end in (a, b)} - {*met}):
        ends = [(b if a == node else a, chance) for a, b, chance in pairs if node in (a, b)]
        pairs = [pair for pair in pairs if node not in pair[:2]]
        pairs += [(a, b, one * other) for (a, one), (b, other) in combinations(ends, 2) if a != b]
    return pairs


def _choices(unsure: Sequence[tuple[Ends, float]]) -> Iterator[tuple[float, list[Ends]]]:
    for states in product((True, False), repeat=len(unsure)):
        weight = prod(chance if one else 1 - chance for (_, chance), one in zip(unsure, states, strict=True))
        if weight > 0:
            yield weight, [ends for (ends, _), one in zip(unsure, states, strict=True) if one]


def _nodes(chain: Chain) -> tuple[Node, ...]:
    """What joins a chain to others; the first is there in every chain. An unknown beginning may be the same in all."""
    nodes = [node for hop in chain.hops for node in (hop.source, hop.who) if node is not None]
    known = [node for node in nodes if node != UNKNOWN and not node.startswith("body:")]
    return tuple(dict.fromkeys((UNKNOWN, *known) if nodes[0] == UNKNOWN or not known else known))


def leaders(together: Iterable[Sequence[Node]]) -> dict[Node, Node]:
    """The least node of all that are connected, per node."""
    one, every = Sets[Node](), set[Node]()
    for nodes in together:
        one.join(nodes)
        every.update(nodes)
    least: dict[Node, Node] = {}
    for node in sorted(every):
        least.setdefault(one.of(node), node)
    return {node: least[one.of(node)] for node in every}


def _of_merged(doubts: Doubts, leader: Mapping[Node, Node]) -> Doubts:
    """Of people taken to be one, the greater doubt."""
    if not leader:
        return doubts
    invents, echoes = dict(doubts.invents), dict(doubts.echoes)
    for node, one in leader.items():
        if node in doubts.invents:
            rate = doubts.invents[node]
            invents[one] = max(invents.get(one, rate), rate)
        if node in doubts.echoes:
            echoes[one] = max(echoes.get(one, 0.0), doubts.echoes[node])
    return Doubts(invents, doubts.others, echoes)
