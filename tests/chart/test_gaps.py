"""The desk's map: every reason why nothing is told from an area, each with its hatch and its word."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import assert_sound, cells, texts

from farbank import country
from farbank.chart.apart import Label, apart
from farbank.chart.areas import Told, told_map
from farbank.chart.gaps import STATES, State, gaps
from farbank.country.pack import Pack

KP = country.load("kp")
CLOSE = date(2031, 9, 1)
AREAS = sorted(place.id for place in KP.gazetteer if place.level == 1)
GAPS: tuple[State, ...] = ("silent", "cut", "refused", "nothing", "unasked")


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
@pytest.mark.parametrize("state", STATES)
def test_each_state_has_its_hatch_and_its_word(kp: Pack, state: State, language: str) -> None:
    drawing = gaps(kp, {"kp:KP02": {state}}, CLOSE, language)
    word = kp.phrases[language].say(f"chart.{state}")
    assert word in texts(drawing) and word in cells(drawing)
    assert {f"chart.{other}" for other in STATES if kp.phrases[language].say(f"chart.{other}") == word} == {
        f"chart.{state}"
    }
    hatch = {"confirmed": "hatch-confirmed", "reported": "hatch"}.get(state, f"hatch-{state}")
    assert f'fill="url(#{hatch})"'.encode() in drawing.svg
    assert_sound(drawing)


def test_an_area_nobody_knows_of_was_never_asked_and_all_that_holds_is_said(kp: Pack) -> None:
    told = dict(gaps(kp, {"kp:KP0205": {"reported", "silent"}, "kp": {"cut"}}, CLOSE, "en").table.rows)
    assert told.pop("North Hamgyong") == "reported · partner silent"
    assert set(told.values()) == {"never asked"} and len(told) == len(AREAS) - 1


def test_an_area_without_a_shape_is_said_under_the_map(kp: Pack) -> None:
    assert "Nampho · reported" in texts(told_map(kp, Told(reported=("kp:KP11",)), "en"))
    assert "Nampho · never asked" in texts(gaps(kp, {}, CLOSE, "en"))


def test_it_says_that_it_is_not_to_be_published(kp: Pack) -> None:
    assert kp.desk_phrases.say("chart.desk-only") in texts(gaps(kp, {}, CLOSE, "en"))


PLACES = st.sets(st.sampled_from(AREAS), max_size=6)


@settings(max_examples=12)
@given(PLACES, PLACES, st.sampled_from(["en", "ko", "ja", "zh"]))
def test_the_readers_map_never_has_a_gap_in_it(reported: set[str], confirmed: set[str], language: str) -> None:
    told = Told(reported=tuple(sorted(reported)), confirmed=tuple(sorted(confirmed)), as_of=CLOSE)
    drawing = told_map(KP, told, language)
    said = drawing.svg.decode()
    for state in GAPS:
        assert KP.phrases[language].say(f"chart.{state}") not in said and f"hatch-{state}" not in said
    names = {KP.gazetteer.name(area, language) for area in reported | confirmed}
    assert names == {area for area, _ in drawing.table.rows}
    assert all(any(line.startswith(name) for line in texts(drawing)) for name in names)
    assert drawing.table.note in texts(drawing)
    assert_sound(drawing)


@given(
    st.lists(
        st.builds(Label, st.floats(50, 370), st.floats(20, 420), st.floats(20, 90), st.floats(14, 45), st.just(("a",))),
        max_size=8,
    )
)
def test_labels_moved_apart_do_not_touch_unless_there_is_no_room(labels: list[Label]) -> None:
    placed = apart(labels, 420, 450)
    assert [(one.width, one.lines) for one in placed] == [(one.width, one.lines) for one in labels]
    for at, one in enumerate(placed):
        if one == labels[at]:
            continue  # it stands where it belongs, or there was no room
        for other in placed[:at]:
            apart_across = abs(one.x - other.x) >= (one.width + other.width) / 2
            assert apart_across or one.y >= other.y + other.height or other.y >= one.y + one.height
