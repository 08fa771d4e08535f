"""The state's outlets: what they are called and how often they appear."""

from __future__ import annotations

from typing import Literal

import msgspec

from farbank.model.text import Language, Text


class Outlet(msgspec.Struct, frozen=True, kw_only=True):
    """One newspaper, agency, broadcaster or site of the state.

    `publishing` says on which days silence would need to be shown: every day, once a week, or whenever it likes.
    """

    id: str
    name: Text
    spellings: tuple[str, ...] = ()
    languages: tuple[Language, ...]
    kind: Literal["agency", "newspaper", "broadcaster", "site", "address"]
    publishing: Literal["daily", "weekly", "irregular"]
