"""One text in three places counts once; two texts that differ in a number or a name are two."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.statemedia import Article
from farbank.watch import archive, likeness

WORDS = [f"word{n}" for n in range(400)]
STORY = (
    "The builders of the Sinyang dam finished the second stage of the work two months ahead of schedule. "
    "Officials of the county visited the site and encouraged the workers. The dam will water 300 hectares of paddy "
    "fields in the plain of Varn, and the people of Ollen sent vegetables, tools and letters to the builders. "
    "An evening of songs was held at the foot of the dam after the work was over and the guests had gone home."
)


def test_the_same_words_are_one_text_however_they_are_set() -> None:
    other = STORY.replace(". ", ".\n\n").upper()
    assert likeness.exact(likeness.words(STORY)) == likeness.exact(likeness.words(other)) != b""


def test_a_word_more_is_a_near_copy() -> None:
    assert likeness.near(STORY, STORY + " Reported from the site.".lower())
    assert set(likeness.bands(likeness.words(STORY))) & set(likeness.bands(likeness.words(STORY + " it was said")))


@pytest.mark.parametrize(
    ("old", "new"),
    [("300 hectares", "800 hectares"), ("plain of Varn", "plain of Sorim"), ("people of Ollen", "people of Varn")],
)
def test_another_number_or_name_is_another_text(old: str, new: str) -> None:
    assert not likeness.near(STORY, STORY.replace(old, new))


@pytest.mark.parametrize("text", ["", "Photo.", "Weather forecast for tomorrow", "큰물"])
def test_a_text_too_short_is_its_own(text: str) -> None:
    assert likeness.exact(likeness.words(text)) == b""
    assert likeness.bands(likeness.words(text)) == []
    assert not likeness.near(text, text)


@given(seed=st.integers(0, 2**32))
def test_whatever_is_just_near_is_nearly_always_compared(seed: int) -> None:
    """Over forty pairs that differ in one word of ninety: each is missed less than once in a hundred."""
    chance = random.Random(seed)
    missed = 0
    for _ in range(40):
        first = chance.choices(WORDS, k=90)
        second = first.copy()
        second[chance.randrange(90)] = "changed"
        missed += not set(likeness.bands(first)) & set(likeness.bands(second))
    assert missed <= 6


def item(number: int, body: str, outlet: str = "KCNA", day: int = 1, title: str = "", lang: str = "en") -> Article:
    return Article(
        id=f"a{number}", outlet=outlet, lang=lang, date=date(2031, 7, day), title=title or f"Item {number}", body=body
    )


def groups(folder: Path, *items: Article) -> list[set[str]]:
    """Which articles count as one."""
    archive.build(items, folder)
    with archive.open(folder) as opened:
        found: dict[int, set[str]] = {}
        for one in items:
            found.setdefault(opened.store.same(one.outlet, one.id), set()).add(one.id)
        return sorted(found.values(), key=min)


def test_copies_across_outlets_days_and_languages_are_one(tmp_path: Path) -> None:
    found = groups(
        tmp_path,
        item(1, STORY),
        item(2, STORY, outlet="Rodong Sinmun", day=2, title="Dam finished"),
        item(3, STORY + "\nits evening was long", outlet="Pyongyang Times", day=5),
        item(4, STORY.replace("300", "800")),
        item(5, STORY.replace("dam", "mill").replace("Sinyang", "Ollen")),
    )
    assert found == [{"a1", "a2", "a3"}, {"a4"}, {"a5"}]


def test_titles_alone_are_never_folded(tmp_path: Path) -> None:
    assert groups(tmp_path, *(item(n, "", day=n, title="Weather Forecast") for n in (1, 2, 3))) == [
        {"a1"}, {"a2"}, {"a3"},
    ]  # fmt: skip


def test_versions_of_an_item_in_other_languages_are_one(tmp_path: Path) -> None:
    english = Article(
        id="e", outlet="KCNA", lang="en", date=date(2031, 7, 1), title="Dam", body="The dam stands.", item="7f"
    )
    korean = Article(
        id="k", outlet="KCNA", lang="ko", date=date(2031, 7, 1), title="언제", body="언제가 섰다.", item="7f"
    )
    other = Article(
        id="r", outlet="Rodong Sinmun", lang="ko", date=date(2031, 7, 1), title="언제", body="다르다.", item="7f"
    )
    archive.build([english, korean, other], tmp_path)
    with archive.open(tmp_path) as opened:
        assert (
            opened.store.same("KCNA", "e") == opened.store.same("KCNA", "k") != opened.store.same("Rodong Sinmun", "r")
        )
        assert [(one.outlet, one.language) for one in opened.store.copies("KCNA", "e")] == [("KCNA", "ko")]
        assert opened.extent.folded == 1
