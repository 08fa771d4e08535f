"""Chains as the paths word took, joined wherever they ran through the same hands.

A path begins with whoever could know. If a chain begins with somebody and does not say how they knew, and another
chain does, it is continued by that one: two chains from one mouth are never two observations.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from farbank.model.chains import Chain, Node
from farbank.model.chains import How as Heard
from farbank.verify.credence.rates import FIRST_HAND

UNKNOWN = "unknown"

How = Heard | Literal["told-by-body", "not-stated"]

_FIRST: tuple[How, ...] = ("took-part", "saw", "told-by-body", "read", "inferred")
"""Ways to know it oneself, the best first."""


class Station(NamedTuple):
    """Somebody or something word passed through, and how it came to them."""

    node: Node
    how: How


class Path(NamedTuple):
    """One chain: its stations, farthest first, and whether the last says that the claim holds."""

    stations: tuple[Station, ...]
    holds: bool


def paths(chains: Iterable[Chain], same: Mapping[Node, Node] | None = None) -> tuple[Path, ...]:
    """The path of every chain, each once and in an order that does not depend on that of the chains.

    `same` gives the node that stands for another one taken to be the same.
    """
    found = [Path(_stations(chain, same or {}), chain.bearing == "supports") for chain in chains]
    known = _known([path.stations for path in found])
    return tuple(sorted({Path(_continued(path.stations, known), path.holds) for path in found}))


def _stations(chain: Chain, same: Mapping[Node, Node]) -> tuple[Station, ...]:
    found: list[Station] = []
    for hop in chain.hops:
        who = same.get(hop.who, hop.who)
        source = None if hop.source is None else same.get(hop.source, hop.source)
        if not found:
            found += _beginning(source, who, hop.how)
        else:
            if source is not None and source not in (found[-1].node, who):
                found.append(Station(source, "not-stated"))
            found.append(Station(who, hop.how))
        if len(found) > 1 and found[-1].node == found[-2].node:
            found.pop()
    return tuple(found)


def _beginning(source: Node | None, who: Node, how: Heard) -> list[Station]:
    """An institution is what is told about: whoever it told knows it at first hand."""
    if source is not None and source.startswith("body:"):
        return [Station(who, "told-by-body")]
    if source is not None:
        return [Station(source, "not-stated"), Station(who, how)]
    if how in FIRST_HAND:
        return [Station(who, how)]
    return [Station(UNKNOWN, "not-stated"), Station(who, how)]


def _known(told: Sequence[tuple[Station, ...]]) -> dict[Node, tuple[Station, ...]]:
    """Per node, the best way by which word came to it."""
    best: dict[Node, tuple[tuple[object, ...], tuple[Station, ...]]] = {}
    for stations in told:
        for end, station in enumerate(stations, 1):
            if station.node == UNKNOWN or (end == 1 and station.how == "not-stated"):
                continue
            way = stations[:end]
            rank = (way[0].how not in _FIRST, end, _FIRST.index(way[0].how) if way[0].how in _FIRST else 0, way)
            if station.node not in best or rank < best[station.node][0]:
                best[station.node] = (rank, way)
    return {node: way for node, (_, way) in best.items()}


def _continued(stations: tuple[Station, ...], known: Mapping[Node, tuple[Station, ...]]) -> tuple[Station, ...]:
    """With what other chains say of how its first station knew; where word went in a circle, from its least node."""
    passed = {station.node for station in stations[1:]}
    while (way := known.get(stations[0].node)) is not None and way[0] != stations[0]:
        circular = any(station.node in passed for station in way[:-1])
        if circular and way[0].node >= stations[0].node:
            break
        passed |= {station.node for station in way}
        stations = (*way, *stations[1:])
    return stations
