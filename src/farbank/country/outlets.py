"""The state's outlets: what they are called and how often they appear."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model.text import Language, Text

Publishing = Literal["daily", "weekly", "irregular"]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

WEEK: tuple[Weekday, ...] = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""In the order of `date.weekday`."""


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """One newspaper, agency, broadcaster or site of the state.

    `publishing` says on which days silence would need to be shown: every day, once a week, or whenever it likes.
    `weekdays` are the days on which a daily appears, or on one of which a weekly's issue is dated.
    """

    id: str
    name: Text
    spellings: tuple[str, ...] = ()
    languages: tuple[Language, ...]
    kind: Literal["agency", "newspaper", "broadcaster", "site", "address"]
    publishing: Publishing
    weekdays: Annotated[tuple[Weekday, ...], msgspec.Meta(min_length=1)] = WEEK


def appears(day: date, weekdays: tuple[Weekday, ...]) -> bool:
    """Whether `day` is one of `weekdays`."""
    return WEEK[day.weekday()] in weekdays
