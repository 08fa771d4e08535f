"""One hairline: events as exact as their dates, promises as circles, and every text of it plain text."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SVG, assert_sound, cells, root, texts

from farbank import country
from farbank.chart.timeline import LEAST, Event, timeline
from farbank.country.pack import Pack
from farbank.model.dates import When
from farbank.model.drawings import Drawing

KP = country.load("kp")
EN = KP.phrases["en"]
CLOSE = date(2031, 9, 1)
DAYS = st.dates(date(2028, 1, 1), date(2033, 12, 31))
HOSTILE = st.one_of(
    st.text(max_size=120),
    st.sampled_from(
        [
            "</text><script>alert(1)</script>", '" onload="x()', "a href=javascript:x", "url(http://mill.invalid/a)",
            "\u202eedoc", "<!DOCTYPE x>", "@import 'x'", "]]>", "&#0;\x00\x1b[2J", "<a href='x'>y</a>", "style=x",
        ]
    ),
)  # fmt: skip


@st.composite
def whens(draw: st.DrawFn) -> When:
    day, more = draw(DAYS), draw(st.integers(1, 400))
    shape = draw(st.sampled_from(["{d}", "{m}", "{y}", "{d}/{e}", "{m}~", "../{d}", "{d}/.."]))
    return When(
        shape.format(d=day, m=f"{day:%Y-%m}", y=f"{day:%Y}", e=day + timedelta(more))
    )  # fmt: skip


EVENTS = st.lists(
    st.builds(
        Event, when=whens(), text=HOSTILE, word=st.sampled_from(["", "reported"]),
        circle=st.sampled_from(["", "open", "closed"]),
    ),
    min_size=1, max_size=6,
)  # fmt: skip


def bars(drawing: Drawing) -> list[float]:
    """Heights of the bars, in the order drawn."""
    found = [
        re.fullmatch(r"M([\d.]+) ([\d.]+)L([\d.]+) ([\d.]+)", node.get("d", ""))
        for node in root(drawing).iter(f"{SVG}path")
        if node.get("stroke-width") == "3"
    ]
    return [float(each[4]) - float(each[2]) for each in found if each]


def circles(drawing: Drawing, radius: str) -> list[bool]:
    """Whether each circle of that size is closed."""
    nodes = (node for node in root(drawing).iter(f"{SVG}circle") if node.get("r") == radius)
    return [node.get("fill", "").startswith("var(--ink") for node in nodes]


@settings(max_examples=25)
@given(EVENTS)
def test_whatever_is_told_stays_text_and_stands_in_the_table_too(events: list[Event]) -> None:
    drawing = timeline(events, CLOSE, EN)
    assert_sound(drawing)
    assert {*texts(drawing)} <= {*cells(drawing), ""}
    assert len(drawing.table.rows) == len(events)
    assert drawing.svg == timeline([*events], CLOSE, EN).svg


@given(DAYS, st.integers(30, 300), st.integers(30, 300))
def test_a_span_is_as_long_as_its_days(start: date, first: int, second: int) -> None:
    spans = [
        Event(when=When(f"{start}/{start + timedelta(first - 1)}"), text="a"),
        Event(when=When(f"{start + timedelta(500)}/{start + timedelta(500 + second - 1)}"), text="b"),
    ]
    long, other = bars(timeline(spans, start, EN))
    assert long / first == pytest.approx(other / second, rel=0.02, abs=0.01)


def test_a_month_is_a_span_and_a_day_is_a_dot() -> None:
    month, day = Event(when=When("2031-06"), text="a"), Event(when=When("2031-06-17"), text="b")
    assert len(bars(timeline([month], CLOSE, EN))) == 1 and circles(timeline([month], CLOSE, EN), "3") == []
    assert bars(timeline([day], CLOSE, EN)) == [] and circles(timeline([day], CLOSE, EN), "3") == [True]


def test_the_shortest_span_is_still_seen() -> None:
    far = [Event(when=When("1951"), text="a"), Event(when=When("2031-06-17/2031-06-18"), text="b")]
    assert min(bars(timeline(far, CLOSE, EN))) == pytest.approx(LEAST)


def test_a_circle_is_open_until_the_promise_is_kept_or_broken() -> None:
    due = [
        Event(when=When("2031-08-15"), text="a", circle="open"),
        Event(when=When("2031-07"), text="b", circle="closed"),
    ]
    assert circles(timeline(due, CLOSE, EN), "4") == [True, False]


def test_an_open_end_runs_off_the_line_with_an_arrow() -> None:
    def arrows(when: str) -> int:
        drawn = timeline([Event(when=When(when), text="a")], CLOSE, EN).svg.decode()
        return len(re.findall(r'stroke-width="1.5"', drawn))

    assert (arrows("2031-06"), arrows("2031-06/.."), arrows("../2031-06")) == (0, 1, 1)


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_it_speaks_every_language_of_the_pack(kp: Pack, language: str) -> None:
    drawing = timeline([Event(when=When("2031-06"), text="a", word="b")], CLOSE, kp.phrases[language])
    assert kp.phrases[language].date(When("2031-06")) in texts(drawing)
    assert_sound(drawing)


def test_the_first_and_the_last_day_of_the_calendar_are_drawn(tiny: Pack) -> None:
    ends = [Event(when=When("0001-01-01"), text="a"), Event(when=When("9999-12"), text="b")]
    assert_sound(timeline(ends, CLOSE, tiny.phrases["qtz"]))
