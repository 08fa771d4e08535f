"""The editions of a story, moved by events: what one step does to the edition it is about, and to those bound to it.

Pure: the day is handed in. An edition out is never changed; a correction is an edition of its own that takes the place
of the one before when it goes out, and a retraction or a kill reaches every edition of the story.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import msgspec

from farbank.model.text import Slug
from farbank.publish.errors import StepRefused
from farbank.publish.states import Event, Flag, State, ask, table

FORGETS: frozenset[Flag] = frozenset({"signed"})
"""What an edit makes void: signatures are of exact bytes."""
_VOIDS: frozenset[Event] = frozenset({"edit", "send-back"})
_SPREADS: frozenset[Event] = frozenset({"retract", "kill"})
_WAS_OUT: frozenset[State] = frozenset({*table().out, "retracted"})


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One edition: its state, the flags set on it, the first day its embargo allows, and the day it is to go out.

    `corrects` is the edition whose place it takes, `since` the day of its last step.
    """

    id: Slug
    state: State = "draft"
    flags: frozenset[Flag] = frozenset()
    embargo: date | None = None
    goes_out: date | None = None
    corrects: Slug | None = None
    since: date | None = None

    def flags_on(self, on: date) -> frozenset[Flag]:
        """The flags set, with those that a day decides."""
        running: set[Flag] = set(self.flags)
        if self.embargo is not None and on < self.embargo:
            running.add("embargo")
        if self.goes_out is not None and on < self.goes_out:
            running.add("early")
        return frozenset(running)


Items = Mapping[Slug, Item]


def begin(items: Items, id: Slug, on: date, corrects: Slug | None = None) -> dict[Slug, Item]:
    """Start a draft, with `corrects` as the next edition of a story that is out, whose embargo it keeps.

    Raises StepRefused for a name that was ever used, and for an edition that is not to be corrected.
    """
    if id in items:
        raise StepRefused(f"{id} is {items[id].state} already, and a name is used once; choose another")
    before = None if corrects is None else _item(items, corrects)
    if before is not None:
        _asked(before, "correct", on)
        if any(each.corrects == corrects and each.state not in table().over for each in items.values()):
            raise StepRefused(f"{corrects} is being corrected already; go on with that edition, or kill it first")
    made = Item(id=id, embargo=before.embargo if before else None, corrects=corrects, since=on)
    return {**items, id: made}


def step(items: Items, id: Slug, event: Event, on: date, day: date | None = None) -> dict[Slug, Item]:
    """The editions after `event` happened to `id` on a day; `day` is that of an embargo or a schedule.

    Releasing a correction puts it in the place of the one it corrects; retracting and killing reach every edition of
    the story. Raises StepRefused with the sentence that says what to do; nothing is changed then.
    """
    item = _item(items, id)
    moved = {id: _stepped(item, event, on, day)}
    if event == "release" and item.corrects is not None:
        before = _item(items, item.corrects)
        moved[before.id] = _stepped(before, "supersede", on, None)
    if event in _SPREADS and item.state in _WAS_OUT:
        moved |= {each.id: _taken_down(each, event, on) for each in line_of(items, id) if each.id != id}
    return {**items, **moved}


def line_of(items: Items, id: Slug) -> tuple[Item, ...]:
    """Every edition of the story that `id` is one of, the first first. Raises StepRefused for a circle."""
    first = _item(items, id)
    seen = {first.id}
    while first.corrects is not None:
        first = _item(items, first.corrects)
        if first.id in seen:
            raise StepRefused(f"{first.id} corrects itself by way of others; mend the record of editions")
        seen.add(first.id)
    return tuple(_onwards(items, first))


def _onwards(items: Items, first: Item) -> Iterator[Item]:
    yield first
    for each in items.values():
        if each.corrects == first.id:
            yield from _onwards(items, each)


def _stepped(item: Item, event: Event, on: date, day: date | None) -> Item:
    state = _asked(item, event, on)
    changed = msgspec.structs.replace(item, state=state, since=max(on, item.since or on))
    if event in _VOIDS:
        return msgspec.structs.replace(changed, flags=item.flags - FORGETS, goes_out=None)
    if event == "embargo":
        return msgspec.structs.replace(changed, embargo=_embargo(item, day), goes_out=None)
    if event == "lift":
        return msgspec.structs.replace(changed, embargo=None, flags=item.flags - {"lift-agreed"})
    if event == "schedule":
        return msgspec.structs.replace(changed, goes_out=_scheduled(item, on, day))
    if event == "hold-back":
        held: State = "embargoed" if "embargo" in item.flags_on(on) else state
        return msgspec.structs.replace(changed, state=held, goes_out=None)
    if event == "sign":
        return msgspec.structs.replace(changed, flags=item.flags | {"signed"})
    return changed


def _taken_down(item: Item, event: Event, on: date) -> Item:
    """The edition with the whole story retracted or killed; what nobody has had yet is killed either way."""
    if item.state in table().over and not (event == "kill" and item.state == "retracted"):
        return item
    return _stepped(item, event if item.state in _WAS_OUT else "kill", on, None)


def _asked(item: Item, event: Event, on: date) -> State:
    # A kill is never refused for a clock: somebody may be in danger.
    if item.since is not None and on < item.since and event != "kill":
        raise StepRefused(f"{on} is before the last step of {item.id}, on {item.since}; put the clock right")
    answer = ask(item.state, event, item.flags_on(on))
    if answer.state is None:
        raise StepRefused(f"{item.id} is {item.state}: {answer.refusal}")
    return answer.state


def _embargo(item: Item, day: date | None) -> date:
    if day is None:
        raise StepRefused(f"{item.id}: an embargo runs until a day; name the first on which it may go out")
    if item.embargo is not None and day < item.embargo:
        raise StepRefused(f"{item.id} is closed until {item.embargo}, and no edit shortens that; two people lift it")
    return day


def _scheduled(item: Item, on: date, day: date | None) -> date:
    if day is None or day < on:
        raise StepRefused(f"{item.id}: a schedule names a day to come; name one")
    if item.embargo is not None and day < item.embargo:
        raise StepRefused(f"{item.id} is closed until {item.embargo}; choose that day or a later one")
    return day


def _item(items: Items, id: Slug) -> Item:
    if id not in items:
        raise StepRefused(f"there is no edition {id}; look at the spelling")
    return items[id]
