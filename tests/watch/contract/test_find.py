from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.tokens import tokens
from farbank.model.statemedia import Article, Window
from farbank.watch.engine import Archive
from farbank.watch.index import Phrase, split
from farbank.watch.passages import passages

FIRST = date(2031, 7, 1)
DAYS = 20
ALL = Window(first=FIRST, last=FIRST + timedelta(DAYS))
WORDS = {
    "en": ("rain", "rose", "dam", "5,000", "The", "the", "not", "naïve", "don't"),
    "ko": ("큰물", "피해", "물", "없"),
}
OUTLETS = ("Wire", "a'b", "Gazette")
Needle = dict[str, tuple[Phrase, ...]]


def item(number: int, title: str, body: str = "", lang: str = "en", day: int = 0, **more: str) -> Article:
    fields = {"outlet": "Wire"} | more
    return Article(id=f"a{number}", lang=lang, date=FIRST + timedelta(day), title=title, body=body, **fields)


def heap() -> Iterator[Article]:
    """Texts of few words, so that phrases meet often, and nearly."""
    chance = random.Random(31)
    for number in range(300):
        lang = chance.choice(("en", "ko"))
        between = chance.choice((" ", "")) if lang == "ko" else " "
        texts = [between.join(chance.choices(WORDS[lang], k=chance.randrange(9))) for _ in range(4)]
        yield item(number, texts[0], "\n".join(texts[1:]), lang, chance.randrange(DAYS), outlet=chance.choice(OUTLETS))


CRAFTED = (
    item(901, "Report", "Heavy showers fell.\n \nRivers swelled.", day=1),
    item(902, "Informe", "El pan subió.", "es", 2),
    item(903, "Report", "A pan of rice.", day=3),
    item(904, "소식", "큰물피해를 입은 군", "ko", 4),
    item(905, "\n\t", "'; DROP TABLE x; -- \x00 \u202e tokens:zebra AND (" + "z" * 60_000, day=5),
    item(906, "Zebra", day=6),
)


@pytest.fixture(scope="module")
def written(filed: Callable) -> Iterator[Archive]:  # type: ignore[type-arg]
    with filed()([*heap(), *CRAFTED]) as opened:
        yield opened


def found(opened: Archive, *phrase: str, language: str = "en", window: Window = ALL) -> set[tuple[str, int]]:
    hits = opened.index.find([{language: (phrase,)}], window)
    return {(opened.store.article(split(key)[0]).id, split(key)[1]) for key in hits}


def test_what_goes_in_is_found_by_title_and_paragraph(written: Archive) -> None:
    assert found(written, "shower") == {("a901", 1)}
    assert found(written, "river", "swell") == {("a901", 2)}
    assert found(written, "swell", "river") == set()
    assert found(written, "report") == {("a901", 0), ("a903", 0)}


def test_a_language_is_searched_by_its_own_words_only(written: Archive) -> None:
    assert found(written, "pan") == {("a903", 1)}
    assert found(written, "pan", language="es") == {("a902", 1)}
    assert ("a904", 1) in found(written, "큰물", "물피", "피해", "해를", language="ko")
    assert found(written, "pan", language="qtz") == set()


def test_hostile_text_is_only_text(written: Archive) -> None:
    assert found(written, "zebra") == {("a905", 1), ("a906", 0)}
    assert found(written, "z" * 60_000) == {("a905", 1)}


def test_every_needle_is_required(written: Archive) -> None:
    both: list[Needle] = [{"en": (("heavi",),)}, {"en": (("fell",), ("zebra",))}]
    assert len(written.index.find(both, ALL)) == 1
    assert written.index.find([*both, {"en": (("river",),)}], ALL) == {}
    assert written.index.find([*both, {"en": ()}], ALL) == {}
    assert written.index.find([*both, {"es": (("pan",),)}], ALL) == {}


def test_the_best_come_first_and_are_among_all(written: Archive) -> None:
    needle: Needle = {"en": (("rain",), ("dam",)), "ko": (("피해",),)}
    every = written.index.find([needle], ALL)
    assert list(every.values()) == sorted(every.values(), reverse=True)
    best = written.index.find([needle], ALL, limit=10)
    assert list(best.values()) == pytest.approx(list(every.values())[:10])
    assert best.keys() <= every.keys()


def _phrases(language: str, words: Sequence[str]) -> st.SearchStrategy[tuple[Phrase, ...]]:
    cut = sorted({*tokens(" ".join(words), language), *tokens("".join(words), language)})
    return st.lists(st.lists(st.sampled_from(cut), min_size=1, max_size=3).map(tuple), max_size=3).map(tuple)


phrases = {language: _phrases(language, words) for language, words in WORDS.items()}
needles = st.lists(st.fixed_dictionaries({}, optional=phrases), min_size=1, max_size=3)
windows = st.tuples(st.integers(0, DAYS), st.integers(0, DAYS)).map(
    lambda ends: Window(first=FIRST + timedelta(min(ends)), last=FIRST + timedelta(max(ends)))
)


@given(needles=needles, window=windows, outlets=st.none() | st.lists(st.sampled_from(OUTLETS), min_size=1))
def test_nothing_is_missed_and_nothing_imagined(
    written: Archive, needles: list[Needle], window: Window, outlets: list[str] | None
) -> None:
    hits = written.index.find(needles, window, outlets)
    assert sorted(place(written, key) for key in hits) == sorted(_read_through(needles, window, outlets))


def place(opened: Archive, key: int) -> tuple[str, int]:
    ordinal, position = split(key)
    return opened.store.article(ordinal).id, position


def _read_through(
    needles: Sequence[Needle], window: Window, outlets: Sequence[str] | None
) -> Iterator[tuple[str, int]]:
    for article in (*heap(), *CRAFTED):
        if window.first <= article.date <= window.last and (outlets is None or article.outlet in outlets):
            for position, text in enumerate(passages(article)):
                cut = tokens(text, article.lang)
                if all(any(_stands(phrase, cut) for phrase in one.get(article.lang, ())) for one in needles):
                    yield article.id, position


def _stands(phrase: Phrase, cut: Sequence[str]) -> bool:
    return any(tuple(cut[n : n + len(phrase)]) == phrase for n in range(len(cut)))
