"""How many details are found in words that no rule was written for, and how much of the news is let alone.

A line of `wording/` is a sort and a sentence, with brackets around words any part of which is enough.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest

from farbank.model.detections import Detection
from farbank.protect.detect.prose import Parts
from farbank.protect.detect.read import detections

HERE = Path(__file__).parent


class Planted(NamedTuple):
    """A detail: its sort, the sentence, and where in it the words are."""

    sort: str
    text: str
    start: int
    end: int


def planted(file: str) -> list[Planted]:
    rows = []
    for line in (HERE / "wording" / file).read_text("utf-8").splitlines():
        sort, marked = line.split(": ", 1)
        text = marked.replace("[", "").replace("]", "")
        rows.append(Planted(sort, text, marked.index("["), marked.index("]") - 1))
    return rows


def found(rows: list[Planted], language: str, parts: Parts) -> tuple[int, int]:
    """How many details are found for certain, and how many at all."""
    hits: list[list[Detection]] = []
    for row in rows:
        seen = detections(row.text, language, parts)
        hits.append([each for each in seen if each.sort == row.sort and each.start < row.end and row.start < each.end])
    return sum(any(each.sure for each in hit) for hit in hits), sum(map(bool, hits))


@pytest.mark.parametrize(
    ("language", "looked_at", "counted_only"),
    [("en", (84, 100), (82, 95)), ("ko", (87, 99), (82, 94)), ("ja", (10, 15), (9, 15)), ("zh", (10, 15), (9, 14))],
)
def test_of_the_details_written_before_the_rules_as_many_are_found_as_the_method_note_says(
    parts: Parts, language: str, looked_at: tuple[int, int], counted_only: tuple[int, int]
) -> None:
    rows = planted(f"{language}.txt")
    for half, (certain, shown) in ((rows[::2], looked_at), (rows[1::2], counted_only)):
        sure, either = found(half, language, parts)
        assert sure >= certain
        assert either >= shown


@pytest.mark.parametrize(
    ("file", "many", "certain", "shown"),
    [("en.seen.txt", 176, 88, 171), ("ko.seen.txt", 176, 83, 172), ("en.unseen.txt", 45, 15, 32),
     ("ko.unseen.txt", 45, 19, 30)],
)  # fmt: skip
def test_of_the_details_written_after_the_rules_as_many_are_found_as_the_method_note_says(
    parts: Parts, file: str, many: int, certain: int, shown: int
) -> None:
    rows = planted(file)
    sure, either = found(rows, file.partition(".")[0], parts)
    assert len(rows) == many
    assert sure >= certain
    assert either >= shown


@pytest.mark.parametrize(
    ("language", "many", "certain", "shown"),
    [("en", 88, 40, 61), ("ko", 88, 44, 59), ("ja", 33, 11, 20), ("zh", 33, 11, 13)],
)
def test_of_details_by_somebody_who_never_saw_the_rules_as_many_are_found_as_the_method_note_says(
    parts: Parts, language: str, many: int, certain: int, shown: int
) -> None:
    """Measured once, when the rules were done; from then on they only say that the rules do not fall back."""
    rows = planted(f"{language}.blind.txt")
    sure, either = found(rows, language, parts)
    assert len(rows) == many
    assert sure >= certain
    assert either >= shown


@pytest.mark.parametrize(("language", "certain", "shown"), [("en", 1, 2), ("ko", 0, 3)])
def test_what_a_source_only_reports_raises_few_flags(parts: Parts, language: str, certain: int, shown: int) -> None:
    lines = (HERE / "neutral" / f"beside.{language}.txt").read_text("utf-8").splitlines()
    flags = [each for line in lines for each in detections(line, language, parts) if each.sort != "person"]
    assert len(lines) == 30
    assert sum(each.sure for each in flags) <= certain
    assert sum(not each.sure for each in flags) <= shown


@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("by", ["news", "blind"])
def test_news_of_prices_orders_and_weather_raises_few_flags(parts: Parts, language: str, by: str) -> None:
    lines = (HERE / "neutral" / f"{by}.{language}.txt").read_text("utf-8").splitlines()
    seen = [each for line in lines for each in detections(line, language, parts)]
    flags = [each for each in seen if each.sort not in ("person", "place", "date") or not each.reading]
    flags = [each for each in flags if each.sort != "person"]
    assert len(lines) == 60
    assert sum(each.sure for each in flags) <= 2
    assert sum(not each.sure for each in flags) <= 4


@pytest.mark.parametrize(
    ("language", "of_a_source", "of_anybody", "sort"),
    [
        ("en", "I carried stones for forty days at the dam.", "Soldiers carried stones for forty days.", "anecdote"),
        ("en", "I was the last to leave the hall.", "The minister was the last to leave the hall.", "other"),
        ("en", "@heron mends shoes by the bridge.", "The ministry mends roads by the bridge.", "occupation"),
        ("ko", "사십 일 동안 돌을 날랐습니다.", "군인들은 사십 일 동안 돌을 날랐다.", "anecdote"),
        ("ko", "@heron은(는) 다리 옆에서 신발을 고친다.", "공장은 다리 옆에서 신발을 고친다.", "occupation"),
    ],
)
def test_wide_tells_count_only_beside_somebody_behind_the_story(
    parts: Parts, language: str, of_a_source: str, of_anybody: str, sort: str
) -> None:
    assert sort in {each.sort for each in detections(of_a_source, language, parts)}
    assert sort not in {each.sort for each in detections(of_anybody, language, parts)}


def test_what_a_narrow_tell_reads_no_wide_one_reads_over(parts: Parts) -> None:
    (one,) = (each for each in detections("I was stopped at the checkpoint.", "en", parts) if each.sort == "anecdote")
    assert one.reading == "checkpoint"
