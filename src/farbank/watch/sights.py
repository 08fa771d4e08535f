"""The sights of an article: when its text was seen, and when it was not there, whatever order that was taken in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from http import HTTPStatus

import msgspec

from farbank.model.statemedia import Article
from farbank.watch import notes
from farbank.watch.absence import GONE
from farbank.watch.captures import NOT_MODIFIED
from farbank.watch.catalogue import moment

ABSENT = ", ".join(str(int(status)) for status in sorted(GONE))
"""The answers that say so of a page, as SQL has them."""
ADDRESS = f"replace(url, '{notes.AT}', '')"
"""Of what a capture is: a note of a missed item is one of its address, where no server is known to have served it."""
ORDER = "taken, status, CASE WHEN status THEN sha256 END, number"
"""In which looks happened; what files of one moment hold has no other order than theirs."""


class Look(msgspec.Struct, frozen=True):
    """A capture of where an article stands, as the catalogue has it: `article` is the ordinal of what was read."""

    taken: int
    status: int
    url: str
    article: int | None
    asked: int
    leads: str


class Sight(msgspec.Struct, frozen=True, kw_only=True):
    """One look at an article: its text, or None where it was not there, and where its address led then.

    `served` says that a server gave it, at `url`: a file somebody handed over shows a text, not that it was still to be
    read. An article has vanished from where it was served, or if it never was, from where it was listed.
    """

    taken: datetime
    url: str
    article: Article | None
    served: bool
    leads: str = ""


def of(looks: Iterable[Look], texts: Mapping[int, Article]) -> list[Sight]:
    """The sights among `looks`, which come in `ORDER`, of the article whose `texts` are given by their ordinal.

    “Not modified” is a sight of the text that its address served before to whoever asks.
    """
    found: list[Sight] = []
    served: dict[tuple[str, int], int | None] = {}
    for look in looks:
        key = look.url, look.asked
        if look.status in GONE or look.leads:
            found.append(Sight(taken=moment(look.taken), url=look.url, article=None, served=True, leads=look.leads))
            continue
        ordinal = served.get(key) if look.status == NOT_MODIFIED else look.article
        if look.status == HTTPStatus.OK:
            served[key] = ordinal
        if ordinal is not None and ordinal in texts:
            text = texts[ordinal]
            url = look.url.removeprefix(notes.AT) if text.url else ""
            found.append(Sight(taken=moment(look.taken), url=url, article=text, served=look.status > 0))
    return found
