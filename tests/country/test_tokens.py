"""One way to cut text for every engine."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country import tokens


@pytest.mark.parametrize(
    "text, language, expected",
    [
        ("Floods flooded the flooding", "en", ["flood", "flood", "the", "flood"]),
        ("the people's self-criticism", "en", ["the", "peopl", "self", "critic"]),
        ("Ch’ŏngjin Ch'ongjin Chongjin", "en", ["chongjin"] * 3),
        ("inundaciones", "es", ["inund"]),
        ("회령시에서", "ko", ["회영", "영시", "시에", "에서"]),
        ("쌀 70일전투", "ko", ["쌀", "70", "일전", "전투"]),
        ("洪水。大雨", "zh", ["洪水", "大雨"]),
        ("ジャガイモ", "ja", ["ジャ", "ャガ", "ガイ", "イモ"]),
        ("1,036 dead, 3.5 km", "en", ["1036", "dead", "3.5", "km"]),
        ("스텔스Stealth기", "ko", ["스텔", "텔스", "stealth", "기"]),
        ("Störm färjor", "qtz", ["storm", "farjor"]),
        ("", "en", []), ("… — !", "en", []),
    ],
)  # fmt: skip
def test_tokens(text: str, language: str, expected: list[str]) -> None:
    assert tokens(text, language) == expected


@given(st.text(), st.sampled_from(["en", "es", "ko", "zh", "ja", "qtz"]))
def test_tokens_hold_no_space_and_do_not_depend_on_composition(text: str, language: str) -> None:
    found = tokens(text, language)
    assert all(token and not any(c.isspace() for c in token) for token in found)
    assert found == tokens(unicodedata.normalize("NFC", text), language)


@given(st.text(alphabet=st.characters(max_codepoint=127)))
def test_the_quick_way_for_plain_text_is_the_same_way(text: str) -> None:
    assert tokens(text, "en") == tokens(text + " 한", "en")[:-1]


@pytest.mark.parametrize(
    ("north", "south"),
    [
        ("로동신문", "노동신문"),
        ("조선로동당", "조선노동당"),
        ("녀성", "여성"),
        ("리유", "이유"),
        ("련합", "연합"),
        ("비률", "비율"),
        ("래년", "내년"),
        ("되였다", "되었다"),
        ("락원", "낙원"),
        ("릉라도", "능나도"),
    ],
)
def test_north_and_south_spell_one_word(north: str, south: str) -> None:
    assert tokens(north, "ko") == tokens(south, "ko")


@pytest.mark.parametrize(("one", "other"), [("노래", "모래"), ("나라", "바라"), ("홍수", "큰물"), ("습니다", "습시다")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert tokens(one, "ko") != tokens(other, "ko")


def test_marks_that_show_nothing_part_no_word() -> None:
    assert tokens("flo\u00adod in Sinu\u200biju, 큰\u200b물", "en") == tokens("flood in Sinuiju, 큰물", "en")
