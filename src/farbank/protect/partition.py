"""The person-independent partition: which of its blocks somebody falls in, and nothing finer.

A node is split only if every kind of person it would split into is numerous enough, never because of one person. So
whoever knows the method learns no more from a block than its name says: effective anonymity is nominal anonymity.
Splitting is judged on counts alone. Whether a block may be said in print, beside a channel line, an audience or a
place that names a town, is for `expose`.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from farbank.model.people import Facts
from farbank.protect import counting
from farbank.protect.errors import NobodyFits
from farbank.protect.judge import MARGIN
from farbank.protect.population import Population
from farbank.protect.question import Path, path
from farbank.protect.tally import branches


def block(profile: Facts, population: Population, threshold: int) -> Facts:
    """The block a profile falls in: one node per axis that is said at all, never finer than the profile.

    Raises UnknownFact for what the population has not, NobodyFits for a combination that cannot occur.
    """
    if not _inhabited(population, (profile,)):
        raise NobodyFits("by the figures of the country pack nobody fits this profile; correct it")
    facts: Facts = {}
    for axis in population.data.order:
        if axis not in profile:
            continue
        here = facts.get(axis, population.axes[axis].root)
        way = population.axes[axis].upwards(profile[axis])
        if here in way[1:]:
            child = way[way.index(here) - 1]
            if child in split(population, path(facts), axis, threshold):
                facts[axis] = child
    return facts


def blocks(population: Population, threshold: int, within: Sequence[Facts] = ()) -> tuple[Facts, ...]:
    """Every block somebody falls in who also fits all the facts of `within`."""
    found: list[Facts] = [{}] if _inhabited(population, within) else []
    for axis in population.data.order:
        finer = [(facts, split(population, path(facts), axis, threshold)) for facts in found]
        every = [facts | {axis: child} for facts, split_into in finer for child in split_into]
        # Whatever is split has people in every child, so only what else is known can leave nobody.
        every = [facts for facts in every if not within or _inhabited(population, (*within, facts))]
        found = every + [facts for facts, split_into in finer if not split_into]
    return tuple(found)


@lru_cache(maxsize=8192)  # all of four populations; whatever is kept of one keeps it in memory
def split(population: Population, facts: Path, axis: str, threshold: int) -> tuple[str, ...]:
    """The children a block is split into on an axis; none unless every one that has people has enough of them."""
    here = dict(facts)
    inhabited: list[str] = []
    under = children(population, axis, here.get(axis, population.axes[axis].root))
    if not under:
        return ()
    for child, size in zip(under, branches(population, here, axis, under), strict=True):
        if size.mid <= 0:
            continue  # nobody falls there, so nobody is given away by it
        if size.low < threshold or size.mid < MARGIN * threshold:
            return ()
        inhabited.append(child)
    return tuple(inhabited)


@lru_cache(maxsize=1024)
def children(population: Population, axis: str, node: str) -> tuple[str, ...]:
    """The nodes right under one, in the order of the axis's leaves."""
    known = population.axes[axis]
    ways = [known.upwards(leaf) for leaf in known.leaves]
    return tuple(dict.fromkeys(way[way.index(node) - 1] for way in ways if node in way[1:]))


def _inhabited(population: Population, facts: Sequence[Facts]) -> bool:
    return counting.count(population, counting.narrowed(population, facts)) > 0
