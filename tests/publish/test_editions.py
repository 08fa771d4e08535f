"""What desks have got wrong for ten years, case by case, and what no sequence of steps may ever bring about."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from farbank.model.steps import Event
from farbank.publish.editions import Item, begin, line_of, step
from farbank.publish.errors import StepRefused
from farbank.publish.states import EVENTS, table

DAY = datetime(2031, 5, 3, tzinfo=UTC)
LATER = DAY + timedelta(days=10)
RECORD = frozenset({"harm-record"})


def cleared(id: str = "tide", items: dict[str, Item] | None = None, on: datetime = DAY) -> dict[str, Item]:
    made = {**(items or {})}
    if id not in made:
        made = begin(made, id, on)
    made[id] = Item(**{**_fields(made[id]), "flags": made[id].flags | RECORD})
    return step(step(made, id, "submit", on), id, "clear", on)


def published(id: str = "tide", items: dict[str, Item] | None = None, on: datetime = DAY) -> dict[str, Item]:
    return step(step(cleared(id, items, on), id, "sign", on), id, "release", on)


def corrected_by(id: str, corrects: str, items: dict[str, Item], on: datetime = DAY) -> dict[str, Item]:
    return published(id, begin(items, id, on, corrects), on)


def _fields(item: Item) -> dict[str, object]:
    return {name: getattr(item, name) for name in item.__struct_fields__}


def test_the_plain_way_from_a_draft_to_its_readers() -> None:
    assert published()["tide"].state == "published"


def test_a_correction_takes_the_place_of_what_it_corrects_only_when_it_is_out() -> None:
    items = begin(published(), "tide-2", DAY, corrects="tide")
    assert items["tide"].state == "published"
    items = published("tide-2", items)
    assert (items["tide"].state, items["tide-2"].state) == ("corrected", "published")


def test_a_correction_of_a_correction_corrects_the_latest_and_never_the_first() -> None:
    items = corrected_by("tide-2", "tide", published())
    with pytest.raises(StepRefused, match="correct the latest edition"):
        begin(items, "tide-3", DAY, corrects="tide")
    items = corrected_by("tide-3", "tide-2", items)
    assert [each.state for each in line_of(items, "tide-2")] == ["corrected", "corrected", "published"]


def test_two_corrections_of_one_edition_are_not_begun() -> None:
    items = begin(published(), "tide-2", DAY, corrects="tide")
    with pytest.raises(StepRefused, match="being corrected already"):
        begin(items, "tide-3", DAY, corrects="tide")
    killed = step(items, "tide-2", "kill", DAY)
    assert begin(killed, "tide-3", DAY, corrects="tide")["tide-3"].state == "draft"


def test_correct_after_embargo_keeps_the_embargo_it_had() -> None:
    items = step(cleared(), "tide", "embargo", DAY, LATER)
    items = step(items, "tide", "sign", DAY)
    items = step(items, "tide", "release", LATER)
    items = begin(items, "tide-2", LATER, corrects="tide")
    assert items["tide-2"].embargo == LATER
    assert published("tide-2", items, LATER)["tide"].state == "corrected"


def test_an_edit_never_shortens_an_embargo() -> None:
    items = step(cleared(), "tide", "embargo", DAY, LATER)
    items = step(items, "tide", "edit", DAY)
    items = step(step(items, "tide", "submit", DAY), "tide", "clear", DAY)
    assert items["tide"].embargo == LATER
    with pytest.raises(StepRefused, match="no edit shortens that"):
        step(items, "tide", "embargo", DAY, LATER - timedelta(days=1))
    with pytest.raises(StepRefused, match="embargo still runs"):
        step(step(items, "tide", "sign", DAY), "tide", "release", LATER - timedelta(days=1))
    assert step(step(items, "tide", "sign", DAY), "tide", "release", LATER)["tide"].state == "published"


def test_an_embargo_is_lifted_by_two_or_not_at_all() -> None:
    items = step(cleared(), "tide", "embargo", DAY, LATER)
    with pytest.raises(StepRefused, match="lifted by two people"):
        step(items, "tide", "lift", DAY)
    with pytest.raises(StepRefused, match="set anew since"):
        step(items, "tide", "lift", DAY, DAY, flags=["lift-agreed"])
    lifted = step(items, "tide", "lift", DAY, LATER, flags=["lift-agreed"])["tide"]
    assert (lifted.state, lifted.embargo, "lift-agreed" in lifted.flags) == ("cleared", None, False)


def test_a_scheduled_item_is_edited_before_its_time_and_not_corrected() -> None:
    items = step(step(cleared(), "tide", "schedule", DAY, LATER), "tide", "sign", DAY)
    with pytest.raises(StepRefused, match="edited and not corrected"):
        begin(items, "tide-2", DAY, corrects="tide")
    edited = step(items, "tide", "edit", DAY)["tide"]
    assert (edited.state, edited.goes_out, "signed" in edited.flags) == ("draft", None, False)


def test_a_scheduled_item_does_not_go_out_before_its_day() -> None:
    items = step(step(cleared(), "tide", "schedule", DAY, LATER), "tide", "sign", DAY)
    with pytest.raises(StepRefused, match="hour has not come"):
        step(items, "tide", "release", LATER - timedelta(days=1))
    assert step(items, "tide", "release", LATER)["tide"].state == "published"


def test_a_schedule_inside_an_embargo_is_refused() -> None:
    items = step(cleared(), "tide", "embargo", DAY, LATER)
    with pytest.raises(StepRefused, match="closed until"):
        step(items, "tide", "schedule", DAY, LATER - timedelta(days=1))
    assert step(items, "tide", "schedule", DAY, LATER)["tide"].state == "scheduled"


def test_what_is_held_back_falls_into_its_embargo_again() -> None:
    items = step(step(cleared(), "tide", "embargo", DAY, LATER), "tide", "schedule", DAY, LATER)
    assert step(items, "tide", "hold-back", DAY)["tide"].state == "embargoed"
    assert step(items, "tide", "hold-back", LATER)["tide"].state == "cleared"


def test_kill_of_a_scheduled_item_and_it_never_goes_out() -> None:
    items = step(step(cleared(), "tide", "schedule", DAY, LATER), "tide", "kill", DAY)
    with pytest.raises(StepRefused, match="never goes out under this name"):
        step(items, "tide", "release", LATER)


def test_kill_after_correct_takes_every_edition_down() -> None:
    items = corrected_by("tide-2", "tide", published())
    for id in ("tide", "tide-2"):
        assert {each.state for each in step(items, id, "kill", DAY).values()} == {"killed"}


def test_retract_after_correct_reaches_every_edition_and_kills_the_draft_of_the_next() -> None:
    items = begin(corrected_by("tide-2", "tide", published()), "tide-3", DAY, corrects="tide-2")
    down = step(items, "tide-2", "retract", DAY)
    assert {id: each.state for id, each in down.items()} == {
        "tide": "retracted", "tide-2": "retracted", "tide-3": "killed",
    }  # fmt: skip


def test_killing_a_draft_leaves_what_is_out_alone() -> None:
    items = begin(published(), "tide-2", DAY, corrects="tide")
    assert step(items, "tide-2", "kill", DAY)["tide"].state == "published"


def test_kill_after_retract_takes_the_notice_down_too() -> None:
    items = step(corrected_by("tide-2", "tide", published()), "tide", "retract", DAY)
    assert {each.state for each in step(items, "tide", "kill", DAY).values()} == {"killed"}


@pytest.mark.parametrize("event", ["retract", "kill"])
@pytest.mark.parametrize("again", ["resurrect", "release", "edit", "submit", "correct", "unpublish"])
def test_retracted_and_killed_never_come_back_under_their_name(event: Event, again: Event) -> None:
    items = step(published(), "tide", event, DAY)
    with pytest.raises(StepRefused):
        step(items, "tide", again, DAY)
    with pytest.raises(StepRefused, match="a name is used once"):
        begin(items, "tide", DAY)
    with pytest.raises(StepRefused):
        begin(items, "tide-2", DAY, corrects="tide")


def test_nothing_is_unpublished() -> None:
    with pytest.raises(StepRefused, match="retract it, which says so in public"):
        step(published(), "tide", "unpublish", DAY)
    with pytest.raises(StepRefused, match="hold it back"):
        step(step(cleared(), "tide", "schedule", DAY, LATER), "tide", "unpublish", DAY)


def test_a_released_item_is_not_released_twice_nor_edited() -> None:
    for event in ("release", "edit", "embargo", "send-back"):
        with pytest.raises(StepRefused):
            step(published(), "tide", event, DAY, LATER)


def test_an_edit_after_signing_makes_the_signatures_void() -> None:
    items = step(step(cleared(), "tide", "sign", DAY), "tide", "edit", DAY)
    items = step(step(items, "tide", "submit", DAY), "tide", "clear", DAY)
    with pytest.raises(StepRefused, match="have not signed"):
        step(items, "tide", "release", DAY)


def test_a_clock_moved_back_is_refused_except_for_a_kill() -> None:
    items = published(on=LATER)
    with pytest.raises(StepRefused, match="put the clock right"):
        step(items, "tide", "retract", DAY)
    assert step(items, "tide", "kill", DAY)["tide"].since == LATER


def test_a_circle_of_editions_is_named_and_not_walked() -> None:
    items = {"a": Item(id="a", state="published", corrects="b"), "b": Item(id="b", state="published", corrects="a")}
    with pytest.raises(StepRefused, match="corrects itself"):
        line_of(items, "a")


class Desk(RuleBasedStateMachine):
    """Anybody does anything in any order on any day."""

    def __init__(self) -> None:
        super().__init__()
        self.items: dict[str, Item] = {}
        self.on = DAY
        self.since_edit: dict[str, list[Event]] = {}
        self.gone: set[str] = set()
        self.embargo: dict[str, datetime] = {}

    @rule(ahead=st.integers(0, 6))
    def wait(self, ahead: int) -> None:
        self.on += timedelta(days=ahead)

    @rule(number=st.integers(1, 5), corrects=st.none() | st.integers(1, 5))
    def write(self, number: int, corrects: int | None) -> None:
        try:
            made = begin(self.items, f"e{number}", self.on, None if corrects is None else f"e{corrects}")
        except StepRefused:
            return
        made[f"e{number}"] = Item(**{**_fields(made[f"e{number}"]), "flags": RECORD})
        self.items, self.since_edit[f"e{number}"] = made, []

    @rule(number=st.integers(1, 5), event=st.sampled_from(EVENTS), ahead=st.integers(-3, 9))
    def happen(self, number: int, event: Event, ahead: int) -> None:
        id, day = f"e{number}", self.on + timedelta(days=ahead)
        before = dict(self.items)
        try:
            self.items = step(self.items, id, event, self.on, day)
        except StepRefused:
            assert self.items == before
            return
        self.since_edit[id] = [] if event in ("edit", "send-back") else [*self.since_edit[id], event]
        for each, item in self.items.items():
            if item.state != before[each].state and item.state in ("retracted", "killed"):
                self.gone.add(each)

    @invariant()
    def nobody_skipped_the_way(self) -> None:
        for id, item in self.items.items():
            if item.state in table().out:
                done = self.since_edit[id]
                released = done.index("release")
                assert done.index("submit") < done.index("clear") < released and "sign" in done[:released]

    @invariant()
    def gone_is_gone(self) -> None:
        assert all(self.items[id].state in ("retracted", "killed") for id in self.gone)

    @invariant()
    def no_embargo_was_shortened(self) -> None:
        for id, item in self.items.items():
            assert item.embargo is None or item.embargo >= self.embargo.get(id, item.embargo)
            if id in self.embargo:
                assert item.embargo is not None
            if item.embargo is not None:
                self.embargo[id] = item.embargo

    @invariant()
    def at_most_one_edition_of_a_story_is_the_latest(self) -> None:
        for id in self.items:
            assert sum(each.state == "published" for each in line_of(self.items, id)) <= 1


TestDesk = Desk.TestCase
