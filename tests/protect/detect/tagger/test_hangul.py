"""What the tagger sees of a Korean word: its stem, its particle, its sounds; nothing where there is no Hangul."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.protect.detect.tagger.hangul import is_syllable, of_syllables
from farbank.protect.detect.tagger.tokens import tokens


def seen(text: str) -> list[list[str]]:
    return of_syllables(tokens(text, 0, len(text)))


@pytest.mark.parametrize(
    ("word", "stem", "particle"),
    [
        ("청진에서", "청진", "에서"),
        ("청진에서는", "청진", "에서는"),
        ("철수가", "철수", "가"),
        ("영철이", "영철", "이"),
        ("철수이", "철수이", ""),
        ("길로", "길", "로"),
        ("손으로", "손", "으로"),
        ("손로", "손로", ""),
        ("청년들에게", "청년", "들에게"),
        ("이", "이", ""),
    ],
)
def test_a_word_is_parted_where_its_sounds_allow(word: str, stem: str, particle: str) -> None:
    first = seen(word)[0]
    assert f"k={stem}" in first
    assert f"kp={particle}" in first


def test_a_word_is_seen_from_its_neighbours_without_its_particle() -> None:
    before, after = seen("철수가 청진에서")[0], seen("철수가 청진에서")[-1]
    assert "kn=청진" in before
    assert {"kv=철수", "kvp=가"} <= set(after)


@given(text=st.text(max_size=80))
def test_only_syllables_have_features(text: str) -> None:
    line = tokens(text, 0, len(text))
    assert [bool(found) for found in of_syllables(line)] == [is_syllable(token.text) for token in line]


@given(text=st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x24F), max_size=80))
def test_latin_text_is_seen_as_before(text: str) -> None:
    assert not any(seen(text))
