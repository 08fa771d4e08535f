"""A desk walked at random through the doors it has: nothing goes out uncleared, or before its hour.

What the compiler would make is given; the vault, its signatures and the two who release are real.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from given import SLIP, STORY
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from weir import EDITOR, LEAD, NOW, OFFICER, PUBLISHER, ROLES, SECOND, Compiler, enter, founded, rewrite

from farbank.desk.release import agree_release, propose_release
from farbank.desk.standing import standing
from farbank.desk.take_step import take_step
from farbank.model.errors import FarbankError
from farbank.model.steps import Event
from farbank.publish.editions import Item


class Desk(RuleBasedStateMachine):
    """Anybody of the desk does anything, at any hour, through the doors the command line has."""

    def __init__(self) -> None:
        super().__init__()
        self.patched = pytest.MonkeyPatch()
        self.compiler = Compiler().given(self.patched)
        self.folder = Path(tempfile.mkdtemp())
        shutil.copytree(founded(), self.folder / "desk")
        self.people = {name: enter(self.folder / "desk", name) for name in ROLES}
        self.now = NOW
        self.shadow: dict[str, Item] = {}
        self.cleared: dict[str, str] = {}
        self.holds: dict[str, datetime] = {}
        self.acts: list[tuple[str, datetime | None]] = []
        self.text = "The mill closed."
        self.out: set[str] = set()

    def teardown(self) -> None:
        for opened in self.people.values():
            opened.close()
        self.patched.undo()
        shutil.rmtree(self.folder)

    def asked(self, do: Callable[[], Any]) -> Any:
        """What came of it, None if it was refused; and then nothing moved."""
        before = self.stands()
        try:
            return do()
        except FarbankError as error:
            assert str(error).strip(), "every refusal is a sentence"
            assert self.stands() == before
            return None

    def stands(self) -> dict[str, Item]:
        return standing(self.people[EDITOR], STORY).items

    @rule(hours=st.integers(-2, 40))
    def wait(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

    @rule(text=st.sampled_from(["The mill closed.", "The mill burned."]))
    def write(self, text: str) -> None:
        rewrite(self.people[EDITOR], text)
        self.text = text  # written back as it was cleared, it is as it was cleared

    @rule(closed=st.booleans())
    def gates(self, closed: bool) -> None:
        self.compiler.slips = (SLIP,) if closed else ()

    @rule(
        who=st.sampled_from([EDITOR, OFFICER, SECOND, PUBLISHER, LEAD]),
        event=st.sampled_from(
            ["submit", "clear", "send-back", "embargo", "lift", "schedule", "hold-back", "kill", "unpublish", "edit"]
        ),
        hours=st.integers(-5, 60),
    )
    def take(self, who: str, event: Event, hours: int) -> None:
        until = self.now + timedelta(hours=hours) if event in ("embargo", "schedule") else None
        closed, before = bool(self.compiler.slips), self.stands()
        opened = self.people[who]
        done = self.asked(partial(take_step, opened, STORY, event, now=self.now, reason="because", until=until))
        if done is None:
            return
        if event == "clear":
            assert who in (OFFICER, SECOND) and not closed
            self.cleared[done.edition] = self.text
        if event == "send-back" or self.cleared.get(done.edition) != self.text:
            self.cleared.pop(done.edition, None)
        if event == "kill":
            assert who != LEAD
        if event == "embargo" and until is not None:
            self.holds[done.edition] = max(until, self.holds.get(done.edition, until))
        if done.act is None:
            assert {name: each.state for name, each in self.stands().items() if before.get(name) != each} == done.moved

    @rule(who=st.sampled_from([OFFICER, PUBLISHER, LEAD]), hours=st.none() | st.integers(-5, 40))
    def propose(self, who: str, hours: int | None) -> None:
        at = None if hours is None else self.now + timedelta(hours=hours)
        filed: Any = self.compiler.filed(self.people[who], STORY)
        proposed = self.asked(partial(propose_release, self.people[who], filed, reason="x", at=at, now=self.now))
        if proposed is not None and proposed.act is not None:
            self.acts.append((proposed.act, at))

    @rule(draw=st.integers(0, 5), hours=st.none() | st.integers(0, 30))
    def go_on(self, draw: int, hours: int | None) -> None:
        """What a desk in a hurry does next, whoever it takes; else few walks would ever reach a reader."""
        now = standing(self.people[LEAD], STORY)
        state = now.items[now.under_way[0]].state if now.under_way else "draft"
        if state in ("draft", "review"):
            self.take(EDITOR if state == "draft" else OFFICER, "submit" if state == "draft" else "clear", 0)
        elif self.acts and 0 < draw < 5:
            self.agree_to(LEAD, -1)
        elif draw == 5 and hours:
            self.take(EDITOR, "embargo", hours)
        else:
            self.propose(PUBLISHER, hours)

    @precondition(lambda self: self.acts)
    @rule(who=st.sampled_from([EDITOR, SECOND, PUBLISHER, LEAD]), draw=st.integers(0, 3))
    def agree_to(self, who: str, draw: int) -> None:
        act, at = self.acts[draw % len(self.acts)]
        before = self.stands()
        site = self.folder / f"site-{len(self.out)}"
        report = self.asked(partial(agree_release, self.people[who], act, site, now=self.now))
        if report is None or report.site is None:
            assert not site.exists()
            return
        (name,) = {each for each, item in self.stands().items() if item.released} - self.out
        self.out.add(name)
        assert self.cleared.get(name) == self.text, "no path releases what nobody cleared as it stands"
        held = [before[name].embargo, before[name].goes_out, at, self.holds.get(name)]
        assert all(each is None or self.now >= each for each in held), "no path releases before its hour"
        assert not self.compiler.slips and who != EDITOR

    @invariant()
    def everybody_replays_the_same(self) -> None:
        seen = self.stands()
        for name in (OFFICER, LEAD):
            assert standing(self.people[name], STORY).items == seen
        assert all(not each.ignored for each in standing(self.people[LEAD], STORY).editions.values())

    @invariant()
    def the_ledger_and_the_record_agree(self) -> None:
        released = {entry.edition for entry in self.people[LEAD].released()}
        assert released == self.out == {name for name, item in self.stands().items() if item.released}

    @invariant()
    def at_most_one_is_under_way_and_one_is_out(self) -> None:
        now = standing(self.people[LEAD], STORY)
        assert len(now.under_way) <= 1
        assert sum(item.state == "published" for item in now.items.values()) <= 1


# A walk through vaults takes a second, so that what fails is shown as it was found and not made smaller.
Desk.TestCase.settings = settings(
    max_examples=12, stateful_step_count=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate)
)
TestDesk = Desk.TestCase
