"""Every spelling of every source row finds its place, and nothing else."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from farbank.country.fold import fold, skeleton
from farbank.country.pack import Pack
from farbank.country.spellings import written
from farbank.model.errors import AmbiguousPlace, UnknownPlace
from farbank.model.places import Place

F27 = [
    ("kp:KP01", "Ryanggang", "Yanggang", "Ryanggang Province", "Ryanggang-do", "Yanggang-do", "량강", "양강도"),
    ("kp:KP02", "North Hamgyong", "North Hamkyung", "North Hamgyung", "North Hamkyong", "North Hamgyeong"),
    ("kp:KP02", "N. Hamgyong", "N Hamgyung", "North Hamgyung Province", "Hamgyongbuk-do", "함북", "함경북도", "함경북"),
    ("kp:KP03", "South Hamgyong", "S. Hamkyung", "South Hamgyeong", "Hamgyong del Sur", "함남", "함경남도"),
    ("kp:KP06", "North Phyongan", "North Pyongan", "North Pyeongan", "N. Phyongan", "Pyeonganbuk-do", "평북"),
    ("kp:KP07", "South Phyongan", "South Pyongan", "South Pyeongan", "Phyong-an del Sur", "평남", "평안남도"),
    (
        "kp:KP0203",
        "Hoeryong",
        "Hoiryeong",
        "Hoeryeong",
        "Hoeryŏng-si",
        "Hoiryong City",
        "회령",
        "회령시",
        "會寧",
        "会宁市",
    ),
    ("kp:KP0106", "Pochon", "Bocheon", "Poch'ŏn", "Pochon County", "Bocheon-gun", "보천", "보천군", "普天郡"),
    ("kp:KP0103", "Kim Jong Suk County", "Kimjŏngsuk-gun", "Kim Jong-suk County", "김정숙군", "金正淑郡"),
    ("kp:KP0201", "Rason", "Rasŏn", "Naseon", "Rason City", "라선", "나선시", "羅先", "罗先特别市", "Rajin-Sonbong"),
    ("kp:KP11", "Nampho", "Nampo", "Namp'o", "Namp’o", "남포", "남포특별시", "南浦特別市"),
    ("kp:KP10", "Pyongyang", "P'yŏngyang", "Pyeongyang", "PYONGYANG", "평양", "평양직할시", "平壤", "平壌市"),
]


@pytest.mark.parametrize("place, spelling", [(row[0], spelling) for row in F27 for spelling in row[1:]])
def test_the_slips_of_real_desks_resolve(kp: Pack, place: str, spelling: str) -> None:
    assert kp.gazetteer.resolve(spelling).id == place


@pytest.mark.parametrize("region", ["Hamgyong", "Hamkyung", "Pyeongan", "Phyongan", "Hwanghae", "함경도"])
def test_half_a_province_s_name_is_ambiguous(kp: Pack, region: str) -> None:
    with pytest.raises(AmbiguousPlace, match=r"kp:KP0\d, kp:KP0\d"):
        kp.gazetteer.resolve(region)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_every_province_row_resolves(kp: Pack, shared_data: Path) -> None:
    for row in _rows(shared_data / "gazetteer" / "admin1.csv"):
        spellings = [row[c] for c in ("name_ko", "name_ko_south", "hanja", "name_zh", "name_ja", "name_en")]
        for spelling in (*spellings, *row["alt_latin"].split("|")):
            found = kp.gazetteer.resolve(spelling)
            assert (found.id, found.iso) == (f"kp:{row['pcode']}", row["iso_3166_2"]), spelling


def test_every_unit_row_resolves_within_its_province(kp: Pack, shared_data: Path) -> None:
    columns = ("name_ko", "name_ko_south", "hanja", "name_zh", "name_ja", "name_official", "name_mr", "name_rr")
    for row in _rows(shared_data / "gazetteer" / "admin2.csv"):
        place = kp.gazetteer.place(f"kp:{row['pcode']}")
        special = row["pcode"] in ("KP0201", "KP1001", "KP1102")  # the city is, or is named as, the special city
        for spelling in filter(None, (row[c] for c in columns)):
            found = kp.gazetteer.resolve(spelling, within=place.id if special else place.parent)
            assert found.id == place.id, spelling


def test_every_unit_row_resolves_or_is_told_apart_in_the_whole_country(kp: Pack, shared_data: Path) -> None:
    for row in _rows(shared_data / "gazetteer" / "admin2.csv"):
        for spelling in (row["name_ko"], row["name_official"]):
            try:
                found = kp.gazetteer.resolve(spelling).id
            except AmbiguousPlace as error:
                assert f"kp:{row['pcode']}" in str(error)
            else:
                assert f"kp:{row['pcode']}" in (found, *kp.gazetteer.descendants(found)), spelling


def test_every_town_row_is_there_and_found_by_its_name(kp: Pack, shared_data: Path) -> None:
    for row in _rows(shared_data / "gazetteer" / "places_geonames.csv"):
        place = kp.gazetteer.place(f"kp:gn-{row['geonameid']}")
        assert place.level == 3
        try:
            found = kp.gazetteer.resolve(row["name"], within=place.parent)
        except AmbiguousPlace as error:
            assert place.id in str(error)
        else:
            assert found.id == place.id or kp.gazetteer.is_within(place.id, found.id)


def test_pcodes_and_iso_codes_are_joined_by_the_table_only(kp: Pack, shared_data: Path) -> None:
    iso = {row["pcode"]: row["iso_3166_2"] for row in _rows(shared_data / "gazetteer" / "admin1.csv")}
    assert iso["KP02"] == "KP-09"
    assert {p.id.removeprefix("kp:"): p.iso for p in kp.gazetteer if p.level == 1} == iso
    for feature in kp.boundaries.level1["features"]:
        assert kp.gazetteer.place(feature["properties"]["place"]).level == 1
    north = kp.gazetteer.place("kp:KP02")
    assert (north.iso, north.names["en"], north.names["ko"]) == ("KP-09", "North Hamgyong", "함경북도")
    assert next(p for p in kp.gazetteer if p.iso == "KP-02").names["en"] == "South Pyongan"


def test_rason_is_one_node_beside_the_provinces(kp: Pack) -> None:
    rason = [p for p in kp.gazetteer if p.names.get("en") == "Rason"]
    assert [(p.id, p.level, p.parent, p.iso) for p in rason] == [("kp:KP0201", 1, "kp", "KP-13")]
    assert all(kp.gazetteer.place(id).level == 3 for id in kp.gazetteer.descendants("kp:KP0201"))
    assert kp.gazetteer.place("kp:KP11").level == 1
    assert not kp.gazetteer.is_within("kp:KP0201", "kp:KP02")


def test_provinces_hold_as_many_people_as_their_units(kp: Pack) -> None:
    def people(place: Place) -> float:
        assert place.population is not None
        return place.population.mid

    for place in kp.gazetteer:
        parts = [kp.gazetteer.place(id) for id in kp.gazetteer.children(place.id)]
        units = [part for part in parts if part.level == place.level + 1 and part.level < 3]
        if units:
            assert people(place) == pytest.approx(sum(map(people, units)))
    musan = kp.gazetteer.place("kp:KP0218")
    assert musan.basis == "page" and musan.population is not None
    assert (round(musan.population.low), musan.population.mid) == (117764, 123721)


def test_the_sound_never_merges_two_units_of_one_province(kp: Pack) -> None:
    for province in [p for p in kp.gazetteer if p.level == 1]:
        sounds: dict[str, str] = {}
        for id in kp.gazetteer.descendants(province.id):
            unit = kp.gazetteer.place(id)
            if unit.level == 2:
                for spelling in (unit.names["en"], *unit.spellings):
                    if fold(spelling).isascii():
                        assert sounds.setdefault(skeleton(fold(spelling)), id) == id, spelling


def test_no_spelling_of_a_unit_is_another_s_within_the_province(kp: Pack) -> None:
    for unit in [p for p in kp.gazetteer if p.level == 2 and p.id not in ("kp:KP1001", "kp:KP1102")]:
        for spelling in kp.gazetteer.spellings(unit.id):
            assert kp.gazetteer.resolve(spelling, within=unit.parent, level=2).id == unit.id, spelling


def test_a_place_has_every_spelling_somebody_might_print(kp: Pack) -> None:
    spellings = {fold(s) for s in kp.gazetteer.spellings("kp:KP0203")}
    wanted = ("Hoeryong", "Hoiryeong", "Hoeryŏng-si", "Hoeryong City", "회령", "회령시", "會寧", "会宁市", "Kainei")
    assert {fold(s) for s in wanted} <= spellings | {"kainei"}


def test_unknown_and_ambiguous_spellings_say_what_to_do(kp: Pack) -> None:
    with pytest.raises(UnknownPlace, match=r"near: kp:KP0203.*\[places\]"):
        kp.gazetteer.resolve("Hoeriong")
    with pytest.raises(AmbiguousPlace, match="kp:KP0617, kp:KP0720"):
        kp.gazetteer.resolve("Unsan")
    assert kp.gazetteer.resolve("Unsan", within="kp:KP07").id == "kp:KP0720"
    for nothing in ("", "  ", "-", "\u200b"):
        with pytest.raises(UnknownPlace):
            kp.gazetteer.resolve(nothing)


def test_the_tree(kp: Pack) -> None:
    g = kp.gazetteer
    assert g.ancestors("kp:gn-2044091") == ("kp:KP0203", "kp:KP02", "kp")
    assert [g.at_level("kp:gn-2044091", level).id for level in range(4)] == [
        "kp",
        "kp:KP02",
        "kp:KP0203",
        "kp:gn-2044091",
    ]
    assert g.at_level("kp", 1).id == "kp"
    assert "kp:gn-2044091" in g.descendants("kp:KP02")
    assert g.is_within("kp:KP02", "kp:KP02") and not g.is_within("kp:KP02", "kp:KP0203")
    assert g.name("kp:KP0103", "en") == "Kim Jong Suk County"
    assert g.name("kp:KP0103", "ko-KR") == "김정숙군" and g.name("kp:KP0103", "fr") == "Kim Jong Suk County"
    with pytest.raises(UnknownPlace):
        g.place("kp:KP99")


def test_another_country_needs_no_code(tiny: Pack) -> None:
    assert [tiny.gazetteer.resolve(s).id for s in ("Bräsk", "brask port", "Öllen Ösel", "Old Hoam")] == [
        "tq:O1", "tq:O1", "tq:O", "tq:V1",
    ]  # fmt: skip
    assert tiny.gazetteer.name("tq:S", "qtz") == "Skembrï"
    bare, full = written(tiny.gazetteer.place("tq:O3"), ["Candle"], tiny.about.places)
    assert (bare, full) == (("Candle",), ("Candle Ward", "Candle Vork"))


@pytest.mark.parametrize(
    ("spelling", "other", "place"),
    [
        ("은률", "은율", "kp:KP0908"),
        ("은률군", "은율군", "kp:KP0908"),
        ("平壤", "平壌", "kp:KP10"),
        ("咸鏡北道", "咸镜北道", "kp:KP02"),
        ("兩江道", "両江道", "kp:KP01"),
        ("會寧市", "会寧市", "kp:KP0203"),
        ("会宁", "会寧", "kp:KP0203"),
    ],
)
def test_a_place_is_found_in_the_spelling_of_every_country(kp: Pack, spelling: str, other: str, place: str) -> None:
    for written_so in (spelling, other):
        assert kp.gazetteer.resolve(written_so).id == place
        assert [found.place for found in kp.gazetteer.mentions(written_so)] == [place]


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell in Pyongyang.",
        "Rain fell in P’yŏngyang City.",
        "평양에서 비가 내렸다.",
        "平壤市에서 비가 내렸다.",
        "平壤降雨。",
        "平壌で雨が降った。",
        "Llovió en Pyongyang.",
    ],
)
def test_the_capital_is_found_in_the_text_of_every_language(kp: Pack, text: str) -> None:
    (found,) = kp.gazetteer.mentions(text)
    assert kp.gazetteer.is_within("kp:KP1001", found.place) and found.spelling in text
