"""The articles at scale, by their row number, and the count of what is held day by day."""

from __future__ import annotations

from datetime import date
from hashlib import blake2b
from typing import Any

import lance
import pyarrow.compute as pc

from farbank.model.statemedia import Article, Copy, Window
from farbank.watch.catalogue import FIELDS, article_of
from farbank.watch.cluster.tables import sound
from farbank.watch.store import Day

REMEMBERED = 4096
"""Articles kept while an archive is open: one look reads the same few hundred again and again."""


class Store:
    """Reads the tables of articles, days and copies."""

    def __init__(self, articles: lance.LanceDataset, days: lance.LanceDataset, copies: lance.LanceDataset) -> None:
        self._articles = articles
        self._copies = copies
        self._days = days
        self._read: dict[int, Article] = {}

    def article(self, ordinal: int) -> Article:
        """The article with that ordinal."""
        if ordinal not in self._read:
            if len(self._read) >= REMEMBERED:
                self._read.clear()
            with sound(self._articles.uri):
                (row,) = self._articles.take([ordinal - 1], FIELDS.split(", ")).to_pylist()
            self._read[ordinal] = article_of(tuple(row.values()))
        return self._read[ordinal]

    def days(self, outlet: str, language: str, window: Window) -> list[Day]:
        """The days of the window of which anything of this outlet in this language is held."""
        asked = (
            (pc.field("outlet") == outlet)
            & (pc.field("lang") == language)
            & (pc.field("day") >= window.first.toordinal())
            & (pc.field("day") <= window.last.toordinal())
        )
        with sound(self._days.uri):
            rows = self._days.to_table(["day", "bodies", "titles", "missed"], asked).sort_by("day").to_pylist()
        return [Day(date.fromordinal(row["day"]), row["bodies"], row["titles"], row["missed"]) for row in rows]

    def same(self, outlet: str, id: str) -> int:
        """A number an article has in common with its copies, near copies and other language versions."""
        found = self._copied(_is(outlet, id))
        if found:
            return int(found[0]["same"])
        return -int.from_bytes(blake2b(f"{outlet}\0{id}".encode(), digest_size=8).digest(), "big") - 1

    def copies(self, outlet: str, id: str) -> list[Copy]:
        """Where else the text of an article stands; its own versions are not counted."""
        found = self._copied(_is(outlet, id))
        rows = self._copied((pc.field("same") == found[0]["same"]) & ~_is(outlet, id)) if found else []
        return [
            Copy(
                outlet=row["outlet"], language=row["lang"], date=date.fromordinal(row["day"]), url=row["url"],
            )
            for row in sorted(rows, key=lambda row: row["day"])
        ]  # fmt: skip

    def _copied(self, which: pc.Expression) -> list[dict[str, Any]]:
        with sound(self._copies.uri):
            rows: list[dict[str, Any]] = self._copies.to_table(filter=which).to_pylist()
            return rows

    def holdings(self) -> tuple[tuple[str, str], ...]:
        """Every (outlet, language) of which an own text or title is held or known to be missed, in order."""
        own = (pc.field("bodies") > 0) | (pc.field("titles") > 0) | (pc.field("missed") > 0)
        rows = self._days.to_table(["outlet", "lang"], own).group_by(["outlet", "lang"]).aggregate([])
        return tuple(sorted((row["outlet"], row["lang"]) for row in rows.to_pylist()))

    def languages(self) -> tuple[str, ...]:
        """Every language anything is held in, in order."""
        return tuple(sorted(self._days.to_table(["lang"])["lang"].unique().to_pylist()))


def _is(outlet: str, id: str) -> pc.Expression:
    return (pc.field("outlet") == outlet) & (pc.field("id") == id)
