from __future__ import annotations

import gzip
import tracemalloc
import zlib
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.model.captures import Capture
from farbank.model.errors import DecodeError
from farbank.watch.errors import TruncatedArchive
from farbank.watch.sources import MOST, read
from tests.watch.sources.warcs import HTML, http, packed, record

TAKEN = datetime(2024, 8, 2, 6, tzinfo=UTC)
THREE = [record(http(b"<p>%d" % n * 20), url=f"http://paper.example/{n}") for n in range(3)]
REQUEST = record(b"GET / HTTP/1.1\r\nHost: paper.example\r\n\r\n", kind="request")


def captures(folder: Path, data: bytes) -> list[Capture]:
    path = folder / "crawl"
    path.write_bytes(data)
    return list(read(path, TAKEN))


@pytest.mark.parametrize("pack", [b"".join, packed, lambda records: gzip.compress(b"".join(records))])
def test_responses_and_resources_are_read(tmp_path: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    data = pack(
        [
            record(b"software: none\r\n", kind="warcinfo", media="application/warc-fields"),
            REQUEST,
            record(http(HTML, "X-Served-By: a", status="404 Not Found")),
            record(b"fetchTimeMs: 3\r\n", kind="metadata", media="application/warc-fields"),
            record(http(b"", status="304 Not Modified"), kind="revisit"),
            record(http(b""), kind="revisit"),
            record(b"", kind="revisit", media="text/plain"),
            record(HTML, kind="resource", media="text/html", url="http://paper.example/2", day="2024-07-15T23:59:59Z"),
            record(b"20240714 dns", url="dns:paper.example", media="text/dns"),
        ]
    )
    response, unmodified, resource = captures(tmp_path, data)
    assert (unmodified.url, unmodified.status, unmodified.body) == ("http://paper.example/1", 304, b"")
    assert response == Capture(
        url="http://paper.example/1",
        taken=datetime(2024, 7, 14, 3, 4, 5, tzinfo=UTC),
        status=404,
        headers=(("content-type", "text/html; charset=utf-8"), ("x-served-by", "a")),
        body=HTML,
    )
    assert (resource.status, resource.body, resource.header("content-type")) == (0, HTML, "text/html")
    assert resource.taken == datetime(2024, 7, 15, 23, 59, 59, tzinfo=UTC)


def _chunked(body: bytes) -> bytes:
    return b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (_chunked(HTML), ["Transfer-Encoding: chunked"]),
        (gzip.compress(HTML, mtime=0), ["Content-Encoding: gzip"]),
        (zlib.compress(HTML), ["Content-Encoding: deflate"]),
        (_chunked(gzip.compress(HTML, mtime=0)), ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]),
        (HTML, ["Content-Encoding: gzip", "Transfer-Encoding: chunked"]),  # undone by the crawler, which kept the words
    ],
)
def test_encodings_are_undone(tmp_path: Path, body: bytes, headers: list[str]) -> None:
    (found,) = captures(tmp_path, record(http(body, *headers)))
    assert (found.body, found.cut) == (HTML, False)


def test_a_body_whose_encoding_breaks_off_is_marked(tmp_path: Path) -> None:
    whole = b"".join(b"%d " % (n * 7919 % 104729) for n in range(100_000))
    (found,) = captures(tmp_path, record(http(gzip.compress(whole, mtime=0)[:-40_000], "Content-Encoding: gzip")))
    assert found.cut
    assert whole.startswith(found.body)
    assert len(found.body) > 100_000


def test_what_the_crawler_cut_is_marked(tmp_path: Path) -> None:
    (found,) = captures(tmp_path, record(http(), "WARC-Truncated: length"))
    assert found.cut


@pytest.mark.parametrize("coded", [False, True])
def test_a_giant_body_is_cut_and_the_next_record_is_read(tmp_path: Path, coded: bool) -> None:
    giant = b"x" * (200 * 2**20)
    first = record(http(gzip.compress(giant, mtime=0), "Content-Encoding: gzip") if coded else http(giant))
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(packed([first, record(http(), url="http://paper.example/2")]))
    del giant, first
    tracemalloc.start()
    sizes = [(len(c.body), c.cut) for c in read(path, TAKEN)]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sizes == [(MOST, True), (len(HTML), False)]
    assert peak < 6 * MOST


@pytest.mark.parametrize("pack", [b"".join, packed])
def test_a_file_cut_anywhere_says_so(tmp_path: Path, pack: Callable[[list[bytes]], bytes]) -> None:
    data = pack([REQUEST, *THREE, REQUEST])
    spare = 1 if pack is packed else 5  # of a record that ends in an empty line nothing is lost without its own two
    ends = {len(pack([REQUEST, *THREE, REQUEST][:n])) - k for n in range(1, 6) for k in range(spare)}
    for cut in range(200, len(data)):
        if cut not in ends:
            with pytest.raises(TruncatedArchive, match=r"crawl: .*record"):
                captures(tmp_path, data[:cut])
    assert len(captures(tmp_path, data)) == 3


@settings(max_examples=300)
@given(st.data())
def test_a_flipped_byte_is_refused_or_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("flip")
    good = packed(THREE)
    bad = bytearray(good)
    bad[data.draw(st.integers(2, len(good) - 1))] ^= data.draw(st.integers(1, 255))
    try:
        found = captures(folder, bytes(bad))
    except (TruncatedArchive, DecodeError):  # the latter where it no longer begins like a WARC
        return
    assert found == captures(folder, good)


@given(st.binary(max_size=300))
def test_any_bytes_end_in_captures_or_a_sentence(tmp_path_factory: pytest.TempPathFactory, junk: bytes) -> None:
    try:
        found = captures(tmp_path_factory.mktemp("junk"), b"WARC/1.1\r\n" + junk)
    except TruncatedArchive as refused:
        assert "fetch it again" in str(refused)
    else:
        assert all(isinstance(one, Capture) for one in found)


@pytest.mark.parametrize(
    "bad",
    [
        record(http(), day="yesterday"),
        record(http(), day="9999-12-31T23:59:59-14:00"),
        record(http(), length=10**12),
        b"WARC/1.1\r\n" + b"x" * 10**6,
        THREE[0].replace(b"Content-Length: ", b"Content-Length: -"),
    ],
)
def test_a_bad_record_is_refused_by_name(tmp_path: Path, bad: bytes) -> None:
    with pytest.raises(TruncatedArchive, match=r"record \d"):
        captures(tmp_path, THREE[0] + bad)
