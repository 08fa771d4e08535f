"""An invented outlet collected from a real server: what is new, edited, gone, unread, and when to come again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from farbank.desk.collect import Collected, collect
from farbank.desk.ingest import ingest
from farbank.model.captures import Capture, Missed
from farbank.model.errors import MissingReference
from farbank.model.statemedia import Window
from farbank.watch import archive, coverage, diff, filing, notes
from farbank.watch.prepare import prepare

SITES = Path(__file__).parents[1] / "watch" / "collect"
TINY = Path(__file__).parents[1] / "packs" / "tiny"
MAY = Window(first=date(2031, 5, 1), last=date(2031, 5, 31))


@pytest.fixture
def gazette(monkeypatch: pytest.MonkeyPatch) -> Iterator[object]:
    monkeypatch.syspath_prepend(str(SITES))
    import gazette as outlet
    import served

    clock = served.Clock()
    with served.serve({}, clock) as running:
        running.pages = outlet.pages(running)
        yield running


def pack(folder: Path, url: str) -> Path:
    """The tiny pack with the gazette's site in it."""
    made = Path(shutil.copytree(TINY, folder / "pack"))
    (made / "sites.toml").write_text(
        f"""
[[sites]]
id = "gazette"
outlet = "ollen-gazette"
item = 'https?://[^/]+/(?P<language>en|ko)/article/(?P<item>\\w+)'
languages = {{ en = "en", ko = "ko" }}
hosts = ["127.0.0.1"]
title = "h1"
body = "article p"
day = "time"
starts = [
  {{ url = "{url}/feed.xml", kind = "feed" }},
  {{ url = "{url}/ko/", kind = "links", links = "ul.news a" }},
]
"""
    )
    return made


class Desk:
    """An archive filled from the gazette, whose clock only this moves."""

    def __init__(self, folder: Path, served: object) -> None:
        self.served = served
        self.clock = served.clock  # type: ignore[attr-defined]
        self.folder = folder / "archive"
        self.pack = pack(folder, served.url)  # type: ignore[attr-defined]

    def collect(self) -> Collected:
        (one,) = collect(self.folder, self.pack, clock=self.clock, sleep=self.clock.sleep)
        return one

    def later(self, **time: float) -> Collected:
        self.clock.now += timedelta(**time)
        return self.collect()


@pytest.fixture
def desk(tmp_path: Path, gazette: object) -> Desk:
    return Desk(tmp_path, gazette)


def page(title: str, text: str) -> tuple[int, dict[str, str], bytes]:
    html = f"<h1>{title}</h1><time>2031-05-12</time><article><p>{text}</p></article>"
    return 200, {"Content-Type": "text/html; charset=utf-8"}, html.encode()


def test_a_sweep_files_every_item_with_its_raw_page(desk: Desk) -> None:
    first = desk.collect()
    assert first.sweep is not None
    assert (first.sweep.fetched, first.sweep.missed, first.sweep.whole) == (4, 0, True)
    with archive.open(desk.folder) as opened:
        assert opened.holdings == (("ollen-gazette", "en"), ("ollen-gazette", "ko"))
        assert (opened.extent.articles, opened.extent.bodies) == (4, 4)
        assert opened.extent.captures == 4 + 2 + 1  # the items, the feed and the page of links, how the sweep went
        assert [one.whole for one in opened.store.sweeps("ollen-gazette")] == [True]


def test_the_two_language_versions_of_an_item_count_once(desk: Desk) -> None:
    desk.collect()
    with archive.open(desk.folder) as opened:
        assert opened.extent.folded == 1  # /en/article/1 and /ko/article/1
        ids = [one.id for n in range(1, 5) if (one := opened.store.article(n)).url.endswith("/en/article/1")]
        copies = [(one.outlet, one.language) for one in opened.store.copies("ollen-gazette", ids[0])]
        assert copies == [("ollen-gazette", "ko")]


def test_nothing_is_asked_before_the_hour(desk: Desk) -> None:
    desk.collect()
    asked = len(desk.served.log)  # type: ignore[attr-defined]
    again = desk.later(hours=3)
    assert again.sweep is None
    assert again.next == datetime(2031, 5, 12, 12, tzinfo=UTC)
    assert len(desk.served.log) == asked  # type: ignore[attr-defined]


def test_an_edited_and_a_vanished_article_are_found_and_both_texts_kept(desk: Desk) -> None:
    pages = desk.served.pages  # type: ignore[attr-defined]
    pages["/en/article/2"] = page("Bridge at Varn reopened", "Carts crossed the bridge at Varn; two had been hurt.")
    desk.collect()
    pages["/en/article/2"] = page("Bridge at Varn reopened", "Carts crossed the bridge at Varn; seven had been hurt.")
    pages["/ko/article/3"] = (404, {}, b"gone")
    desk.later(hours=6)
    with archive.open(desk.folder) as opened:
        edited, vanished = sorted(diff.changes(opened.store, MAY), key=lambda change: change.kind)
        assert edited.kind == "edited"
        assert edited.words == (("bridge at Varn; two had been hurt.", "bridge at Varn; seven had been hurt."),)
        assert (vanished.kind, vanished.language, vanished.title) == ("vanished", "ko", "바른 다리 다시 열려")
        assert edited.last < edited.noticed
        for word in ("two", "seven"):
            assert len(opened.index.find([{"en": ((word, "had"),)}], MAY)) == 1
        assert opened.extent.versions == 1
        assert sum(day.bodies for day in opened.store.days("ollen-gazette", "en", MAY)) == 2


def test_what_comes_back_is_gone_no_more(desk: Desk) -> None:
    pages = desk.served.pages  # type: ignore[attr-defined]
    desk.collect()
    kept = pages.pop("/ko/article/3")
    desk.later(hours=6)
    pages["/ko/article/3"] = kept
    desk.later(hours=6)
    with archive.open(desk.folder) as opened:
        assert diff.changes(opened.store, MAY) == []


def test_an_item_that_cannot_be_read_is_held_by_its_title_until_it_can(desk: Desk) -> None:
    pages = desk.served.pages  # type: ignore[attr-defined]
    kept = pages["/en/article/1"]
    pages["/en/article/1"] = (403, {}, b"no")
    first = desk.collect()
    assert first.sweep is not None
    assert first.sweep.missed == 1
    with archive.open(desk.folder) as opened:
        (day,) = opened.store.days("ollen-gazette", "en", MAY)
        assert (day.bodies, day.titles, day.missed) == (1, 1, 0)
        (title,) = opened.store.titles("ollen-gazette", "en", MAY)
        assert title.title == "Harbour dues doubled"
        assert len(opened.index.find([{"en": (("due",),)}], MAY)) == 1
    pages["/en/article/1"] = kept
    desk.later(hours=6)
    with archive.open(desk.folder) as opened:
        (day,) = opened.store.days("ollen-gazette", "en", MAY)
        assert (day.bodies, day.titles, day.missed) == (2, 0, 0)
        assert opened.store.titles("ollen-gazette", "en", MAY) == []


def test_an_item_of_which_nothing_is_known_is_a_hole(desk: Desk) -> None:
    pages = desk.served.pages  # type: ignore[attr-defined]
    pages["/ko/article/3"] = (200, {"Content-Type": "text/html"}, b"<p></p>")
    desk.collect()
    with archive.open(desk.folder) as opened:
        (day,) = opened.store.days("ollen-gazette", "ko", MAY)
        assert (day.bodies, day.missed) == (1, 1)


def unread(desk: Desk) -> list[date]:
    with archive.open(desk.folder) as opened:
        return [*coverage(opened, "ollen-gazette", "en", MAY).days_unread]


def test_a_list_that_could_not_be_read_leaves_its_days_in_doubt_until_it_shows_what_was_seen_before(desk: Desk) -> None:
    pages = desk.served.pages  # type: ignore[attr-defined]
    desk.collect()
    assert unread(desk) == []
    list_, pages["/ko/"] = pages["/ko/"], (403, {}, b"")
    desk.later(hours=6)
    assert unread(desk) == [date(2031, 5, 11), date(2031, 5, 12), date(2031, 5, 13)]  # the last whole one was at six
    pages["/ko/"] = list_
    desk.later(hours=6)
    assert unread(desk) == []


def test_a_list_that_shows_only_what_is_new_leaves_them_in_doubt(desk: Desk) -> None:
    pages = desk.served.pages  # type: ignore[attr-defined]
    desk.collect()
    pages["/ko/"] = (403, {}, b"")
    desk.later(hours=6)
    html = "".join(f'<ul class="news"><a href="/ko/article/{n}"></a></ul>' for n in (7, 8, 9))
    pages["/ko/"] = (200, {"Content-Type": "text/html"}, html.encode())
    pages.update({f"/ko/article/{n}": page("다리", "다리가 닫혔다.") for n in (7, 8, 9)})
    desk.later(hours=6)
    assert unread(desk) == [date(2031, 5, 11), date(2031, 5, 12), date(2031, 5, 13)]


def test_a_collection_stopped_anywhere_goes_on_from_there(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    slept = desk.clock.sleep
    for stop in range(1, 9):
        left = [stop]

        def impatient(seconds: float, left: list[int] = left) -> None:
            left[0] -= 1
            if left[0] == 0:
                raise KeyboardInterrupt
            slept(seconds)

        monkeypatch.setattr(desk.clock, "sleep", impatient)
        try:
            desk.collect()
            break
        except KeyboardInterrupt:
            continue
    monkeypatch.setattr(desk.clock, "sleep", slept)
    desk.collect()
    with archive.open(desk.folder) as opened:
        assert (opened.extent.articles, opened.extent.versions) == (4, 0)
        paths = [asked.path for asked in desk.served.log if "/article/" in asked.path]  # type: ignore[attr-defined]
        assert set(paths) == {"/en/article/1", "/en/article/2", "/ko/article/1", "/ko/article/3"}


def test_an_archive_built_anew_from_its_captures_has_the_same_holes(desk: Desk, tmp_path: Path) -> None:
    pages = desk.served.pages  # type: ignore[attr-defined]
    pages["/en/article/1"] = (403, {}, b"no")
    pages["/ko/article/3"] = (200, {"Content-Type": "text/html"}, b"<p></p>")
    desk.collect()
    pages["/ko/article/1"] = (404, {}, b"")
    pages["/en/article/2"] = (304, {}, b"")
    desk.later(hours=6)
    pages["/en/article/2"] = (404, {}, b"")
    desk.later(hours=6)
    ingest([desk.folder / "captures" / "00001.warc.gz"], tmp_path / "anew", pack=desk.pack)
    with archive.open(desk.folder) as old, archive.open(tmp_path / "anew") as new:
        for language in ("en", "ko"):
            assert new.store.days("ollen-gazette", language, MAY) == old.store.days("ollen-gazette", language, MAY)
            assert new.store.missed("ollen-gazette", language, MAY) == old.store.missed("ollen-gazette", language, MAY)
        assert new.store.sweeps("ollen-gazette") == old.store.sweeps("ollen-gazette") != []
        assert diff.changes(new.store, MAY) == diff.changes(old.store, MAY)
        assert [change.kind for change in diff.changes(new.store, MAY)] == ["vanished", "vanished"]


def test_a_server_cannot_note_a_hole(desk: Desk) -> None:
    body = msgspec.json.encode(
        Missed(url="http://x/", outlet="kcna", language="ko", noticed=datetime(2031, 5, 12, tzinfo=UTC), why="")
    )
    desk.served.pages["/en/article/1"] = (200, {"Content-Type": notes.MISSED}, body)  # type: ignore[attr-defined]
    desk.collect()
    with archive.open(desk.folder) as opened:
        assert opened.store.missed("kcna", "ko", MAY) == []
        assert len(opened.store.missed("ollen-gazette", "en", MAY)) == 1


def test_what_somebody_handed_over_is_never_asked_for(desk: Desk) -> None:
    handed = Capture(url=desk.served.url + "/en/article/9", taken=desk.clock(), status=200)  # type: ignore[attr-defined]
    with filing.filing(desk.folder) as opened:
        opened.file(prepare(handed, ()))
    desk.collect()
    assert "/en/article/9" not in desk.served.paths()  # type: ignore[attr-defined]


def test_the_server_is_told_no_etag_that_somebody_else_was_given(desk: Desk) -> None:
    desk.collect()
    url = desk.served.url + "/en/article/1"  # type: ignore[attr-defined]
    with filing.filing(desk.folder) as opened:
        before = opened.catalogue.seen(url)
        later = desk.clock() + timedelta(hours=1)
        opened.file(prepare(Capture(url=url, taken=later, status=200, headers=(("etag", "theirs"),), body=b"<p>"), ()))
        assert opened.catalogue.seen(url) == before
        assert list(opened.catalogue.addresses()).count(before) == 1


def test_an_item_missed_with_a_title_and_no_day_is_held_by_its_title(desk: Desk) -> None:
    desk.served.pages["/ko/article/3"] = (500, {}, b"")  # type: ignore[attr-defined]
    desk.collect()
    with archive.open(desk.folder) as opened:
        (day,) = opened.store.days("ollen-gazette", "ko", MAY)
        assert day.titles + day.missed == 1


def test_a_site_nobody_knows_is_named(tmp_path: Path, desk: Desk) -> None:
    with pytest.raises(MissingReference, match="there is gazette"):
        collect(tmp_path / "a", desk.pack, ["gazete"])
