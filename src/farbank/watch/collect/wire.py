"""One request over the wire: the only file of the house that opens a socket to an outlet."""

from __future__ import annotations

import re
from http.client import HTTPException
from typing import cast

import msgspec
import urllib3
from urllib3.contrib.socks import SOCKSProxyManager
from urllib3.exceptions import DecodeError, HTTPError, NewConnectionError, SSLError, TimeoutError

from farbank.watch.collect.deadline import Deadline, heed
from farbank.watch.errors import UnusableProxy

USER_AGENT = "Mozilla/5.0 (compatible)"
"""The servers are the state's, and are logged. A name of the desk, of farbank or of its version would tell who reads
and when they renewed their software; an address to write to would tell where they are. A browser's name would be a lie,
and one that ages. This says what is so (a program, no browser) in words that many programs use, and never changes."""

HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "*/*",
    "Accept-Encoding": "identity",  # bytes as the page has them; what is compressed all the same is undone below
    "Connection": "close",  # at one request in five seconds most servers have hung up, which would look like a failure
}

CHUNK = 64 * 2**10
HEADER_BYTES = 64 * 2**10


class Limits(msgspec.Struct, frozen=True, kw_only=True):
    """How long one answer may take (seconds: to connect, between two bytes, in all), and the bytes read of its body."""

    connect: float = 20
    read: float = 30
    whole: float = 180
    body: int = 16 * 2**20


class Response(msgspec.Struct, frozen=True):
    """What came back: names of headers in lower case, the body without transfer and content encodings.

    `cut` says that the body went on beyond the limit.
    """

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    cut: bool


class NoResponse(Exception):
    """Nothing came back that could be read; the message says why in a few words."""


class Wire:
    """Asks servers, directly or through a proxy (`http://`, `socks5h://`), which then looks up their names.

    Holds no cookies, sends no referrer, follows nothing, remembers nothing. Raises UnusableProxy.
    """

    def __init__(self, proxy: str | None = None, limits: Limits = Limits()) -> None:  # noqa: B008  # frozen
        self._limits = limits
        self._deadline = Deadline()
        self._manager = manager(proxy)
        heed(self._manager, self._deadline)

    def ask(self, url: str, conditions: dict[str, str]) -> Response:
        """Send one GET with the same headers as ever and `conditions`. Raises NoResponse."""
        try:
            with self._deadline.within(self._limits.whole):
                response = self._ask(url, conditions)
        except (HTTPError, HTTPException, OSError, ValueError) as error:
            raise NoResponse(self._why(error)) from None
        if self._deadline.passed:  # what was read so far may look whole where the server gives no length
            raise NoResponse(self._why(None))
        return response

    def _ask(self, url: str, conditions: dict[str, str]) -> Response:
        limits = self._limits
        raw = cast(
            urllib3.HTTPResponse,
            self._manager.urlopen(
                "GET", url, headers=HEADERS | conditions, redirect=False, retries=False, preload_content=False,
                timeout=urllib3.Timeout(connect=limits.connect, read=limits.read),
            ),
        )  # fmt: skip
        try:
            headers = tuple((name.lower(), _unfolded(value)) for name, value in raw.headers.items())
            if sum(len(name) + len(value) for name, value in headers) > HEADER_BYTES:
                raise NoResponse(f"its headers are longer than {HEADER_BYTES // 2**10} KiB")
            _decodable(raw)
            body, cut = _read(raw, limits.body)
        finally:
            raw.close()
        return Response(raw.status, headers, body, cut)

    def _why(self, error: Exception | None) -> str:
        if self._deadline.passed:
            return f"its answer was not whole after {self._limits.whole:g} seconds"
        if isinstance(error, TimeoutError) and not isinstance(error, NewConnectionError):  # one is the other
            return "it did not answer in time"
        if isinstance(error, SSLError):
            return "its certificate is not valid for it, or the connection is not secure"
        if isinstance(error, DecodeError):
            return "its answer is compressed and damaged"
        return "the connection failed or was broken off"


def manager(proxy: str | None) -> urllib3.PoolManager:
    """What opens connections, directly or through a proxy, which then looks names up. Raises UnusableProxy."""
    if proxy is None:
        return urllib3.PoolManager(maxsize=1)
    scheme, rest = proxy.split("://", 1) if "://" in proxy else ("http", proxy)
    # Without the last letter urllib3 looks names up here, and whoever runs the resolver reads what is collected.
    remote = {"socks5": "socks5h", "socks4": "socks4a"}.get(scheme, scheme)
    kind = SOCKSProxyManager if remote.startswith("socks") else urllib3.ProxyManager
    try:
        if not urllib3.util.parse_url(f"{remote}://{rest}").host:
            raise ValueError(rest)
        return kind(f"{remote}://{rest}", maxsize=1)
    except ValueError:
        raise UnusableProxy(f"{proxy}: {UnusableProxy.__doc__}") from None


def _decodable(raw: urllib3.HTTPResponse) -> None:
    codings = raw.headers.get("content-encoding", "identity").lower().split(",")
    unknown = [name.strip() for name in codings if name.strip() not in {"", "identity", *raw.CONTENT_DECODERS}]
    if unknown:
        raise NoResponse("its answer is compressed in a way that nobody asked for")


def _read(raw: urllib3.HTTPResponse, limit: int) -> tuple[bytes, bool]:
    body = bytearray()
    for piece in raw.stream(CHUNK, decode_content=True):
        body += piece
        if len(body) > limit:
            return bytes(body[:limit]), True
    return bytes(body), False


def _unfolded(value: str) -> str:
    """A header on one line, as RFC 9112, 5.2 lets a reader write one that was sent on several."""
    return re.sub(r"[\r\n]+[ \t]*", " ", value)
