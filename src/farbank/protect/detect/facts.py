"""The facts about people that the prose states, on the axes of the population."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from farbank.country.census import PLACE, Axis
from farbank.country.gazetteer import Gazetteer
from farbank.model.detections import Detection
from farbank.model.exposure import Disclosure
from farbank.model.given_away import GivenAway
from farbank.model.people import Facts
from farbank.model.text import Slug


class Fact(NamedTuple):
    """A node of the population and its axis."""

    axis: str
    node: str


def fact(found: Detection, axes: Sequence[Axis], gazetteer: Gazetteer) -> Fact | None:
    """What a detection states on an axis; None where no axis has it, or its node is the root and says nothing."""
    if not found.reading:
        return None
    if found.sort == "place":
        axis = next(each for each in axes if each.id == PLACE)
        around = (found.reading, *gazetteer.ancestors(found.reading))
        node = next((place for place in around if place in axis.nodes), axis.root)
        return None if node == axis.root else Fact(PLACE, node)
    for axis in axes:
        if found.reading in axis.nodes:
            return None if found.reading == axis.root else Fact(axis.id, found.reading)
    return None


def disclosures(given: Iterable[GivenAway]) -> tuple[Disclosure, ...]:
    """Everything certain that the prose states of somebody as a fact, to be counted with all else that is said."""
    return tuple(
        Disclosure(person=each.person, axis=each.axis, node=each.node, said_in=f"{each.file}:{each.line}")
        for each in given
        if each.person is not None and each.axis is not None and each.node is not None and each.stand != "unsure"
    )


def implied(node: str, axis: str, known: Iterable[tuple[str, str]], axes: Mapping[str, Axis]) -> bool:
    """Whether one of the `known` facts says as much or more on that axis."""
    return any(on == axis and node in axes[axis].upwards(finer) for on, finer in known)


def said_anyway(
    person: Slug, described: Mapping[Slug, Facts], disclosed: Iterable[Disclosure]
) -> tuple[tuple[str, str], ...]:
    """The facts somebody's description and the claims state of them, whatever the prose says."""
    printed = tuple(described.get(person, {}).items())
    return printed + tuple((each.axis, each.node) for each in disclosed if each.person == person)
