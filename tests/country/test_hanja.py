"""Chinese characters and Hangul spell one word, whichever the text has."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.southern import SOUTHERN
from farbank.country.tokens import one_spelling, tokens
from farbank.country.variants import ONE_SHAPE, rows


@pytest.mark.parametrize(
    ("hanja", "hangul"),
    [
        ("朝鮮", "조선"),
        ("平壤", "평양"),
        ("人民班", "인민반"),
        ("朝鮮人民軍이", "조선인민군이"),
        ("조선人民군", "조선인민군"),
        ("朝鮮勞動黨", "조선로동당"),
        ("女性", "녀성"),
        ("兩江道 會寧市에서", "량강도 회령시에서"),
        ("十月革命", "시월혁명"),
        ("六月", "유월"),
        ("不正腐敗", "부정부패"),
        ("不法", "불법"),
        ("不實", "부실"),
        ("率先", "솔선"),
        ("能率", "능률"),
        ("樂園", "락원"),
        ("音樂觀覽", "음악관람"),
        ("停車場", "정거장"),
        ("自動車", "자동차"),
        ("牡丹峰", "모란봉"),
        ("金剛山", "금강산"),
        ("黃金", "황금"),
        ("金正恩", "김정은"),
        ("朝鮮勞動黨總書記金正恩同志", "조선로동당총서기김정은동지"),
        ("金順福", "김순복"),
    ],
)
def test_a_word_in_characters_is_the_word_in_hangul(hanja: str, hangul: str) -> None:
    assert tokens(hanja, "ko") == tokens(hangul, "ko") == tokens(hanja, "ko-KP")


@pytest.mark.parametrize(
    ("glossed", "plain"),
    [
        ("조선(朝鮮)인민군", "조선인민군"),
        ("朝鮮（조선）인민군", "조선인민군"),
        ("노동당(勞動黨)의", "로동당의"),
        ("조선민주주의인민공화국(共和國)은", "조선민주주의인민공화국은"),
    ],
)
def test_a_gloss_in_brackets_parts_no_word(glossed: str, plain: str) -> None:
    assert tokens(glossed, "ko") == tokens(plain, "ko")


@pytest.mark.parametrize("text", ["비(雨)", "도이췰란드(獨逸)", "朝鮮(朝鮮)", "조선(조선)"])
def test_what_in_brackets_is_no_reading_stays(text: str) -> None:
    assert len(one_spelling(text, "ko")) == len(text)


@pytest.mark.parametrize("other", ["会寧", "会宁", "會寧"])
def test_other_shapes_of_a_character_are_read_too(other: str) -> None:
    assert tokens(other, "ko") == tokens("회령", "ko")


def test_elsewhere_characters_stay_characters() -> None:
    assert tokens("平安", "zh") == ["平安"] == tokens("平安", "ja") == tokens("平安", "en")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("朝鮮勞動黨", "朝鲜劳动党"),
        ("國家", "国家"),
        ("平壤", "平壌"),
        ("後勤", "后勤"),
        ("廣場", "広場"),
        ("峯", "峰"),
    ],
)
def test_traditional_simplified_and_japanese_shapes_are_one(one: str, other: str) -> None:
    for language in ("zh", "zh-Hans", "zh-Hant", "ja", "en"):
        assert tokens(one, language) == tokens(other, language)


@pytest.mark.parametrize(("one", "other"), [("洪水", "淡水"), ("平安", "平原"), ("東京", "北京")])
def test_other_characters_stay_apart(one: str, other: str) -> None:
    assert tokens(one, "zh") != tokens(other, "zh")


def test_one_shape_stands_for_itself() -> None:
    assert not {ord(first) for first in ONE_SHAPE.values()} & ONE_SHAPE.keys()


def test_every_character_has_one_reading_and_every_listed_word_as_many_syllables_as_characters() -> None:
    read = [one for _, alike in rows("readings.tsv") for one in alike]
    assert len(read) == len(set(read)) > 8000
    assert all(len(word) == len(sound) and set(word) <= set(read) for word, sound in rows("words.tsv"))


@given(st.text(alphabet="朝鮮金不率十六月조선로동당が國 a\u200b", max_size=12), st.sampled_from(["ko", "zh", "ja"]))
def test_one_spelling_is_spelled_so_already(text: str, language: str) -> None:
    once = one_spelling(text, language)
    assert one_spelling(once, language) == once
    assert tokens(once, language) == tokens(text, language)


def test_southern_spelling_is_southern_already() -> None:
    assert not {ord(south) for south in SOUTHERN.values()} & SOUTHERN.keys()
