"""The words that give people away: whole in every language, and read from any pack."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country import tells
from farbank.country.pack import Pack
from farbank.model.errors import DecodeError

ON_NO_AXIS = {"", "army-officer", "army-ranks", "league", "student", "journalist"}
TINY = Path(__file__).parents[1] / "packs" / "tiny" / "tells"


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_every_office_trade_age_and_sex_is_a_node_of_the_population(kp: Pack, language: str) -> None:
    nodes = {node for axis in kp.population.axes for node in axis.nodes}
    tongue = kp.tells.tongue(language)
    assert tongue is not None
    said = {
        t.reading for t in (*tongue.rank, *tongue.occupation, *tongue.post, *tongue.trade, *tongue.sex, *tongue.band)
    }
    assert {kp.tells.node(reading) for reading in said} - nodes <= ON_NO_AXIS
    assert {band.node for band in kp.tells.nodes.bands} <= nodes


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh"])
def test_every_sort_has_words_in_every_language(kp: Pack, language: str) -> None:
    tongue = kp.tells.tongue(language)
    for sort in ("clock", "age", "sex", "kinship", "rank", "occupation", "absence", "anecdote", "serial", "quantity"):
        assert getattr(tongue, sort), sort


def test_every_age_has_the_narrowest_band(kp: Pack) -> None:
    assert kp.tells.band(42, 42) == "age:40-44"
    assert kp.tells.band(40, 49) == "age:40s"
    assert kp.tells.band(43, 47) == "age:40s"
    assert kp.tells.band(38, 42) == "age:adult"
    assert kp.tells.band(18, 30) == ""
    assert all(kp.tells.band(age, age) for age in range(121))


@pytest.mark.parametrize(
    ("language", "written", "worth"),
    [
        ("en", "23", 23), ("en", "1,200", 1200), ("en", "twenty-three", 23), ("en", "one hundred and five", 105),
        ("ko", "스물세", 23), ("ko", "이십삼", 23), ("ko", "열두", 12), ("ko", "백이십", 120), ("ko", "마흔둘", 42),
        ("ja", "二十三", 23), ("zh", "四十二", 42), ("zh", "十五", 15), ("zh", "两", 2), ("en", "heron", None),
    ],
)  # fmt: skip
def test_numbers_in_words_are_worth_what_they_say(kp: Pack, language: str, written: str, worth: int | None) -> None:
    tongue = kp.tells.tongue(language)
    assert tongue is not None and tongue.number(written) == worth


@given(st.integers(1, 99))
def test_sino_korean_and_chinese_numbers_come_back(kp: Pack, number: int) -> None:
    for language, digits, ten in (("ko", "일이삼사오육칠팔구", "십"), ("zh", "一二三四五六七八九", "十")):
        tens, ones = divmod(number, 10)
        written = (digits[tens - 1] if tens > 1 else "") + (ten if tens else "") + (digits[ones - 1] if ones else "")
        tongue = kp.tells.tongue(language)
        assert tongue is not None and tongue.number(written) == number


def test_a_language_falls_back_to_the_one_it_is_a_kind_of(kp: Pack) -> None:
    assert kp.tells.tongue("ko-KP") is kp.tells.tongue("ko")
    assert kp.tells.tongue("fr") is None


def test_another_country_brings_its_own(tiny: Pack) -> None:
    tongue = tiny.tells.tongue("qtz")
    assert tongue is not None and tongue.occupation[0].reading == "trade:fisher"


def test_a_pack_without_tells_knows_no_language(tmp_path: Path) -> None:
    assert tells.load(tmp_path / "tells").tongue("en") is None


def test_every_pattern_of_a_pack_that_ships_is_one(kp: Pack) -> None:
    assert tells.load(kp.folder / "tells").tongues.keys() == kp.tells.tongues.keys() >= set(kp.languages)


@pytest.mark.parametrize("form", ["(", "{nobody}"])
def test_a_pattern_that_is_none_is_named_with_its_file(tmp_path: Path, form: str) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "tells"))
    (folder / "en.toml").write_text(f"[[serial]]\nforms = ['{form}']\n")
    with pytest.raises(DecodeError, match=r"en\.toml"):
        tells.load(folder)


def test_a_count_without_a_number_to_read_is_refused(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY, tmp_path / "tells"))
    (folder / "en.toml").write_text("[[quantity]]\nforms = ['some of us']\n")
    with pytest.raises(DecodeError, match="group n"):
        tells.load(folder)
