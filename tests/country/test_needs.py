"""A text that lacks what a pattern needs holds no match: for any pattern, and for every one of the packs."""

from __future__ import annotations

import re
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.country.needs import Reader, lacks, shape
from farbank.country.tells import Tongue

LETTERS = "aAiıİkKsſσςΣ가김é5٣- "
"""Letters of which some are the same to a search without regard to case, digits of two scripts, and spaces."""
SLOTS = {"one": "[ai]|ka?", "two": "{one}{2}|5", "gap": "a k"}

literals = st.text(LETTERS, min_size=1, max_size=3).map(re.escape)
classes = st.sampled_from(["[ak]", "[^a]", "[i-s]", r"\d", r"[\d가]", r"\w", ".", r"\s", "[ſ5]", "(?-i:K)"])
edges = st.sampled_from([r"\b", "^", "$", r"\Z", "(?!)", "(?<!a)", "(?<=k)", "(?<![a5])", "(?<=[가s])"])
slots = st.sampled_from(["{one}", "{two}"])


def grown(smaller: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Patterns made of smaller ones."""
    repeats = st.sampled_from(["?", "*", "+", "{2}", "{0,2}", "{1,3}", "??", "+?", "?+", "++"])
    return st.one_of(
        st.lists(smaller, min_size=1, max_size=4).map("".join),
        st.lists(smaller, min_size=1, max_size=4).map(lambda parts: f"(?:{'|'.join(parts)})"),
        st.tuples(smaller, repeats).map(lambda part: f"(?:{part[0]}){part[1]}"),
        smaller.map("({})".format),
        smaller.map("(?>{})".format),
        smaller.map("(?={})".format),
        smaller.map("(?!{})".format),
    )


patterns = st.recursive(literals | classes | edges | slots, grown, max_leaves=12)


def filled(form: str) -> re.Pattern[str]:
    return Tongue(parts=SLOTS).pattern(form)


@given(patterns, st.text(LETTERS, max_size=12))
@settings(max_examples=600)
def test_a_text_that_lacks_what_a_pattern_needs_holds_no_match(form: str, text: str) -> None:
    if lacks(text, Reader(SLOTS).needs(form)):
        assert filled(form).search(text) is None


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("a*", ""), ("k(?:ab){0,2}", "k"), ("k(?:ab)?s", "ks"), ("(?:ab){2}", "abab"), ("(?=k)k", "k"), ("a.k", "a-k"),
        ("(?<=a)k", "ak"), ("(?!a)k", "k"), ("a|[^a]", "k"), ("(?:a|k|)5", "5"), ("a\\b k", "A K"), ("[a-k]5", "i5"),
        (r"\d", "٣"), ("5", "5"), ("s", "ſ"), ("k", "K"), ("(?>a|k)s", "ks"), ("{two}", "KI"), ("(?x: a b )", "ab"),
        ("(?x:{gap})", "ak"), ("(?x){gap}", "ak"),
        ("(?x) a {one}", "ai"), (r"(?P<a>k?)(?P=a)", ""), ("(a)?(?(1)k|s)", "s"),
    ],
)  # fmt: skip
def test_a_text_that_holds_a_match_lacks_nothing(form: str, text: str) -> None:
    assert filled(form).search(text)
    assert not lacks(text, Reader(SLOTS).needs(form))


@pytest.mark.parametrize(
    ("form", "text"),
    [
        (r"\bwas (?:taken|told)\b", "She was asked."), ("(?:군관|장교)", "a sergeant"), ("no{one}?", "a yes"),
        (r"\d+ {two}", "none"), ("(?=가)[가-힣]+", "나라"), ("(?<=copy )[0-9]", "copied 4"), ("colou?r", "colur"),
    ],
)  # fmt: skip
def test_a_text_without_the_words_of_a_pattern_is_not_searched(form: str, text: str) -> None:
    assert lacks(text, Reader(SLOTS).needs(form))


@pytest.mark.parametrize(
    "form", ["(", "{nobody}", "{self}", "[^a]", r"\w+", "a?", "(?x) a b {one}", r"(?P<a>x?)(?P=a)"]
)
def test_what_is_not_understood_is_searched(form: str) -> None:
    assert Reader(SLOTS | {"self": "{self}"}).needs(form) == ()


def test_letters_a_search_takes_for_the_same_have_one_shape() -> None:
    cased = "".join(
        letter for letter in map(chr, range(sys.maxunicode + 1)) if letter.lower() != letter or letter.upper() != letter
    )
    for letter in cased:
        for form in (letter, f"[{letter}]", f"[{letter}-{letter}]"):
            same = re.findall(form, cased, re.IGNORECASE)
            assert {shape(other) for other in same} == {shape(letter)}
