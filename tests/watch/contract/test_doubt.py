"""Days of which nobody can say that all that was listed was read: never held, on either engine."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from farbank import country
from farbank.country.pack import Pack
from farbank.model import codec
from farbank.model.captures import Capture, Missed, Sweep
from farbank.model.statemedia import Article, Coverage, Window
from farbank.watch import coverage, notes
from farbank.watch.sources import lines

FIRST = date(2031, 7, 1)
JULY = Window(first=FIRST, last=date(2031, 7, 31))
SITE = """
[[sites]]
id = "gazette"
outlet = "gazette"
item = 'http://paper\\.example/(?P<language>en|ko)/[\\w/-]+'
languages = { en = "en", ko = "ko" }
hosts = ["paper.example"]
title = "h1"
body = "p"
day = "time"
"""


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Pack:
    """The invented country with one site."""
    folder = shutil.copytree(Path(__file__).parents[2] / "packs" / "tiny", tmp_path_factory.mktemp("pack") / "tiny")
    (folder / "sites.toml").write_text(SITE)
    return country.load(folder)


def at(day: float) -> datetime:
    """Noon (UTC) of a day of July, or so much of a day later."""
    return datetime(2031, 7, 1, 12, tzinfo=UTC) + timedelta(days=day - 1)


def sweep(
    day: float, whole: bool = True, listed: int = 9, reach: float | None = None, site: str = "gazette"
) -> Capture:
    one = Sweep(
        site=site, outlet="gazette", started=at(day), ended=at(day) + timedelta(minutes=9), listed=listed, fetched=1,
        unchanged=0, missed=0, whole=whole, reach=None if reach is None else at(reach),
    )  # fmt: skip
    return notes.of_sweep(one)


def miss(day: float, url: str = "http://paper.example/en/77", title: str = "", site: str = "gazette") -> Capture:
    one = Missed(url=url, outlet="gazette", language="en", noticed=at(day), why="no", title=title, site=site)
    return notes.of_missed(one)


def every_day(days: Iterable[int] = range(1, 32), outlet: str = "gazette") -> list[Capture]:
    """A full text a day in two languages, as files give them."""
    found = []
    for day in days:
        for language in ("en", "ko"):
            one = Article(
                id=f"{outlet}{language}{day}", outlet=outlet, lang=language, date=date(2031, 7, day),
                title=f"Report {day}", body=f"Text {day}.",
            )  # fmt: skip
            found.append(lines.capture(one, codec.to_json(one), at(40)))
    return found


def page(path: str, html: str, cut: bool = False) -> Capture:
    headers = (("content-type", "text/html"),)
    return Capture(
        url=f"http://paper.example/{path}", taken=at(20), status=200, headers=headers, body=html.encode(), cut=cut
    )


Look = Callable[..., Coverage]


@pytest.fixture
def look(kept: Callable, pack: Pack) -> Look:  # type: ignore[type-arg]
    def look(found: Iterable[Capture], outlet: str = "gazette", language: str = "en", days: str = "daily") -> Coverage:
        with kept()(found, pack) as opened:
            return coverage(opened, outlet, language, JULY, days)  # type: ignore[arg-type]

    return look


def july(found: Coverage) -> list[int]:
    assert set(found.days_unread) <= set(found.days_missing)
    assert found.days_held + len(found.days_missing) == 31
    return [day.day for day in found.days_missing]


def test_files_with_no_sweeps_are_held_as_they_are(look: Look) -> None:
    assert july(look(every_day())) == []


def test_whole_sweeps_leave_nothing_in_doubt(look: Look) -> None:
    assert july(look([*every_day(), *(sweep(day) for day in range(3, 30))])) == []


@pytest.mark.parametrize("broken", [{"whole": False}, {"listed": 0}])
@pytest.mark.parametrize("language", ["en", "ko"])
def test_what_a_broken_sweep_passed_over_can_be_of_any_day_between_two_whole_ones(
    look: Look, broken: dict[str, int], language: str
) -> None:
    found = look([*every_day(), sweep(8), sweep(10), sweep(11, **broken), sweep(13), sweep(15)], language=language)
    assert july(found) == [10, 11, 12, 13, 14]  # noon in UTC is the next day already where clocks are ahead
    assert found.days_unread == found.days_missing


def test_another_outlet_is_not_in_doubt(look: Look) -> None:
    found = [*every_day(), *every_day(outlet="wire"), sweep(10), sweep(11, whole=False), sweep(13)]
    assert july(look(found, "wire")) == []


def test_a_whole_sweep_that_reaches_back_heals_what_came_before_it(look: Look) -> None:
    before = [*every_day(), sweep(10), sweep(11, whole=False), sweep(12, whole=False)]
    assert july(look([*before, sweep(13, reach=10)])) == []
    assert july(look([*before, sweep(13, reach=10.5)])) == [10, 11, 12, 13, 14]


def test_of_two_sites_each_heals_its_own(look: Look) -> None:
    found = [*every_day(), sweep(10), sweep(11, whole=False), sweep(12, site="mirror", reach=10), sweep(13)]
    assert july(look(found)) == [10, 11, 12, 13, 14]


def test_after_the_last_broken_sweep_nobody_tried(look: Look) -> None:
    assert july(look([*every_day(), sweep(10), sweep(12, whole=False)])) == [10, 11, 12, 13]


def test_before_the_first_whole_sweep_all_is_in_doubt_that_a_listing_can_reach(look: Look) -> None:
    held = every_day([*range(1, 8), *range(16, 32)])
    empty = [*range(8, 16)]
    assert july(look([*held, sweep(18, whole=False), sweep(20)])) == [*empty, *range(16, 22)]
    assert july(look([*every_day([*range(1, 8), *range(12, 32)]), sweep(18, whole=False), sweep(20)])) == [
        *range(1, 22)
    ]


def test_an_item_missed_without_its_day_can_be_of_any_since_the_last_whole_sweep(look: Look) -> None:
    assert july(look([*every_day(), sweep(8), sweep(10), miss(12), sweep(12)])) == [10, 11, 12, 13]


def test_its_title_is_held_on_the_day_it_was_noticed_on_and_on_no_other(look: Look) -> None:
    found = look([*every_day(), sweep(10), miss(12, title="Dam bursts"), sweep(12)])
    assert (july(found), found.titles_only) == ([10, 11, 13], 1)


def test_the_sweep_it_was_noticed_in_is_not_the_one_before(look: Look) -> None:
    assert july(look([*every_day(), sweep(10), miss(12.001), sweep(12)])) == [10, 11, 12, 13]


def test_the_address_tells_the_day(look: Look) -> None:
    assert july(look([*every_day(), sweep(10), miss(12, "http://paper.example/en/2031/07/09/77"), sweep(12)])) == [9]
    later = "http://paper.example/en/2031/07/25/77"  # no day that was still to come
    assert july(look([*every_day(), sweep(10), miss(12, later), sweep(12)])) == [10, 11, 12, 13]


def test_another_sites_whole_sweep_says_nothing_of_what_this_one_missed(look: Look) -> None:
    found = [*every_day(), sweep(9), sweep(11, site="mirror"), miss(12), sweep(12)]
    assert july(look(found)) == [9, 10, 11, 12, 13]


def test_an_item_missed_before_any_whole_sweep_can_be_as_old_as_a_listing(look: Look) -> None:
    held = every_day([*range(1, 8), *range(16, 32)])
    assert july(look([*held, miss(18), sweep(18)])) == [*range(8, 16), 16, 17, 18, 19]


def test_what_is_read_later_is_missed_no_more(look: Look) -> None:
    read = page("en/77", "<h1>Ferry</h1><time>2031-07-11</time><p>It sank.</p>")
    assert july(look([*every_day(), sweep(10), miss(12), sweep(12), read])) == []


def test_an_unread_page_somebody_handed_over_counts_on_its_day_as_long_as_nobody_had_swept(look: Look) -> None:
    unread = page("en/78", "<p></p>")  # taken on the 20th
    assert july(look([*every_day(), unread])) == [20]
    assert july(look([*every_day(), unread, sweep(25)])) == [20]
    assert july(look([*every_day(), unread, sweep(17), sweep(25)])) == [*range(17, 22)]


def test_a_page_that_was_cut_off_makes_a_hole_of_its_day(look: Look) -> None:
    html = "<h1>Ferry</h1><time>2031-07-09</time><p>It sank.</p>"
    found = look([*every_day(), page("en/79", html, cut=True)])
    assert (july(found), found.bodies) == ([9], 31)
    undated = html.replace("2031-07-09", "")
    assert july(look([*every_day(), page("en/79", undated, cut=True)])) == [20]
    whole = page("en/79", f"{html}<p>All were saved.</p>")
    assert july(look([*every_day(), page("en/79", html, cut=True), whole])) == []


def test_a_weekly_in_doubt_misses_its_whole_week(look: Look) -> None:
    found = look([*every_day(), sweep(10), sweep(11, whole=False), sweep(12, reach=11)], days="weekly")
    assert july(found) == [*range(7, 14)]  # Monday to Sunday


def test_what_is_noted_comes_back_as_it_was(kept: Callable, pack: Pack) -> None:  # type: ignore[type-arg]
    found = [sweep(10, reach=9), sweep(11, whole=False), miss(11), miss(13), miss(12, title="Dam bursts")]
    with kept()(found, pack) as opened:
        assert [notes.of_sweep(one) for one in opened.store.sweeps("gazette")] == found[:2]
        assert opened.store.sweeps("wire") == []
        (one,) = opened.store.undated("gazette", "en")
        assert (one.noticed, one.title, one.site, one.day) == (at(11), "Dam bursts", "gazette", None)
        assert opened.store.undated("gazette", "ko") == []
