"""How an article is read from a capture: pure, and bounded whatever the capture is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from farbank.country.sites import Site
from farbank.model.captures import Capture
from farbank.model.statemedia import Article
from farbank.watch import line
from farbank.watch.extract import language


def article(capture: Capture, sites: Sequence[Site]) -> Article | None:
    """Read an article off a line of an article file, or off a page by the rule of its site; None if it holds none.

    A line is believed whose article it is only if somebody handed it over: a site may not say that of what it serves.
    """
    if capture.header("content-type").startswith("application/json"):
        return _of_line(capture.body) if capture.status == 0 else None
    from farbank.watch.extract import webpage  # what reads pages is an extra

    return webpage.article(capture, sites)


def _of_line(body: bytes) -> Article | None:
    try:
        found = line.article(body)
    except ValueError:
        return None
    return msgspec.structs.replace(found, lang=language.plain(found.body, found.lang))
