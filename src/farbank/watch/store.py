"""The articles themselves and the count of what is held day by day, in one read-only SQLite file."""

from __future__ import annotations

import os
import sqlite3
from datetime import date
from pathlib import Path

import msgspec

from farbank.model.statemedia import Article, Window

SCHEMA = """
CREATE TABLE article (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, outlet TEXT NOT NULL, lang TEXT NOT NULL,
    day INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, url TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE day (outlet TEXT, lang TEXT, day INTEGER, bodies INTEGER, titles INTEGER,
    PRIMARY KEY (outlet, lang, day)) WITHOUT ROWID;
"""

# What is not the outlet's own text (`kind`) shows nothing about what the outlet did not say.
COUNT = """
INSERT INTO day SELECT outlet, lang, day, sum(body <> ''), sum(body = '') FROM article WHERE kind = '' GROUP BY 1, 2, 3
"""


class Day(msgspec.Struct, frozen=True):
    """What of one outlet in one language is held of one day: full texts, and items of which only the title is held."""

    day: date
    bodies: int
    titles: int


class Writer:
    """Writes a new store; a second article with the same id is folded into the first."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = sqlite3.connect(path)
        # Nobody reads the file until it is complete and synced as a whole, so no journal is needed.
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.executescript(SCHEMA)

    def add(self, article: Article) -> int | None:
        """Write one article and return its ordinal, None if its id was there already."""
        row = (article.id, article.outlet, article.lang, article.date.toordinal(), article.title)
        cursor = self._db.execute(
            "INSERT OR IGNORE INTO article (id, outlet, lang, day, title, body, url, kind) VALUES (?,?,?,?,?,?,?,?)",
            (*row, article.body.strip(), article.url, article.kind),
        )
        return cursor.lastrowid if cursor.rowcount else None

    def finish(self) -> None:
        """Count the days, and have everything on the disk."""
        self._db.execute(COUNT)
        self._db.commit()
        self._db.close()
        with self._path.open("rb") as file:
            os.fsync(file.fileno())

    def abandon(self) -> None:
        """Let go of a store that will not be used."""
        self._db.close()


class Store:
    """Reads a finished store."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False)

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def article(self, ordinal: int) -> Article:
        """The article with that ordinal."""
        row = self._db.execute(
            "SELECT id, outlet, lang, day, title, body, url, kind FROM article WHERE ordinal = ?", (ordinal,)
        ).fetchone()
        return _article(row)

    def articles(self) -> list[int]:
        """Every ordinal, in the order taken in."""
        return [ordinal for (ordinal,) in self._db.execute("SELECT ordinal FROM article ORDER BY ordinal")]

    def days(self, outlet: str, language: str, window: Window) -> list[Day]:
        """The days of the window of which anything of this outlet in this language is held."""
        rows = self._db.execute(
            "SELECT day, bodies, titles FROM day WHERE outlet = ? AND lang = ? AND day BETWEEN ? AND ? ORDER BY day",
            (outlet, language, window.first.toordinal(), window.last.toordinal()),
        )
        return [Day(date.fromordinal(day), bodies, titles) for day, bodies, titles in rows]

    def holdings(self) -> tuple[tuple[str, str], ...]:
        """Every (outlet, language) of which an own text or title is held."""
        return tuple(self._db.execute("SELECT DISTINCT outlet, lang FROM day ORDER BY outlet, lang"))

    def languages(self) -> tuple[str, ...]:
        """Every language anything is held in."""
        return tuple(language for (language,) in self._db.execute("SELECT DISTINCT lang FROM article ORDER BY lang"))

    def extent(self) -> tuple[int, int, int, date | None, date | None]:
        """Articles, full own texts, titles only, first day, last day."""
        bodies, titles = self._db.execute("SELECT ifnull(sum(bodies), 0), ifnull(sum(titles), 0) FROM day").fetchone()
        count, first, last = self._db.execute("SELECT count(*), min(day), max(day) FROM article").fetchone()
        if first is None:
            return 0, 0, 0, None, None
        return count, bodies, titles, date.fromordinal(first), date.fromordinal(last)


def _article(row: tuple[str, str, str, int, str, str, str, str]) -> Article:
    name, outlet, lang, day, title, body, url, kind = row
    return Article(
        id=name, outlet=outlet, lang=lang, date=date.fromordinal(day), title=title, body=body, url=url, kind=kind
    )
