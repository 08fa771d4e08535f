"""A whole story worded at once: what is said of places holds for everybody, what is said of each is their own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from farbank.country.census import PLACE
from farbank.model.exposure import Choice, Verdict
from farbank.model.people import Facts
from farbank.protect import lattice
from farbank.protect.expose import judged
from farbank.protect.judge import worse
from farbank.protect.population import Floats, Population
from farbank.protect.question import Question

JUDGED = 10
"""Choices of the front that are judged with replicates; the others differ from these by less than is known."""


@dataclass(frozen=True)
class Asked:
    """One person of a story, and the facts that could be said of them at the finest."""

    question: Question
    finest: Facts


@dataclass(frozen=True)
class Grain:
    """The story with its places said so finely and no finer, and which places those are."""

    shared: tuple[str, ...]
    story: tuple[Asked, ...]


@dataclass(frozen=True, eq=False)
class Points:
    """One person's lattice, least lossy first, each node hiding them among more than all before it."""

    ways: Mapping[str, tuple[str, ...]]
    losses: Floats
    people: Floats
    levels: NDArray[np.intp]

    def facts(self, number: int) -> Facts:
        """What is said at one of them."""
        return lattice.said(self.ways, self.levels[number].tolist())


def front(story: Sequence[Asked]) -> tuple[Choice, ...]:
    """The wordings of a story that no other beats both in what is left unsaid and in whom the least hidden hides among.

    The best few of `counted`, judged at the low end. Finest first.
    """
    return tuple(_unbeaten([_judged(choice, grain) for choice, grain in counted(story)]))


def counted(story: Sequence[Asked]) -> list[tuple[Choice, Grain]]:
    """The best few wordings of a story by the plain count, none judged yet, with the story at their grain.

    Every node of everybody's lattice is counted. The place the claims hold in is the only thing said of all at once, so
    for each grain of it everybody's own best is added up: the work grows with the people, not with their product.
    """
    held = [tuple(_within(asked, depth) for asked in story) for depth in _grains(story)]
    grains = [Grain(_shared(some), some) for some in held]
    points = [{asked.question.person: _own(asked) for asked in grain.story} for grain in grains]
    found = [
        _together(grain.shared, grain.story[0], list(mine.values())) for grain, mine in zip(grains, points, strict=True)
    ]
    losses, lows = (np.concatenate([each[end] for each in found]) for end in (0, 1))
    order = np.lexsort((-lows, losses))
    best = order[_rising(lows[order])]
    which = [(number, row) for number, (_, _, rows) in enumerate(found) for row in rows]
    choices = []
    for index in best[:: max(1, len(best) // JUDGED)].tolist():
        number, row = which[index]
        said = {person: one.facts(at) for (person, one), at in zip(points[number].items(), row, strict=True)}
        loss, low = float(losses[index]), float(lows[index])
        grain = grains[number]
        choices.append((Choice(shared=grain.shared, said=said, loss=loss, low=low, verdict="refused"), grain))
    return choices


def _grains(story: Sequence[Asked]) -> tuple[int, ...]:
    """How many steps below the country places are said, from what the claims say up to nothing."""
    upwards = story[0].question.population.axes[PLACE].upwards
    forced = [len(upwards(some[PLACE])) - 1 for asked in story for some in asked.question.facts if PLACE in some]
    return tuple(range(max(forced, default=0), -1, -1))


def _within(asked: Asked, depth: int) -> Asked:
    """One person with no place more than `depth` steps below the country, in a claim or in a description."""
    facts = tuple(_coarse(some, asked.question.population, depth) for some in asked.question.facts)
    return Asked(replace(asked.question, facts=facts), _coarse(asked.finest, asked.question.population, depth))


def _coarse(facts: Facts, population: Population, depth: int) -> Facts:
    if PLACE not in facts:
        return facts
    way = population.axes[PLACE].upwards(facts[PLACE])
    return facts | {PLACE: way[max(0, len(way) - 1 - depth)]}


def _shared(story: Sequence[Asked]) -> tuple[str, ...]:
    """The places everybody is put in by the claims."""
    return tuple(dict.fromkeys(some[PLACE] for asked in story for some in asked.question.facts if PLACE in some))


def _together(shared: tuple[str, ...], first: Asked, mine: Sequence[Points]) -> tuple[Floats, Floats, list[list[int]]]:
    """For each number of people somebody can hide among, everybody's least lossy wording that reaches it.

    What is left unsaid, whom the least hidden hides among, and which point that is for everybody.
    """
    whole = [np.rint(points.people) for points in mine]
    least = np.unique(np.concatenate(whole))
    least = least[least <= min(float(people[-1]) for people in whole)]
    rows = [np.searchsorted(people, least) for people in whole]
    said = np.sum([points.losses[row] for points, row in zip(mine, rows, strict=True)], axis=0)
    losses = (_shared_loss(first.question.population, shared) + said) / (1 + len(mine))
    lows = np.minimum.reduce([points.people[row] for points, row in zip(mine, rows, strict=True)])
    return losses, lows, np.transpose(rows).tolist()


def _own(asked: Asked) -> Points:
    """The nodes of one person's lattice that no less lossy one hides them better than."""
    population, facts = asked.question.population, asked.finest
    people = lattice.counts(population, asked.question.sight, facts) if facts else _one(asked)
    losses = lattice.losses(population, facts).ravel()
    order = np.lexsort((-people.ravel(), losses))
    order = order[_rising(people.ravel()[order])]
    levels = np.transpose(np.unravel_index(order, (1, *people.shape)))[:, 1:]
    ways = lattice.ways(population, {axis: facts[axis] for axis in population.axes if axis in facts})
    return Points(ways, losses[order], people.ravel()[order], levels)


def _one(asked: Asked) -> Floats:
    return np.array(judged(asked.question, {}).found.size.mid)


def _rising(people: Floats) -> NDArray[np.bool_]:
    """Which are more than all before them."""
    return people > np.concatenate(([-1.0], np.maximum.accumulate(people)[:-1]))


def _shared_loss(population: Population, shared: tuple[str, ...]) -> float:
    said = [lattice.loss(population, {PLACE: node}, (PLACE,)) for node in shared]
    return sum(said) / len(said) if said else 1.0


def _judged(choice: Choice, grain: Grain) -> Choice:
    """The choice with its low end and verdict."""
    verdict: Verdict = "safe"
    low = float("inf")
    for asked in grain.story:
        here = judged(asked.question, choice.said[asked.question.person])
        low = min(low, here.found.size.low)
        verdict = worse(verdict, here.verdict)
    return Choice(shared=choice.shared, said=choice.said, loss=choice.loss, low=low, verdict=verdict)


def _unbeaten(choices: Sequence[Choice]) -> list[Choice]:
    """The choices no other beats in both, least lossy first."""
    found: list[Choice] = []
    for choice in sorted(choices, key=lambda each: (each.loss, -each.low)):
        if not found or choice.low > found[-1].low:
            found.append(choice)
    return found
