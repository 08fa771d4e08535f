"""Editions on their way, by the desk's own doors: who may, when, and that nothing gets out another way.

What the compiler would make is given; the vault, its signatures and the two who release are real.
"""

from __future__ import annotations

import dataclasses
import json
import shutil
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from given import SLIP, STORY, Unread, case, compiled, unread
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from farbank import vault
from farbank.desk import correct
from farbank.desk import release as releasing
from farbank.desk import take_step as stepping
from farbank.desk.agree import agree
from farbank.desk.cancel import cancel
from farbank.desk.carry import bring_back, take_out
from farbank.desk.compile_story import Compilation
from farbank.desk.correct import issued
from farbank.desk.errors import NoEditionName, NotYet
from farbank.desk.init_desk import init_desk
from farbank.desk.release import agree_release, propose_release
from farbank.desk.show_standing import show_standing
from farbank.desk.standing import over, standing
from farbank.desk.take_step import Taken, take_step
from farbank.model.corrections import Reason
from farbank.model.errors import FarbankError
from farbank.model.steps import Event, Step
from farbank.publish.editions import Item
from farbank.publish.errors import StepRefused
from farbank.vault import case_store, steps

EDITOR, OFFICER, SECOND, PUBLISHER, LEAD = "Ryu", "Han", "Mun", "Seo", "Bak"
ROLES: dict[str, tuple[vault.Role, ...]] = {
    EDITOR: ("editor",),
    OFFICER: ("safety-officer",),
    SECOND: ("safety-officer",),
    PUBLISHER: ("publisher",),
    LEAD: ("verification-lead",),
}
NEXT = f"{STORY}-2"
NOW = datetime(2031, 8, 1, 6, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=2)
BACK: Any = {"edition": NEXT, "kind": "retraction", "what": {"en": "The mill never closed."}}


def enter(desk: Path, name: str) -> vault.Vault:
    return vault.open(desk, name, f"{name} walks by the river")


def write(desk: Path, text: str) -> None:
    with enter(desk, EDITOR) as opened:
        _write(opened, text)


def _write(opened: vault.Vault, text: str) -> None:
    case_store.save(opened, case(text))


@cache
def founded() -> Path:
    folder = Path(tempfile.mkdtemp()) / "desk"
    members = [vault.Member(name, f"{name} walks by the river", roles) for name, roles in ROLES.items()]
    init_desk(folder, members, since=date(2031, 1, 1), cost=vault.Cost(passes=1, memory=8192))
    write(folder, "The mill closed.")
    return folder


class Compiler:
    """What is compiled: how many slips there are, and what the desk says it corrects."""

    def __init__(self) -> None:
        self.slips: tuple[Any, ...] = ()
        self.why: tuple[Reason, ...] = ()
        self.meanwhile: Callable[[], object] = list

    def filed(self, opened: vault.Vault, story: str) -> Unread:
        return dataclasses.replace(unread(story, *self.why), issued=issued(opened, story))

    def compiled(self, *args: Any, **more: Any) -> Compilation:
        self.meanwhile()
        return compiled(*args, **more, slips=self.slips)

    def given(self, monkeypatch: pytest.MonkeyPatch) -> Compiler:
        for module, filed in ((releasing, "filed_in"), (stepping, "filed")):
            monkeypatch.setattr(module, filed, self.filed)
            monkeypatch.setattr(module, "compile_story", self.compiled)
        return self


@pytest.fixture
def compiler(monkeypatch: pytest.MonkeyPatch) -> Compiler:
    return Compiler().given(monkeypatch)


@pytest.fixture
def desk(tmp_path: Path, compiler: Compiler) -> Path:
    return Path(shutil.copytree(founded(), tmp_path / "desk"))


Do = Callable[..., Taken]


@pytest.fixture
def do(desk: Path) -> Do:
    """do(who, event): somebody takes a step."""

    def done(who: str, event: Event, *, now: datetime = NOW, **more: Any) -> Taken:
        with enter(desk, who) as opened:
            return take_step(opened, STORY, event, now=now, reason="because", **more)

    return done


@pytest.fixture
def release(desk: Path, compiler: Compiler, tmp_path: Path) -> Callable[..., None]:
    """release(): the publisher proposes and the lead agrees."""

    def released(edition: str = STORY, *, now: datetime = NOW, **more: Any) -> None:
        with enter(desk, PUBLISHER) as opened:
            filed: Any = compiler.filed(opened, STORY)
            act = propose_release(opened, filed, edition=edition, reason="checked", now=now, **more).act
        assert act is not None
        with enter(desk, LEAD) as opened:
            assert agree_release(opened, act, tmp_path / edition, now=now).site

    return released


def states(desk: Path) -> dict[str, str]:
    with enter(desk, EDITOR) as opened:
        return {name: item.state for name, item in standing(opened, STORY).items.items()}


def test_the_plain_way_leaves_who_did_what_and_when(desk: Path, do: Do, release: Callable[..., None]) -> None:
    assert do(EDITOR, "submit").moved == {STORY: "review"}
    assert do(OFFICER, "clear").moved == {STORY: "cleared"}
    release()
    with enter(desk, LEAD) as opened:
        shown = show_standing(opened, STORY)
        noted = [step.event for step in shown.steps]
        assert [(step.by, step.event, step.at) for step in shown.steps] == [
            (EDITOR, "submit", "2031-08-01 06:30 UTC"), (OFFICER, "clear", "2031-08-01 06:30 UTC"),
            (LEAD, "sign", "2031-08-01 06:30 UTC"), (LEAD, "release", "2031-08-01 06:30 UTC"),
        ]  # fmt: skip
        assert [line.state for line in shown.editions] == ["published"] and "Next:" in shown.sentences[0]
    with enter(desk, OFFICER) as opened:
        audited = [event.what for _, event in opened.audited() if event.what.startswith("edition ")]
    assert audited == [f"edition {event}" for event in noted]


def test_nothing_is_proposed_that_nobody_cleared(desk: Path, do: Do, release: Callable[..., None]) -> None:
    with pytest.raises(StepRefused, match="is draft: Two people sign what is cleared; submit it"):
        release()
    do(EDITOR, "submit")
    with pytest.raises(StepRefused, match="is review: Two people sign what is cleared; have it cleared"):
        release()
    assert states(desk) == {STORY: "review"}


@pytest.mark.parametrize("who", [EDITOR, PUBLISHER, LEAD])
def test_only_a_safety_officer_clears(do: Do, who: str) -> None:
    do(EDITOR, "submit")
    with pytest.raises(vault.NotAllowed, match="it takes one of: safety-officer"):
        do(who, "clear")


def test_who_wrote_it_or_speaks_with_a_source_never_clears_it(desk: Path, do: Do) -> None:
    do(EDITOR, "submit")
    with enter(desk, EDITOR) as opened:
        case_store.assign(opened, "wren", SECOND)
    with pytest.raises(vault.NotAllowed, match="speaks with a source"):
        do(SECOND, "clear")
    with enter(desk, OFFICER) as opened:
        _write(opened, "The mill burned.")
    do(EDITOR, "submit")
    with pytest.raises(vault.NotAllowed, match="wrote it"):
        do(OFFICER, "clear")


def test_a_clearing_stops_counting_when_who_gave_it_turns_out_to_speak_with_a_source(
    desk: Path, do: Do, release: Callable[..., None]
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    with enter(desk, EDITOR) as opened:
        case_store.assign(opened, "wren", OFFICER)
    assert states(desk) == {STORY: "review"}
    with pytest.raises(StepRefused, match="have it cleared first"):
        release()
    with enter(desk, EDITOR) as opened:
        assert any(
            "clear by Han" in said and "does not count" in said for said in show_standing(opened, STORY).sentences
        )


def test_a_clearing_written_past_the_door_counts_for_nothing(desk: Path, do: Do) -> None:
    do(EDITOR, "submit")
    with enter(desk, EDITOR) as opened:
        at = standing(opened, STORY)
        forged = Step(
            edition=STORY, event="clear", by=EDITOR, at=NOW, reason="I may", words=at.words, flags=("harm-record",),
            after=at.editions[STORY].heads,
        )  # fmt: skip
        steps.add(opened, STORY, forged)
        steps.add(opened, STORY, msgspec.structs.replace(forged, by=OFFICER))
        found = show_standing(opened, STORY)
    assert states(desk) == {STORY: "review"}
    assert any("does not count" in said for said in found.sentences)
    assert any("no signature" in said for said in found.sentences)


def test_what_was_cleared_is_never_another_text(desk: Path, do: Do, release: Callable[..., None]) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    write(desk, "The mill burned.")
    assert states(desk) == {STORY: "draft"}
    with pytest.raises(StepRefused, match="submit it and have it cleared"):
        release()
    write(desk, "The mill closed.")
    assert states(desk) == {STORY: "cleared"}, "the same words are the same text"


def test_a_closed_gate_clears_and_schedules_nothing(do: Do, compiler: Compiler) -> None:
    do(EDITOR, "submit")
    compiler.slips = (SLIP,)
    with pytest.raises(StepRefused, match="A gate is closed; look with farbank story check"):
        do(OFFICER, "clear")
    compiler.slips = ()
    do(OFFICER, "clear")
    compiler.slips = (SLIP,)
    with pytest.raises(StepRefused, match="A gate is closed"):
        do(EDITOR, "schedule", until=LATER)


def test_nobody_waits_with_a_kill_while_gates_are_asked_and_nothing_else_slips_in(
    desk: Path, do: Do, compiler: Compiler
) -> None:
    do(EDITOR, "submit")
    compiler.meanwhile = partial(write, desk, "The mill burned.")
    with pytest.raises(StepRefused, match="filed anew while its gates were asked"):
        do(OFFICER, "clear")
    do(EDITOR, "submit")
    compiler.meanwhile = partial(do, PUBLISHER, "kill")  # which has the vault to itself
    with pytest.raises(StepRefused, match="was killed for good"):
        do(OFFICER, "clear")
    assert states(desk) == {STORY: "killed"}


def test_it_goes_out_at_its_hour_and_never_before(desk: Path, do: Do, release: Callable[..., None]) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    assert do(EDITOR, "embargo", until=LATER - timedelta(hours=1)).until == LATER - timedelta(hours=1)
    with pytest.raises(StepRefused, match="closed until"):
        do(EDITOR, "schedule", until=NOW + timedelta(hours=1))
    do(EDITOR, "schedule", until=LATER)
    with pytest.raises(NotYet, match="2031-08-03 06:30 UTC"):
        release(now=LATER - timedelta(seconds=1))
    with pytest.raises(NotYet):
        release(now=LATER - timedelta(seconds=1), on=date(2031, 7, 20))
    release(now=LATER)
    assert states(desk) == {STORY: "published"}


def test_an_hour_named_to_two_people_holds_though_nobody_scheduled_it(
    desk: Path, do: Do, release: Callable[..., None]
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    with pytest.raises(NotYet):
        release(at=LATER, now=LATER - timedelta(seconds=1))
    release(at=LATER, now=LATER)
    assert states(desk) == {STORY: "published"}


def test_an_embargo_is_lifted_by_two_at_once_and_only_the_one_they_meant(desk: Path, do: Do) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    with pytest.raises(StepRefused, match="held by no embargo"):
        do(EDITOR, "lift")
    do(EDITOR, "embargo", until=LATER)
    act = do(PUBLISHER, "lift").act
    assert act is not None and states(desk) == {STORY: "embargoed"}
    with enter(desk, PUBLISHER) as opened, pytest.raises(vault.NotAllowed):
        agree(opened, act)
    do(EDITOR, "embargo", until=LATER + timedelta(days=1))
    with enter(desk, LEAD) as opened, pytest.raises(StepRefused, match="not what Seo asked to lift"):
        agree(opened, act)
    assert states(desk) == {STORY: "embargoed"}
    act = do(PUBLISHER, "lift").act
    with enter(desk, LEAD) as opened:
        assert agree(opened, act or "", now=NOW).over == "done"
        assert standing(opened, STORY).items[STORY] == Item(
            id=STORY, state="cleared", since=standing(opened, STORY).items[STORY].since
        )


def test_a_lift_nobody_agreed_to_lifts_nothing(desk: Path, do: Do) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    do(EDITOR, "embargo", until=LATER)
    act = do(PUBLISHER, "lift").act or ""
    with enter(desk, PUBLISHER) as opened:
        at = standing(opened, STORY)
        for id in ("", act, "0" * 16):
            steps.add(
                opened, STORY,
                Step(
                    edition=STORY, event="lift", by=PUBLISHER, at=NOW, reason="now", words=at.words, until=LATER,
                    flags=("lift-agreed",), act=id, after=at.editions[STORY].heads,
                ),
            )  # fmt: skip
        assert standing(opened, STORY).items[STORY].embargo == LATER


@pytest.mark.parametrize("event", ["edit", "sign", "release", "retract", "correct", "supersede"])
def test_what_comes_of_something_else_is_not_typed(
    desk: Path, do: Do, release: Callable[..., None], event: Event
) -> None:
    with pytest.raises(StepRefused):
        do(EDITOR, event)
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    with pytest.raises(StepRefused):
        do(EDITOR, event)
    release()
    with pytest.raises(StepRefused):
        do(EDITOR, event)
    assert states(desk) == {STORY: "published"}


def test_a_clock_moved_back_is_refused_except_for_a_kill(desk: Path, do: Do, release: Callable[..., None]) -> None:
    do(EDITOR, "submit", now=LATER)
    with pytest.raises(StepRefused, match="put the clock right"):
        do(OFFICER, "clear", now=NOW)
    do(OFFICER, "clear", now=LATER)
    with pytest.raises(StepRefused, match="put the clock right"):
        release(now=NOW)
    do(PUBLISHER, "kill", now=NOW)
    assert states(desk) == {STORY: "killed"}


@pytest.mark.parametrize("who", [EDITOR, OFFICER, PUBLISHER])
def test_a_kill_is_done_at_once_by_any_of_three_and_takes_the_whole_story(
    desk: Path, do: Do, release: Callable[..., None], who: str, tmp_path: Path
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    do(EDITOR, "submit")
    assert states(desk) == {STORY: "published", NEXT: "review"}
    with enter(desk, who) as opened, pytest.raises(StepRefused, match="only what was retracted or killed"):
        cancel(opened, STORY, tmp_path / "early", NOW)
    with pytest.raises(vault.NotAllowed, match="editor, publisher, safety-officer"):
        do(LEAD, "kill")
    with enter(desk, who) as opened:
        assert not over(opened, STORY)
    assert do(who, "kill").moved == {STORY: "killed", NEXT: "killed"}
    with enter(desk, who) as opened:
        assert over(opened, STORY), "nothing is owed any more"
    with pytest.raises(StepRefused, match="write a new story under a new name"):
        do(EDITOR, "submit")
    with enter(desk, who) as opened:
        assert cancel(opened, STORY, tmp_path / "out", NOW) == ("en.ninjs.json", "qtz.ninjs.json")
    message = json.loads((tmp_path / "out" / "en.ninjs.json").read_bytes())
    assert (message["pubstatus"], "headlines" in message) == ("canceled", False)


def test_a_story_that_was_killed_is_not_begun_again_past_the_door(
    desk: Path, do: Do, release: Callable[..., None], tmp_path: Path
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    do(EDITOR, "kill")
    with enter(desk, EDITOR) as opened:
        words = standing(opened, STORY).words
        steps.add(opened, STORY, Step(edition=NEXT, event="submit", by=EDITOR, at=NOW, reason="again", words=words))
    do(OFFICER, "clear", edition=NEXT)
    with pytest.raises(StepRefused, match="does not follow mill-order"):
        release(NEXT)
    assert not (tmp_path / NEXT).exists()


def test_two_corrections_begun_apart_go_out_one_after_the_other_or_not_at_all(
    desk: Path, do: Do, release: Callable[..., None]
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    do(EDITOR, "submit")
    with enter(desk, EDITOR) as opened:  # who was away, and began another
        words = standing(opened, STORY).words
        away = Step(edition="away", event="submit", by=EDITOR, at=NOW, reason="x", words=words, corrects=STORY)
        steps.add(opened, STORY, away)
    for edition in (NEXT, "away"):
        do(OFFICER, "clear", edition=edition)
    release(NEXT)
    with pytest.raises(StepRefused, match="does not follow mill-order-2"):
        release("away")
    assert states(desk) == {STORY: "corrected", NEXT: "published", "away": "cleared"}


def test_killing_the_draft_leaves_what_is_out(desk: Path, do: Do, release: Callable[..., None]) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    do(EDITOR, "submit")
    assert do(EDITOR, "kill", edition=NEXT).moved == {NEXT: "killed"}
    assert states(desk) == {STORY: "published", NEXT: "killed"}


def test_a_retraction_is_an_edition_that_says_so_and_the_story_is_over(
    desk: Path, do: Do, release: Callable[..., None], compiler: Compiler, tmp_path: Path
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    compiler.why = (msgspec.convert(BACK, Reason),)
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release(NEXT)
    assert states(desk) == {STORY: "retracted", NEXT: "retracted"}
    with enter(desk, EDITOR) as opened:
        assert cancel(opened, STORY, tmp_path / "out", NOW)
    with pytest.raises(StepRefused, match="not corrected; write a new story"):
        do(EDITOR, "submit")
    assert do(EDITOR, "kill").moved == {STORY: "killed", NEXT: "killed"}


def test_another_edition_is_not_begun_beside_one_under_way(do: Do) -> None:
    do(EDITOR, "submit")
    with pytest.raises(StepRefused, match="under way already"):
        do(EDITOR, "submit", edition="another")
    do(EDITOR, "kill")
    assert do(EDITOR, "submit", edition="another").moved == {"another": "review"}


def test_an_edition_nobody_began_is_named_and_not_begun_by_a_slip(
    desk: Path, do: Do, release: Callable[..., None]
) -> None:
    do(EDITOR, "submit")
    with pytest.raises(StepRefused, match="mill-order has no edition mill-oder; it has mill-order"):
        do(EDITOR, "kill", edition="mill-oder")
    with pytest.raises(NoEditionName):
        do(EDITOR, "submit", edition="../mill")
    do(OFFICER, "clear")
    release()
    with enter(desk, EDITOR) as opened:
        case_store.save(opened, msgspec.structs.replace(case(), name="ferry"))
        with pytest.raises(StepRefused, match="a name is used once"):
            take_step(opened, "ferry", "submit", edition=STORY, now=NOW, reason="x")
        assert steps.stories(opened) == ("ferry", STORY)


def test_a_story_nobody_filed_is_named(desk: Path, do: Do) -> None:
    with enter(desk, EDITOR) as opened:
        with pytest.raises(vault.NoSuchRecord, match="story state"):
            take_step(opened, "nowhere", "kill", now=NOW, reason="x")
        with pytest.raises(vault.NoSuchRecord):
            show_standing(opened, "nowhere")
        assert [(line.story, line.state) for line in show_standing(opened).editions] == [(STORY, "draft")]


@pytest.mark.parametrize("before", [("steps",), ("steps", "issued")])
def test_what_was_out_before_steps_were_kept_is_out_and_goes_on(
    desk: Path, do: Do, release: Callable[..., None], monkeypatch: pytest.MonkeyPatch, before: tuple[str, ...]
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    with monkeypatch.context() as older:
        older.setattr(steps, "STEPS", "none")  # as a desk was left by a farbank that kept none of it
        if "issued" in before:
            older.setattr(correct, "_KEPT", "nothing")
        assert states(desk) == {STORY: "published"}
        with pytest.raises(vault.AlreadyInLedger):
            release()
        with pytest.raises(StepRefused, match="It is out"):
            do(EDITOR, "send-back")
        do(EDITOR, "submit")
        do(OFFICER, "clear")
        release(NEXT)
        assert states(desk) == {STORY: "corrected", NEXT: "published"}
        with enter(desk, EDITOR) as opened:
            assert all(not each.ignored for each in standing(opened, STORY).editions.values())
        assert do(EDITOR, "kill").moved == {STORY: "killed", NEXT: "killed"}
        assert states(desk) == {STORY: "killed", NEXT: "killed"}


def test_two_machines_apart_are_shown_side_by_side_and_the_next_step_settles_them(desk: Path, do: Do) -> None:
    do(EDITOR, "submit")
    with enter(desk, EDITOR) as opened:
        at = standing(opened, STORY)
    do(OFFICER, "clear")
    with enter(desk, PUBLISHER) as opened:  # who was away, and had not seen that
        away = Step(
            edition=STORY, event="send-back", by=PUBLISHER, at=NOW, reason="too early", words=at.words,
            after=at.editions[STORY].heads,
        )  # fmt: skip
        steps.add(opened, STORY, away)
        said = " ".join(show_standing(opened, STORY).sentences)
    assert "cleared since clear by Han" in said and "draft since send-back by Seo" in said
    assert states(desk) == {STORY: "draft"}
    do(EDITOR, "submit")
    with enter(desk, EDITOR) as opened:
        assert standing(opened, STORY).editions[STORY].apart == ()
    assert states(desk) == {STORY: "review"}


def test_a_bundle_brings_the_steps_and_both_machines_stand_alike(desk: Path, do: Do, tmp_path: Path) -> None:
    do(EDITOR, "submit")
    laptop = Path(shutil.copytree(desk, tmp_path / "laptop"))
    with enter(laptop, OFFICER) as opened:
        take_step(opened, STORY, "clear", now=NOW, reason="read on the train")
        take_out(opened, tmp_path / "home", [EDITOR])
    do(PUBLISHER, "send-back")
    with enter(desk, EDITOR) as opened:
        bring_back(opened, tmp_path / "home")
        said = " ".join(show_standing(opened, STORY).sentences)
        take_out(opened, tmp_path / "away", [OFFICER])
        here = standing(opened, STORY)
    assert "read on the train" in said and "counts as a draft" in said
    with enter(laptop, OFFICER) as opened:
        bring_back(opened, tmp_path / "away")
        bring_back(opened, tmp_path / "away")
        assert standing(opened, STORY) == here


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
        _write(self.people[EDITOR], text)
        if text != self.text:
            self.cleared.clear()
        self.text = text

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
        if event == "send-back":
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
