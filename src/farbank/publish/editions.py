"""The editions of a story, moved by events: what one step does to the edition it is about, and to those bound to it.

Pure: the moment is handed in, and says its zone. An edition out is never changed; a correction is an edition of its own
that takes the place of the one before when it goes out, and a retraction or a kill reaches every edition of the story.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime

import msgspec

from farbank.model.captures import Moment
from farbank.model.steps import Event, Flag
from farbank.model.text import Slug
from farbank.publish.errors import StepRefused
from farbank.publish.states import State, ask, table

FORGETS: frozenset[Flag] = frozenset({"signed"})
"""What an edit makes void: signatures are of exact bytes."""
_VOIDS: frozenset[Event] = frozenset({"edit", "send-back"})
_SPREADS: frozenset[Event] = frozenset({"retract", "kill"})
_WAS_OUT: frozenset[State] = frozenset({*table().out, "retracted"})


class Item(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One edition: its state, the flags that stay set on it, when its embargo ends, and when it is to go out.

    `corrects` is the edition whose place it takes, `since` the moment of its last step, `released` whether readers ever
    had it.
    """

    id: Slug
    state: State = "draft"
    flags: frozenset[Flag] = frozenset()
    embargo: Moment | None = None
    goes_out: Moment | None = None
    corrects: Slug | None = None
    since: Moment | None = None
    released: bool = False

    def flags_at(self, at: datetime) -> frozenset[Flag]:
        """The flags set, with those that the hour decides."""
        running: set[Flag] = set(self.flags)
        if self.embargo is not None and at < self.embargo:
            running.add("embargo")
        if self.goes_out is not None and at < self.goes_out:
            running.add("early")
        return frozenset(running)

    @property
    def waits_for(self) -> datetime | None:
        """The moment before which it may not go out, None if nothing holds it."""
        return max((each for each in (self.embargo, self.goes_out) if each is not None), default=None)


Items = Mapping[Slug, Item]


def begin(items: Items, id: Slug, at: datetime, corrects: Slug | None = None) -> dict[Slug, Item]:
    """Start a draft, with `corrects` as the next edition of a story that is out, whose embargo it keeps.

    Raises StepRefused for a name that was ever used, and for an edition that is not to be corrected.
    """
    if id in items:
        raise StepRefused(f"{id} is {items[id].state} already, and a name is used once; choose another")
    before = None if corrects is None else _item(items, corrects)
    if before is not None:
        assert_allowed(before, "correct", at)
        if any(each.corrects == corrects and each.state not in table().over for each in items.values()):
            raise StepRefused(f"{corrects} is being corrected already; go on with that edition, or kill it first")
    made = Item(id=id, embargo=before.embargo if before else None, corrects=corrects, since=at)
    return {**items, id: made}


def step(
    items: Items, id: Slug, event: Event, at: datetime, until: datetime | None = None, flags: Collection[Flag] = ()
) -> dict[Slug, Item]:
    """The editions after `event` happened to `id`; `until` is when an embargo ends or a schedule lets it out.

    Releasing a correction puts it in the place of the one it corrects; retracting and killing reach every edition of
    the story. `flags` are set for this step alone. Raises StepRefused with the sentence that says what to do; nothing
    is changed then.
    """
    moves = consequences(items, id, event)
    return {**items, **{each: moved(_item(items, each), what, at, until, flags) for each, what in moves}}


def consequences(items: Items, id: Slug, event: Event) -> tuple[tuple[Slug, Event], ...]:
    """Every edition that moves when `event` happens to `id`, and by which event; that one first."""
    item = _item(items, id)
    moves: list[tuple[Slug, Event]] = [(id, event)]
    if event == "release" and item.corrects is not None:
        moves.append((item.corrects, "supersede"))
    if event in _SPREADS and item.state in _WAS_OUT:
        for each in line_of(items, id):
            if each.id != id and (each.state not in table().over or (event == "kill" and each.state == "retracted")):
                moves.append((each.id, event if each.state in _WAS_OUT else "kill"))
    return tuple(moves)


def moved(item: Item, event: Event, at: datetime, until: datetime | None = None, flags: Collection[Flag] = ()) -> Item:
    """One edition after one event; `flags` are set for this step alone. Raises StepRefused."""
    state = assert_allowed(item, event, at, flags)
    changed = msgspec.structs.replace(item, state=state, since=max(at, item.since or at))
    if event in _VOIDS:
        return msgspec.structs.replace(changed, flags=item.flags - FORGETS, goes_out=None)
    if event == "embargo":
        return msgspec.structs.replace(changed, embargo=_embargo(item, until), goes_out=None)
    if event == "lift":
        if until is not None and until != item.embargo:
            raise StepRefused(
                f"{item.id}: its embargo was set anew since two people agreed to lift it; propose it anew"
            )
        return msgspec.structs.replace(changed, embargo=None)
    if event == "schedule":
        return msgspec.structs.replace(changed, goes_out=_scheduled(item, at, until))
    if event == "hold-back":
        held: State = "embargoed" if "embargo" in item.flags_at(at) else state
        return msgspec.structs.replace(changed, state=held, goes_out=None)
    if event == "sign":
        return msgspec.structs.replace(changed, flags=item.flags | {"signed"})
    if event == "release":
        return msgspec.structs.replace(changed, released=True)
    return changed


def assert_allowed(item: Item, event: Event, at: datetime, flags: Collection[Flag] = ()) -> State:
    """The state an event leads to. Raises StepRefused with the table's sentence, or for a clock that was moved back."""
    # A kill is never refused for a clock: somebody may be in danger.
    if item.since is not None and at < item.since and event != "kill":
        raise StepRefused(
            f"the clock says {at:%Y-%m-%d %H:%M %Z}, which is before the last step of {item.id}, at "
            f"{item.since:%Y-%m-%d %H:%M %Z}; put the clock right"
        )
    answer = ask(item.state, event, item.flags_at(at) | {*flags})
    if answer.state is None:
        raise StepRefused(f"{item.id} is {item.state}: {answer.refusal}")
    return answer.state


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


def _embargo(item: Item, until: datetime | None) -> datetime:
    if until is None:
        raise StepRefused(f"{item.id}: an embargo runs until a day or an hour; name the first at which it may go out")
    if item.embargo is not None and until < item.embargo:
        raise StepRefused(
            f"{item.id} is closed until {item.embargo:%Y-%m-%d %H:%M %Z}, and no edit shortens that; two people lift it"
        )
    return until


def _scheduled(item: Item, at: datetime, until: datetime | None) -> datetime:
    if until is None or until < at:
        raise StepRefused(f"{item.id}: a schedule names a day or an hour to come; name one")
    if item.embargo is not None and until < item.embargo:
        raise StepRefused(
            f"{item.id} is closed until {item.embargo:%Y-%m-%d %H:%M %Z}; choose that moment or a later one"
        )
    return until


def _item(items: Items, id: Slug) -> Item:
    if id not in items:
        raise StepRefused(f"there is no edition {id}; look at the spelling")
    return items[id]
