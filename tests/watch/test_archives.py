"""One door to whatever archive there is; the engine at scale is tried in tests/watch/cluster."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from farbank.model.captures import Missed, Sweep
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, archives, coverage, filing
from farbank.watch.errors import ArchivesOverlap, NoArchive, StaleArchive
from farbank.watch.index import split

FIRST = date(2031, 7, 1)
JULY = Window(first=FIRST, last=FIRST + timedelta(30))


def item(number: int, day: int, outlet: str = "Wire", lang: str = "en", body: str = "The dam holds.") -> Article:
    when = FIRST + timedelta(day)
    return Article(id=f"a{number}", outlet=outlet, lang=lang, date=when, title=f"Report {number}", body=body)


def made(folder: Path, *articles: Article) -> Path:
    archive.build(articles, folder)
    return folder


def found(places: archives.Places) -> Sequence[str]:
    with archives.open(places) as opened:
        hits = opened.index.find([{"en": (("dam",),)}], JULY)
        return sorted(opened.store.article(split(hit)[0]).id for hit in hits)


def test_one_archive_or_several_or_a_folder_of_them(tmp_path: Path) -> None:
    one = made(tmp_path / "31-q3" / "en", item(1, 0), item(2, 1))
    other = made(tmp_path / "31-q4", item(3, 4), item(4, 5))
    assert found(one) == found(str(one)) == found([one]) == ["a1", "a2"]
    assert found([one, other]) == found([str(other), one]) == found(tmp_path) == ["a1", "a2", "a3", "a4"]
    assert found([one, one]) == ["a1", "a2"]


def test_where_there_is_none_it_says_so_and_a_broken_one_is_not_passed_over(tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere", [tmp_path / "nowhere", tmp_path]):
        with pytest.raises(NoArchive, match="ingest"), archives.open(place):
            pass
    made(tmp_path / "a", item(1, 0))
    broken = made(tmp_path / "b", item(2, 1))
    assert found(tmp_path) == ["a1", "a2"]
    (broken / "archive.json").write_text('{"format": 0}')
    with pytest.raises(StaleArchive, match="anew"), archives.open(tmp_path):
        pass
    (broken / "archive.json").unlink()
    with pytest.raises(NoArchive, match="/b: "), archives.open(tmp_path):
        pass


def test_a_day_in_two_archives_is_refused(tmp_path: Path) -> None:
    one = made(tmp_path / "one", item(1, 0), item(2, 3))
    other = made(tmp_path / "other", item(2, 3), item(3, 4))
    with pytest.raises(ArchivesOverlap, match=r"one and .*other \(Wire, en, 2031-07-04\)"), archives.open([one, other]):
        pass
    for number, apart in enumerate((item(4, 1), item(5, 3, outlet="Gazette"), item(6, 3, lang="qtz"))):
        made(tmp_path / f"apart{number}", apart)
        with archives.open([one, tmp_path / f"apart{number}"]) as opened:
            assert opened.extent.articles == 3


def test_the_holes_of_either_are_holes(tmp_path: Path) -> None:
    one = made(tmp_path / "one", *(item(n, n) for n in range(4)))
    other = made(tmp_path / "other", *(item(n, n) for n in range(6, 9)), item(20, 7, outlet="Gazette"))
    with archives.open([one, other]) as opened:
        held = coverage(opened, "Wire", "en", Window(first=FIRST, last=FIRST + timedelta(8)))
        assert (held.days_held, held.bodies) == (7, 7)
        assert [day.day for day in held.days_missing] == [5, 6]
        assert opened.holdings == (("Gazette", "en"), ("Wire", "en"))


def test_what_one_missed_and_how_its_sweeps_went_counts_for_all(tmp_path: Path) -> None:
    one = made(tmp_path / "one", *(item(n, n) for n in range(4)))
    noon = datetime(2031, 7, 6, 12, tzinfo=UTC)
    lost = {"outlet": "Wire", "language": "en", "noticed": noon, "why": "gone"}
    with filing.filing(tmp_path / "other") as other:
        other.missed(Missed(url="http://wire.example/1", day=FIRST, **lost))
        other.missed(Missed(url="http://wire.example/2", title="Rain", **lost))
        counts = {"listed": 2, "fetched": 0, "unchanged": 0, "missed": 2}
        other.swept(Sweep(site="wire", outlet="Wire", started=noon, ended=noon, whole=True, **counts))
    with archives.open([one, tmp_path / "other"]) as opened:
        held = coverage(opened, "Wire", "en", Window(first=FIRST, last=FIRST + timedelta(3)))
        assert (held.bodies, FIRST in held.days_missing) == (4, True)
        store = opened.store
        assert [missed.title for missed in store.missed("Wire", "en", JULY)] == ["", "Rain"]
        assert [missed.title for missed in store.undated("Wire", "en")] == ["Rain"]
        assert [titled.title for titled in store.titles("Wire", "en", JULY)] == ["Rain"]
        assert [sweep.site for sweep in store.sweeps("Wire")] == ["wire"]


def test_copies_within_an_archive_are_told_and_others_are_not_known(tmp_path: Path) -> None:
    text = " ".join(f"The mill at Brask ground sack {n} of rye before noon." for n in range(9))
    one = made(tmp_path / "one", item(1, 0, body=text), item(2, 0, "Gazette", body=text))
    other = made(tmp_path / "other", item(3, 1, body=text), item(4, 1, body="Rain."))
    with archives.open([one, other]) as opened:
        hits = opened.index.find([{"en": (("report",),)}], JULY)
        store = opened.store
        for hit in hits:
            store.article(split(hit)[0])
        numbers = [store.same(outlet, f"a{n}") for outlet, n in (("Wire", 1), ("Gazette", 2), ("Wire", 3), ("Wire", 4))]
        assert numbers[0] == numbers[1] and len(set(numbers)) == 3
        assert [copy.outlet for copy in store.copies("Wire", "a1")] == ["Gazette"]
        assert store.copies("Wire", "a3") == []
