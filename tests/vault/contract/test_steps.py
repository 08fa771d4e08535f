"""The steps of an edition: added, signed, never changed, and the same wherever they were joined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from farbank import vault
from farbank.desk.standing import standing
from farbank.desk.take_step import take_step
from farbank.model import codec
from farbank.model.case import Case
from farbank.model.steps import Event, Step
from farbank.publish.errors import StepRefused
from farbank.vault import bundle, burn, case_store, steps

Enter = Callable[[str], vault.Vault]
AT = datetime(2031, 8, 1, 6, 30, tzinfo=UTC)
STORY = "mill-order"


def taken(by: str, event: Event = "submit", after: tuple[str, ...] = ()) -> Step:
    return Step(edition=STORY, event=event, by=by, at=AT, reason="it is written", until=AT, after=after)


def test_a_step_reads_back_as_it_was_taken_and_by_its_own_name(enter: Enter, editor: str, lead: str) -> None:
    with enter(editor) as opened:
        first = steps.add(opened, STORY, taken(editor))
    with enter(lead) as opened:
        second = steps.add(opened, STORY, taken(lead, "clear", (first,)))
        kept = steps.kept(opened, STORY)
    assert kept.forged == ()
    assert kept.steps == {first: taken(editor), second: taken(lead, "clear", (first,))}
    with enter(editor) as opened:
        assert steps.kept(opened, "another") == steps.Kept(steps={})
        assert steps.stories(opened) == (STORY,)


def test_a_step_in_anothers_name_is_told_of_and_counts_for_nothing(enter: Enter, editor: str, lead: str) -> None:
    with enter(editor) as opened:
        steps.add(opened, STORY, taken(lead, "clear"))  # signed with the editor's own key
        body = codec.to_json(taken(editor))
        opened.append("content", f"steps:{STORY}", steps.Signed(body=body, signature=bytes(64)))
        opened.append("content", f"steps:{STORY}", b"{}")
        mine = steps.add(opened, STORY, taken(editor))
        kept = steps.kept(opened, STORY)
    assert {*kept.steps} == {mine} and len(kept.forged) == 3


def test_a_signature_is_for_one_story(enter: Enter, editor: str) -> None:
    with enter(editor) as opened:
        steps.add(opened, STORY, taken(editor))
        opened.append("content", "steps:another", opened.log("content", f"steps:{STORY}")[0])
        assert steps.kept(opened, "another").steps == {}


def test_a_handler_neither_reads_nor_writes_them(enter: Enter, editor: str, handler: str) -> None:
    with enter(editor) as opened:
        steps.add(opened, STORY, taken(editor))
    with enter(handler) as opened:
        assert steps.kept(opened, STORY).steps == {}
        with pytest.raises(vault.NotAssigned):
            steps.add(opened, STORY, taken(handler))


def test_the_words_are_those_of_the_case_its_pictures_and_nothing_else(enter: Enter, lead: str, case: Case) -> None:
    with enter(lead) as opened:
        assert steps.words_of(opened, case.name) == ""
        case_store.save(opened, case)
        words = steps.words_of(opened, case.name)
        case_store.save(opened, case)
        opened.put("content", "note", "n1", b"nothing to do with it")
        assert steps.words_of(opened, case.name) == words
        for other in (
            msgspec.structs.replace(case, stories={"en": "The mill burned. [@closed]"}),
            msgspec.structs.replace(case, media={**case.media, "mill.png": b"\x89PNG another"}),
        ):
            case_store.save(opened, other)
            assert steps.words_of(opened, case.name) != words


def test_what_people_do_with_an_edition_stands_the_same_wherever_the_desk_lies(
    enter: Enter, lead: str, editor: str, case: Case
) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
    with enter(editor) as opened:
        assert take_step(opened, case.name, "submit", now=AT, reason="it is written").moved == {case.name: "review"}
        with pytest.raises(StepRefused, match="Only what is cleared is put under an embargo"):
            take_step(opened, case.name, "embargo", now=AT, until=AT, reason="too early")
    with enter(lead) as opened:
        take_step(opened, case.name, "send-back", now=AT, reason="the mill is named")
        take_step(opened, case.name, "kill", now=AT, reason="somebody is in danger")
        stands = standing(opened, case.name).editions[case.name]
        assert (stands.item.state, stands.apart, stands.ignored) == ("killed", (), ())
        assert [event.what for _, event in opened.audited()][-3:] == [
            "edition submit", "edition send-back", "edition kill",
        ]  # fmt: skip


def test_a_burned_case_leaves_no_steps(enter: Enter, lead: str, case: Case) -> None:
    with enter(lead) as opened:
        case_store.save(opened, case)
        steps.add(opened, case.name, taken(lead))
        burn.spike(opened, "case", case.name, "asked to")
        burn.burn(opened, "case", case.name, "asked to", AT.date())
        assert steps.kept(opened, case.name).steps == {}
        with pytest.raises(vault.RecordErased):
            steps.add(opened, case.name, taken(lead))


def test_machines_that_were_apart_join_them_by_union(
    enter: Enter, desk: Path, editor: str, lead: str, tmp_path: Path, words: dict[str, str]
) -> None:
    with enter(editor) as opened:
        if not opened.in_files:
            pytest.skip("a shared desk is not carried in a bag")
        first = steps.add(opened, STORY, taken(editor))
    with enter(lead) as opened:
        away = bundle.make(opened, [editor], AT)
    with enter(editor) as opened:
        bundle.take(opened, away)
        cleared = steps.add(opened, STORY, taken(editor, "embargo", (first,)))
        bundle.take(opened, away)
        bundle.take(opened, bundle.make(opened, [lead], AT))
        assert {*steps.kept(opened, STORY).steps} == {first, cleared}
