"""Reports by theme and area, and the attention of state media, by the month."""

from __future__ import annotations

import re

import pytest
from reading import SVG, assert_sound, root, texts

from farbank.chart.attention import Attention, attention
from farbank.chart.months import run
from farbank.chart.themes import Report, themes
from farbank.country.pack import Pack

MONTHS = [
    Attention(month=(2031, 5), passages=4),
    Attention(month=(2031, 6), passages=1, looked="some"),
    Attention(month=(2031, 7), looked="none"),
]
REPORTS = [
    *[Report(theme="order", area="kp:KP0205", month=(2031, 5))] * 2,
    Report(theme="price", area="kp:KP02", month=(2031, 7)),
    Report(theme="price", area="kp:KP01", month=None),
]


def hatched(svg: bytes) -> int:
    return len(re.findall(rb'fill="url\(#hatch-months\)"', svg))


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_themes_are_sound_and_told_in_every_language(kp: Pack, language: str) -> None:
    drawing = themes(REPORTS, kp, language)
    assert_sound(drawing)
    assert kp.phrases[language].say("chart.desk-only") in texts(drawing)


def test_each_area_and_theme_has_a_panel_and_a_row(kp: Pack) -> None:
    drawing = themes(REPORTS, kp, "en")
    assert drawing.table.rows == (
        ("Ryanggang", "prices", "no date given", "1"),
        ("North Hamgyong", "orders", "May 2031", "2"),
        ("North Hamgyong", "prices", "July 2031", "1"),
    )
    said = texts(drawing)
    assert {"Ryanggang: prices (no month known: 1)", "North Hamgyong: orders", "North Hamgyong: prices"} <= {*said}
    assert not any("Chongjin" in text for text in said)


def test_no_reports_are_a_drawing_too(kp: Pack) -> None:
    drawing = themes([], kp, "en")
    assert_sound(drawing)
    assert "No report is filed." in texts(drawing)


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_readers_see_the_state_medias_side_alone(kp: Pack, language: str) -> None:
    phrases = kp.phrases[language]
    alone, beside = attention(MONTHS, phrases), attention(MONTHS, phrases, {(2031, 5): 7})
    word = phrases.say("chart.attention-partners")
    assert word not in alone.svg.decode() and word not in alone.table.heads
    assert word in texts(beside) and word in beside.table.heads
    for drawing in (alone, beside):
        assert_sound(drawing)


def test_a_month_not_looked_at_in_full_is_hatched_and_said(kp: Pack) -> None:
    drawing = attention(MONTHS, kp.phrases["en"])
    assert hatched(drawing.svg) == 2 and hatched(attention(MONTHS[:1], kp.phrases["en"]).svg) == 0
    assert drawing.table.rows == (
        ("May 2031", "4"), ("June 2031", "1; not looked at in full"), ("July 2031", "not looked at"),
    )  # fmt: skip
    assert "hatched: not looked at in full" in texts(drawing)


def test_both_sides_are_drawn_to_one_scale(kp: Pack) -> None:
    drawing = attention(MONTHS, kp.phrases["en"], {(2031, 5): 8})
    assert texts(drawing).count("8") == 2


def test_months_are_in_a_row_and_the_year_stands_under_the_first_and_each_january(kp: Pack) -> None:
    months = run([(2030, 11), (2031, 2)])
    assert months == ((2030, 11), (2030, 12), (2031, 1), (2031, 2))
    said = texts(attention([Attention(month=month) for month in months], kp.phrases["en"]))
    assert [text for text in said if re.match("[A-Z][a-z][a-z]", text) and len(text) < 9] == [
        "Nov2030", "Dec", "Jan2031", "Feb",
    ]  # fmt: skip


@pytest.mark.parametrize("count", [1, 14, 15, 40, 130])
def test_it_fits_a_phone_however_many_months(kp: Pack, count: int) -> None:
    months = run([(2020, 5), (2020 + (4 + count - 1) // 12, (4 + count - 1) % 12 + 1)])
    assert len(months) == count
    drawing = attention([Attention(month=month) for month in months], kp.phrases["ko"])
    assert float(root(drawing).get("width", "0")) <= 390 - 2 * 16
    assert_sound(drawing)
    assert root(drawing).find(f".//{SVG}pattern[@id='hatch-months']") is not None
