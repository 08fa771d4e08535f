"""The tagger on invented sentences, on prose that gives nobody away, and on text meant to break it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.model.detections import Detection
from farbank.protect.detect import tagger
from farbank.protect.detect.tagger import LANGUAGES, detect, weights
from farbank.protect.errors import BrokenWeights

FOLDER = Path(tagger.__file__).parent
ENGLISH = (
    "On 14 March 2009 Mr Anton Velmar, a teacher living in Drosk, was arrested. "
    "He had been paid 3,400 euros by the Ostrava Regional Court. Velmar returned to the village on 2 June 2011."
)
KOREAN = "지난 15일 오후 3시께 서울 마포구에서 홍길순(34)씨가 100만원을 받고 한국은행 직원 2명에게 서류를 건넸다."
PROSE = (
    "the river rose slowly and nobody was afraid of it. people waited for the bread to come and then went home again. "
    "when the rain stopped, they hung their clothes out to dry, and the children played in the mud behind the houses. "
    "most of them had nothing to say about what they had heard, because they had heard it before."
)
HOSTILE = [
    "a" * 1_000_000,
    "1" * 1_000_000,
    "가" * 1_000_000,
    "가나 " + "a" * 1_000_000,
    "A. " * 20_000,
    "\n" * 1_000_000,
    "\x00" * 1_000_000,
    "\ud800" * 1000 + " Anton \udfff Velmar \ud800",
    "\u202eAnton Velmar\u202c \u200fwas born in 1970.",
    "Anton\x00Velmar was born on 14 March 2009.",
    "1,2.3,4." * 10_000,
    "",
    " ",
]


def said(text: str, found: tuple[Detection, ...]) -> str:
    return " ".join(text[one.start : one.end] for one in found)


def whole(text: str, found: tuple[Detection, ...]) -> bool:
    """Every stretch lies in the text, holds something, and starts where or after the last ended."""
    ends = [0, *(one.end for one in found)]
    return all(end <= one.start < one.end <= len(text) for end, one in zip(ends, found, strict=False))


@pytest.mark.parametrize("part", ["14 March 2009", "Anton Velmar", "Drosk", "3,400", "2 June 2011"])
def test_english_names_dates_and_amounts_are_found(part: str) -> None:
    flagged = {place for one in detect(ENGLISH, "en") for place in range(one.start, one.end)}
    start = ENGLISH.index(part)
    assert all(place in flagged for place in range(start, start + len(part)) if ENGLISH[place].isalnum())


@pytest.mark.parametrize("part", ["15일", "3시", "서울", "마포구", "홍길순", "34", "100만원", "한국은행", "2명"])
def test_korean_names_dates_and_amounts_are_found(part: str) -> None:
    flagged = {place for one in detect(KOREAN, "ko") for place in range(one.start, one.end)}
    start = KOREAN.index(part)
    assert all(place in flagged for place in range(start, start + len(part)))


@pytest.mark.parametrize(
    ("text", "part", "sort"),
    [(ENGLISH, "14 March 2009", "date"), (ENGLISH, "Anton", "person"), (KOREAN, "홍길순", "person")],
)
def test_sorts_are_told_apart(text: str, part: str, sort: str) -> None:
    found = detect(text, "ko" if text == KOREAN else "en")
    at = text.index(part)
    assert [one.sort for one in found if one.start <= at < one.end] == [sort]


def test_a_surname_goes_where_the_full_name_went() -> None:
    again = ENGLISH.rindex("Velmar")
    assert any(one.start <= again < one.end for one in detect(ENGLISH, "en"))


def test_prose_without_names_raises_few_flags() -> None:
    flagged = said(PROSE, detect(PROSE, "en")).split()
    assert len(flagged) <= 0.08 * len(PROSE.split()), flagged


def test_a_region_of_a_language_is_the_language() -> None:
    assert detect(ENGLISH, "en-GB") == detect(ENGLISH, "en") == detect(ENGLISH, "EN_us")


@pytest.mark.parametrize(
    ("language", "text", "part"),
    [
        ("ja", "二〇二三年の話。2023年6月17日に12人が", "2023年6月17日"),
        ("zh", "他在2021年3月5日到达", "2021年3月5日"),
        ("da", "Den 3. maj 1998 rejste Anton Velmar til byen", "Anton Velmar"),
        ("", "um 05:30 Uhr", "05:30"),
    ],
)
def test_a_language_without_weights_is_read_by_rules(language: str, text: str, part: str) -> None:
    assert part in said(text, detect(text, language))


@pytest.mark.parametrize("language", [*LANGUAGES, "ja"])
@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_neither_breaks_nor_stops_it(language: str, text: str) -> None:
    start = time.process_time()
    assert whole(text, detect(text, language))
    assert time.process_time() - start < 20


@settings(max_examples=60, deadline=None)
@given(text=st.text(max_size=300), language=st.sampled_from([*LANGUAGES, "ja", "xx"]))
def test_stretches_lie_in_the_text_and_apart(text: str, language: str) -> None:
    assert whole(text, detect(text, language))


@settings(max_examples=30, deadline=None)
@given(parts=st.lists(st.sampled_from([*ENGLISH.split(), *KOREAN.split(), "\n", "(", "—", "é"]), max_size=60))
def test_shuffled_sentences_too(parts: list[str]) -> None:
    text = " ".join(parts)
    assert whole(text, detect(text, "en"))
    assert whole(text, detect(text, "ko"))


def test_time_grows_with_the_text_and_no_faster() -> None:
    def spent(times: int) -> float:
        start = time.process_time()
        detect((ENGLISH + "\n") * times, "en")
        return time.process_time() - start

    def least(times: int) -> float:
        return min(spent(times) for _ in range(3))  # whatever else the process tidies up meanwhile

    spent(1)
    assert least(400) < 8 * max(least(100), 0.05)


def test_the_same_text_gives_the_same() -> None:
    assert detect(ENGLISH, "en") == detect(ENGLISH, "en")


def test_the_weights_are_small_and_attributed() -> None:
    files = sorted(FOLDER.glob("*.crf.xz"))
    assert [file.name.partition(".")[0] for file in files] == sorted(LANGUAGES)
    assert sum(file.stat().st_size for file in files) < 25_000_000
    told = (FOLDER / "ATTRIBUTION.md").read_text()
    assert all(file.name in told for file in files)


def test_damaged_weights_pass_nothing() -> None:
    with pytest.raises(BrokenWeights):
        weights.Weights(b"not a model")
    with pytest.raises(BrokenWeights):
        weights.load("xx")


def test_a_korean_name_goes_wherever_it_stands() -> None:
    text = f"{KOREAN}\n그 뒤로 홍길순이라는 사람을 본 이가 없다. 길순이는 말이 없었다."
    flagged = {place for one in detect(text, "ko") for place in range(one.start, one.end)}
    assert {text.rindex("홍길순"), text.rindex("길순")} <= flagged
