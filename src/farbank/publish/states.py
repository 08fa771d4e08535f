"""The one table of what may be done with an edition: every state, every event, and the flags that stand in the way.

The table is data (`states.toml`); reading it refuses one with a cell left out, so that no case is decided by chance.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Literal, get_args

import msgspec

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.steps import Event, Flag

State = Literal[
    "draft", "review", "cleared", "embargoed", "scheduled", "published", "corrected", "retracted", "killed"
]  # fmt: skip
STATES: tuple[State, ...] = get_args(State)
EVENTS: tuple[Event, ...] = get_args(Event)
FLAGS: tuple[Flag, ...] = get_args(Flag)


class Table(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `states.toml` holds: a cell per state and event, and what each flag bars or is needed for."""

    states: tuple[State, ...]
    out: tuple[State, ...]
    """States in which readers can have it."""
    over: tuple[State, ...]
    """States that nothing leads back from to readers."""
    cells: dict[State, dict[Event, str]]
    bars: dict[Flag, dict[Event, str]]
    needs: dict[Flag, dict[Event, str]]
    next: dict[State, str]
    """What to do next, with `{story}` for its name."""
    comes_of: dict[Event, str] = msgspec.field(name="comes-of")
    """For each step that nobody takes by hand, what it comes of."""


class Answer(msgspec.Struct, frozen=True):
    """Where an event leads, or the sentence that says why it does not and what to do; one of the two."""

    state: State | None
    refusal: str = ""

    @property
    def allowed(self) -> bool:
        """Whether the event may happen."""
        return self.state is not None


def ask(state: State, event: Event, flags: Collection[Flag] = ()) -> Answer:
    """What comes of `event` in `state` while `flags` are set; a flag speaks only where the cell would allow it."""
    known = table()
    said = known.cells[state][event]
    if said not in known.cells:
        return Answer(None, said)
    for flag, barred in known.bars.items():
        if flag in flags and event in barred:
            return Answer(None, barred[event])
    for flag, needed in known.needs.items():
        if flag not in flags and event in needed:
            return Answer(None, needed[event])
    return Answer(msgspec.convert(said, State))


@cache
def table() -> Table:
    """The table that ships."""
    return read(files(__package__).joinpath("states.toml").read_bytes(), "states.toml")


def read(data: bytes, file: str) -> Table:
    """A table without a hole in it. Raises DecodeError naming the first cell that is missing or says nothing."""
    found = codec.from_toml(data, Table, file)
    for state in STATES:
        for event in EVENTS:
            said = found.cells.get(state, {}).get(event, "")
            if said not in STATES and not said.endswith("."):
                raise DecodeError(file, f"cells.{state}.{event}", "expected a state, or a sentence with a full stop")
    for kind in ("bars", "needs"):
        for flag, events in getattr(found, kind).items():
            for event, said in events.items():
                if not said.endswith("."):
                    raise DecodeError(file, f"{kind}.{flag}.{event}", "expected a sentence with a full stop")
    for state in STATES:
        if not found.next.get(state, "").endswith("."):
            raise DecodeError(file, f"next.{state}", "expected a sentence with a full stop")
    for event, said in found.comes_of.items():
        if not said.endswith("."):
            raise DecodeError(file, f"comes-of.{event}", "expected a sentence with a full stop")
    if found.states != STATES or {*found.bars, *found.needs} != {*FLAGS}:
        raise DecodeError(file, "states", "expected the states and flags the program knows, each once")
    return found
