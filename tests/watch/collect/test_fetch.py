from __future__ import annotations

import gzip
import itertools
import socket
import time
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.utils import format_datetime

import gazette
import pytest
from served import Asked, Clock, Page, Served, serve, serve_raw

from farbank.country.sites import Site, Start
from farbank.model.captures import Seen
from farbank.watch.collect.fetch import Answer, Fetcher
from farbank.watch.collect.wire import Limits
from farbank.watch.errors import UnusableProxy

QUICK = Limits(connect=2, read=2, whole=10, body=100_000)
HASTY = Limits(connect=1, read=0.15, whole=0.2)


def fetcher(served: Served, clock: Clock, limits: Limits = QUICK) -> Fetcher:
    return Fetcher(gazette.site(served), clock=clock, sleep=clock.sleep, limits=limits)


def raw_site(url: str) -> Site:
    return Site(id="raw", outlet="raw", item=".*", languages={"": "en"}, starts=(Start(url=url, kind="links"),))


def ask_raw(converse: Callable[[socket.socket], None], clock: Clock, limits: Limits = QUICK) -> Answer:
    with serve_raw(converse) as url:
        return Fetcher(raw_site(url), clock=clock, sleep=clock.sleep, limits=limits).get(url + "/")


def seen(served: Served, path: str, **more: str) -> Callable[[str], Seen | None]:
    url = served.url + path
    return {url: Seen(url=url, first=served.clock(), last=served.clock(), **more)}.get  # type: ignore[arg-type]


# Politeness


def test_there_are_at_least_gap_seconds_between_any_two_requests_and_before_the_first(
    served: Served, clock: Clock
) -> None:
    began = clock()
    served.pages["/a"] = served.pages["/b"] = (200, {}, b"x")
    served.pages["/bad"] = (500, {}, b"")
    fetch = fetcher(served, clock)
    for path in ("/a", "/bad", "/missing", "/b"):
        fetch.get(served.url + path)
    times = [began, *(asked.at for asked in served.log)]
    assert len(times) == 1 + 1 + 3 + 1 + 1
    assert min(b - a for a, b in itertools.pairwise(times)) >= timedelta(seconds=5)


@pytest.mark.parametrize("status", [200, 204, 304, 403, 404, 410, 451])
def test_the_word_of_the_server_comes_back_as_it_is_and_is_asked_for_once(
    served: Served, clock: Clock, status: int
) -> None:
    served.pages["/a"] = (status, {"X-Said": "so"}, b"" if status in {204, 304} else b"body")
    answer = fetcher(served, clock).get(served.url + "/a")
    (capture,) = answer.captures
    assert (capture.status, answer.failed, len(served.log)) == (status, "", 1)
    assert capture.header("x-said") == "so"
    assert (capture.url, capture.taken) == (served.url + "/a", clock())


def test_what_has_not_changed_is_not_sent_again(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (200, {"ETag": '"1"'}, b"body")
    fetch = fetcher(served, clock)
    (capture,) = fetch.get(served.url + "/a", seen(served, "/a", etag='"1"', modified="Mon, 12 May 2031")).captures
    assert (capture.status, capture.body) == (304, b"")
    assert served.log[0].header("if-none-match") == '"1"'
    assert served.log[0].header("if-modified-since") == "Mon, 12 May 2031"
    assert fetch.get(served.url + "/a", seen(served, "/a", etag='"2"')).captures[0].body == b"body"


@pytest.mark.parametrize("etag", ['"a\r\nX-Evil: 1"', '"\u97f3"', "\x00", '"\n"'])
def test_a_hostile_tag_is_not_sent_back(served: Served, clock: Clock, etag: str) -> None:
    served.pages["/a"] = (200, {}, b"body")
    answer = fetcher(served, clock).get(served.url + "/a", seen(served, "/a", etag=etag))
    assert answer.captures[0].status == 200
    assert (served.log[0].header("if-none-match"), served.log[0].header("x-evil")) == ("", "")


def test_what_is_gone_is_asked_for_without_conditions(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (200, {"ETag": '"1"'}, b"back")
    gone = Seen(url=served.url + "/a", first=clock(), last=clock(), etag='"1"', gone=clock())
    assert fetcher(served, clock).get(served.url + "/a", lambda url: gone).captures[0].body == b"back"


def test_every_request_looks_like_every_other_and_tells_of_nobody(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (302, {"Location": "/b", "Set-Cookie": "id=1"}, b"")
    served.pages["/b"] = (200, {"Set-Cookie": "id=2"}, b"x")
    fetch = fetcher(served, clock)
    fetch.get(served.url + "/a")
    fetcher(served, clock).get(served.url + "/c")
    host = served.url.removeprefix("http://")
    expected = {"Host": host, "User-Agent": "Mozilla/5.0 (compatible)", "Accept": "*/*"}
    expected |= {"Accept-Encoding": "identity", "Connection": "close"}
    assert [dict(asked.headers) for asked in served.log] == [expected] * 3
    assert len({tuple(name for name, _ in asked.headers) for asked in served.log}) == 1


# Backing off


def sequence(*pages: Page) -> Callable[[Asked], Page]:
    waiting = list(pages)
    return lambda asked: waiting.pop(0) if len(waiting) > 1 else waiting[0]


@pytest.mark.parametrize(
    ("said", "waits"),
    [({}, 30), ({"Retry-After": "90"}, 90), ({"Retry-After": "2"}, 5), ({"Retry-After": "9" * 500}, 300),
     ({"Retry-After": "-5"}, 30), ({"Retry-After": "soon"}, 30), ({"Retry-After": "²"}, 30)],
)  # fmt: skip
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_left_alone_as_long_as_it_says(
    served: Served, clock: Clock, status: int, said: dict[str, str], waits: float
) -> None:
    said = {name: value.encode().decode("latin-1") for name, value in said.items()}
    served.pages["/a"] = sequence((status, said, b""), (200, {}, b"x"))
    assert fetcher(served, clock).get(served.url + "/a").captures[-1].body == b"x"
    first, second = (asked.at for asked in served.log)
    assert (second - first).total_seconds() == waits


def test_a_time_to_come_back_is_read_by_the_clock_of_the_server(served: Served, clock: Clock) -> None:
    served.ahead = timedelta(hours=3)
    until = format_datetime(clock() + timedelta(hours=3, seconds=5 + 120), usegmt=True)
    served.pages["/a"] = sequence((503, {"Retry-After": until}, b""), (200, {}, b"x"))
    fetcher(served, clock).get(served.url + "/a")
    first, second = (asked.at for asked in served.log)
    assert (second - first).total_seconds() == 120


def test_what_a_server_asked_for_holds_for_the_next_address_too(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (429, {"Retry-After": "200"}, b"")
    served.pages["/b"] = (200, {}, b"x")
    fetch = fetcher(served, clock)
    assert fetch.get(served.url + "/a").failed == "it answered 429"
    fetch.get(served.url + "/b")
    assert served.paths() == ["/a", "/a", "/a", "/b"]
    assert (served.log[3].at - served.log[2].at).total_seconds() == 200


def test_failures_are_waited_out_longer_each_time(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (500, {}, b"")
    assert fetcher(served, clock).get(served.url + "/a") == Answer((), "it answered 500")
    assert clock.slept == [5, 10, 20]


def test_a_dead_server_is_not_hammered(clock: Clock) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
    fetch = Fetcher(raw_site(url), clock=clock, sleep=clock.sleep, limits=QUICK)
    answers = [fetch.get(f"{url}/{number}").failed for number in range(100)]
    assert answers[0] == "the connection failed or was broken off"
    assert answers[5:] == ["the site no longer answered and was given up for this sweep"] * 95
    assert len(clock.slept) == 15


def test_one_answer_in_between_keeps_a_site_from_being_given_up(served: Served, clock: Clock) -> None:
    served.pages["/ok"] = (200, {}, b"x")
    served.pages["/bad"] = (502, {}, b"")
    fetch = fetcher(served, clock)
    for _ in range(3):
        for _ in range(4):
            fetch.get(served.url + "/bad")
        assert fetch.get(served.url + "/ok").captures[0].status == 200


# Redirects


def test_a_redirect_within_the_site_is_followed_and_kept(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (301, {"Location": "b/../c#top"}, b"moved")
    served.pages["/c"] = (200, {}, b"x")
    answer = fetcher(served, clock).get(served.url + "/a", seen(served, "/a", etag='"1"'))
    assert [(c.url.removeprefix(served.url), c.status) for c in answer.captures] == [("/a", 301), ("/c", 200)]
    assert answer.failed == ""
    assert served.log[1].header("if-none-match") == ""


@pytest.mark.parametrize(
    "target",
    ["http://169.254.169.254/latest/meta-data", "http://127.0.0.1:1/", "http://127.0.0.1/", "//gazette.invalid/a",
     "http://127.0.0.1@gazette.invalid/", "http://localhost/", "https://[::1]/", "http://2130706433/"],
)  # fmt: skip
def test_a_redirect_to_another_host_is_not_followed(served: Served, clock: Clock, target: str) -> None:
    served.pages["/a"] = (302, {"Location": target}, b"")
    answer = fetcher(served, clock).get(served.url + "/a")
    assert [capture.status for capture in answer.captures] == [302]
    assert "another host" in answer.failed or "nowhere" in answer.failed
    assert served.paths() == ["/a"]


def test_another_server_on_the_same_machine_is_another_host(served: Served, clock: Clock) -> None:
    with serve({"/b": (200, {}, b"secret")}, clock) as other:
        served.pages["/a"] = (302, {"Location": other.url + "/b"}, b"")
        answer = fetcher(served, clock).get(served.url + "/a")
        assert "another host" in answer.failed
        assert other.log == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "javascript:alert(1)", "ftp://127.0.0.1/", "http://", "http://["]
)
def test_a_redirect_to_nowhere_is_not_followed(served: Served, clock: Clock, target: str) -> None:
    served.pages["/a"] = (302, {"Location": target}, b"")
    answer = fetcher(served, clock).get(served.url + "/a")
    assert (len(answer.captures), answer.failed) == (1, "it redirects to nowhere")


def test_redirects_end(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (302, {"Location": "/b"}, b"")
    served.pages["/b"] = (302, {"Location": "/a"}, b"")
    served.pages |= {f"/{n}": (302, {"Location": f"/{n + 1}"}, b"") for n in range(100)}
    assert fetcher(served, clock).get(served.url + "/a").failed == "it redirects to nowhere"
    assert served.paths() == ["/a", "/b"]
    assert fetcher(served, clock).get(served.url + "/0").failed == "it redirects to nowhere"
    assert len(served.paths()) == 2 + 6


def test_a_redirect_to_what_is_refused_is_not_followed(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (302, {"Location": "/private/b"}, b"")
    refused = {served.url + "/private/b": "no"}
    answer = fetcher(served, clock).get(served.url + "/a", refused=lambda url: refused.get(url, ""))
    assert (len(answer.captures), answer.failed, served.paths()) == (1, "no", ["/a"])


def test_an_address_off_the_site_is_never_asked_for(served: Served, clock: Clock) -> None:
    for url in ("http://gazette.invalid/a", "http://169.254.169.254/", ""):
        assert "another host" in fetcher(served, clock).get(url).failed
    assert clock.slept == []


# Bad servers


def test_a_body_without_end_is_cut(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (200, {}, itertools.repeat(b"x" * 1000))
    (capture,) = fetcher(served, clock).get(served.url + "/a").captures
    assert (capture.cut, len(capture.body)) == (True, QUICK.body)


def test_a_body_of_just_the_longest_length_is_whole(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (200, {}, b"x" * QUICK.body)
    (capture,) = fetcher(served, clock).get(served.url + "/a").captures
    assert (capture.cut, len(capture.body)) == (False, QUICK.body)


def test_a_compressed_body_is_unpacked(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (200, {"Content-Encoding": "gzip"}, gzip.compress(b"words " * 100, mtime=0))
    assert fetcher(served, clock).get(served.url + "/a").captures[0].body == b"words " * 100


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_stopped_while_it_unpacks(served: Served, clock: Clock, layers: int) -> None:
    bomb = gzip.compress(bytes(400 * 2**20), 1)
    for _ in range(layers - 1):
        bomb = gzip.compress(bomb, mtime=0)
    served.pages["/a"] = (200, {"Content-Encoding": ", ".join(["gzip"] * layers)}, bomb)
    tracemalloc.start()
    answer = fetcher(served, clock, Limits(whole=10, body=10**6)).get(served.url + "/a")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (answer.captures[0].cut, len(answer.captures[0].body)) == (True, 10**6)
    assert peak < 16 * 2**20


@pytest.mark.parametrize(
    ("coding", "body", "why"),
    [("gzip", b"not gzip at all", "its answer is compressed and damaged"),
     ("gzip", gzip.compress(b"x" * 999, mtime=0)[:8] + b"\xff" * 20, "its answer is compressed and damaged"),
     ("zip-of-my-own", b"xxx", "its answer is compressed in a way that nobody asked for"),
     (",".join(["gzip"] * 50), gzip.compress(b"x", mtime=0), "its answer is compressed and damaged")],
)  # fmt: skip
def test_what_cannot_be_unpacked_is_not_kept(served: Served, clock: Clock, coding: str, body: bytes, why: str) -> None:
    served.pages["/a"] = (200, {"Content-Encoding": coding}, body)
    assert fetcher(served, clock).get(served.url + "/a") == Answer((), why)


def test_a_body_shorter_than_it_says_is_not_kept(served: Served, clock: Clock) -> None:
    served.pages["/a"] = (200, {"Content-Length": "1000"}, b"half a page")
    answer = fetcher(served, clock).get(served.url + "/a")
    assert (answer.captures, answer.failed) == ((), "the connection failed or was broken off")


def drip(piece: bytes, every: float = 0.02) -> Iterator[bytes]:
    while True:
        time.sleep(every)
        yield piece


@pytest.mark.parametrize(
    ("start", "piece"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\n", b"X: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        (b"HTTP/1.1 200 OK\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n", b"x"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"0"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffff\r\n", b"x"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
    ],
)
def test_a_server_that_sends_a_byte_a_while_holds_nobody_up(clock: Clock, start: bytes, piece: bytes) -> None:
    def converse(connection: socket.socket) -> None:
        connection.sendall(start)
        for one in drip(piece):
            connection.sendall(one)

    began = time.monotonic()
    answer = ask_raw(converse, clock, HASTY)
    assert answer == Answer((), "its answer was not whole after 0.2 seconds")
    assert time.monotonic() - began < 3 * 0.2 + 1


def test_a_server_that_says_nothing_is_left(clock: Clock) -> None:
    assert ask_raw(lambda connection: time.sleep(0.3), clock, HASTY).failed == "it did not answer in time"


@pytest.mark.parametrize(
    "said",
    [
        b"",
        b"\x00\xff\x00\r\n\r\n",
        b"HTTP/1.1 999999 \r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
        b"HTTP/1.1 200 OK\r\nContent-Length: -5\r\nContent-Length: 7\r\n\r\nhello",
    ],
)
def test_what_is_no_answer_is_none(clock: Clock, said: bytes) -> None:
    answer = ask_raw(lambda connection: (connection.recv(10_000), connection.sendall(said))[1], clock)
    assert answer == Answer((), "the connection failed or was broken off")


def test_headers_are_bounded(clock: Clock) -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + (b"X: " + b"y" * 60_000 + b"\r\n") * 2 + b"\r\n"
    answer = ask_raw(lambda connection: (connection.recv(10_000), connection.sendall(said))[1], clock)
    assert answer.failed == "its headers are longer than 64 KiB"


def test_a_header_on_several_lines_is_read_as_one(clock: Clock) -> None:
    said = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nX-Long: one\r\n  two\r\n\r\n"
    answer = ask_raw(lambda connection: (connection.recv(10_000), connection.sendall(said))[1], clock)
    assert answer.captures[0].header("x-long") == "one two"


@pytest.mark.parametrize("proxy", ["gopher://127.0.0.1:1", "socks9://127.0.0.1:1", "http://[", "socks5h://"])
def test_what_is_no_proxy_is_refused_in_a_sentence(proxy: str) -> None:
    with pytest.raises(UnusableProxy, match="name one as socks5h://"):
        Fetcher(raw_site("http://gazette.invalid"), proxy=proxy)
