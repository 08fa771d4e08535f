"""What was fetched, when, and what of it could not be had."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

import msgspec

from farbank.model.text import Language

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time that says its zone."""
Count = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """One sight of one address: the bytes as they came, and when.

    `taken` is in UTC and as the source of the capture says. `status` is HTTP's, 0 for what was not fetched over HTTP
    (a file somebody handed over). `headers` are HTTP's, names in lower case; of `body` transfer and content encodings
    are undone. `cut` says that the body went on beyond what is read of one page.
    """

    url: str
    taken: datetime
    status: int = 0
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    cut: bool = False

    def header(self, name: str) -> str:
        """The first header of that (lower-case) name, empty if there is none."""
        return next((value for key, value in self.headers if key == name), "")


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """An item an outlet lists and the collection could not read: its day is a hole until it is read.

    `title` and `day` are what the listing says of it, where it says anything; without a day it may be of any day since
    the last whole sweep. `site` is the one whose sweep noticed it, empty where it was noticed on the page itself.
    """

    url: str
    outlet: str
    language: Language
    noticed: Moment
    why: str
    title: str = ""
    day: date | None = None
    site: str = ""


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """What the archive knows of an address: first and last sight, what the server said of its state, and since when
    it is gone (an answer of 404 or 410), None while it is there."""

    url: str
    first: datetime
    last: datetime
    etag: str = ""
    modified: str = ""
    gone: datetime | None = None


class Sweep(msgspec.Struct, frozen=True, kw_only=True):
    """One pass over a whole site: how much it listed, and how much of that was new, unchanged or missed.

    `whole` is False where a listing could not be read, so that nobody knows what was listed. `reach` is when at least
    half of what each start page lists had been seen here, None where one lists mostly what is new. `skew` is by how
    many seconds the server's clock was ahead of ours.
    """

    site: str
    outlet: str
    started: Moment
    ended: Moment
    listed: Count
    fetched: Count
    unchanged: Count
    missed: Count
    whole: bool
    reach: datetime | None = None
    skew: float = 0.0
