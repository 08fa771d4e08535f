"""What is planted is found in other words and other spellings too; what is neutral is left alone."""

from __future__ import annotations

import dataclasses
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paraphrases import PARAPHRASES

from farbank.country import sought
from farbank.country.tells import Tongue
from farbank.model.detections import Detection
from farbank.protect.detect import read
from farbank.protect.detect.prose import Parts, Prose
from farbank.protect.detect.read import detections, on_a_page
from farbank.protect.errors import UnreadProse

NEUTRAL = {
    language: (Path(__file__).parent / "neutral" / f"{language}.txt").read_text("utf-8").splitlines()
    for language in PARAPHRASES
}
LANGUAGES = tuple(PARAPHRASES)
ONLY_SHOWN = {("en", "A trader from Chungjin brought the news.")}
"""Spellings by ear: shown as unsure."""
PLAIN = [(language, *row) for language, rows in PARAPHRASES.items() for row in rows]


@pytest.mark.parametrize(("language", "sort", "text", "words", "reading"), PLAIN)
def test_a_planted_detail_is_found_in_other_words(
    parts: Parts, language: str, sort: str, text: str, words: str, reading: str
) -> None:
    start = text.index(words)
    end = start + len(words)
    found = [each for each in detections(text, language, parts) if each.sort == sort and each.start < end > start]
    found = [each for each in found if each.start <= start < each.end and (not reading or each.reading == reading)]
    assert found, detections(text, language, parts)
    assert (language, text) in ONLY_SHOWN or any(each.sure for each in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_neutral_prose_raises_few_flags(parts: Parts, language: str) -> None:
    lines = NEUTRAL[language]
    shown = [each for line in lines for each in detections(line, language, parts)]
    found = [each for each in shown if each.sort not in ("place", "date", "person")]
    assert len([each for each in shown if each.sort == "person"]) <= 6, "most are those of leaders, and names indeed"
    assert len(lines) == 60
    assert len([each for each in found if each.sure]) <= 1
    assert len([each for each in found if not each.sure]) <= 5


@given(st.text(max_size=60), st.sampled_from(LANGUAGES))
@settings(max_examples=150)
def test_every_detection_lies_in_the_text(parts: Parts, text: str, language: str) -> None:
    for each in detections(text, language, parts):
        assert 0 <= each.start < each.end <= len(text)


@given(st.sampled_from(PLAIN), st.sampled_from(["\u200b", "\u00ad", "\u2060"]), st.data())
@settings(max_examples=60)
def test_what_shows_nothing_hides_nothing(
    parts: Parts, row: tuple[str, str, str, str, str], mark: str, data: st.DataObject
) -> None:
    language, _, text, *_ = row
    at = data.draw(st.integers(0, len(text)))
    hidden = text[:at] + mark + text[at:]
    kinds = [(each.sort, each.reading) for each in detections(text, language, parts)]
    assert [(each.sort, each.reading) for each in detections(hidden, language, parts)] == kinds


def test_decomposed_syllables_and_full_width_digits_are_read(parts: Parts) -> None:
    text = unicodedata.normalize("NFD", "새벽 다섯시 반에 들었다.")
    (found,) = (each for each in detections(text, "ko", parts) if each.sort == "clock")
    assert found.reading == "05:30"
    assert unicodedata.normalize("NFC", text[found.start : found.end]) == "새벽 다섯시 반"
    assert any(each.reading == "17:40" for each in detections("１７：４０に来た。", "ja", parts))


def test_a_sentence_read_before_is_not_read_again(parts: Parts) -> None:
    mine = dataclasses.replace(parts)
    story = ["I did not go.", "Rice is dear.", "They came at 17:40."]
    for text in story:
        detections(text, "en", mine)
    before = detections.cache_info()
    for text in [story[0], "Rice is very dear.", story[2]]:
        detections(text, "en", mine)
    after = detections.cache_info()
    assert after.misses - before.misses == 1
    assert after.hits - before.hits == 2


def test_a_language_without_tells_and_a_detector_that_fails_are_said_so(
    parts: Parts, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(UnreadProse, match=r"tells/fr\.toml"):
        detections("Rien.", "fr", parts)

    def broken(prose: Prose) -> Iterator[Detection]:
        raise ZeroDivisionError
        yield

    monkeypatch.setitem(read.DETECTORS, "serial", broken)
    with pytest.raises(UnreadProse, match="serial failed"):
        detections("Rice was never as dear as on that day.", "en", parts)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Each cadre is to write two pages."),
        ("en", "Even the provincial committee’s chief secretary had to write one."),
        ("en", "The officials were too lazy to look for a way out."),
        ("en", "A self-criticism is two pages long, and 15 days are left."),
        ("ko", "도당 책임비서도 빠지지 못하고, 시당, 군당 책임일군들도 다 써야 한답니다."),
        ("ko", "모든 당 간부에게 자기비판서를 쓰라고 지시했다."),
        ("ko", "세 시간 동안 다시 회의를 하십시오."),
        ("zh", "他们提出五点建议，涨了一点。"),
        ("ja", "十年代に一時間の会議が開かれた。"),
    ],
)
def test_what_is_said_of_many_or_of_nobody_is_passed_over(parts: Parts, language: str, text: str) -> None:
    assert not [each for each in detections(text, language, parts) if each.sure]


WORDS = [
    *(word for language, _, text, *_ in PLAIN for word in (text.split() if language in ("en", "ko") else [text])),
    *(
        text[at : at + 6]
        for language, _, text, *_ in PLAIN
        if language in ("ja", "zh")
        for at in range(0, len(text), 6)
    ),
]


@given(st.lists(st.sampled_from(WORDS) | st.text(max_size=4), max_size=10).map(" ".join), st.sampled_from(LANGUAGES))
@settings(max_examples=150)
def test_what_no_pattern_needs_to_be_searched_for_changes_no_answer(parts: Parts, text: str, language: str) -> None:
    fast = read_anew(text, language, parts)
    with searching_everything():
        assert read_anew(text, language, parts) == fast


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_planted_detail_is_read_as_if_all_were_searched(parts: Parts, language: str) -> None:
    texts = [row[1] for row in PARAPHRASES[language]]
    fast = [read_anew(text, language, parts) for text in texts]
    with searching_everything():
        assert [read_anew(text, language, parts) for text in texts] == fast
    assert all(fast)


def read_anew(text: str, language: str, parts: Parts) -> tuple[Detection, ...]:
    return on_a_page.__wrapped__(text, language, parts)


@contextmanager
def searching_everything() -> Iterator[None]:
    """Every pattern searched for in every text, as if none needed anything."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sought, "lacks", lambda *_: False)
        patch.setattr(Tongue, "held", lambda tongue, _: frozenset(tongue.tells))
        yield
