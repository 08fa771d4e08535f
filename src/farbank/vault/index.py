"""A person's own index of secret text: an encrypted file of tokens by year, made from records when asked.

Contentless FTS5: the file holds which token stands where, not the text. One table a year, because whatever leaves has
its whole table merged anew, and because each table asked costs about a millisecond (at a table a quarter, ten years of
reports took three times as long to search). Rows are numbered by day, so that the newest come first unsorted.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import msgspec

from farbank.country.tokens import tokens
from farbank.model.dates import When
from farbank.model.statemedia import Window
from farbank.model.text import Language, Slug
from farbank.vault import cipher, files
from farbank.vault.errors import VaultDamaged

FORMAT = "2"
BROAD = "broad"
"""The table of what has no date, or one of more than a year."""
PIECE = 100_000
"""Characters of a passage indexed at a time, so that one of a hundred megabytes takes no gigabytes of tokens."""
_DAY = 32
"""Bits of a row's number below its day."""
_TERM = re.compile(r'"([^"]+)"|(\S+)')
_SPACE = re.compile(r"\s")
_LAY = (
    "CREATE TABLE state (key TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE passage (number INTEGER PRIMARY KEY, kind TEXT NOT NULL, id TEXT NOT NULL, part TEXT NOT NULL,"
    " scope TEXT NOT NULL, language TEXT NOT NULL, said TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,"
    " held TEXT NOT NULL)",
    "CREATE INDEX passage_of ON passage (kind, id)",
    "CREATE INDEX passage_language ON passage (language)",
    "CREATE INDEX passage_held ON passage (held)",
)


Found = tuple[int, str, str, str, str, str]
"""A row's number, then what a place is made of."""


class Passage(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch of secret text, by its part of a record; where `when` is not said it is of its contact's day."""

    part: str
    language: Language
    text: str
    when: When | None = None
    contact: Slug | None = None


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where a passage with the words stands, and of when it is; its text is read from its record."""

    kind: str
    id: str
    part: str
    language: Language
    when: str


class Index:
    """One person's index, open; `path` is a file of its own and `key` its raw key.

    Raises VaultDamaged, for which the remedy is to delete the file and index again.
    """

    def __init__(self, path: Path, key: bytes) -> None:
        self.path = path
        if not path.exists():
            files.touch(path)
        self._held: tuple[tuple[int, int], list[str], list[str]] | None = None
        self._connection = cipher.connect(path, key)
        self._sql = self._connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
        try:
            if not self._run("SELECT 1 FROM sqlite_master"):
                self._found()
            if self.remembered("format") != FORMAT:
                raise VaultDamaged(path, "another farbank made it")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        engine = self._connection.engine
        self._connection.close()
        engine.dispose()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Keep everything done inside, or nothing. Raises VaultBusy, VaultDamaged, VaultNotWritten."""
        self._run("BEGIN IMMEDIATE")
        try:
            yield
            self._run("COMMIT")
        except BaseException:
            if cipher.in_transaction(self._connection):
                self._run("ROLLBACK")
            raise

    def remembered(self, key: str) -> str:
        """What was noted under a key, empty if nothing was."""
        rows = self._run("SELECT value FROM state WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else ""

    def remember(self, key: str, value: str) -> None:
        """Note something under a key."""
        self._run("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, value))

    def add(self, kind: str, id: str, scope: str, passages: Iterable[Passage]) -> None:
        """Add the passages of a record that has none here."""
        for each in passages:
            first, last, table = _dated(each.when)
            for piece in _pieces(each.text):
                number = self._number(last)
                row = (number, kind, id, each.part, scope, each.language, each.when or "", first, last, table)
                self._run("INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
                self._lay(table)
                words = " ".join(tokens(piece, each.language))
                self._run(f"INSERT INTO {table} (rowid, text) VALUES (?, ?)", (number, words))  # noqa: S608

    def drop(self, kind: str, id: str) -> frozenset[str]:
        """Take a record out, and say which tables still hold its tokens until they are purged."""
        return self._drop("kind = ? AND id = ?", (kind, id))

    def drop_outside(self, scopes: Collection[str]) -> frozenset[str]:
        """Take out what is in none of these scopes, and say which tables still hold its tokens."""
        gone = {str(row[0]) for row in self._run("SELECT DISTINCT scope FROM passage")} - set(scopes)
        return frozenset[str]().union(*(self._drop("scope = ?", (scope,)) for scope in gone))

    def purge(self, tables: Iterable[str]) -> None:
        """Leave no token of what was taken out: tables are merged into one segment, what that frees is overwritten."""
        for table in sorted(tables):
            self._run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")  # noqa: S608

    def merge(self) -> None:
        """Bring every table into one segment: a word is looked up once in each segment."""
        with self.writing():
            self.purge(self._shape()[1])

    def settle(self) -> None:
        """Bring the log's pages into the file and empty it: it still holds pages as they were."""
        self._run("PRAGMA wal_checkpoint(TRUNCATE)")

    def find(self, words: str, window: Window | None, limit: int) -> tuple[Place, ...]:
        """Where all of the words stand in one passage, the newest first; in quotation marks, next to each other."""
        languages, tables = self._shape()
        match = _match(words, languages)
        if not match:
            return ()
        low, high = (0, date.max.toordinal()) if window is None else (window.first.toordinal(), window.last.toordinal())
        first, last = _year(low), _year(high)
        years = [table for table in tables if table != BROAD and first <= table <= last]
        with self._reading():
            found = self._matching(BROAD, match, low, high, limit) if BROAD in tables else []
            enough = len(found) + limit
            for table in reversed(years):
                found += self._matching(table, match, low, high, enough - len(found))
                if len(found) >= enough:
                    break
        places = dict.fromkeys(row[1:] for row in sorted(found, reverse=True))  # a long passage is there in pieces
        return tuple(
            Place(kind=kind, id=id, part=part, language=language, when=when)
            for kind, id, part, language, when in list(places)[:limit]
        )

    def _found(self) -> None:
        with self.writing():
            for statement in _LAY:
                self._run(statement)
            self.remember("format", FORMAT)

    @contextmanager
    def _reading(self) -> Iterator[None]:
        """Lock the file once for several questions."""
        self._run("BEGIN")
        try:
            yield
        finally:
            if cipher.in_transaction(self._connection):
                self._run("COMMIT")

    def _matching(self, table: str, match: str, low: int, high: int, limit: int) -> list[Found]:
        return self._run(
            f"SELECT number, kind, id, part, language, said FROM {table} JOIN passage ON number = {table}.rowid"  # noqa: S608
            f" WHERE {table} MATCH ? AND first <= ? AND last >= ? ORDER BY {table}.rowid DESC LIMIT ?",
            (match, high, low, limit),
        )

    def _drop(self, where: str, values: tuple[str, ...]) -> frozenset[str]:
        rows = self._run(f"SELECT number, held FROM passage WHERE {where}", values)  # noqa: S608  our own words
        for number, table in rows:
            self._run(f"DELETE FROM {table} WHERE rowid = ?", (number,))  # noqa: S608
            self._run("DELETE FROM passage WHERE number = ?", (number,))
        return frozenset(table for _, table in rows)

    def _number(self, day: int) -> int:
        low, high = day << _DAY, (day + 1 << _DAY) - 1
        rows = self._run("SELECT max(number) FROM passage WHERE number BETWEEN ? AND ?", (low, high))
        return low if rows[0][0] is None else int(rows[0][0]) + 1

    def _lay(self, table: str) -> None:
        self._run(
            f"CREATE VIRTUAL TABLE IF NOT EXISTS {table}"
            " USING fts5(text, content = '', contentless_delete = 1, tokenize = 'ascii')"
        )

    def _shape(self) -> tuple[list[str], list[str]]:
        """The languages there are passages of, and the tables that hold some, in order."""
        mark = cipher.mark(self._connection)
        if self._held is None or self._held[0] != mark:
            self._held = mark, self._different("language"), self._different("held")
        return self._held[1:]

    def _different(self, column: str) -> list[str]:
        # SQLite's own DISTINCT reads every row; this one goes from value to value
        rows = self._run(
            f"WITH RECURSIVE each(it) AS (SELECT min({column}) FROM passage"  # noqa: S608
            f" UNION ALL SELECT (SELECT min({column}) FROM passage WHERE {column} > it) FROM each WHERE it IS NOT NULL)"
            " SELECT it FROM each WHERE it IS NOT NULL"
        )
        return [str(row[0]) for row in rows]

    def _run(self, statement: str, values: Sequence[object] = ()) -> list[Any]:
        with cipher.sound(self.path):
            rows: list[Any] = self._sql.execute(statement, values).fetchall()
            return rows


def delete(path: Path) -> None:
    """Delete an index and its log; nothing happens if there is none."""
    for suffix in ("", "-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)


def _dated(when: When | None) -> tuple[int, int, str]:
    """First and last day, and the table."""
    first = when.earliest if when is not None else None
    last = when.latest if when is not None else None
    low, high = (first or date.min).toordinal(), (last or date.max).toordinal()
    return low, high, _year(low) if _year(low) == _year(high) else BROAD


def _year(ordinal: int) -> str:
    return f"y{date.fromordinal(max(ordinal, 1)).year:04}"


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces, cut at white space where there is some."""
    start = 0
    while len(text) - start > PIECE:
        furthest = min(start + 2 * PIECE, len(text))
        gap = _SPACE.search(text, start + PIECE, furthest)
        end = gap.start() if gap else furthest
        yield text[start:end]
        start = end
    if start < len(text):
        yield text[start:]


def _match(words: str, languages: Sequence[str]) -> str:
    """What FTS5 is asked: all the terms, as any of the languages held would cut them."""
    ways = []
    for language in languages:
        cut = (tokens(quoted or word, language) for quoted, word in _TERM.findall(words))
        phrases = [" ".join(each).replace('"', "") for each in cut if each]
        if phrases:
            ways.append(" AND ".join(f'"{phrase}"' for phrase in phrases))
    return " OR ".join(f"({way})" for way in dict.fromkeys(ways))
