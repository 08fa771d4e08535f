"""Steps replayed: one machine gives what the table gave, machines apart give what is furthest from readers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from farbank.model.steps import Event, Flag, Step
from farbank.publish.editions import Item, begin, step
from farbank.publish.errors import StepRefused
from farbank.publish.replay import edited, joined, replay
from farbank.publish.states import EVENTS, STATES, ask

START = datetime(2031, 5, 3, tzinfo=UTC)
RECORD: tuple[Flag, ...] = ("harm-record", "signed", "lift-agreed")


def taken(number: int, event: Event, *after: str, words: str = "w", until: int | None = None, by: str = "Ada") -> Step:
    at = START + timedelta(minutes=number)
    end = None if until is None else START + timedelta(days=until)
    flags = () if event == "sign" else ("harm-record",)
    return Step(
        edition="tide", event=event, by=by, at=at, reason="why", words=words, until=end, after=after, flags=flags
    )  # fmt: skip


def chain(*events: Event) -> dict[str, Step]:
    return {
        f"{number:032x}": taken(number, event, *([f"{number - 1:032x}"] if number else []))
        for number, event in enumerate(events)
    }


def id(number: int) -> str:
    return f"{number:032x}"


def state(steps: Mapping[str, Step], *void: str) -> str:
    return replay(steps, void)["tide"].item.state


def test_the_plain_way_is_replayed() -> None:
    found = replay(chain("submit", "clear", "sign", "release"))["tide"]
    assert (found.item.state, found.item.released, found.heads, found.apart) == ("published", True, (id(3),), ())


def test_whatever_is_written_afterwards_is_an_edit_until_it_is_out() -> None:
    cleared = replay(chain("submit", "clear", "sign"))["tide"]
    assert edited(cleared, "w").item.state == "cleared"
    now = edited(cleared, "other").item
    assert (now.state, now.flags) == ("draft", frozenset())
    out = replay(chain("submit", "clear", "sign", "release"))["tide"]
    assert edited(out, "other").item.state == "published"


def test_words_changed_between_two_steps_are_an_edit_too() -> None:
    steps = {**chain("submit", "clear"), id(2): taken(2, "sign", id(1), words="other")}
    found = replay(steps)["tide"]
    assert (found.item.state, found.ignored) == ("draft", (id(2),))


def test_words_that_came_back_are_still_an_edit() -> None:
    steps = {**chain("submit", "clear"), id(2): taken(2, "embargo", id(1), words="other", until=9)}
    steps[id(3)] = taken(3, "submit", id(2))
    assert state(steps) == "review"


def test_a_step_that_does_not_count_moves_nothing() -> None:
    steps = chain("submit", "clear", "sign")
    found = replay(steps, {id(1)})["tide"]
    assert (found.item.state, found.ignored) == ("review", (id(1), id(2)))


def test_what_was_released_is_out_whatever_else_was_said() -> None:
    assert state({id(0): taken(0, "release")}) == "published"
    assert state(chain("submit", "clear", "sign", "release"), id(1)) == "published"
    assert state({**chain("submit", "clear", "kill"), id(9): taken(9, "release", id(2))}) == "killed"


def test_two_machines_apart_show_both_and_count_as_what_is_furthest_from_readers() -> None:
    steps = {
        **chain("submit"),
        id(1): taken(1, "clear", id(0), by="Ada"),
        id(2): taken(2, "send-back", id(0), by="Bo"),
        id(3): taken(3, "submit", id(2), by="Bo"),
    }
    found = replay(steps)["tide"]
    assert found.item.state == "draft"
    assert [(end, item.state) for end, item in found.apart] == [(id(1), "cleared"), (id(3), "review")]
    steps[id(4)] = taken(4, "submit", id(1), id(3))
    settled = replay(steps)["tide"]
    assert (settled.item.state, settled.apart) == ("review", ())


def test_an_embargo_set_on_a_machine_that_was_away_holds() -> None:
    steps = {**chain("submit", "clear"), id(2): taken(2, "embargo", id(1), until=9), id(3): taken(3, "sign", id(1))}
    found = replay(steps)["tide"].item
    assert (found.state, found.embargo, found.flags) == ("draft", START + timedelta(days=9), frozenset())


def test_a_kill_on_a_machine_that_was_away_kills_and_a_release_there_is_out() -> None:
    steps = chain("submit", "clear", "sign")
    assert state({**steps, id(3): taken(3, "kill", id(1)), id(4): taken(4, "embargo", id(2), until=9)}) == "killed"
    out = {**steps, id(3): taken(3, "release", id(2)), id(4): taken(4, "send-back", id(2))}
    assert state(out) == "published"
    assert state({**out, id(5): taken(5, "kill", id(1))}) == "killed"


def test_a_correction_keeps_the_embargo_of_what_it_corrects() -> None:
    steps = chain("submit", "clear")
    steps |= {id(2): taken(2, "embargo", id(1), until=0), id(3): taken(3, "sign", id(2))}
    steps[id(4)] = taken(4, "release", id(3))
    first = Step(
        edition="tide-2", event="submit", by="Ada", at=START + timedelta(hours=1), reason="why", corrects="tide"
    )
    found = replay({**steps, id(5): first})
    assert found["tide-2"].item.embargo == START and found["tide-2"].item.corrects == "tide"


def test_editions_that_correct_each_other_are_walked_once() -> None:
    a = Step(edition="a", event="submit", by="Ada", at=START, reason="why", corrects="b")
    b = Step(edition="b", event="submit", by="Ada", at=START, reason="why", corrects="a")
    assert {*replay({id(0): a, id(1): b})} == {"a", "b"}


Moves = list[tuple[Event, int]]
MOVES = st.lists(st.tuples(st.sampled_from(EVENTS), st.integers(-3, 9)), max_size=12)


@given(MOVES)
def test_replayed_it_is_what_the_table_moved_it_to(moves: Moves) -> None:
    items, steps, last = begin({}, "tide", START), dict[str, Step](), ()
    for number, (event, days) in enumerate(moves):
        at, until = START + timedelta(days=number), START + timedelta(days=number + days)
        lifting = items["tide"].embargo if event == "lift" else until
        try:
            items = step(items, "tide", event, at, lifting, RECORD)
        except StepRefused:
            continue
        steps[id(number)] = Step(
            edition="tide", event=event, by="Ada", at=at, reason="", until=lifting, flags=RECORD, after=last
        )
        last = (id(number),)
    if steps:
        found = replay(steps)["tide"]
        assert found.item == items["tide"] and found.ignored == ()


Shape = list[tuple[Event, set[int]]]
FORK = st.lists(st.tuples(st.sampled_from(EVENTS), st.sets(st.integers(0, 5), max_size=2)), min_size=1, max_size=6)


@given(FORK, st.randoms())
def test_the_order_in_which_steps_came_together_changes_nothing(shape: Shape, draw: object) -> None:
    steps = {
        id(number): taken(number, event, *sorted(id(each) for each in after if each < number), until=number)
        for number, (event, after) in enumerate(shape)
    }
    names = [*steps]
    draw.shuffle(names)
    assert replay({name: steps[name] for name in names}) == replay(steps)


@given(FORK)
def test_nothing_is_on_its_way_that_no_machine_had_there(shape: Shape) -> None:
    steps = {
        id(number): taken(number, event, *sorted(id(each) for each in after if each < number), until=number)
        for number, (event, after) in enumerate(shape)
    }
    found = replay(steps)["tide"]
    if found.item.state in ("cleared", "scheduled", "embargoed"):
        assert all(item.state == found.item.state for _, item in found.apart)
        assert any(each.event == "clear" for each in steps.values())
    if any(each.event == "release" for each in steps.values()):
        assert found.item.released


ITEMS = st.builds(
    Item,
    id=st.just("tide"),
    state=st.sampled_from(STATES),
    flags=st.sampled_from([frozenset[Flag](), frozenset[Flag]({"signed"})]),
    embargo=st.none() | st.sampled_from([START, START + timedelta(days=1)]),
    goes_out=st.none() | st.sampled_from([START, START + timedelta(days=1)]),
    corrects=st.sampled_from([None, "a", "b"]),
    released=st.booleans(),
).filter(lambda item: item.goes_out is None or item.state not in ("draft", "review", "cleared", "embargoed"))


@given(ITEMS, ITEMS, ITEMS)
def test_joining_is_a_union_of_what_machines_know(a: Item, b: Item, c: Item) -> None:
    for one, two, three in permutations((a, b, c)):
        assert joined(joined(one, two), three) == joined(joined(a, b), c)
    assert joined(a, a) == a


@given(ITEMS, ITEMS)
def test_what_comes_of_two_machines_may_be_released_by_neither_unless_by_both(a: Item, b: Item) -> None:
    both = joined(a, b)
    if ask(both.state, "release", both.flags_at(START) | {"harm-record"}).allowed:
        for one in (a, b):
            assert ask(one.state, "release", one.flags_at(START) | {"harm-record"}).allowed
