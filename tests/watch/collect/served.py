"""A real server on 127.0.0.1 that serves a dict, and an invented outlet to be served by it.

`with serve(pages, clock) as served:` serves `pages`, which may be changed while it runs: path -> (status, headers,
body). A body is bytes, or an iterable of bytes sent piece by piece (as it is made: it may be endless, or slow). A page
may be a function of the request (see `Asked`) instead. A page with an ETag answers 304 to whoever has it.
`served.log` says what was asked for, with which headers, and when by the clock.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Page = tuple[int, dict[str, str], bytes | Iterable[bytes]]


@dataclass(frozen=True)
class Asked:
    """One request as the server saw it; `headers` as they came, in order."""

    path: str
    headers: tuple[tuple[str, str], ...]
    at: datetime

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


class Clock:
    """A clock that only sleeping moves; `slept` keeps how long each time."""

    def __init__(self) -> None:
        self.now = datetime(2031, 5, 12, 6, 0, tzinfo=UTC)
        self.slept: list[float] = []

    def __call__(self) -> datetime:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += timedelta(seconds=seconds)


@dataclass
class Served:
    """A running server: what it serves, by how much its clock is ahead, and who asked for what."""

    url: str
    pages: dict[str, Page | Callable[[Asked], Page]]
    clock: Callable[[], datetime]
    ahead: timedelta = timedelta()
    log: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [asked.path for asked in self.log]


@contextlib.contextmanager
def serve(pages: dict[str, Page | Callable[[Asked], Page]], clock: Callable[[], datetime]) -> Iterator[Served]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    server.daemon_threads = True
    server.block_on_close = False
    running = Served(f"http://127.0.0.1:{server.server_port}", pages, clock)
    server.served = running  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield running
    finally:
        server.shutdown()
        server.server_close()


@contextlib.contextmanager
def serve_raw(converse: Callable[[socket.socket], None]) -> Iterator[str]:
    """A server that does with each connection whatever `converse` does, then closes it; yields its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        threading.Thread(target=_accept, args=(listener, converse), daemon=True).start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"


def _accept(listener: socket.socket, converse: Callable[[socket.socket], None]) -> None:
    with contextlib.suppress(OSError):
        while True:
            connection, _ = listener.accept()
            threading.Thread(target=_converse, args=(connection, converse), daemon=True).start()


def _converse(connection: socket.socket, converse: Callable[[socket.socket], None]) -> None:
    with connection, contextlib.suppress(OSError):
        converse(connection)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "gazette"
    sys_version = ""

    def do_GET(self) -> None:
        served: Served = self.server.served  # type: ignore[attr-defined]
        asked = Asked(self.path, tuple(self.headers.items()), served.clock())
        served.log.append(asked)
        page = served.pages.get(self.path, (404, {}, b"no such page"))
        status, headers, body = page(asked) if callable(page) else page
        if status == 200 and headers.get("ETag") and headers["ETag"] == asked.header("if-none-match"):
            status, body = 304, b""
        self.close_connection = True
        with contextlib.suppress(OSError):  # whoever asked has heard enough
            self._send(status, headers, body)

    def _send(self, status: int, headers: dict[str, str], body: bytes | Iterable[bytes]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if isinstance(body, bytes) and "Content-Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.send_header("Connection", "close")
        self.end_headers()
        for piece in (body,) if isinstance(body, bytes) else body:
            self.wfile.write(piece)

    def date_time_string(self, timestamp: float | None = None) -> str:
        served: Served = self.server.served  # type: ignore[attr-defined]
        return format_datetime(served.clock() + served.ahead, usegmt=True)

    def log_message(self, format: str, *args: object) -> None:
        pass
