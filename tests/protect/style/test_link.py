"""Two quotations side by side: how much likelier one mouth than two, what says so, and how far from sure that is."""

from __future__ import annotations

import time
import tomllib
from itertools import combinations
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.protect.style.link import Linkage, linkage
from farbank.protect.style.mask import masked
from farbank.protect.style.phrases import Place
from farbank.protect.style.ratio import LARGEST, reach, shipped

ROOT = Path(__file__).parents[3]
SPEAKERS = tomllib.loads((ROOT / "bench" / "known" / "speakers.toml").read_text("utf-8"))
WORRIED = (
    "Well, to be honest, I simply cannot say. Anyhow, they came twice, perhaps three times; nobody opened the door. "
    "Truly, I was afraid! And yet, anyhow, we went on."
)
SHUT = (
    "Anyhow, the market was shut. To be honest, nobody knew why; perhaps the guards did. Truly, it was hard! Anyhow, "
    "we went home."
)
ASIDES = ("anyhow,", "perhaps", "to be honest,", "and yet", "truly,", "as I said,", "mind you,", "rather")
THINGS = ("the mill", "a cart of maize", "the bridge", "her stove", "the clerk", "two buckets", "the long road")


def long_text(start: int) -> str:
    """Some hundred sentences of one invented mouth, no two alike."""
    return " ".join(
        f"{ASIDES[at % 8].capitalize()} we {'never' if at % 3 else 'still'} saw {THINGS[(at + start) % 7]} near "
        f"{THINGS[(at * 3 + 1) % 7]}{'; ' if at % 4 else ' - '}{ASIDES[(at * 5 + 2) % 8]} nobody asked"
        f"{'!' if at % 5 else '.'}"
        for at in range(100)
    )


def letters(text: str, places: tuple[Place, ...]) -> list[str]:
    return [text[start:end] for _, start, end in places]


def test_a_long_text_is_close_to_itself() -> None:
    found = linkage(long_text(0), long_text(0), "en")
    assert found.ratio.mid > 3
    assert found.ratio.low > 1


@pytest.mark.parametrize("language", ["en", "ko", "ja", "zh", "nl", "xx"])
def test_it_is_the_same_whichever_comes_first(language: str) -> None:
    here, there = linkage(WORRIED, SHUT, language), linkage(SHUT, WORRIED, language)
    assert here.ratio == there.ratio
    assert [(each.text, each.weight) for each in here.phrases] == [(each.text, each.weight) for each in there.phrases]
    assert here.words == there.words[::-1]


@settings(max_examples=30, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300), st.sampled_from(["en", "ko", "ja", "zh", "xx"]))
def test_any_text_gives_an_interval_around_its_ratio(one: str, other: str, language: str) -> None:
    found = linkage(one, other, language)
    assert 0 < found.ratio.low <= found.ratio.mid <= found.ratio.high
    assert abs(log(found.ratio.mid)) < log(LARGEST) + 1e-9
    assert found.ratio == linkage(other, one, language).ratio


@given(st.floats(0, 5000), st.floats(0, 5000))
def test_fewer_words_never_give_a_narrower_interval(one: float, other: float) -> None:
    fewer, more = sorted((one, other))
    assert reach(fewer, shipped()) >= reach(more, shipped())


def test_twenty_words_say_next_to_nothing() -> None:
    for (_, one), (_, other) in combinations(sayings(), 2):
        found = linkage(one, other, "ko").ratio
        assert 0.5 < found.mid < 2
        assert found.low < 0.5 < 2 < found.high


def test_nothing_said_says_nothing() -> None:
    for one, other in (("", ""), ("", WORRIED), ([], [WORRIED]), ([""], ["", SHUT])):
        found = linkage(one, other, "en")
        assert found.ratio.mid == 1
        assert not found.phrases


def test_phrases_stand_where_they_are_said_to() -> None:
    found = linkage(["Quiet.", WORRIED], SHUT, "en")
    at = {each.text: each for each in found.phrases}
    assert letters(WORRIED, at["anyhow ,"].one) == ["Anyhow,", "anyhow,"]
    assert letters(SHUT, at["to be honest"].other) == ["To be honest"]
    assert {number for each in found.phrases for number, _, _ in each.one} == {1}
    for each in found.phrases:
        assert all(each.text.split()[0].lstrip("*") in shown.lower() for shown in letters(SHUT, each.other))


def test_korean_endings_are_phrases() -> None:
    found = linkage(SPEAKERS["haru"]["sayings"][0], SPEAKERS["haru"]["sayings"][1], "ko")
    assert any("더라고요" in each.text for each in found.phrases)
    assert any("솔직히" in each.text for each in found.phrases)


@pytest.mark.parametrize(
    ("language", "text", "gone", "left"),
    [
        ("en", "The miller sold flour, anyhow.", "miller", "anyhow"),
        ("ko", "방앗간에서 밀가루를 팔았거든요.", "밀가루", "*거든요"),
        ("ja", "粉屋が小麦を売ったけれど。", "小麦", "けれど"),
        ("zh", "磨坊其实卖面粉吧。", "磨坊", "其实"),
        ("xx", "Ta müller myi jahu.", "müller", "ta"),
    ],
)
def test_subjects_are_masked(language: str, text: str, gone: str, left: str) -> None:
    forms = [piece.form for piece in masked(text, language)]
    assert gone not in forms
    assert left in forms
    assert all(text[piece.start : piece.end] for piece in masked(text, language))


def sayings() -> list[tuple[str, str]]:
    return [(name, saying) for name, each in SPEAKERS.items() for saying in each["sayings"]]


def test_invented_korean_speakers_are_told_apart_better_than_by_chance() -> None:
    rows: list[tuple[float, bool]] = []
    for (name, one), (other, two) in combinations(sayings(), 2):
        rows.append((log(linkage(one, two, "ko").ratio.mid), name == other))
    yes, no = [score for score, same in rows if same], [score for score, same in rows if not same]
    area = sum((a > b) + (a == b) / 2 for a in yes for b in no) / (len(yes) * len(no))
    assert area > 0.75  # .85 when this was written; the six were written to differ


def hostile() -> dict[str, str]:
    return {
        "one word": "a" * 400_000,
        "marks": "!" * 400_000,
        "apostrophes": "a'" * 200_000,
        "hyphens": "a-" * 200_000,
        "sentences": "a. " * 130_000,
        "han": "的一" * 200_000,
        "hangul": "가" * 400_000,
        "kana": "え" * 400_000,
        "a tell-tale": "to be " * 70_000,
        "no word twice": " ".join(f"w{at}." for at in range(60_000)),
        "loose jamo": "\u1100\u1161" * 200_000,
    }


@pytest.mark.parametrize("kind", hostile())
def test_hostile_text_takes_no_long_time(kind: str) -> None:
    text = hostile()[kind]
    start = time.process_time()
    for language in ("en", "ko", "ja"):
        assert isinstance(linkage(text, text[::-1], language), Linkage)
    assert time.process_time() - start < 30
