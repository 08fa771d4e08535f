"""A request to a timestamp authority (RFC 3161, 3.4), sent when somebody asks for a stamp and never otherwise."""

from __future__ import annotations

import urllib3
from urllib3.exceptions import HTTPError

from farbank.watch.collect.wire import USER_AGENT, manager
from farbank.watch.errors import AuthoritySilent

SECONDS = 30.0
MOST = 256 * 2**10
"""Bytes of a reply that are read; a stamp with its certificates has some thousands."""
HEADERS = {"User-Agent": USER_AGENT, "Content-Type": "application/timestamp-query"}


def post(url: str, query: bytes, proxy: str | None = None) -> bytes:
    """Send a query and return the body of the answer, unread. Raises AuthoritySilent, UnusableProxy."""
    try:
        answer = manager(proxy).urlopen(
            "POST", url, body=query, headers=HEADERS, redirect=False, retries=False, preload_content=False,
            timeout=urllib3.Timeout(total=SECONDS),
        )  # fmt: skip
        reply = answer.read(MOST)
    except (HTTPError, OSError, ValueError):
        raise AuthoritySilent(f"{url}: {AuthoritySilent.__doc__}") from None
    if answer.status != 200:
        raise AuthoritySilent(f"{url}: {AuthoritySilent.__doc__}")
    return bytes(reply)
