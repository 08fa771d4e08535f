"""The same desk in plain SQLite: as durable, with neither keys nor signatures, for what the vault's cost is a cost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path

import msgspec

from farbank.country.tokens import tokens
from farbank.model import codec
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report
from farbank.vault.audit import Event

_TABLES = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "CREATE TABLE record (kind TEXT, id TEXT, body BLOB, PRIMARY KEY (kind, id))",
    "CREATE TABLE audit (sequence INTEGER PRIMARY KEY, body BLOB, hash BLOB)",
    "CREATE VIRTUAL TABLE word USING fts5(text, content = '', tokenize = 'ascii')",
)


class Plain:
    """Records, an index of reports in order of their filing, and a chain of hashes."""

    def __init__(self, path: Path) -> None:
        self._base = sqlite3.connect(path, isolation_level=None)
        for statement in _TABLES:
            self._base.execute(statement)
        self._last = 0, bytes(32)

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

    def note(self, event: Event) -> None:
        """Add a line to the chain."""
        sequence, hash = self._last
        body = codec.to_json(event)
        self._last = sequence + 1, _hash(hash, body)
        self._base.execute("INSERT INTO audit VALUES (?, ?, ?)", (sequence + 1, body, self._last[1]))

    def follow(self) -> bytes:
        """The last hash of the chain, each line's compared on the way."""
        last = bytes(32)
        for body, hash in self._base.execute("SELECT body, hash FROM audit ORDER BY sequence"):
            last = _hash(last, body)
            if last != hash:
                raise ValueError("broken")
        return last

    def _body(self, kind: str, id: str) -> bytes:
        (body,) = self._base.execute("SELECT body FROM record WHERE kind = ? AND id = ?", (kind, id)).fetchone()
        return bytes(body)


def _hash(before: bytes, body: bytes) -> bytes:
    return blake2b(before + body, digest_size=32).digest()
