"""Plainer words are suggested for what betrays a mouth."""

from __future__ import annotations

import tomllib

import pytest

from farbank.protect.style.reword import TABLE, reword, telltales


def listed() -> list[tuple[str, str]]:
    return [
        (language, phrase) for language, table in tomllib.loads(TABLE.read_text("utf-8")).items() for phrase in table
    ]


@pytest.mark.parametrize(("language", "phrase"), listed())
def test_every_phrase_is_found_and_has_something_plainer(language: str, phrase: str) -> None:
    text = f"… {phrase} …"
    assert [(each, text[start:end]) for each, start, end in telltales(text, language)] == [(phrase, phrase)]
    assert reword(phrase, language)
    assert phrase not in reword(phrase, language)


def test_case_quotes_and_region_make_no_difference() -> None:
    assert reword("To  Be Honest", "en-GB") == reword("to be honest", "en")
    assert reword("Y’all", "en") == ("you",)


def test_a_phrase_within_a_word_is_none() -> None:
    assert not [*telltales("a week of mightyness", "en")]
    assert not [*telltales("막내가 왔다", "ko")]


def test_what_no_table_knows_has_no_suggestion() -> None:
    assert reword("the mill", "en") == ()
    assert reword("anyhow", "fr") == ()
    assert not [*telltales("anyhow", "fr")]
