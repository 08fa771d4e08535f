"""The articles at scale, by their row number, and the count of what is held day by day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import blake2b
from typing import Any

import lance
import pyarrow.compute as pc

from farbank.model import codec
from farbank.model.captures import Missed, Sweep
from farbank.model.statemedia import Article, Copy, Window
from farbank.watch.catalogue import FIELDS, article_of, moment
from farbank.watch.cluster.tables import sound
from farbank.watch.store import Day, Order

REMEMBERED = 4096
"""Articles kept while an archive is open: one look reads the same few hundred again and again."""


class Store:
    """Reads the tables of articles, days, copies, and of what our own collection noted."""

    def __init__(self, tables: Mapping[str, lance.LanceDataset]) -> None:
        self._articles = tables["articles"]
        self._copies = tables["copies"]
        self._days = tables["days"]
        self._sweeps = tables["sweeps"]
        self._unread = tables["unread"]
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

    def orders(self, ordinals: Sequence[int]) -> dict[int, Order]:
        """What sorts the articles with those ordinals, by their ordinal."""
        with sound(self._articles.uri):
            rows = self._articles.take([ordinal - 1 for ordinal in ordinals], ["day", "outlet", "id", "text"])
        return dict(zip(ordinals, zip(*(column.to_pylist() for column in rows.columns), strict=True), strict=True))

    def days(self, outlet: str, language: str, window: Window) -> list[Day]:
        """The days of the window of which anything of this outlet in this language is held or known to be missed."""
        asked = _asked(outlet, language, window)
        with sound(self._days.uri):
            rows = self._days.to_table(["day", "bodies", "titles", "missed"], asked).sort_by("day").to_pylist()
        return [Day(date.fromordinal(row["day"]), row["bodies"], row["titles"], row["missed"]) for row in rows]

    def titles(self, outlet: str, language: str, window: Window) -> list[Article]:
        """Items of which only the title is held."""
        titled = _asked(outlet, language, window) & (pc.field("kind") == "") & ~pc.field("full")
        with sound(self._articles.uri):
            rows = self._articles.to_table(FIELDS.split(", "), titled).to_pylist()
            ids = [row["id"] for row in rows]
            own = pc.field("full") & (pc.field("outlet") == outlet) & pc.field("id").isin(ids)
            whole = self._articles.to_table(["id"], own) if rows else None
        read = set(whole["id"].to_pylist()) if whole else set()
        found = [article_of(tuple(row.values())) for row in rows if row["id"] not in read]
        return sorted(found, key=lambda article: (article.date, article.id))

    def sweeps(self, outlet: str) -> list[Sweep]:
        """Every pass over a site of an outlet, oldest first."""
        with sound(self._sweeps.uri):
            rows = self._sweeps.to_table(["swept"], pc.field("outlet") == outlet)["swept"].to_pylist()
            found = [codec.from_json(row.encode(), Sweep, self._sweeps.uri) for row in rows]
        each = {(sweep.started, sweep.site): sweep for sweep in found}
        return [each[key] for key in sorted(each)]

    def missed(self, outlet: str, language: str, window: Window) -> list[Missed]:
        """Items that are listed and could not be read, by the day they are of or, if unknown, were noticed on."""
        dated = [(one.day or one.noticed.date(), one.url, one) for one in self._missed(outlet, language)]
        return [one for day, _, one in sorted(dated, key=lambda each: each[:2]) if window.first <= day <= window.last]

    def undated(self, outlet: str, language: str) -> list[Missed]:
        """Those of which nobody knows what day they are of."""
        return [one for one in self._missed(outlet, language) if one.day is None]

    def _missed(self, outlet: str, language: str) -> list[Missed]:
        asked = (pc.field("outlet") == outlet) & (pc.field("lang") == language)
        with sound(self._unread.uri):
            rows = self._unread.to_table(filter=asked).sort_by([("noticed", "ascending"), ("url", "ascending")])
        return [
            Missed(
                url=row["url"], outlet=outlet, language=language, noticed=moment(row["noticed"]), why=row["why"],
                title=row["title"], site=row["site"],
                day=None if row["day"] is None else date.fromordinal(row["day"]),
            )
            for row in rows.to_pylist()
        ]  # fmt: skip

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


def _asked(outlet: str, language: str, window: Window) -> pc.Expression:
    return (
        (pc.field("outlet") == outlet)
        & (pc.field("lang") == language)
        & (pc.field("day") >= window.first.toordinal())
        & (pc.field("day") <= window.last.toordinal())
    )


def _is(outlet: str, id: str) -> pc.Expression:
    return (pc.field("outlet") == outlet) & (pc.field("id") == id)
