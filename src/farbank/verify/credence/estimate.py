"""How much or how many there were, from rival amounts: an interval, with no amount counted twice (F12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

import numpy as np

from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Node, Seed
from farbank.model.people import Record
from farbank.model.sizes import Size
from farbank.verify.credence.doubt import invents
from farbank.verify.credence.merging import leaders
from farbank.verify.credence.network import garbling
from farbank.verify.credence.paths import Path, Station, paths
from farbank.verify.credence.rates import ECHO_MOST, Values
from farbank.verify.credence.testimony import echoes

POINTS = 241
"""Values looked at, evenly spaced in their logarithm."""
BEYOND = 2.5
"""How far beyond the amounts told the values go, as a natural logarithm: twelve times as much, or as little."""
MEASURED: Mapping[str, float] = {"took-part": 0.12, "saw": 0.2, "read": 0.08, "told-by-body": 0.1, "inferred": 0.5}
"""The standard deviation of the logarithm of what who could know says, from what there was."""
MEASURED_OTHERWISE = 0.35
MISSES = 0.06
"""How often who could know is off altogether."""
ALTERED = 0.7
"""The standard deviation of the logarithm of what a hop makes of an amount, when it does not pass it on as it is."""
ROUNDED = 0.02
"""What rounding alone may move, as a share."""
NONE = 0.5
"""Less than this is none."""
ONE = 0.5
"""Two who are one with a higher probability than this are taken to be."""
NEVER = 1e-9
"""How well a value fits that was not told."""


def estimate(
    amounts: Sequence[Amount],
    chains: Mapping[str, Chain],
    *,
    seeds: Iterable[Seed] = (),
    records: Mapping[str, Record] | None = None,
    coincidences: Iterable[Coincidence] = (),
    share: float = 0.9,
) -> Size | None:
    """The interval that holds what there was with probability `share`, and its median; None without a known total.

    `amounts` are of one thing in one unit; `chains` by id. Amounts that came through the same hands share what those
    did to them. An amount that is only a part, or “at least”, bounds it from below; “at most” from above. What a teller
    may say because a seed carried it to them, or may invent by their record (`records` by person id), is worth what is
    left. Two who are likelier one than two are taken to be one.
    """
    told = [amount for amount in amounts if amount.chain in chains]
    if not any(amount.extent in ("total", "unknown") for amount in told):
        return None
    ends = [log(max(end, NONE)) for amount in told for end in (amount.low, amount.high)]
    grid = np.linspace(min(ends) - BEYOND, max(ends) + BEYOND, POINTS)
    weights = np.zeros(POINTS)
    doubts = _doubts(seeds, records or {})
    for group in _by_root(told, chains, coincidences):
        weights += _log_likelihood(group, grid, doubts)
    held = np.exp(weights - weights.max())
    risen = np.cumsum(held) / held.sum()
    low, mid, high = np.interp([(1 - share) / 2, 0.5, (1 + share) / 2], risen, np.exp(grid))
    return Size(*(float(value) if value > NONE else 0.0 for value in (low, mid, high)))


def _doubts(seeds: Iterable[Seed], records: Mapping[str, Record]) -> dict[Node, float]:
    """Per teller, how likely the figure is none of theirs: fed to them, or made up as their record has it."""
    fed = echoes(seeds)
    found: dict[Node, float] = {node: min(chance, ECHO_MOST) for node, chance in fed.items()}
    for person, record in records.items():
        node = f"person:{person}"
        if record.right + record.wrong:
            found[node] = 1 - (1 - found.get(node, 0.0)) * (1 - invents(record).middle)
    return found


def _by_root(
    told: Sequence[Amount], chains: Mapping[str, Chain], coincidences: Iterable[Coincidence]
) -> list[list[tuple[Path, Amount]]]:
    """The amounts with their paths, together if they began with the same; each amount of one path once."""
    one = leaders((pair.a, pair.b) for pair in coincidences if pair.probability > ONE)
    ways = {name: paths([chain], one)[0] for name, chain in chains.items()}
    grouped: dict[str, set[tuple[Path, Amount]]] = {}
    for amount in told:
        way = ways[amount.chain]
        bare = Amount(
            chain="told", what=amount.what, low=amount.low, high=amount.high, unit=amount.unit, extent=amount.extent
        )
        grouped.setdefault(way.stations[0].node, set()).add((way, bare))
    return [sorted(group, key=repr) for _, group in sorted(grouped.items())]


def _log_likelihood(group: Sequence[tuple[Path, Amount]], grid: Values, doubts: Mapping[Node, float]) -> Values:
    """How likely the amounts of one root are, per value there was."""
    step = grid[1] - grid[0]
    children: dict[tuple[Station, ...], set[Station]] = {}
    heard: dict[tuple[Station, ...], list[Amount]] = {}
    for way, amount in group:
        heard.setdefault(way.stations, []).append(amount)
        for end in range(1, len(way.stations)):
            children.setdefault(way.stations[:end], set()).add(way.stations[end])
    root = group[0][0].stations[:1]
    order = sorted({way.stations[:end] for way, _ in group for end in range(1, len(way.stations) + 1)}, key=len)
    up: dict[tuple[Station, ...], Values] = {}
    for prefix in reversed(order):
        held = np.ones(len(grid))
        for amount in heard.get(prefix, ()):
            fits, doubt = _fits(amount, grid), doubts.get(prefix[-1].node, 0.0)
            held = held * ((1 - doubt) * fits + doubt * fits.mean())
        for child in sorted(children.get(prefix, ())):
            came = up[(*prefix, child)]
            lost = garbling(child.how).middle
            held = held * ((1 - lost) * came + lost * _blurred(came, ALTERED / step))
        up[prefix] = held / held.max()
    spread = MEASURED.get(root[0].how, MEASURED_OTHERWISE)
    held = up[root]
    found: Values = np.log((1 - MISSES) * _blurred(held, spread / step) + MISSES * held.mean() + 1e-12)
    return found


def _fits(amount: Amount, grid: Values) -> Values:
    """Whether each value fits what was told, up to rounding; as a box, so that one figure told twice is told once."""
    near = ROUNDED + grid[1] - grid[0]
    under = np.where(grid >= log(max(amount.low, NONE)) - near, 1.0, NEVER)
    over = np.where(grid <= log(max(amount.high, NONE)) + near, 1.0, NEVER)
    if amount.extent in ("part", "at-least"):
        return np.asarray(under)
    if amount.extent == "at-most":
        return np.asarray(over)
    total = under * over
    return np.asarray(total if amount.extent == "total" else (total + under * 0.1) / 1.1)


def _blurred(held: Values, width: float) -> Values:
    """Averaged over a normal distribution of `width` points."""
    reach = int(np.ceil(3.5 * width))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    padded = np.pad(held, reach, mode="edge")
    return np.convolve(padded, kernel / kernel.sum(), mode="valid")
