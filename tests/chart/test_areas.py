"""Areas at the published grain, never points."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from farbank.chart.areas import Told, told_map
from farbank.chart.geometry import flatten, middle
from farbank.country.pack import Pack

SVG = "{http://www.w3.org/2000/svg}"


def areas(pack: Pack, reported: list[str], language: str) -> bytes:
    return told_map(pack, Told(reported=tuple(reported)), language).svg


def texts(svg: bytes) -> list[str]:
    return [node.text or "" for node in ET.fromstring(svg).iter(f"{SVG}text")]


def test_the_reported_area_is_hatched_and_labelled_in_the_readers_language(kp: Pack) -> None:
    svg = areas(kp, ["kp:KP02"], "ko")
    assert b'fill="url(#hatch)"' in svg
    assert "함경북도" in texts(svg)
    assert "North Hamgyong" in texts(areas(kp, ["kp:KP02"], "en"))


def test_a_city_is_drawn_as_its_province_and_nowhere_named(kp: Pack) -> None:
    svg = areas(kp, ["kp:KP0205"], "en")
    assert svg == areas(kp, ["kp:KP02"], "en")
    assert b"Chongjin" not in svg


def test_the_country_hatches_nothing(kp: Pack) -> None:
    assert b'fill="url(#hatch)"' not in areas(kp, ["kp"], "en")


def test_equal_arguments_give_equal_bytes(kp: Pack) -> None:
    assert areas(kp, ["kp:KP02"], "en") == areas(kp, ["kp:KP02"], "en")


def test_it_is_one_safe_image_with_a_name(kp: Pack) -> None:
    root = ET.fromstring(areas(kp, ["kp:KP02"], "en"))
    assert root.get("aria-label") == "Map: North Hamgyong"
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert not tags & {"script", "image", "foreignObject", "circle"}
    assert not [node for node in root.iter() for name in node.attrib if name.startswith("on") or "href" in name]


def test_the_tiny_country_draws_too(tiny: Pack) -> None:
    first = next(place for place in tiny.gazetteer if place.level == 1)
    assert tiny.gazetteer.name(first.id, "qtz") in texts(areas(tiny, [first.id], "qtz"))


@pytest.mark.parametrize("kind", ["Polygon", "MultiPolygon"])
def test_a_label_stands_in_the_middle_of_the_largest_part(kind: str) -> None:
    big = [[0, 0], [4, 0], [4, 4], [0, 4], [0, 0]]
    small = [[10, 10], [11, 10], [11, 11], [10, 11], [10, 10]]
    coordinates: object = [big] if kind == "Polygon" else [[small], [big]]
    feature = {"type": "Feature", "properties": {}, "geometry": {"type": kind, "coordinates": coordinates}}
    assert middle(feature) == pytest.approx((2, 2))
    assert middle(flatten([feature], 60)[0]) == pytest.approx((1, 2))
