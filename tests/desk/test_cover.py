"""What the desk is told of an archive: days, gaps, titles, a topic; and what it finds when it browses."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from farbank.desk.cover import cover
from farbank.desk.errors import NotOnePicture
from farbank.desk.ingest import ingest
from farbank.desk.search_archive import search_archive
from farbank.model.captures import Sweep
from farbank.model.errors import MissingReference
from farbank.model.statemedia import Window
from farbank.watch import filing

FIRST = date(2031, 7, 1)
JULY = Window(first=FIRST, last=date(2031, 7, 31))


def line(number: int, day: int, title: str, body: str, outlet: str = "KCNA", lang: str = "en") -> str:
    when = FIRST + timedelta(day)
    row = {"id": f"a{number}", "outlet": outlet, "lang": lang, "date": str(when), "title": title, "body": body}
    return json.dumps(row, ensure_ascii=False) + "\n"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A month of eight items a day without the 10th to 12th; a flood on the 5th; one text in three places."""
    place = tmp_path_factory.mktemp("cover")
    words = "The workers of the Sinyang mill overfulfilled their plan for the month of work number"
    lines = [
        line(100 * day + n, day, f"Report {day}-{n}", f"{words} {100 * day + n}.")
        for day in range(31)
        if day not in (9, 10, 11)
        for n in range(8)
    ]
    same = "Heavy floods hit the Amnok River basin and many houses in the city of Sinuiju stood under water."
    lines += [
        line(9001, 4, "Flood in North Phyongan", same),
        line(9002, 5, "Flood damage", same, outlet="Rodong Sinmun"),
        line(9003, 6, "Floods", same, outlet="Pyongyang Times"),
        line(9004, 20, "A title and nothing else", ""),
        line(9005, 4, "큰물", "큰물로 많은 살림집들이 물에 잠겼다고 로동신문이 전하였다.", lang="ko"),
    ]
    (place / "july.jsonl").write_text("".join(lines))
    ingest([place / "july.jsonl"], place / "archive")
    return place / "archive"


def test_the_days_that_are_missing_and_the_titles_are_listed(folder: Path) -> None:
    (found,) = cover(folder, window=JULY, names=["KCNA"], language="en")
    assert found.coverage.outlet == "kcna"  # however it was spelled, as the pack calls it
    assert [str(day) for day in found.coverage.days_missing] == ["2031-07-10", "2031-07-11", "2031-07-12"]
    assert found.missing == "10–12 July 2031"
    assert [(str(one.date), one.title) for one in found.titles] == [("2031-07-21", "A title and nothing else")]


def test_a_gap_in_files_is_nobodys_for_certain(folder: Path) -> None:
    (found,) = cover(folder, window=JULY, names=["kcna"], language="en")
    (dip,) = found.dips
    assert (str(dip.first), str(dip.last), dip.held, dip.whose) == ("2031-07-10", "2031-07-12", 0, "unknown")


def test_one_outlet_in_one_language_is_a_picture_and_more_are_none(folder: Path, tmp_path: Path) -> None:
    cover(folder, window=JULY, names=["kcna"], language="en", topic="flood", picture=tmp_path / "july.svg")
    drawn = (tmp_path / "july.svg").read_text()
    assert drawn.startswith("<svg") and "Not held, or not all of it: 10–12 July 2031." in drawn
    with pytest.raises(NotOnePicture):
        cover(folder, window=JULY, picture=tmp_path / "all.svg")
    assert not (tmp_path / "all.svg").exists()


@pytest.mark.parametrize(
    "first, last, ends",
    [
        (date.min, date(2031, 7, 9), ("2031-07-01", "2031-07-09")),
        (date(2031, 7, 9), date.max, ("2031-07-09", "2031-07-31")),
        (date(2031, 9, 1), date.max, ("2031-09-01", "2031-09-01")),
        (date.min, date(2031, 6, 1), ("2031-06-01", "2031-06-01")),
    ],
)
def test_a_window_left_open_ends_where_nothing_more_is_held(
    folder: Path, first: date, last: date, ends: tuple[str, str]
) -> None:
    (found,) = cover(folder, window=Window(first=first, last=last), names=["kcna"], language="en")
    assert (str(found.window.first), str(found.window.last)) == ends


def test_days_of_which_not_all_may_have_been_read_are_named_apart(tmp_path: Path) -> None:
    (tmp_path / "july.jsonl").write_text("".join(line(day, day, f"Report {day}", f"Text {day}.") for day in range(31)))
    ingest([tmp_path / "july.jsonl"], tmp_path / "archive")
    noon = datetime(2031, 7, 10, 12, tzinfo=UTC)
    with filing.filing(tmp_path / "archive") as opened:
        for hour, whole in ((0, True), (6, False), (12, True)):
            at = noon + timedelta(hours=hour)
            counted = {"listed": 9, "fetched": 0, "unchanged": 0, "missed": 0}
            opened.swept(Sweep(site="kcna", outlet="kcna", started=at, ended=at, whole=whole, **counted))
    (found,) = cover(tmp_path / "archive", window=Window(first=FIRST, last=date(2031, 8, 1)))
    assert (found.missing, found.unread) == ("10–11 July 2031 and 1 August 2031", "10–11 July 2031")


def test_a_topic_is_counted_per_day(folder: Path) -> None:
    (found,) = cover(folder, window=JULY, names=["kcna"], language="en", topic="flood")
    assert found.topic == {date(2031, 7, 5): 1}


def test_without_a_window_all_that_is_held_is_covered(folder: Path) -> None:
    found = {(one.coverage.outlet, one.coverage.language): one.coverage.bodies for one in cover(folder)}
    assert found == {("kcna", "en"): 225, ("kcna", "ko"): 1, ("pyongyang-times", "en"): 1, ("rodong-sinmun", "en"): 1}


def test_one_text_in_three_places_is_one_hit_that_lists_them(folder: Path) -> None:
    found = search_archive(folder, "houses under water", window=JULY)
    (hit,) = found.hits
    assert found.passages == 3
    assert {hit.outlet, *(copy.outlet for copy in hit.also)} == {"kcna", "rodong-sinmun", "pyongyang-times"}


@pytest.mark.parametrize("words", ["Sinuiju houses", "Sinŭiju houses", "신의주 houses"])
def test_a_place_is_found_in_any_spelling(folder: Path, words: str) -> None:
    assert len(search_archive(folder, words, window=JULY, language="en").hits) == 1


@pytest.mark.parametrize("words", ["로동신문", "노동신문"])
def test_a_southern_spelling_finds_a_northern_text(folder: Path, words: str) -> None:
    assert len(search_archive(folder, words, window=JULY, language="ko").hits) == 1


def test_quoted_words_must_stand_together(folder: Path) -> None:
    assert search_archive(folder, '"stood under water"', window=JULY).passages == 3
    assert search_archive(folder, '"water stood"', window=JULY).passages == 0


def test_an_outlet_or_a_concept_nobody_knows_is_named(folder: Path) -> None:
    with pytest.raises(MissingReference, match="Daily Blossom"):
        search_archive(folder, "flood", window=JULY, names=["Daily Blossom"])
    with pytest.raises(MissingReference, match="flod"):
        cover(folder, window=JULY, topic="flod")
