"""Places in running text: found in any script, and only where a place is meant."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack


def found(pack: Pack, text: str) -> list[tuple[str, str]]:
    return [(m.spelling, m.place) for m in pack.gazetteer.mentions(text)]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("floods in Kim Jong Suk County, Ryanggang Province", ["kp:KP0103", "kp:KP01"]),
        ("Sinuiju City and Uiju County of North Phyongan Province", ["kp:KP0601", "kp:KP0620", "kp:KP06"]),
        ("Hoeryong's people", ["kp:KP0203"]),
        ("North and South Hamgyong Provinces", ["kp:KP02", "kp:KP03"]),
        ("Rason, South and North Phyongan", ["kp:KP0201", "kp:KP06", "kp:KP07"]),
        ("함경남북도에서", ["kp:KP02", "kp:KP03"]),
        ("Kim Jong-suk County", ["kp:KP0103"]),
        ("in N. Hamgyong and Ch’ŏngjin", ["kp:KP02", "kp:KP0205"]),
        ("HOERYONG, Hoiryeong, Hoeryong-si", ["kp:KP0203"] * 3),
        ("en la provincia de Hamgyong del Norte y Phyong-an del Sur", ["kp:KP02", "kp:KP07"]),
        ("함경북도 회령시에서 온성까지", ["kp:KP02", "kp:KP0203", "kp:KP0220"]),
        ("함경북도회령시당위원회는 혜산역에서", ["kp:KP02", "kp:KP0203", "kp:KP0101"]),
        ("在咸镜北道会宁市和罗先", ["kp:KP02", "kp:KP0203", "kp:KP0201"]),
        ("咸鏡北道の会寧市で", ["kp:KP02", "kp:KP0203"]),
    ],
)
def test_names_are_found(kp: Pack, text: str, expected: list[str]) -> None:
    assert [m.place for m in kp.gazetteer.mentions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Kim Jong Suk was a hero; Kim Chaek too", "the Taedong River", "the Hwasong-17 missile", "Satan", "orang utan",
        "Kim Hwa Song and Ri Won said", "anju", "개성 있는 사람", "고원에서 쉬였다",
        "간부위원들", "당세포총회", "과일과 남새",
        "안주시키다", "개성시대가", "구회령으로", "사람들은 말했다", "앞에 나선 과업", "도와 해주는 강령을",
        "Pyongyang, July 31 (KCNA) -- It rained",
        "Musanized", "Sinpho-ri",
    ],
)  # fmt: skip
def test_words_people_and_rivers_are_not_places(kp: Pack, text: str) -> None:
    assert found(kp, text) == []


def test_the_place_named_beside_it_tells_two_of_a_name_apart(kp: Pack) -> None:
    (alone,) = kp.gazetteer.mentions("people of Unsan County said")
    assert set(alone.places) == {"kp:KP0617", "kp:KP0720"} and alone.place == "kp"
    assert found(kp, "Unsan County of North Phyongan Province")[0][1] == "kp:KP0617"
    assert found(kp, "평안남도 은산군, 평안북도 운산군")[1::2] == [("은산군", "kp:KP0720"), ("운산군", "kp:KP0617")]


def test_an_invented_place_is_found_too(kp: Pack) -> None:
    from farbank import country
    from farbank.model.places import Place

    town = Place(id="case:dolmaru", level=2, type="city", parent="kp:KP02", names={"ko": "돌마루시", "en": "Dolmaru"})
    pack = country.overlay(kp, [town])
    assert [m.place for m in pack.gazetteer.mentions("돌마루에서, Tolmaru, Dolmaru City")] == ["case:dolmaru"] * 3
    assert kp.gazetteer.mentions("Dolmaru") == ()


def test_positions_are_those_of_the_text_as_it_came(kp: Pack) -> None:
    text = unicodedata.normalize("NFD", "함경북도 회령시와 Hoeryŏng에서")
    spans = [(text[m.start : m.end], m.spelling) for m in kp.gazetteer.mentions(text)]
    assert all(cut == spelling for cut, spelling in spans)
    assert [unicodedata.normalize("NFC", spelling) for _, spelling in spans] == ["함경북도", "회령시", "Hoeryŏng"]


@given(st.text(alphabet=st.sampled_from("Kim Jong Suk-'회령시함경북도에서 ŏ\u0306ᄒ 会宁市."), max_size=60))
def test_any_text_is_read(kp: Pack, text: str) -> None:
    mentions = kp.gazetteer.mentions(text)
    assert all(text[m.start : m.end] == m.spelling and m.place for m in mentions)
    assert all(one.end <= other.start for one, other in pairwise(mentions))


def test_another_country_needs_no_code(tiny: Pack) -> None:
    text = "Tarquell Wire, 3 May: by a candle, in Candle Ward and Tindelvïk on Öllen"
    assert [m.place for m in tiny.gazetteer.mentions(text)] == ["tq:O3", "tq:O2", "tq:O"]
