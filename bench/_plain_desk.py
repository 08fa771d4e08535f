"""The same desk in plain SQLite, as durable, with nothing encrypted: what the vault's time is held against."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec

from farbank.country.tokens import tokens
from farbank.model import codec
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report

_TABLES = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "CREATE TABLE IF NOT EXISTS record (kind TEXT, id TEXT, body BLOB, PRIMARY KEY (kind, id))",
    "CREATE VIRTUAL TABLE IF NOT EXISTS word USING fts5(text, content = '', tokenize = 'ascii')",
)


class Plain:
    """Records, and an index of reports in the order of their filing."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        for statement in _TABLES:
            self._base.execute(statement)

    def close(self) -> None:
        """Close the file, which takes its log in."""
        self._base.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Everything inside in one commit."""
        self._base.execute("BEGIN")
        yield
        self._base.execute("COMMIT")

    def put(self, kind: str, id: str, noun: msgspec.Struct) -> None:
        """Write a record."""
        self._base.execute("INSERT OR REPLACE INTO record VALUES (?, ?, ?)", (kind, id, codec.to_json(noun)))

    def file_report(self, report: Report) -> None:
        """Write a report whose contact is there and that was not filed before."""
        codec.from_json(self._body("contact", report.contact), Contact, report.contact)
        if self._base.execute("SELECT 1 FROM record WHERE kind = 'report' AND id = ?", (report.id,)).fetchone():
            raise ValueError(report.id)
        self.put("report", report.id, report)

    def partners(self) -> list[Partner]:
        """Every partner."""
        rows = self._base.execute("SELECT body FROM record WHERE kind = 'partner' ORDER BY id")
        return [codec.from_json(body, Partner, "partner") for (body,) in rows]

    def index(self) -> None:
        """Index every report."""
        rows = self._base.execute("SELECT rowid, body FROM record WHERE kind = 'report'").fetchall()
        with self.transaction():
            for number, body in rows:
                report = codec.from_json(body, Report, "report")
                words = " ".join(tokens(report.text, report.language))
                self._base.execute("INSERT INTO word (rowid, text) VALUES (?, ?)", (number, words))

    def find(self, words: str) -> list[str]:
        """The texts of the newest twenty reports with all of the words."""
        ways = {
            " AND ".join(f'"{" ".join(tokens(word, language))}"' for word in words.split()) for language in ("ko", "en")
        }
        rows = self._base.execute(
            "SELECT record.body FROM word JOIN record ON record.rowid = word.rowid"
            " WHERE word MATCH ? ORDER BY word.rowid DESC LIMIT 20",
            (" OR ".join(f"({way})" for way in ways),),
        )
        return [codec.from_json(body, Report, "report").text for (body,) in rows]

    def _body(self, kind: str, id: str) -> bytes:
        (body,) = self._base.execute("SELECT body FROM record WHERE kind = ? AND id = ?", (kind, id)).fetchone()
        return bytes(body)
