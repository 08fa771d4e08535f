"""What a site's robots.txt asks of programs (RFC 9309, and the older Crawl-delay)."""

from __future__ import annotations

import math
import re
from urllib.robotparser import RobotFileParser

from farbank.country.sites import Site
from farbank.watch.collect.address import address, place
from farbank.watch.collect.fetch import Answer, Fetcher
from farbank.watch.collect.wire import USER_AGENT

LONGEST = 500 * 2**10
"""Bytes; RFC 9309 wants no less read."""

LONGEST_DELAY = 3600
"""Seconds between two requests, beyond which a site does not want to be collected and is not."""


class Robots:
    """The rules of a site, read when an address of a host is first asked about; `site.robots` False skips refusals.

    Rules are plain prefixes of which the first that fits decides: Python's parser knows no `*` or `$` inside a path.
    """

    def __init__(self, site: Site, fetch: Fetcher) -> None:
        self._heed = site.robots
        self._fetch = fetch
        self._rules: dict[str, RobotFileParser | None] = {}

    def refused(self, url: str) -> str:
        """Why an address must not be fetched, '' if it may. Fetches robots.txt of a host not asked about before."""
        host = place(url)
        if host not in self._rules:
            self._rules[host] = None  # while it is being read, and if it cannot be
            self._rules[host] = self._read(address(url, "/robots.txt") or "")
        rules = self._rules[host]
        if rules is None:
            return "its robots.txt could not be read" if self._heed else ""
        if _delay(rules) > LONGEST_DELAY:
            return f"its robots.txt asks for more than {LONGEST_DELAY} seconds between two requests"
        if self._heed and not rules.can_fetch(USER_AGENT, url):
            return "its robots.txt refuses it"
        return ""

    def _read(self, url: str) -> RobotFileParser | None:
        answer = self._fetch.get(url)
        if answer.failed:
            return None
        rules = parse(answer)
        self._fetch.gap = max(self._fetch.gap, min(_delay(rules), LONGEST_DELAY))
        return rules


def parse(answer: Answer) -> RobotFileParser:
    """The rules in what came for a robots.txt; none where there is no such file (2.3.1.3 of the RFC)."""
    page = answer.captures[-1]
    text = page.body[:LONGEST].decode("utf-8-sig", "replace") if page.status == 200 else ""
    rules = RobotFileParser(page.url)
    rules.parse(_whole_delays(text).splitlines())
    return rules


def _delay(rules: RobotFileParser) -> float:
    return float(rules.crawl_delay(USER_AGENT) or 0)


def _whole_delays(text: str) -> str:
    """The text with every Crawl-delay as a whole number, rounded up: Python's parser drops or trips over others."""
    line = re.compile(r"^([ \t]*crawl-delay[ \t]*:)([^#\r\n]*)", re.IGNORECASE | re.MULTILINE)
    return line.sub(lambda found: found[1] + _rounded_up(found[2].strip()), text)


def _rounded_up(written: str) -> str:
    number = re.match(r"[0-9]{1,12}(\.[0-9]{0,6})?|\.[0-9]{1,6}", written)
    return str(math.ceil(float(number[0]))) if number else ""
