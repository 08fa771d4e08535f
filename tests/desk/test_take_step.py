"""Editions on their way, by the desk's own doors: who may, when, and that nothing gets out another way.

What the compiler would make is given; the vault, its signatures and the two who release are real.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import pytest
from given import SLIP, STORY, case
from weir import (
    EDITOR,
    LATER,
    LEAD,
    NEXT,
    NOW,
    OFFICER,
    PUBLISHER,
    SECOND,
    Compiler,
    enter,
    founded,
    rewrite,
    write,
)

from farbank import vault
from farbank.desk import correct
from farbank.desk.agree import agree
from farbank.desk.cancel import cancel
from farbank.desk.carry import bring_back, take_out
from farbank.desk.errors import NoEditionName, NotYet, OtherBytes
from farbank.desk.publish_site import publish_site
from farbank.desk.release import agree_release, propose_release
from farbank.desk.show_standing import show_standing
from farbank.desk.sign_anew import propose_site
from farbank.desk.standing import over, standing
from farbank.desk.take_step import Taken, take_step
from farbank.desk.verify_site import verify_site
from farbank.model.corrections import Reason
from farbank.model.steps import Event, Step
from farbank.publish.editions import Item
from farbank.publish.errors import StepRefused
from farbank.vault import case_store, sign_off, steps

BACK: Any = {"edition": NEXT, "kind": "retraction", "what": {"en": "The mill never closed."}}


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
        rewrite(opened, "The mill burned.")
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
    with enter(desk, EDITOR) as opened:
        (waiting,), (due,) = (show_standing(opened, now=at).editions for at in (NOW, LATER))
    assert (waiting.waits, due.waits) == ("2031-08-03 06:30 UTC", "")
    assert waiting.next.startswith("It waits for its hour") and due.next.startswith("Two people release it")
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


def test_a_killed_story_is_off_the_site_at_once_and_two_sign_the_site_anew(
    desk: Path, do: Do, release: Callable[..., None], tmp_path: Path
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    with enter(desk, EDITOR) as opened:
        publish_site(opened, tmp_path / "site")
    assert verify_site(tmp_path / "site").holds
    do(OFFICER, "kill")
    with enter(desk, OFFICER) as opened:
        assert publish_site(opened, tmp_path / "site").down == (STORY,)
        assert not verify_site(tmp_path / "site").holds
        act = propose_site(opened, "a story was killed", NOW.date())
        with pytest.raises(vault.NotAllowed):
            agree(opened, act)
    with enter(desk, EDITOR) as opened:
        agree(opened, act)
        assert publish_site(opened, tmp_path / "site").down == ()
    verdict = verify_site(tmp_path / "site", seen=2)
    assert verdict.holds and not verdict.stale and verdict.editions == 0, verdict.sentence
    assert not [*(tmp_path / "site" / "e").iterdir()] and not [*(tmp_path / "site" / "s").iterdir()]
    with enter(desk, EDITOR) as opened, pytest.raises(vault.ActNotOpen):
        agree(opened, act)


def test_a_site_that_changed_since_it_was_proposed_is_not_signed(
    desk: Path, do: Do, release: Callable[..., None]
) -> None:
    do(EDITOR, "submit")
    do(OFFICER, "clear")
    release()
    with enter(desk, OFFICER) as opened:
        act = propose_site(opened, "the list is about to expire", NOW.date())
    do(OFFICER, "kill")
    with enter(desk, EDITOR) as opened, pytest.raises(OtherBytes, match="something was released or killed"):
        agree(opened, act)
    with enter(desk, EDITOR) as opened:
        assert sign_off.look(opened, act).agreed is None, "nothing was agreed to"


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
