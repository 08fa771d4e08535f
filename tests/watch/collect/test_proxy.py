from __future__ import annotations

import socket
import struct

import pytest
from served import Clock, serve_raw

from farbank.country.sites import Site, Start
from farbank.watch.collect.fetch import Fetcher

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
URL = "http://gazette.invalid/en/"
SITE = Site(id="g", outlet="g", item=".*", languages={"": "en"}, starts=(Start(url=URL, kind="links"),))


@pytest.fixture
def looked_up(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names that this machine looks up."""
    names: list[str] = []
    look = socket.getaddrinfo

    def getaddrinfo(host, *more, **rest):  # type: ignore[no-untyped-def]
        names.append(host)
        return look(host, *more, **rest)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "gethostbyname", names.append)
    return names


@pytest.mark.parametrize("scheme", ["socks5h", "socks5"])
def test_through_a_socks_proxy_no_name_is_looked_up_here(clock: Clock, looked_up: list[str], scheme: str) -> None:
    heard: list[tuple[int, bytes, bytes]] = []

    def converse(connection: socket.socket) -> None:
        connection.recv(100)  # greeting
        connection.sendall(b"\x05\x00")
        _, _, _, kind, length = connection.recv(5)
        name = connection.recv(length)
        connection.recv(2)  # port
        connection.sendall(b"\x05\x00\x00\x01" + struct.pack(">4sH", b"\x7f\x00\x00\x01", 80))
        heard.append((kind, name, connection.recv(10_000)))
        connection.sendall(PAGE)

    with serve_raw(converse) as url:
        fetch = Fetcher(SITE, proxy=url.replace("http", scheme), clock=clock, sleep=clock.sleep)
        assert fetch.get(URL).captures[0].body == b"hello"
    ((kind, name, request),) = heard
    assert (kind, name) == (3, b"gazette.invalid")  # 3: a name, not an address
    assert request.startswith(b"GET /en/ HTTP/1.1\r\nHost: gazette.invalid\r\n")
    assert set(looked_up) <= {"127.0.0.1"}


def test_through_an_http_proxy_no_name_is_looked_up_here(clock: Clock, looked_up: list[str]) -> None:
    heard: list[bytes] = []

    def converse(connection: socket.socket) -> None:
        heard.append(connection.recv(10_000))
        connection.sendall(PAGE)

    with serve_raw(converse) as url:
        fetch = Fetcher(SITE, proxy=url, clock=clock, sleep=clock.sleep)
        assert fetch.get(URL).captures[0].body == b"hello"
    assert heard[0].startswith(b"GET http://gazette.invalid/en/ HTTP/1.1\r\n")
    assert set(looked_up) <= {"127.0.0.1"}


def test_a_proxy_named_by_the_environment_is_not_used(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with serve_raw(lambda connection: (connection.recv(10_000), connection.sendall(PAGE))[1]) as url:
        site = Site(id="g", outlet="g", item=".*", languages={"": "en"}, starts=(Start(url=url, kind="links"),))
        assert Fetcher(site, clock=clock, sleep=clock.sleep).get(url + "/").captures[0].status == 200
