"""Concepts have forms in every language, and a slip is never a silent search."""

from __future__ import annotations

import csv
import tomllib
from pathlib import Path

import pytest

from farbank.country import tokens
from farbank.country.pack import Pack
from farbank.model.errors import MissingReference


@pytest.mark.parametrize(
    "key",
    ["flood", "rain", "death", "casualty", "starvation", "hunger", "food", "ration", "self-criticism", "discipline",
     "lockdown", "discontent", "levee", "rescue", "evacuation", "order", "promise", "harvest", "maize", "potato"],
)  # fmt: skip
def test_what_the_watch_looks_for_is_worded_in_five_languages(kp: Pack, key: str) -> None:
    concept = kp.lexicon.concept(key)
    assert set(concept.forms) == {"en", "ko", "zh", "ja", "es"}
    for language, forms in concept.forms.items():
        assert forms and all(tokens(form, language) for form in forms)
        if language in ("ko", "zh", "ja"):
            assert all(len(form) >= 2 for form in forms), (key, language)


def test_every_form_of_every_concept_can_be_looked_for(kp: Pack) -> None:
    for concept in kp.lexicon:
        for language, forms in concept.forms.items():
            assert all(tokens(form, language) for form in forms), (concept.key, language)
            assert len(set(forms)) == len(forms), (concept.key, language)


def test_no_form_of_ours_ends_in_a_lone_syllable_which_a_longer_word_hides(kp: Pack) -> None:
    for key in tomllib.loads((kp.folder / "concepts.toml").read_text("utf-8"))["concepts"]:
        forms = kp.lexicon.concept(key).forms
        for language in ("ko", "zh", "ja"):
            last = [tokens(form, language)[-1] for form in forms.get(language, ())]
            assert not [one for one in last if len(one) == 1 and not one.isascii()], (key, language)


def test_every_glossary_term_is_a_concept(kp: Pack, shared_data: Path) -> None:
    with (shared_data / "glossary" / "dprk_terms.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            forms = kp.lexicon.concept(row["en"]).forms
            if kp.lexicon.concept(row["en"]).key == row["en"]:
                assert {row["ko"], row["ko_south_spelling"]} <= set(forms["ko"])


def test_glosses_are_taken_apart(kp: Pack) -> None:
    assert kp.lexicon.concept("amnok (yalu) river").forms["en"] == ("Amnok River", "Yalu River")
    assert kp.lexicon.concept("Korean Central News Agency").forms["en"] == ("Korean Central News Agency", "KCNA")


def test_a_slip_is_refused_and_a_literal_is_said_to_be_one(kp: Pack) -> None:
    with pytest.raises(MissingReference, match=r"near: flood.*word:fload"):
        kp.lexicon.concept("fload")
    assert kp.lexicon.concept("word:Amnok").forms["es"] == ("Amnok",)
    with pytest.raises(MissingReference):
        kp.lexicon.concept("word:")


def test_negators(kp: Pack, tiny: Pack) -> None:
    assert all(kp.lexicon.negators(language) for language in ("en", "ko", "zh", "ja", "es"))
    assert kp.lexicon.negators("xx") == ()
    assert tiny.lexicon.concept("salt ration").forms["qtz"] == ("sältrasjon",)
