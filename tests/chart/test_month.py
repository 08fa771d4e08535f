"""A month in a picture: bars, gaps, dips and a share, in words too, and readable without colour or script."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from msgspec.structs import replace

from farbank.chart.month import Day, Month, month
from farbank.country.pack import Pack
from farbank.model.dips import Dip
from farbank.model.statemedia import Window
from farbank.publish import embed

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2031, 8, 1)
GAPS = tuple(FIRST + timedelta(n) for n in (2, 3, 4, 13))
DIPS = (
    Dip(first=date(2031, 8, 18), last=date(2031, 8, 20), usual=20.4, held=3, whose="outlet", why="all was fetched"),
    Dip(first=date(2031, 8, 24), last=date(2031, 8, 24), usual=20.4, held=6, whose="collection", why="no sweep"),
)


def shown(days: int = 31, missing: Sequence[date] = GAPS, dips: tuple[Dip, ...] = DIPS, titles: int = 3) -> Month:
    held = tuple(
        Day(day=day, bodies=20, titles=titles, touching=n % 5)
        for n in range(days)
        if (day := FIRST + timedelta(n)) not in missing
    )
    window = Window(first=FIRST, last=FIRST + timedelta(days - 1))
    return Month(
        name="Tarquell Wire (English)", window=window, days=held, missing=tuple(missing), dips=dips, topic="flood"
    )


def drawn(picture: Month, pack: Pack, language: str = "en") -> ET.Element:
    return ET.fromstring(month(picture, pack.phrases[language]))


def words(root: ET.Element) -> list[str]:
    return [text for node in root.iter(f"{SVG}text") if (text := "".join(node.itertext()))]


def filled(root: ET.Element, fill: str) -> int:
    return sum(1 for node in root.iter(f"{SVG}path") if node.get("fill", "").startswith(fill))


def test_each_day_has_a_bar_and_each_hole_is_hatched(kp: Pack) -> None:
    root = drawn(shown(), kp)
    assert filled(root, "var(--map-light") == 27
    assert filled(root, "url(#hatch-days)") == 2  # the third to the fifth, and the fourteenth
    assert root.find(f".//{SVG}pattern[@id='hatch-days']") is not None


def test_dips_say_whose_they_are(kp: Pack) -> None:
    said = words(drawn(shown(), kp))
    assert {"the outlet's", "ours"} <= {*said}
    assert "매체" in words(drawn(shown(), kp, "ko"))


def test_it_is_named_and_dated_and_explains_only_what_it_shows(kp: Pack) -> None:
    said = words(drawn(shown(), kp))
    assert "Tarquell Wire (English)" in said
    assert any("August 2031" in text and "lighter: title only; hatched: not all held" in text for text in said)
    plain = words(drawn(shown(missing=(), dips=(), titles=0), kp))
    assert not any("lighter" in text or "hatched" in text or "dashed" in text for text in plain)


def test_whoever_does_not_see_it_is_told_the_same(kp: Pack) -> None:
    root = drawn(shown(), kp)
    title, described = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None and described is not None
    assert root.get("aria-label") == title.text == "Articles a day: Tarquell Wire (English), August 2031"
    assert described.text == (
        "540 articles are held in full on 27 days, and 81 by title only. "
        "Not held, or not all of it: 3–5 and 14 August 2031. "
        "18–20 August 2031: a dip, 3 a day instead of 20.4; whose: the outlet's (all was fetched). "
        "24 August 2031: a dip, 6 a day instead of 20.4; whose: ours (no sweep). flood: 48 of 621 articles."
    )


def test_the_share_breaks_at_a_hole_and_is_left_out_without_a_topic(kp: Pack) -> None:
    lines = [
        node
        for node in drawn(shown(), kp).iter(f"{SVG}path")
        if node.get("fill") in (None, "none") and node.get("stroke-width") == "1.4" and "L" in node.get("d", "")
    ]
    assert len(lines) >= 3
    assert "flood: share of the day's articles" in words(drawn(shown(), kp))
    none = words(drawn(replace(shown(), topic=""), kp))
    assert not any("share" in text or text.endswith("%") for text in none)


@pytest.mark.parametrize(
    "days, labels",
    [
        (1, ["1 Aug"]),
        (7, [f"{n} Aug" for n in range(1, 8)]),
        (31, ["1 Aug", "8", "15", "22", "29"]),
        (62, ["29", "5 Sep", "12"]),
        (365, ["Aug", "Sep", "Oct", "Nov", "Dec", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul"]),
    ],
)
def test_days_are_labelled_and_of_a_year_the_months(kp: Pack, days: int, labels: list[str]) -> None:
    said = words(drawn(shown(days, missing=(), dips=()), kp))
    assert [text for text in said if text in labels][: len(labels)] == labels


@pytest.mark.parametrize("days", [1, 31, 365])
def test_it_fits_a_phone(kp: Pack, days: int) -> None:
    for language in ("en", "ko"):
        assert 300 <= float(drawn(shown(days), kp, language).get("width", "0")) <= 390 - 2 * 16  # its margins


def test_a_long_name_is_broken_rather_than_cut_off(kp: Pack) -> None:
    name = "The Tarquell Wire and Gazette of the River Province (English)"
    root = drawn(replace(shown(), name=name), kp)
    assert not any("…" in text for text in words(root))
    title = next(node for node in root.iter(f"{SVG}text") if "".join(node.itertext()).startswith("The Tarquell"))
    assert [*filter(str.strip, title.itertext())] == [
        "The Tarquell Wire and Gazette of the",
        "River Province (English)",
    ]
    assert float(root.get("width", "0")) <= 390 - 2 * 16


def test_of_a_day_not_held_in_full_both_the_bar_and_the_hatching_are_seen(kp: Pack) -> None:
    held = replace(shown(missing=()), missing=(FIRST,))
    fills = [node.get("fill", "") for node in drawn(held, kp).iter(f"{SVG}path")]
    hatched = fills.index("url(#hatch-days)")
    assert hatched > max(n for n, fill in enumerate(fills) if fill.startswith("var(--map-light"))


@pytest.mark.parametrize("most", [0, 1, 2, 3, 20])
def test_heights_are_labelled_in_whole_articles_each_once(kp: Pack, most: int) -> None:
    one = Month(
        name="Tarquell Wire",
        window=Window(first=FIRST, last=FIRST + timedelta(12)),
        days=(Day(day=FIRST, bodies=most),),
    )
    heights = [text for text in words(drawn(one, kp)) if text.isdigit() and text not in ("8", "15", "22")]
    assert len(heights) == len(set(heights)) >= 2 and str(most) in {*heights, "20"}


def test_words_over_neighbouring_dips_do_not_touch(kp: Pack) -> None:
    near = tuple(replace(DIPS[0], first=FIRST + timedelta(n), last=FIRST + timedelta(n)) for n in (10, 12, 14))
    spots = [
        node.get("transform", "")
        for node in drawn(shown(dips=near), kp).iter(f"{SVG}text")
        if "".join(node.itertext()) == "the outlet's"
    ]
    heights = {spot.partition(",")[2] for spot in spots}
    assert len(spots) == 3 and len(heights) == 3


def test_a_dip_that_reaches_beyond_the_window_is_cut_and_one_outside_is_not_drawn(kp: Pack) -> None:
    long = replace(DIPS[0], first=date(2031, 7, 1), last=date(2031, 8, 3))
    past = replace(DIPS[1], first=date(2031, 7, 1), last=date(2031, 7, 3))
    said = words(drawn(shown(dips=(past, long)), kp))
    assert "the outlet's" in said and "ours" not in said


def test_nothing_held_is_a_picture_too(kp: Pack) -> None:
    window = Window(first=FIRST, last=FIRST)
    root = drawn(Month(name="Tarquell Wire", window=window, days=(), missing=(FIRST,), topic="flood"), kp)
    assert filled(root, "url(#hatch-days)") == 1


def test_what_the_picture_is_told_stays_text(kp: Pack) -> None:
    wicked = replace(shown(), name="<script>'\"</script> & co", topic="'] + alert(1) + ['")
    svg = month(wicked, kp.phrases["en"])
    assert "<script>'\"</script> & co" in words(ET.fromstring(svg))
    assert embed.drawing(svg)


def test_it_is_one_safe_image_and_the_same_bytes_again(kp: Pack, tiny: Pack) -> None:
    svg = month(shown(), kp.phrases["en"])
    assert svg == month(shown(), kp.phrases["en"])
    tags = {node.tag.removeprefix(SVG) for node in ET.fromstring(svg).iter()}
    assert not tags & {"script", "image", "foreignObject", "style", "a"}
    assert b"http" not in svg.replace(b"http://www.w3.org/", b"")
    assert embed.drawing(svg)
    assert "thä ïütlät's" in words(drawn(shown(), tiny, "qtz"))
