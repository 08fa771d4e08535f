"""The state table has no hole: every state, event and set of flags is allowed or refused with a sentence."""

from __future__ import annotations

from importlib.resources import files
from itertools import combinations

import pytest

from farbank import publish
from farbank.model.errors import DecodeError
from farbank.model.steps import Event, Flag
from farbank.publish.states import EVENTS, FLAGS, STATES, State, ask, read, table

SHIPPED = files(publish).joinpath("states.toml").read_text("utf-8")
EVERY_SET = [frozenset(some) for size in range(len(FLAGS) + 1) for some in combinations(FLAGS, size)]


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", STATES)
def test_every_cell_is_allowed_or_refused_with_a_sentence_whatever_the_flags(state: State, event: Event) -> None:
    for flags in EVERY_SET:
        answer = ask(state, event, flags)
        assert answer.allowed != bool(answer.refusal)
        if not answer.allowed:
            assert answer.refusal[0].isupper() and answer.refusal.endswith(".")


@pytest.mark.parametrize("state", STATES)
def test_a_kill_is_barred_by_no_flag(state: State) -> None:
    assert len({ask(state, "kill", flags) for flags in EVERY_SET}) == 1


@pytest.mark.parametrize("state", STATES)
def test_a_flag_that_bars_never_makes_anything_possible(state: State) -> None:
    for event in EVENTS:
        for flags in EVERY_SET:
            for flag in table().bars:
                if ask(state, event, flags | {flag}).allowed:
                    assert ask(state, event, flags - {flag}) == ask(state, event, flags | {flag})


def test_nothing_leads_back_to_readers_from_what_is_over() -> None:
    for state in table().over:
        for event in EVENTS:
            assert ask(state, event, FLAGS).state in (None, "killed")
            assert ask(state, event, ("signed", "harm-record", "lift-agreed")).state in (None, "killed")


def test_only_a_release_reaches_readers_and_only_signed() -> None:
    for state in STATES:
        for event in EVENTS:
            for flags in EVERY_SET:
                if ask(state, event, flags).state in table().out and state not in table().out:
                    assert event == "release" and {"signed", "harm-record"} <= flags
                    assert not flags & {"embargo", "early", "gate-closed", "stale", "frozen", "legal-hold", "no-ledger"}


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ('submit = "review"\n', "", "cells.draft.submit"),
        ('submit = "review"', 'submit = "no"', "cells.draft.submit"),
        ("[needs.signed]\n", '[needs.signed]\nsign = "no stop"\n', "needs.signed.sign"),
        ('[bars.embargo]\nrelease = "', '[bars.embargo]\nfly = "', "bars"),
        ('"killed"]\nout', '"draft"]\nout', "states"),
        ('corrected = "Nothing; another edition has taken its place."\n', "", "next.corrected"),
        ("[comes-of]\n", '[comes-of]\nlift = "no stop"\n', "comes-of.lift"),
        ("[comes-of]\n", '[comes-of]\nfly = "High."\n', "comes-of"),
    ],
)
def test_a_table_with_a_hole_is_refused_and_the_hole_named(old: str, new: str, named: str) -> None:
    assert old in SHIPPED
    with pytest.raises(DecodeError, match=named):
        read(SHIPPED.replace(old, new, 1).encode(), "states.toml")


def test_the_flags_and_states_of_the_table_are_those_of_the_program() -> None:
    flags: tuple[Flag, ...] = (*table().bars, *table().needs)
    assert sorted(flags) == sorted(FLAGS)
