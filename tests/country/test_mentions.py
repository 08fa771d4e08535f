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


@pytest.mark.parametrize(
    "text, expected",
    [
        ("무산군인민위원회에서", ["kp:KP0218"]),
        ("회령시당", ["kp:KP0203"]),
        ("청진시당위원회는", ["kp:KP0205"]),
        ("청진시인민위원회와 사리원시당", ["kp:KP0205", "kp:KP0801"]),
        ("온성군당 책임비서", ["kp:KP0220"]),
        ("무산군보위부와 회령시안전부", ["kp:KP0218", "kp:KP0203"]),
        ("혜산시 장마당, 평성시장마당", ["kp:KP0101", "kp:KP0701"]),
        ("회령시장에서 쌀값이", ["kp:KP0203"]),
        ("회령보위부장이, 무산분주소, 혜산세관으로", ["kp:KP0203", "kp:KP0218", "kp:KP0101"]),
        ("함흥화학공업대학 학생들, 신의주화장품공장에서", ["kp:KP0307", "kp:KP0601"]),
        ("무산군군사동원부", ["kp:KP0218"]),
    ],
)
def test_a_korean_name_is_found_where_its_institution_follows_at_once(kp: Pack, text: str, expected: list[str]) -> None:
    assert [m.place for m in kp.gazetteer.mentions(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["안주시킨 책임", "개성시간", "무산계급정당", "무산자당", "과일시장에서", "위원회당", "평양곡산공장의"],
)
def test_words_before_an_institution_are_not_places(kp: Pack, text: str) -> None:
    assert [spelling for spelling, _ in found(kp, text) if spelling != "평양"] == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("남포시와 남포특급시", ["kp:KP11"] * 2),
        ("라선시, 나선특별시당, 평양직할시", ["kp:KP0201", "kp:KP0201", "kp:KP10"]),
        ("개성특별시에서", ["kp:KP0803"]),
        ("Rason Special City, Nampho Special City, Pyongyang Special City", ["kp:KP0201", "kp:KP11", "kp:KP10"]),
        ("청진시 수남구역에서", ["kp:KP0205", "kp:KP0205-sunam"]),
        ("라남구역당, 나남구역, 송평구역안전부", ["kp:KP0205-ranam", "kp:KP0205-ranam", "kp:KP0205-songphyong"]),
        ("평양시 중구역과 락랑구역", ["kp:KP10", "kp:KP1001-jung", "kp:KP1001-rakrang"]),
        ("Mangyongdae District, Pyongyang", ["kp:KP1001-mangyongdae", "kp:KP10"]),
        ("in Sunam district of Chongjin, in Pohang-guyok", ["kp:KP0205-sunam", "kp:KP0205", "kp:KP0205-phohang"]),
        ("Moranbong-guyŏk, P'yŏngch'ŏn District", ["kp:KP1001-moranbong", "kp:KP1001-phyongchon"]),
        ("나진항, 라남에서, 나남에서", ["kp:gn-2042645", "kp:gn-2042498", "kp:gn-2042498"]),
        ("清津市水南区域", ["kp:KP0205", "kp:KP0205-sunam"]),
    ],
)
def test_special_cities_and_the_districts_of_cities_are_found(kp: Pack, text: str, expected: list[str]) -> None:
    assert [m.place for m in kp.gazetteer.mentions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Moranbong Band",
        "along the Taedong River at Taedonggang",
        "대동강은",
        "만경대에서",
        "the Pothong, Daesong",
        "모란봉악단",
    ],
)
def test_a_district_s_name_alone_is_a_river_a_hill_or_a_band(kp: Pack, text: str) -> None:
    assert found(kp, text) == []


@pytest.mark.parametrize(
    "text, expected",
    [
        ("musan county, hoeryong city and onsong-gun", ["kp:KP0218", "kp:KP0203", "kp:KP0220"]),
        ("kim jong suk county", ["kp:KP0103"]),
        ("the ranam district of chongjin city", ["kp:KP0205-ranam", "kp:KP0205"]),
    ],
)
def test_a_name_without_capitals_is_found_with_its_type_word(kp: Pack, text: str, expected: list[str]) -> None:
    assert [m.place for m in kp.gazetteer.mentions(text)] == expected


WARY = [
    ("people of hoeryong", "kp:KP0203"),
    ("rice in musan", "kp:KP0218"),
    ("Chungjin", "kp:KP0205"),
    ("in chungjin", "kp:KP0205"),
    ("Hyaesan", "kp:KP0101"),
    ("Shinuiju", "kp:KP0601"),
    ("Shinuijoo", "kp:KP0601"),
    ("Kaesung", "kp:KP0803"),
    ("Pyungsung", "kp:KP0701"),
    ("Weonsan", "kp:KP0401"),
    ("Moosan", "kp:KP0218"),
    ("Onsung", "kp:KP0220"),
    ("Kyungsung", "kp:KP0216"),
    ("Hoiryoung City", "kp:KP0203"),
    ("Kim Jong Sook County", "kp:KP0103"),
    ("Hwaseong County", "kp:gn-2042709"),
]


@pytest.mark.parametrize("text, expected", WARY)
def test_a_wary_reader_goes_by_the_sound_and_needs_no_capitals(kp: Pack, text: str, expected: str) -> None:
    assert [m.place for m in kp.gazetteer.mentions(text, wary=True)] == [expected]
    assert kp.gazetteer.mentions(text) == ()


@pytest.mark.parametrize(
    "text",
    [
        "orang utan, anju with beer, anak, sham", "Solar panels and sonar", "Shinto, Yunnan, Ulsan, Daejeon and Taejon",
        "an unsung, uncool hero may concur", "Minjok Thongsin and the Choson Sinbo", "the Hwaseong-17, the Daedong",
        "Satan", "Kim Hwa Song and Ri Won said", "Kim Jong Sook was a hero", "개성시대가", "사람들은 말했다",
    ],
)  # fmt: skip
def test_a_wary_reader_leaves_common_words_alone(kp: Pack, text: str) -> None:
    assert kp.gazetteer.mentions(text, wary=True) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a former soldier in Kim Chaek tells", ["kp:KP0202"]), ("Near Kimchaek, lorries", ["kp:KP0202"]),
        ("an order signed by Kim Chaek", []), ("the launch of a Hwasong", []), ("in Hwasong-18 launches", []),
    ],
)  # fmt: skip
def test_a_wary_reader_takes_a_doubtful_name_for_a_place_where_one_is_spoken_of(
    kp: Pack, text: str, expected: list[str]
) -> None:
    assert [m.place for m in kp.gazetteer.mentions(text, wary=True)] == expected
    assert kp.gazetteer.mentions(text) == (), "a verdict on what was said does not guess"


def test_a_wary_reader_takes_a_village_for_the_place_it_is_named_after(kp: Pack) -> None:
    assert [m.place for m in kp.gazetteer.mentions("Sinpho-ri", wary=True)] == ["kp:KP0301"]
