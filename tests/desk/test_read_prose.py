"""The June order with ten planted slips in two languages: each found, tied, counted, and in the way of going out."""

from __future__ import annotations

import dataclasses

import msgspec
import newsroom
import pytest
from planted import PLANTED, Slip

from farbank.cli.report import show_given
from farbank.desk.check_case import check_filed, file_folder
from farbank.desk.examples import example
from farbank.desk.expose_story import expose_story
from farbank.desk.file_case import Filed, file_case
from farbank.desk.report import Report
from farbank.protect.detect import read
from farbank.protect.detect.read import detections

EACH = [(language, slip) for language, slips in PLANTED.items() for slip in slips]


@pytest.fixture(scope="module")
def june() -> Filed:
    return file_case(newsroom.june(("en", "ko")))


def written(june: Filed, *added: str, language: str = "en", front: str = "") -> Filed:
    """The case with paragraphs added to the story in one language, and lines to its front matter."""
    story = (
        june.case.stories[language].replace("\n---\n", f"\n{front}---\n", 1) if front else june.case.stories[language]
    )
    stories = {**june.case.stories, language: "\n\n".join([story.rstrip(), *added]) + "\n"}
    return dataclasses.replace(june, case=msgspec.structs.replace(june.case, stories=stories))


@pytest.fixture(scope="module")
def slipped(june: Filed) -> Report:
    planted = june
    for language, slips in PLANTED.items():
        planted = written(planted, *(slip.written for slip in slips), language=language)
    return check_filed(planted)


def low(filed: Filed, person: str = "heron") -> int:
    return next(each.k_low for each in expose_story(filed).persons if each.id == person)


@pytest.mark.parametrize("case", ["june-order", "flood-2024"])
def test_the_examples_give_nothing_away_that_is_not_declared(case: str) -> None:
    report = check_filed(file_folder(example(case)))
    assert report.gates.prose
    assert report.open is (case == "june-order"), "the flood story speaks of state media, and no archive is given"
    assert {item.rule for item in report.lint if item.blocking} <= {"state-media-unsearched"}
    assert not any(each.blocking for each in report.given_away)
    read = [each for each in report.given_away if each.file not in ("story.ja.md", "story.zh.md")]
    assert not any(each.stand == "unsure" for each in read), "in Japanese and Chinese the rules are surer of less"


@pytest.mark.parametrize(("language", "slip"), EACH, ids=[f"{language}-{slip.sort}" for language, slip in EACH])
def test_each_planted_slip_is_found_and_tied_to_the_right_person(slipped: Report, language: str, slip: Slip) -> None:
    here = [each for each in slipped.given_away if each.file == f"story.{language}.md" and each.sort == slip.sort]
    mine = [each for each in here if slip.words in each.words or each.words in slip.words]
    assert mine, here
    assert {each.person for each in mine} == {slip.person}
    assert all(each.blocking and each.advice for each in mine)
    assert not slip.reading or {each.detection.reading for each in mine} == {slip.reading}


def test_the_slips_close_the_story_and_lower_the_counts(june: Filed, slipped: Report) -> None:
    assert not slipped.gates.prose and not slipped.gates.exposure and not slipped.open
    heron = next(person for person in slipped.persons if person.id == "heron")
    assert heron.k_low < 100 < low(june)


def test_what_the_prose_says_beyond_the_description_is_counted(june: Filed) -> None:
    trader = written(june, "@heron, a market trader, has seen none of it. [@nowhere]")
    assert low(trader) < low(june) / 5
    same = written(june, "@alder is a party official. [@order]")
    report = check_filed(same)
    assert report.gates.prose
    assert any(each.words == "party official" and each.stand == "agrees" for each in report.given_away)


def test_words_are_kept_with_a_reason_and_fall_when_they_change(june: Filed) -> None:
    kept = 'accept: [{words: "did not go to the rally", reason: "half the town stayed away"}]\n'
    said = "@heron did not go to the rally. [@nowhere]"
    report = check_filed(written(june, said, front=kept))
    assert report.gates.prose and [each.stand for each in report.given_away if each.sort == "absence"] == ["accepted"]
    changed = check_filed(written(june, said.replace("rally", "trial"), front=kept))
    assert not changed.gates.prose
    assert [item.blocking for item in changed.lint if item.rule == "stale-accept"] == [False]


def test_a_detector_that_fails_closes_the_story_and_the_exposure(june: Filed, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: object) -> list[object]:
        raise MemoryError

    monkeypatch.setitem(read.DETECTORS, "clock", broken)
    fresh = written(june, "A sentence nobody has read before is written here. [@order]")
    report = check_filed(fresh)
    assert not report.gates.prose and not report.open
    assert any("clock failed (MemoryError)" in each.advice for each in report.given_away)
    assert not expose_story(fresh).open


def test_a_changed_sentence_alone_is_read_again(june: Filed) -> None:
    expose_story(written(june, "Rice is said to have become dearer. [@nowhere]"))
    before = detections.cache_info().misses
    expose_story(written(june, "Rice is said to have become much dearer. [@nowhere]"))
    assert detections.cache_info().misses == before + 1


def test_each_line_says_where_what_whose_and_what_to_do(slipped: Report, capsys: pytest.CaptureFixture[str]) -> None:
    show_given(slipped)
    lines = capsys.readouterr().out.splitlines()
    line = next(line for line in lines if "forty-something" in line)
    assert line.startswith("story.en.md:") and "  age  “forty-something”  heron  says more of them" in line


def test_what_is_unsure_is_marked_so(june: Filed, capsys: pytest.CaptureFixture[str]) -> None:
    report = check_filed(written(june, "The mine manager met @heron. [@nowhere]"))
    assert report.gates.prose
    show_given(report)
    assert "rank  “mine manager”  heron  unsure  look whether" in capsys.readouterr().out
