"""Folding keeps what spellings share and nothing else."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country import fold
from farbank.country.fold import blur, skeleton
from farbank.country.romanise import MOST, hangulised, romanised


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_how_the_text_was_composed_does_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.parametrize(
    "one, other",
    [
        ("Ch’ŏng-jin", "CHONGJIN"),
        ("돌 마루", "돌마루"),
        ("\u1103\u1169\u11af", "돌"),
        ("Ｋｉｌｊｕ", "kilju"),
        ("Ki\u00adl\u200bju", "kilju"),
    ],
)
def test_spellings_that_agree(one: str, other: str) -> None:
    assert fold(one) == fold(other)


def test_marks_that_are_part_of_a_letter_stay() -> None:
    assert fold("ガ") != fold("カ")


@pytest.mark.parametrize(
    "hangul, spellings",
    [
        ("회령", ("Hoeryong", "Hoiryeong", "Hoeryeong")),
        ("보천", ("Pochon", "Bocheon")),
        ("함경", ("Hamgyong", "Hamkyung", "Hamgyung", "Hamgyeong")),
        ("량강", ("Ryanggang", "Yanggang")),
        ("송림", ("Songrim", "Songnim")),
        ("은률", ("Unryul", "Ullyul", "Eunryul")),
        ("돌마루", ("Dolmaru", "Tolmaru")),
    ],
)
def test_every_system_and_habit_is_among_the_romanisations(hangul: str, spellings: tuple[str, ...]) -> None:
    assert set(spellings) <= set(romanised(hangul))
    assert len({skeleton(fold(spelling)) for spelling in spellings}) == 1


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8))
def test_romanisations_are_few_and_latin(hangul: str) -> None:
    found = romanised(hangul)
    assert len(found) <= MOST and all(spelling.isascii() for spelling in found)
    assert bool(found) == bool(hangul)


def test_what_is_not_hangul_has_no_romanisation() -> None:
    assert romanised("Musan") == romanised("회령 시") == romanised("") == ()


@pytest.mark.parametrize(
    "spellings",
    [
        ("Chongjin", "Chungjin", "Cheongjin", "Ch’ŏngjin", "Chongchin"),
        ("Hoeryong", "Hoeryeong", "Hoiryoung", "Hoeryung"),
        ("Kaesong", "Kaesung", "Gaeseong"),
        ("Shinuiju", "Sinuijoo", "Sineuiju"),
        ("Ryanggang", "Yanggang", "Nyanggang"),
    ],
)
def test_the_blur_hears_no_difference_between_o_and_u(spellings: tuple[str, ...]) -> None:
    assert len({blur(fold(spelling)) for spelling in spellings}) == 1


@pytest.mark.parametrize(
    "latin, hangul",
    [("dolmaru", "돌마루"), ("marubong", "마루봉"), ("hoeryong", "회령"), ("sinuiju", "신의주"), ("cheongjin", "청진")],
)
def test_latin_letters_are_read_back_as_hangul(latin: str, hangul: str) -> None:
    assert hangul in hangulised(latin)
    assert fold(latin) in {fold(spelling) for spelling in romanised(hangul)}


@pytest.mark.parametrize("word", ["", "john", "x", "o" * 25, "oo" * 12 + "x", "Dolmaru", "돌"])
def test_what_is_no_korean_name_is_read_as_none(word: str) -> None:
    assert hangulised(word) in ((), ("",))
