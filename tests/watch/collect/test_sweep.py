from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import gazette
from served import Asked, Clock, Page, Served

from farbank.country.sites import Start
from farbank.model.captures import Capture, Missed, Seen, Sweep
from farbank.watch.collect.fetch import Fetcher
from farbank.watch.collect.sweep import sweep
from farbank.watch.collect.wire import Limits

Yielded = Capture | Missed | Sweep


class Shelf:
    """What an archive remembers of what it files."""

    def __init__(self) -> None:
        self.seen: dict[str, Seen] = {}

    def file(self, yielded: Iterable[Yielded]) -> list[Yielded]:
        kept = list(yielded)
        for capture in kept:
            if isinstance(capture, Capture) and (capture.url in self.seen or capture.status in {200, 301, 302}):
                self.seen[capture.url] = self._after(self.seen.get(capture.url), capture)
        return kept

    def _after(self, old: Seen | None, capture: Capture) -> Seen:
        gone = capture.taken if capture.status in {404, 410} else None
        return Seen(
            url=capture.url, first=old.first if old else capture.taken, last=capture.taken,
            etag=capture.header("etag") or (old.etag if old else ""),
            gone=old.gone if old and old.gone and gone else gone,
        )  # fmt: skip


def run(served: Served, shelf: Shelf, again: Iterable[str] = (), limits: Limits = Limits()) -> list[Yielded]:  # noqa: B008
    clock = served.clock
    assert isinstance(clock, Clock)
    site = gazette.site(served)
    return shelf.file(
        sweep(site, Fetcher(site, clock=clock, sleep=clock.sleep, limits=limits), shelf.seen.get, again, clock())
    )


def statuses(yielded: list[Yielded], served: Served) -> dict[str, int]:
    return {c.url.removeprefix(served.url): c.status for c in yielded if isinstance(c, Capture)}


def missed(yielded: list[Yielded]) -> list[Missed]:
    return [one for one in yielded if isinstance(one, Missed)]


def test_a_first_sweep_reads_every_listing_and_every_item_once(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    yielded = run(served, Shelf())
    assert served.paths() == [
        "/robots.txt", "/feed.xml", "/sitemap.xml", "/sitemap-ko.xml", "/ko/",
        "/en/article/1", "/en/article/2", "/ko/article/1", "/ko/article/3",
    ]  # fmt: skip
    assert list(statuses(yielded, served)) == served.paths()[1:]
    end = yielded[-1]
    assert isinstance(end, Sweep)
    assert (end.listed, end.fetched, end.unchanged, end.missed, end.whole) == (4, 4, 0, 0, True)
    assert end.ended - end.started == timedelta(seconds=5 * len(served.log))
    assert sum(isinstance(one, Sweep) for one in yielded) == 1


def test_an_edited_and_a_vanished_item_are_found_and_the_rest_is_unchanged(served: Served, clock: Clock) -> None:
    served.pages.update(gazette.pages(served))
    shelf = Shelf()
    run(served, shelf)
    clock.now += timedelta(hours=6)
    served.pages["/en/article/1"] = gazette.article("Harbour dues doubled", "The dues were not doubled.")
    served.pages["/ko/article/1"] = (404, {}, b"gone")
    second = run(served, shelf)
    found = statuses(second, served)
    assert found["/en/article/1"] == 200
    assert found["/ko/article/1"] == 404
    assert found["/en/article/2"] == found["/ko/article/3"] == 304
    assert missed(second) == []
    end = second[-1]
    assert isinstance(end, Sweep)
    assert (end.fetched, end.unchanged, end.missed) == (2, 2, 0)
    clock.now += timedelta(hours=6)
    served.pages["/ko/article/1"] = (410, {}, b"gone for good")
    assert statuses(run(served, shelf), served)["/ko/article/1"] == 410


def test_an_old_item_is_not_asked_for_until_it_is_due_or_the_archive_says_so(served: Served, clock: Clock) -> None:
    served.pages.update(gazette.pages(served))
    shelf = Shelf()
    run(served, shelf)
    clock.now += timedelta(days=8)
    run(served, shelf)
    clock.now += timedelta(days=1)
    served.log.clear()
    run(served, shelf)
    assert [path for path in served.paths() if "article" in path] == []
    served.log.clear()
    run(served, shelf, again=[served.url + "/ko/article/1", served.url + "/en/article/2"])
    assert served.paths()[-2:] == ["/ko/article/1", "/en/article/2"]


def test_what_the_archive_says_is_due_and_is_listed_too_is_asked_for_once(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    run(served, Shelf(), again=[served.url + "/en/article/2", served.url + "/about"])
    assert served.paths().count("/en/article/2") == 1
    assert "/about" not in served.paths()  # no item of the site


def test_a_missed_item_has_the_title_and_day_of_the_listing(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    served.pages["/en/article/2"] = (500, {}, b"")
    (hole,) = missed(run(served, Shelf()))
    assert (hole.title, hole.day, hole.language) == ("Bridge at Varn reopened", date(2031, 5, 12), "en")
    assert (hole.outlet, hole.site) == ("ollen-gazette", gazette.site(served).id)
    assert hole.why == "it answered 500"


def test_an_item_that_never_was_there_is_missed_though_its_404_is_kept(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    del served.pages["/en/article/2"]
    yielded = run(served, Shelf())
    assert statuses(yielded, served)["/en/article/2"] == 404
    assert [hole.why for hole in missed(yielded)] == ["the server answered 404"]


def test_a_listing_that_cannot_be_read_leaves_the_sweep_not_whole_and_the_others_read(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    served.pages["/feed.xml"] = (403, {}, b"")
    yielded = run(served, Shelf())
    end = yielded[-1]
    assert isinstance(end, Sweep)
    assert (end.whole, end.listed) == (False, 2)


def test_a_page_of_links_that_lists_nothing_of_the_site_is_not_whole(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    served.pages["/ko/"] = (200, gazette.HTML, b"<p>Please sign in</p>")
    end = run(served, Shelf())[-1]
    assert isinstance(end, Sweep)
    assert not end.whole


def test_a_sweep_reaches_back_to_when_half_of_every_list_had_been_seen(served: Served, clock: Clock) -> None:
    served.pages.update(gazette.pages(served))
    shelf, first = Shelf(), clock()

    def reach() -> datetime | None:
        end = run(served, shelf)[-1]
        assert isinstance(end, Sweep)
        clock.now += timedelta(hours=6)
        return end.reach

    assert reach() is None
    last = max(seen.first for seen in shelf.seen.values())
    found = reach()
    assert found is not None and first < found <= last
    paths = ["/ko/article/1", "/ko/article/5", "/ko/article/6"]
    served.pages["/ko/"] = (200, gazette.HTML, gazette.links(paths))
    served.pages.update({path: gazette.article("Bridge", "The bridge is shut.") for path in paths[1:]})
    assert reach() is None  # two of the three are new
    found = reach()
    assert found is not None and found > last


def test_an_item_that_redirects_to_the_front_page_is_missed(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    served.pages["/en/article/1"] = (302, {"Location": "/ko/"}, b"")
    yielded = run(served, Shelf())
    assert statuses(yielded, served)["/en/article/1"] == 302
    assert [hole.why for hole in missed(yielded)] == [f"it redirects to {served.url}/ko/, which is no item"]


def test_an_item_that_moved_within_the_site_is_not_sent_again_either(served: Served, clock: Clock) -> None:
    served.pages.update(gazette.pages(served))
    served.pages["/en/article/2b"] = served.pages["/en/article/2"]
    served.pages["/en/article/2"] = (301, {"Location": "/en/article/2b"}, b"")
    shelf = Shelf()
    assert missed(run(served, shelf)) == []
    clock.now += timedelta(hours=6)
    second = run(served, shelf)
    assert statuses(second, served)["/en/article/2b"] == 304
    end = second[-1]
    assert isinstance(end, Sweep)
    assert (end.fetched, end.unchanged, end.missed) == (0, 4, 0)
    clock.now += timedelta(days=8)
    run(served, shelf)
    served.log.clear()
    clock.now += timedelta(hours=6)
    run(served, shelf)
    assert not any("article" in path for path in served.paths())


def test_an_item_that_only_ever_failed_is_asked_for_in_each_sweep(served: Served, clock: Clock) -> None:
    served.pages.update(gazette.pages(served))
    read = served.pages.pop("/en/article/2")
    shelf = Shelf()
    for _ in range(3):
        assert len(missed(run(served, shelf))) == 1
        clock.now += timedelta(days=8)
    served.pages["/en/article/2"] = read
    assert missed(run(served, shelf)) == []


def test_sitemaps_that_lead_to_each_other_are_read_once(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    one, two = served.url + "/sitemap.xml", served.url + "/sitemap-2.xml"
    served.pages["/sitemap.xml"] = (200, gazette.XML, gazette.index([one, two, two, served.url + "/sitemap-ko.xml"]))
    served.pages["/sitemap-2.xml"] = (200, gazette.XML, gazette.index([one, two]))
    end = run(served, Shelf())[-1]
    assert isinstance(end, Sweep)
    assert end.whole
    assert [served.paths().count(path) for path in ("/sitemap.xml", "/sitemap-2.xml", "/sitemap-ko.xml")] == [1, 1, 1]


def test_endless_sitemaps_end(served: Served) -> None:
    made = itertools.count()

    def endless(asked: Asked) -> Page:
        new = [f"/s{next(made)}.xml" for _ in range(60)]
        served.pages.update(dict.fromkeys(new, endless))
        return 200, gazette.XML, gazette.index(served.url + path for path in new)

    served.pages["/sitemap.xml"] = endless
    end = run(served, Shelf())[-1]
    assert isinstance(end, Sweep)
    assert not end.whole
    assert 90 < len(served.log) < 120


def test_a_feed_with_a_billion_entries_gives_its_first_ones(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    start, end = gazette.feed(served, ["/en/article/1"]).split(b"</item>")
    again = (b"</item>" + start[start.index(b"<item>") :] for _ in range(10**9))
    served.pages["/feed.xml"] = (200, gazette.XML, itertools.chain([start], again, [end]))
    yielded = run(served, Shelf(), limits=Limits(body=200_000))
    feed = next(one for one in yielded if isinstance(one, Capture))
    assert feed.cut
    sweep_ = yielded[-1]
    assert isinstance(sweep_, Sweep)
    assert (sweep_.whole, sweep_.listed, sweep_.missed) == (False, 3, 0)


def test_a_packed_sitemap_is_read(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    packed = gzip.compress(gazette.sitemap([served.url + "/ko/article/1"]))
    served.pages["/sitemap.xml"] = (200, {"Content-Type": "application/gzip"}, packed)
    yielded = run(served, Shelf())
    assert next(one.body for one in yielded if isinstance(one, Capture) and one.url.endswith("sitemap.xml")) == packed
    assert isinstance(yielded[-1], Sweep)
    assert (yielded[-1].whole, yielded[-1].listed) == (True, 4)


def test_a_page_that_is_not_utf_8_is_kept_as_it_came(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    body = "<h1>다리</h1>".encode("euc-kr")
    served.pages["/ko/article/1"] = (200, {"Content-Type": "text/html; charset=euc-kr"}, body)
    kept = next(one for one in run(served, Shelf()) if isinstance(one, Capture) and one.url.endswith("/ko/article/1"))
    assert kept.body == body


def test_a_sitemap_on_another_host_is_not_read(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    elsewhere = ["http://169.254.169.254/latest", "http://gazette.invalid/s.xml", served.url + "/sitemap-ko.xml"]
    served.pages["/sitemap.xml"] = (200, gazette.XML, gazette.index(elsewhere))
    end = run(served, Shelf())[-1]
    assert isinstance(end, Sweep)
    assert (end.whole, end.listed) == (False, 4)


def test_a_server_three_hours_ahead_is_told_by_its_dates(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    served.ahead = timedelta(hours=3)
    end = run(served, Shelf())[-1]
    assert isinstance(end, Sweep)
    assert end.skew == 3 * 3600


def test_a_dead_site_is_given_up_and_every_item_due_is_a_hole(served: Served, clock: Clock) -> None:
    served.pages.update(gazette.pages(served))
    paths = [f"/en/article/{number}" for number in range(40)]
    served.pages["/ko/"] = (200, gazette.HTML, gazette.links(paths))
    served.pages.update({path: (500, {}, b"") for path in paths})
    yielded = run(served, Shelf())
    assert len(missed(yielded)) == 40
    # Two, then one of another language that is there, then five in a row; each was asked for three times.
    assert sum("/en/article" in path for path in served.paths()) == 3 * (2 + 5)
    assert missed(yielded)[-1].why == "the site no longer answered and was given up for this sweep"


def test_a_sweep_can_be_stopped_anywhere_and_the_next_one_finds_the_rest(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    whole = len(run(served, Shelf()))
    for stop in range(whole):
        shelf = Shelf()
        clock = served.clock
        assert isinstance(clock, Clock)
        site = gazette.site(served)
        running = sweep(site, Fetcher(site, clock=clock, sleep=clock.sleep), shelf.seen.get, (), clock())
        shelf.file(one for one, _ in zip(running, range(stop), strict=False))
        running.close()
        clock.now += timedelta(minutes=1)
        run(served, shelf)
        items = {served.url + path for path in gazette.ITEMS}
        assert items <= set(shelf.seen), stop
        clock.now += timedelta(days=1)


def test_only_the_start_pages_of_the_site_are_read(served: Served) -> None:
    served.pages.update(gazette.pages(served))
    start = Start(url=served.url + "/feed.xml", kind="feed")
    site = gazette.site(served, start)
    clock = served.clock
    assert isinstance(clock, Clock)
    list(sweep(site, Fetcher(site, clock=clock, sleep=clock.sleep), lambda url: None, (), clock()))
    assert served.paths() == ["/robots.txt", "/feed.xml", "/en/article/1", "/en/article/2"]
