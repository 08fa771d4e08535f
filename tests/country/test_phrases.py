"""Sentences, dates, lists, people and particles."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank import country
from farbank.country.errors import MissingPhrase, MissingSlot
from farbank.country.pack import Pack
from farbank.country.particles import attach
from farbank.country.phrases import Phrases
from farbank.model.dates import When


@pytest.mark.parametrize(
    "when, en, ko",
    [
        ("2023-06-17", "17 June 2023", "2023년 6월 17일"),
        ("2023-06", "June 2023", "2023년 6월"),
        ("2023", "2023", "2023년"),
        ("2023-06~", "about June 2023", "2023년 6월경"),
        ("2023-06-17~", "about 17 June 2023", "2023년 6월 17일경"),
        ("2023-07-01/2023-07-19", "1–19 July 2023", "2023년 7월 1~19일"),
        ("2023-06-20/2023-06-30", "late June 2023", "2023년 6월 하순"),
        ("2023-06-25/2023-06-30", "late June 2023", "2023년 6월 하순"),
        ("2023-06-19/2023-06-30", "19–30 June 2023", "2023년 6월 19~30일"),
        ("2023-06-01/2023-06-10", "early June 2023", "2023년 6월 초순"),
        ("2023-06-28/2023-07-02", "28 June – 2 July 2023", "2023년 6월 28일~7월 2일"),
        ("2023-04/2023-06", "April–June 2023", "2023년 4월~6월"),
        ("2022-12/2023-01", "December 2022 – January 2023", "2022년 12월~2023년 1월"),
        ("2022-12-30/2023-01-02", "30 December 2022 – 2 January 2023", "2022년 12월 30일~2023년 1월 2일"),
        ("2021/2023", "2021–2023", "2021~2023년"),
        ("2023-04/..", "since April 2023", "2023년 4월부터"),
        ("2023-04-03/..", "since 3 April 2023", "2023년 4월 3일부터"),
        ("../2023-04", "until April 2023", "2023년 4월까지"),
    ],
)
def test_dates_are_as_exact_as_they_are(kp: Pack, when: str, en: str, ko: str) -> None:
    assert kp.phrases["en"].date(When(when)) == en
    assert kp.phrases["ko"].date(When(when)) == ko


def test_a_plain_date_is_a_day(kp: Pack) -> None:
    assert kp.phrases["en"].date(date(2024, 2, 29)) == "29 February 2024"


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.integers(0, 900))
def test_every_stretch_names_its_years(kp: Pack, first: date, days: int) -> None:
    last = date.fromordinal(first.toordinal() + days)
    for language in kp.languages:
        said = kp.phrases[language].date(When(f"{first}/{last}"))
        assert str(first.year) in said and str(last.year) in said and "{" not in said


@pytest.mark.parametrize(
    "template, expected",
    [
        ("회령은(는)", "회령은"), ("청진이(가)", "청진이"), ("함경북도은(는)", "함경북도는"), ("혜산을(를)", "혜산을"),
        ("나라을(를)", "나라를"), ("A은(는)", "A는"), ("L이(가)", "L이"), ("B와(과)", "B와"), ("3(으)로", "3으로"),
        ("서울(으)로", "서울로"), ("북(으)로", "북으로"), ("2020와(과)", "2020과"), ("7(으)로", "7로"),
        ("“당”은(는)", "“당”은"),
        ("함경북도(북)은(는)", "함경북도(북)는"), ("Kim은(는)", "Kim은"), ("Musan을(를)", "Musan을"), 
        ("Onsong(으)로", "Onsong으로"),
        ("은(는)", "는"), ("간부(이)다", "간부다"), ("일군(이)라고", "일군이라고"), ("<b>회령</b>", "<b>회령</b>"),
    ],
)  # fmt: skip
def test_particles_follow_the_sound(template: str, expected: str) -> None:
    assert attach(template) == expected


@given(st.text(max_size=30))
def test_text_without_marks_is_left_alone(text: str) -> None:
    if "(" not in text:
        assert attach(text) == text


def test_lists_and_numbers(kp: Pack) -> None:
    en, ko = kp.phrases["en"], kp.phrases["ko"]
    assert [en.join(items) for items in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]
    assert [ko.join(items) for items in (["회령", "청진"], ["가", "나", "다"])] == ["회령과 청진", "가, 나, 다"]
    assert [en.number(x) for x in (1036, 24052231.0, 3.25, 0)] == ["1,036", "24,052,231", "3.2", "0"]


def test_what_is_missing_is_named(kp: Pack) -> None:
    with pytest.raises(MissingPhrase, match=r"finding\.no-such"):
        kp.phrases["en"].say("finding.no-such")
    with pytest.raises(MissingSlot, match="place"):
        kp.phrases["en"].say("person.in", person="a resident")


def test_a_slot_may_hold_braces_and_particles_are_resolved_after_filling() -> None:
    phrases = Phrases("ko", {"x.y": "{who}이(가) {what}을(를)"})
    assert phrases.say("x.y", who="{what}", what="일군") == "{what}이 일군을"


def test_a_language_that_lacks_a_key_stops_the_pack(tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    shutil.copytree(Path(__file__).parent.parent / "packs" / "tiny", folder)
    file = folder / "wording" / "qtz" / "person.toml"
    file.write_text(
        "\n".join(line for line in file.read_text("utf-8").splitlines() if not line.startswith("partner")), "utf-8"
    )
    with pytest.raises(MissingPhrase, match=r"qtz.person\.toml lacks 'partner' \(person\.partner\)"):
        country.load(folder)


def test_a_pack_may_override_and_add(tiny: Pack, kp: Pack) -> None:
    assert tiny.phrases["en"].place("tq:O/ward", tiny) == "a ward of Ollen"
    assert "place.ward" not in kp.phrases["en"]


def test_people_are_described_by_place(kp: Pack, tiny: Pack) -> None:
    en, ko = kp.phrases["en"], kp.phrases["ko"]
    assert en.describe({"place": "kp:KP02"}, kp, partner=True) == "a reporting partner in North Hamgyong"
    assert ko.describe({"place": "kp:KP02"}, kp, partner=True) == "함경북도의 취재협력자"
    assert en.describe({"place": "kp:KP02/city"}, kp) == "a resident in a city in North Hamgyong"
    assert en.describe({}, kp) == "a resident"
    assert tiny.phrases["qtz"].describe({"place": "tq:O"}, tiny, partner=True).endswith("Öllen")


def test_people_are_described_by_what_they_do(kp: Pack) -> None:
    pytest.importorskip("farbank.country.population")
    facts = {"place": "kp:KP02", "organisation": "org:party"}
    assert kp.phrases["en"].describe(facts, kp).endswith(" in North Hamgyong")
    assert kp.phrases["ko"].describe(facts, kp).startswith("함경북도의 ")
    with pytest.raises(MissingPhrase, match="org:nothing"):
        kp.phrases["en"].describe({"organisation": "org:nothing"}, kp)
