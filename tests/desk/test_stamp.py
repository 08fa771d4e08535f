"""A day of filing stamped by an authority on 127.0.0.1; the request is all that is sent."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from farbank.desk.stamp import stamp
from farbank.desk.verify_archive import verify_archive
from farbank.model.captures import Capture
from farbank.watch import filing
from farbank.watch.errors import AuthoritySilent, NothingSealed, UnreadableStamp
from farbank.watch.prepare import prepare
from tests.watch.test_stamps import Authority

pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs the openssl command as the authority")


@contextmanager
def served(answer: object) -> Iterator[tuple[str, list[tuple[dict[str, str], bytes]]]]:
    """A server that answers a query with what `answer(query)` gives, and what it was asked."""
    asked: list[tuple[dict[str, str], bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            query = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append((dict(self.headers), query))
            reply = answer(query)  # type: ignore[operator]
            self.send_response(200 if reply else 503)
            self.send_header("Content-Length", str(len(reply)))
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/tsr", asked
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An archive with one sealed day."""
    made = tmp_path / "archive"
    for day in (0, 1):
        at = datetime(2031, 5, 12, tzinfo=UTC) + timedelta(day)
        with filing.filing(made, clock=lambda at=at: at) as opened:  # type: ignore[misc]
            opened.file(prepare(Capture(url=f"http://varn.example/{day}", taken=at, status=404), ()))
    return made


def test_a_stamp_is_pending_until_a_reply_is_there_and_named_once_it_verifies(folder: Path, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "tsa")
    with served(lambda query: b"") as (url, _), pytest.raises(AuthoritySilent):
        stamp(folder, url)
    trust = tmp_path / "roots.pem"
    trust.write_bytes(authority.roots)
    (pending,) = verify_archive(folder, trust).stamps
    assert pending.endswith(": pending")
    with served(lambda query: authority.post("", query)) as (url, asked):
        record, _ = stamp(folder, url)
    ((headers, query),) = asked
    assert bytes.fromhex(record.hash) in query
    assert len(query) < 100
    assert not {"Cookie", "Referer", "From"} & headers.keys()
    said = verify_archive(folder, trust).stamps
    assert any("stamped at" in one and "Tarquell Clock" in one for one in said)
    assert any("a reply is held" in one for one in verify_archive(folder).stamps)


def test_a_reply_that_is_none_is_not_kept(folder: Path) -> None:
    with served(lambda query: b"garbage") as (url, _), pytest.raises(UnreadableStamp):
        stamp(folder, url)
    (pending,) = verify_archive(folder).stamps
    assert pending.endswith(": pending")


def test_an_archive_without_a_day_that_is_over_has_nothing_to_stamp(tmp_path: Path) -> None:
    with filing.filing(tmp_path / "archive"):
        pass
    with pytest.raises(NothingSealed, match="sealed when something is filed"):
        stamp(tmp_path / "archive", "http://127.0.0.1:9/tsr")
