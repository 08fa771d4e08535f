"""Where editions stand, made from the steps that were taken with them, in whatever order those came together.

Steps are a union of what every machine holds. A step names those it follows, so that two machines that were apart show
as two ends of one edition; it then stands where it is furthest from readers, unless readers have it already, until a
step that follows both settles it. What was released is out, whatever else was said of it meanwhile.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import reduce

import msgspec

from farbank.model.captures import Moment
from farbank.model.steps import Step, StepId
from farbank.model.text import Slug
from farbank.publish.editions import Item, moved
from farbank.publish.errors import StepRefused
from farbank.publish.states import State, ask

_OUT: tuple[State, ...] = ("published", "corrected", "retracted", "killed")
"""States nothing makes undone, each weightier than those before it."""


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Where one edition stands, and the `words` of its last step.

    `heads` are the last steps, more than one where machines were apart; `apart` is then what it is by each of them.
    `ignored` are steps the table never allowed, or that whoever took them may not take; `unsaid` is set where it is
    out and no step says so.
    """

    item: Item
    words: str = ""
    heads: tuple[StepId, ...] = ()
    apart: tuple[tuple[StepId, Item], ...] = ()
    ignored: tuple[StepId, ...] = ()
    unsaid: bool = False


class _Point(msgspec.Struct, frozen=True):
    """An edition after one step."""

    item: Item
    words: str


def replay(steps: Mapping[StepId, Step], void: Collection[StepId] = ()) -> dict[Slug, Standing]:
    """Every edition that a step was taken with, by name; `void` are steps that do not count."""
    found: dict[Slug, Standing] = {}
    names = sorted({each.edition for each in steps.values()})
    corrects = {name: _corrected(steps, name) for name in names}
    waiting = [*names]
    while waiting:
        # What corrects comes after what it corrects, whose embargo it keeps; a circle is walked once, from anywhere.
        name = next((each for each in waiting if corrects[each] not in waiting), waiting[0])
        waiting.remove(name)
        before = corrects[name]
        embargo = found[before].item.embargo if before in found else None
        own = {id: each for id, each in steps.items() if each.edition == name}
        found[name] = _replayed(Item(id=name, corrects=before, embargo=embargo), own, void)
    return found


def edited(standing: Standing, words: str) -> Standing:
    """The edition with the case as it stands now: whatever was written since its last step is an edit."""
    return msgspec.structs.replace(standing, item=_as_written(_Point(standing.item, standing.words), words).item)


def joined(one: Item, other: Item) -> Item:
    """What an edition is where two machines have it otherwise: commutative, associative, idempotent."""
    state: State = one.state if one.state == other.state else "draft"
    for weightier in _OUT:
        if weightier in (one.state, other.state):
            state = weightier
    return Item(
        id=one.id,
        state=state,
        flags=one.flags & other.flags,
        embargo=_later(one.embargo, other.embargo),
        goes_out=_later(*(each.goes_out if each.state == state else None for each in (one, other))),
        corrects=min((each for each in (one.corrects, other.corrects) if each is not None), default=None),
        since=_later(one.since, other.since),
        released=one.released or other.released,
    )


def ordered(steps: Mapping[StepId, Step]) -> Iterator[StepId]:
    """Steps after those they follow, and beside each other by their clocks, in the same order on every machine."""
    done: set[StepId] = set()
    left = sorted(steps, key=lambda id: (steps[id].at, id))
    while left:
        ready = next((id for id in left if all(each in done or each not in steps for each in steps[id].after)), left[0])
        left.remove(ready)
        done.add(ready)
        yield ready


def _replayed(start: Item, steps: Mapping[StepId, Step], void: Collection[StepId]) -> Standing:
    points: dict[StepId, _Point] = {}
    ignored: list[StepId] = []
    for id in ordered(steps):
        step = steps[id]
        before = [points[each] for each in step.after if each in points]
        point = reduce(_together, before) if before else _Point(start, step.words)
        point = _as_written(point, step.words)
        after = None if id in void else _taken(point.item, step)
        if after is None:
            ignored.append(id)
        points[id] = _Point(after or point.item, step.words)
    followed = {each for step in steps.values() for each in step.after}
    heads = tuple(id for id in points if id not in followed) or (*points,)[-1:]
    last = reduce(_together, (points[id] for id in heads))
    apart = tuple((id, points[id].item) for id in heads) if len(heads) > 1 else ()
    return Standing(item=last.item, words=last.words, heads=heads, apart=apart, ignored=tuple(ignored))


def _taken(item: Item, step: Step) -> Item | None:
    try:
        return moved(item, step.event, step.at, step.until, step.flags)
    except StepRefused:
        if step.event != "release":
            return None
        over = item.state in ("retracted", "killed")
        return msgspec.structs.replace(item, state=item.state if over else "published", released=True, since=step.at)


def _together(one: _Point, other: _Point) -> _Point:
    return _Point(joined(one.item, other.item), one.words if one.words == other.words else "")


def _as_written(point: _Point, words: str) -> _Point:
    item, since = point.item, point.item.since
    if point.words == words or since is None or not ask(item.state, "edit", item.flags).allowed:
        return _Point(item, words)
    return _Point(moved(item, "edit", since), words)


def _corrected(steps: Mapping[StepId, Step], name: Slug) -> Slug | None:
    said = (each.corrects for each in steps.values() if each.edition == name and not each.after)
    return min((each for each in said if each is not None and each != name), default=None)


def _later(one: Moment | None, other: Moment | None) -> Moment | None:
    return max((each for each in (one, other) if each is not None), default=None)
