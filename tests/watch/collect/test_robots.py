from __future__ import annotations

import itertools
from collections.abc import Callable

import gazette
import pytest
from hypothesis import given
from hypothesis import strategies as st
from served import Asked, Clock, Page, Served

from farbank.model.captures import Capture, Missed, Sweep
from farbank.watch.collect import robots
from farbank.watch.collect.fetch import Answer, Fetcher
from farbank.watch.collect.sweep import sweep
from farbank.watch.collect.wire import USER_AGENT

ITEM = "/en/article/2"


def run(served: Served, clock: Clock, heed: bool = True) -> list[Capture | Missed | Sweep]:
    site = gazette.site(served, robots=heed)
    return list(sweep(site, Fetcher(site, clock=clock, sleep=clock.sleep), lambda url: None, (), clock()))


def serve(served: Served, text: bytes, status: int = 200) -> None:
    served.pages.update(gazette.pages(served))
    served.pages["/robots.txt"] = (status, {}, text)


def gaps(served: Served) -> list[float]:
    return [(b.at - a.at).total_seconds() for a, b in itertools.pairwise(served.log)]


def test_what_robots_refuses_is_missed_with_the_reason(served: Served, clock: Clock) -> None:
    serve(served, b"User-agent: *\nDisallow: /en/article/2\n")
    (hole,) = [one for one in run(served, clock) if isinstance(one, Missed)]
    assert (hole.url, hole.why) == (served.url + ITEM, "its robots.txt refuses it")
    assert hole.title == "Bridge at Varn reopened"
    assert ITEM not in served.paths()


def test_refusals_are_skipped_where_the_pack_says_so_but_the_delay_is_kept(served: Served, clock: Clock) -> None:
    serve(served, b"User-agent: *\nDisallow: /\nCrawl-delay: 20\n")
    yielded = run(served, clock, heed=False)
    assert not any(isinstance(one, Missed) for one in yielded)
    assert ITEM in served.paths()
    assert min(gaps(served)) == 20


def test_a_site_that_refuses_everything_is_not_read(served: Served, clock: Clock) -> None:
    serve(served, b"User-agent: *\nDisallow: /\n")
    (end,) = run(served, clock)
    assert isinstance(end, Sweep)
    assert not end.whole
    assert served.paths() == ["/robots.txt"]


@pytest.mark.parametrize(
    ("delay", "waits"), [("20", 20), ("7.2", 8), (".5", 5), ("1", 5), ("²", 5), ("-3", 5), ("0", 5), ("soon", 5)]
)
def test_a_delay_is_kept_and_never_shortens_the_gap(served: Served, clock: Clock, delay: str, waits: float) -> None:
    serve(served, f"User-agent: *\nCrawl-delay: {delay}  # a pause\n".encode())
    run(served, clock)
    assert ITEM in served.paths()
    assert set(gaps(served)) == {waits}


@pytest.mark.parametrize("delay", ["3601", "9" * 5000])
def test_a_site_that_wants_hours_between_requests_is_not_read(served: Served, clock: Clock, delay: str) -> None:
    serve(served, f"User-agent: *\nCrawl-delay: {delay}\n".encode())
    run(served, clock)
    assert served.paths() == ["/robots.txt"]


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_where_there_is_no_robots_file_there_are_no_rules(served: Served, clock: Clock, status: int) -> None:
    serve(served, b"User-agent: *\nDisallow: /\n", status)
    run(served, clock)
    assert ITEM in served.paths()


@pytest.mark.parametrize("page", [(500, {}, b""), (302, {"Location": "http://gazette.invalid/robots.txt"}, b"")])
def test_where_the_rules_cannot_be_read_nothing_is(
    served: Served, clock: Clock, page: Page | Callable[[Asked], Page]
) -> None:
    serve(served, b"")
    served.pages["/robots.txt"] = page
    run(served, clock)
    assert set(served.paths()) == {"/robots.txt"}
    served.log.clear()
    run(served, clock, heed=False)
    assert ITEM in served.paths()


def test_rules_for_others_are_for_others(served: Served, clock: Clock) -> None:
    serve(served, b"User-agent: otherbot\nDisallow: /\nCrawl-delay: 99\n\nUser-agent: *\nDisallow: /nothing\n")
    run(served, clock)
    assert set(gaps(served)) == {5}


@given(
    st.binary(max_size=300)
    | st.text(st.sampled_from("User-agent:*\n Disallow Crawl-delay: /%0123.²"), max_size=200).map(str.encode)
)
def test_whatever_a_robots_file_holds_it_is_read(body: bytes) -> None:
    from datetime import UTC, datetime

    page = Capture(url="http://g.invalid/robots.txt", taken=datetime(2031, 1, 1, tzinfo=UTC), status=200, body=body)
    rules = robots.parse(Answer((page,)))
    assert rules.can_fetch(USER_AGENT, "http://g.invalid/a") in {True, False}
    assert float(rules.crawl_delay(USER_AGENT) or 0) >= 0
