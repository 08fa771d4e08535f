"""How likely the chains of a claim would say what they say: a Bayesian network over the hands word passed through.

Hidden are what each station gave on (that it holds, or not), and of everybody who stands in more than one place
whether they keep to what they were given or invent; a station's invention is one, whomever they told. What stands in
one place only is summed on the spot. All of it is given whether the claim holds and whether a rumour goes about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from farbank.model.chains import Node
from farbank.verify.credence import rates
from farbank.verify.credence.eliminate import Factor, TooTangled, Variable, summed
from farbank.verify.credence.paths import UNKNOWN, How, Path, Station
from farbank.verify.credence.rates import Draws, Rate, Values, Witness

_RUMOURS = ("rumour", "overheard")
_OTHERS_INVENT = Rate(0.02, 0.5)
"""How often a meeting, a document or an outlet changes what it was given."""
_UNGATED = (UNKNOWN, "desk", "state")


class Doubts(NamedTuple):
    """Per node, how likely it invents and how likely it echoes a seed; `others` for people with no record."""

    invents: Mapping[Node, Rate]
    others: Rate
    echoes: Mapping[Node, float]


class _Tree(NamedTuple):
    """Paths that begin alike run together as far as they are alike; each list has an item per place in the tree."""

    parents: list[int]
    stations: list[Station]
    heard: list[set[bool]]
    """What the desk heard there: that it holds, that it does not, both or nothing."""
    vague: list[bool]
    """Whether some link up to there is one a rumour comes by."""


def likelihood(found: Iterable[Path], doubts: Doubts, draws: Draws) -> Values:
    """The logarithm of how likely these paths say what they say: axes claim (fails, fails but something like it
    was there, holds), rumour (no, yes), draw.

    Exact, unless more people are shared between them than can be summed over: then paths in support are left out, the
    last first, and paths against only once no two are left that support it; that never makes it likelier that it holds
    than what is left out would, where what is left out speaks for it.
    """
    tree = _tree(found)
    gates = Counter(station.node for station in tree.stations)
    shared = {node for node, places in gates.items() if places > 1 and node not in _UNGATED}
    sizes: dict[Variable, int] = {}
    factors = []
    for node in sorted(shared):
        sizes["gate", node] = 3
        factors.append(Factor((("gate", node),), np.stack(_gate(node, doubts, draws))))
    for place in range(len(tree.parents)):
        factor = _place(tree, place, shared, doubts, draws)
        factors.append(factor)
        if tree.vague[place] and len(tree.heard[place]) == 1:
            factors.append(Factor((("said", place),), _vague(next(iter(tree.heard[place])), draws)))
        for variable in factor.variables:
            sizes.setdefault(variable, 2)
    return summed(factors, sizes)


def bounded(found: Sequence[Path], doubts: Doubts, draws: Draws) -> Values:
    """The likelihood of as many of the paths as can be worked out."""
    kept = list(found)
    while True:
        try:
            return likelihood(kept, doubts, draws)
        except TooTangled:
            support = [path for path in kept if path.holds]
            spare = support if len(support) > 1 else kept
            gone = set(spare[(len(spare) + 1) // 2 :])
            kept = [path for path in kept if path not in gone]


def _tree(found: Iterable[Path]) -> _Tree:
    tree = _Tree([], [], [], [])
    at: dict[tuple[int, Node], int] = {}
    for path in found:
        place = -1
        for station in path.stations:
            parent, place = place, at.setdefault((place, station.node), len(tree.parents))
            if place == len(tree.parents):
                tree.parents.append(parent)
                tree.stations.append(station)
                tree.heard.append(set())
                before = parent >= 0 and tree.vague[parent]
                tree.vague.append(before or station.node == UNKNOWN or station.how in _RUMOURS)
            elif garbling(station.how).middle < garbling(tree.stations[place].how).middle:
                tree.stations[place] = station
        tree.heard[place].add(path.holds)
    return tree


def _place(tree: _Tree, place: int, shared: set[Node], doubts: Doubts, draws: Draws) -> Factor:
    """What a station gives on, by what it was given (none for the first) and, if it is shared, its gate."""
    parent, station = tree.parents[place], tree.stations[place]
    came = _root(station, draws) if parent < 0 else _passed(station.how, tree.stations[parent].node, draws)
    always = np.zeros_like(came)
    always[1] = 1
    variables: list[Variable] = [("said", place)]
    if parent >= 0:
        variables.append(("said", parent))
    if station.node in shared:
        table = np.stack([came, always, 1 - always], axis=len(variables))
        variables.append(("gate", station.node))
    else:
        keeps, says, denies = _gate(station.node, doubts, draws)
        table = keeps * came + says * always + denies * (1 - always)
    for axis, at in ((1, parent), (0, place)):
        if at >= 0 and len(tree.heard[at]) == 1 and not tree.vague[at]:
            table = np.take(table, int(next(iter(tree.heard[at]))), axis=axis)
            del variables[axis]
    return Factor(tuple(variables), table)


def _gate(node: Node, doubts: Doubts, draws: Draws) -> tuple[Values, Values, Values]:
    """How likely it keeps to what it was given, says it holds regardless, or denies it regardless."""
    if node in _UNGATED or node.startswith("body:"):
        none = np.zeros((1, 1, draws.size))
        return none + 1, none, none
    other = doubts.others if node.startswith("person:") else _OTHERS_INVENT
    invents = _drawn(doubts.invents.get(node, other), rates.INVENTING, draws)
    holds = _drawn(rates.INVENTED_HOLDS, rates.MISTAKING, draws)
    echoes = min(doubts.echoes.get(node, 0.0), rates.ECHO_MOST)
    return (1 - echoes) * (1 - invents), echoes + (1 - echoes) * invents * holds, (1 - echoes) * invents * (1 - holds)


def _root(station: Station, draws: Draws) -> Values:
    """How likely who could know says it does not hold, or that it does: axes said, claim, rumour, draw."""
    right, alarm = _witness(station)
    sees, errs = _drawn(right, rates.KNOWING, draws), _drawn(alarm, rates.MISTAKING, draws)
    taken = errs + (sees - errs) * _drawn(rates.TAKEN, rates.MISTAKING, draws)
    says = np.concatenate([errs, taken, sees])
    return np.stack([1 - says, says])


def _witness(station: Station) -> Witness:
    if station.how == "told-by-body":
        return rates.TOLD_BY_BODY
    if station.how in rates.FIRST_HAND:
        return rates.FIRST_HAND[station.how]
    kind = station.node.partition(":")[0]
    return rates.TOLD_BY_BODY if kind == "body" else rates.STANDING[kind]


def _passed(how: How, source: Node, draws: Draws) -> Values:
    """How likely a hop brings that it does not hold, or that it does: axes said, what came in, claim, rumour, draw."""
    lost = _drawn(garbling(how if source != UNKNOWN else "not-stated"), rates.PASSING, draws)
    holds = _drawn(rates.GARBLED_HOLDS, rates.MISTAKING, draws)
    said: Values = lost * np.stack([1 - holds, holds])[:, None] + (1 - lost) * np.eye(2)[:, :, None, None, None]
    return said


def garbling(how: How) -> Rate:
    """How often a hop of that kind loses what came in."""
    return rates.GARBLED_UNKNOWN if how == "not-stated" or how == "told-by-body" else rates.GARBLED[how]


def _vague(holds: bool, draws: Draws) -> Values:
    """How likely the desk hears that from somebody who may bring what goes about, by what they were given.

    What goes about says that it holds; a denial is no rumour, and says what it would if none went about.
    """
    caught = np.stack([np.zeros((1, draws.size)), _drawn(rates.CAUGHT, rates.RUMOUR, draws)[0]], axis=1)
    given = np.eye(2)[int(holds)][:, None, None, None]
    found: Values = (1 - caught) * given + (caught if holds else 0)
    return found


def _drawn(rate: Rate, dimension: int, draws: Draws) -> Values:
    return rates.values(rate, dimension, draws)[None, None]
