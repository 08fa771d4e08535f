"""WARC records written by hand, so that the tests can write bad ones."""

from __future__ import annotations

import gzip
from collections.abc import Iterable

HTML = b"<!doctype html><title>Dam</title><p>The dam at Sorim holds."


def http(body: bytes = HTML, *headers: str, status: str = "200 OK") -> bytes:
    lines = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def record(
    block: bytes,
    *more: str,
    kind: str = "response",
    url: str = "http://paper.example/1",
    media: str = "application/http; msgtype=response",
    day: str = "2024-07-14T03:04:05Z",
    length: int | None = None,
) -> bytes:
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {day}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>",
        f"Content-Type: {media}",
        f"Content-Length: {len(block) if length is None else length}",
        *more,
    ]
    return "\r\n".join([*lines, "", ""]).encode() + block + b"\r\n\r\n"


def packed(records: Iterable[bytes]) -> bytes:
    return b"".join(gzip.compress(one, mtime=0) for one in records)
