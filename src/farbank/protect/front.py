"""A whole story worded at once: what is said of places holds for everybody, what is said of each is their own."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from farbank.country.census import PLACE
from farbank.model.exposure import Choice, Verdict
from farbank.model.people import Facts
from farbank.protect import lattice
from farbank.protect.expose import judged
from farbank.protect.population import Floats, Population
from farbank.protect.question import Question

JUDGED = 10
"""Choices of the front that are judged with replicates; the others differ from these by less than is known."""

_WORST: dict[Verdict, int] = {"safe": 0, "needs-signature": 1, "refused": 2}


@dataclass(frozen=True)
class Asked:
    """One person of a story, and the facts that could be said of them at the finest."""

    question: Question
    finest: Facts


def front(story: Sequence[Asked]) -> tuple[Choice, ...]:
    """The wordings of a story that no other beats both in what is left unsaid and in whom the least hidden hides among.

    Every node of everybody's lattice is counted. The place the claims hold in is the only thing said of all at once, so
    for each grain of it everybody's own best is added up: the work grows with the people, not with their product. The
    best few are then judged at the low end. Finest first.
    """
    found: list[Choice] = []
    for shared in _grains(story):
        held = [Asked(_at(asked.question, shared), _within(asked, shared)) for asked in story]
        found += _fronts(shared, held)
    best = _unbeaten(found)
    step = max(1, len(best) // JUDGED)
    judged_ = [_judged(choice, story) for choice in best[::step]]
    return tuple(_unbeaten(judged_))


def _grains(story: Sequence[Asked]) -> tuple[Facts, ...]:
    """The place everybody is put in by the claims, and every wider one up to nothing said."""
    forced = [some for asked in story for some in asked.question.facts if PLACE in some]
    if not forced:
        return ({},)
    axis = story[0].question.population.axes[PLACE]
    nodes = dict.fromkeys(node for some in forced for node in axis.upwards(some[PLACE]))
    return tuple({PLACE: node} for node in nodes)


def _at(question: Question, shared: Facts) -> Question:
    """The question with no claim's place finer than `shared`."""
    upwards = question.population.axes[PLACE].upwards
    wide = shared.get(PLACE)
    facts = tuple(
        some | {PLACE: wide} if wide and PLACE in some and wide in upwards(some[PLACE]) else some
        for some in question.facts
    )
    return replace(question, facts=facts)


def _within(asked: Asked, shared: Facts) -> Facts:
    """The finest facts with no place finer than `shared`: a description must not undo the grain of the claims."""
    facts, wide = asked.finest, shared.get(PLACE)
    if PLACE in facts and wide and wide in asked.question.population.axes[PLACE].upwards(facts[PLACE]):
        return facts | {PLACE: wide}
    return facts


def _fronts(shared: Facts, story: Sequence[Asked]) -> Iterator[Choice]:
    """For each number of people somebody can hide among, everybody's least lossy wording that reaches it."""
    mine = {asked.question.person: _own(asked) for asked in story}
    weight = _shared_loss(story[0].question.population, shared)
    for least in sorted({round(low) for points in mine.values() for _, low, _ in points}):
        chosen = {person: _reaching(points, least) for person, points in mine.items()}
        if any(point is None for point in chosen.values()):
            return
        points_ = {person: point for person, point in chosen.items() if point is not None}
        loss = (weight + sum(point[0] for point in points_.values())) / (1 + len(points_))
        low = min(point[1] for point in points_.values())
        yield Choice(
            shared=shared, said={p: point[2] for p, point in points_.items()}, loss=loss, low=low, verdict="refused"
        )


Point = tuple[float, float, Facts]
"""Loss, people, facts."""


def _own(asked: Asked) -> list[Point]:
    """One person's lattice as points, least lossy first, each hiding among more than all before it."""
    population, facts = asked.question.population, asked.finest
    counts = lattice.counts(population, asked.question.sight, facts) if facts else _one(asked)
    axes = tuple(axis for axis in population.axes if axis in facts)
    ways = lattice.ways(population, {axis: facts[axis] for axis in axes})
    points: list[Point] = []
    for where, nodes in zip(np.ndindex(counts.shape), itertools.product(*ways.values()), strict=True):
        said = {a: node for a, node in zip(axes, nodes, strict=True) if node != population.axes[a].root}
        points.append((lattice.loss(population, said, axes), float(counts[where]), said))
    return list(_rising(sorted(points, key=lambda point: (point[0], -point[1]))))


def _one(asked: Asked) -> Floats:
    return np.array(judged(asked.question, {}).found.size.mid)


def _rising(points: Iterable[Point]) -> Iterator[Point]:
    most = -1.0
    for point in points:
        if point[1] > most:
            most = point[1]
            yield point


def _reaching(points: Sequence[Point], least: float) -> Point | None:
    return next((point for point in points if round(point[1]) >= least), None)


def _shared_loss(population: Population, shared: Facts) -> float:
    return lattice.loss(population, shared, (PLACE,)) if shared else 1.0


def _judged(choice: Choice, story: Sequence[Asked]) -> Choice:
    """The choice with its low end and verdict."""
    verdict: Verdict = "safe"
    low = float("inf")
    for asked in story:
        here = judged(_at(asked.question, choice.shared), choice.said[asked.question.person])
        low = min(low, here.found.size.low)
        verdict = max(verdict, here.verdict, key=_WORST.__getitem__)
    return Choice(shared=choice.shared, said=choice.said, loss=choice.loss, low=low, verdict=verdict)


def _unbeaten(choices: Sequence[Choice]) -> list[Choice]:
    """The choices no other beats in both, least lossy first."""
    found: list[Choice] = []
    for choice in sorted(choices, key=lambda each: (each.loss, -each.low)):
        if not found or choice.low > found[-1].low:
            found.append(choice)
    return found
