"""One site asked patiently: never twice within its gap, never again and again where it does not answer."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from farbank.country.sites import Site
from farbank.model.captures import Capture, Seen
from farbank.watch.collect import retry
from farbank.watch.collect.address import address, place
from farbank.watch.collect.wire import Limits, NoResponse, Response, Wire

TRIES = 3
"""Of one address, before it is given up until the next sweep."""

ENOUGH = 5
"""Addresses in a row given up, after which the site is: one dead page is none, five are a server in trouble."""

HOPS = 5
"""Redirects followed from one address."""

MOVED = frozenset({301, 302, 303, 307, 308})


class Answer(msgspec.Struct, frozen=True):
    """What came of one address: a capture per redirect and one of where they led, and why that is not the page.

    `failed` is empty where the last capture is the server's word on the address, whatever its status.
    """

    captures: tuple[Capture, ...] = ()
    failed: str = ""


class Fetcher:
    """Fetches addresses of one site, one at a time.

    Before every request, the first too (another program may have asked just before), it sleeps `gap` seconds, which
    may be raised; longer after a failure. `clock` gives the time in UTC. Through `proxy` (`socks5h://127.0.0.1:9050`)
    no name is looked up on this machine.
    """

    def __init__(
        self,
        site: Site,
        *,
        proxy: str | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], None] = time.sleep,
        limits: Limits = Limits(),  # noqa: B008  # frozen
    ) -> None:
        self.gap = site.gap
        self.clock = clock
        self._sleep = sleep
        self._wire = Wire(proxy, limits)
        self._places = _places(site)
        self._pause = 0.0
        self._failed = 0

    def get(
        self,
        url: str,
        known: Callable[[str], Seen | None] = lambda url: None,
        refused: Callable[[str], str] = lambda url: "",
    ) -> Answer:
        """Fetch an address, and where it redirects to within the site's hosts.

        Of each it is asked what is `known` (the page is sent only if it has changed since), and why it must not be
        fetched (`refused`, '' if it may).
        """
        captures: list[Capture] = []
        while True:
            why = self._elsewhere(url) or refused(url)
            if why:
                return Answer(tuple(captures), why)
            response = self._patiently(url, _conditions(known(url)))
            if isinstance(response, str):
                return Answer(tuple(captures), response)
            captures.append(self._capture(url, response))
            target = captures[-1].header("location") if response.status in MOVED else ""
            if not target:
                return Answer(tuple(captures))
            following = address(url, target)
            if following is None or len(captures) > HOPS or following in {capture.url for capture in captures}:
                return Answer(tuple(captures), "it redirects to nowhere")
            url = following

    def _capture(self, url: str, response: Response) -> Capture:
        return Capture(
            url=url, taken=self.clock(), status=response.status, headers=response.headers,
            body=response.body, cut=response.cut,
        )  # fmt: skip

    def _elsewhere(self, url: str) -> str:
        return "" if place(url) in self._places else f"it is on another host ({place(url)}) than the site's start pages"

    def _patiently(self, url: str, conditions: dict[str, str]) -> Response | str:
        """The answer to a request that may have to be sent more than once, or why there is none."""
        if self._failed >= ENOUGH:
            return "the site no longer answered and was given up for this sweep"
        why = ""
        for attempt in range(TRIES):
            self._sleep(max(self.gap, self._pause))
            try:
                response = self._wire.ask(url, conditions)
            except NoResponse as error:
                why, self._pause = str(error), retry.doubled(attempt)
            else:
                if not retry.failed(response.status):
                    self._pause, self._failed = 0.0, 0
                    return response
                why, self._pause = f"it answered {response.status}", retry.after(response, attempt, self.clock())
        self._failed += 1
        return why


def _places(site: Site) -> frozenset[str]:
    """The hosts of the site's start pages, each with and without `www.`."""
    starts = {place(url) for start in site.starts if (url := address(start.url, ""))}
    bare = {name.removeprefix("www.") for name in starts}
    return frozenset(bare | {f"www.{name}" for name in bare})


def _conditions(seen: Seen | None) -> dict[str, str]:
    if seen is None or seen.gone is not None:
        return {}
    said = {"If-None-Match": seen.etag, "If-Modified-Since": seen.modified}
    return {name: value for name, value in said.items() if value and value.isascii() and value.isprintable()}
