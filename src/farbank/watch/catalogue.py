"""The catalogue being written: captures, articles and their versions, in one SQLite file.

An article is one text under one id of one outlet. Another text under the same id is another version, a row of its
own. A capture names the article read from it, which is a sight of that text: in which order captures are taken in says
nothing. `same` is the ordinal of the first article a text is a copy, a near copy, a version or another language version
of: what has one `same` counts once. Days are counted only up to `searchable`, the last ordinal whose passages are in
the index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

from farbank.model.captures import Missed, Seen, Sweep
from farbank.model.statemedia import Article
from farbank.watch import days, likeness
from farbank.watch.captures import Kept
from farbank.watch.days import DayRoot
from farbank.watch.prepare import Reading
from farbank.watch.stamps import Stamp

SCHEMA = """
CREATE TABLE state (searchable INTEGER NOT NULL, passages INTEGER NOT NULL);
INSERT INTO state VALUES (0, 0);
CREATE TABLE capture (number INTEGER PRIMARY KEY, file INTEGER NOT NULL, start INTEGER NOT NULL,
    length INTEGER NOT NULL, url TEXT NOT NULL, taken INTEGER NOT NULL, filed INTEGER NOT NULL,
    status INTEGER NOT NULL, sha256 BLOB NOT NULL, whole INTEGER NOT NULL, etag TEXT NOT NULL, modified TEXT NOT NULL,
    asked INTEGER NOT NULL, rules INTEGER NOT NULL, leads TEXT NOT NULL, article INTEGER);
CREATE INDEX capture_url ON capture (url, taken);
CREATE INDEX capture_filed ON capture (filed);
CREATE INDEX capture_article ON capture (article) WHERE article IS NOT NULL;
CREATE TABLE rules (number INTEGER PRIMARY KEY, made TEXT NOT NULL UNIQUE);
CREATE TABLE article (ordinal INTEGER PRIMARY KEY, id TEXT NOT NULL, text BLOB NOT NULL, outlet TEXT NOT NULL,
    lang TEXT NOT NULL, day INTEGER NOT NULL, title TEXT NOT NULL, body TEXT NOT NULL, url TEXT NOT NULL,
    kind TEXT NOT NULL, item TEXT NOT NULL, exact BLOB NOT NULL, same INTEGER NOT NULL, passages INTEGER NOT NULL);
CREATE UNIQUE INDEX article_text ON article (outlet, id, text);
CREATE INDEX article_day ON article (outlet, lang, day);
CREATE INDEX article_same ON article (same);
CREATE INDEX article_exact ON article (exact) WHERE exact <> x'';
CREATE INDEX article_item ON article (outlet, item) WHERE item <> '';
CREATE INDEX article_url ON article (url) WHERE url <> '';
CREATE TABLE band (key INTEGER, ordinal INTEGER, PRIMARY KEY (key, ordinal)) WITHOUT ROWID;
CREATE TABLE day (outlet TEXT, lang TEXT, day INTEGER, bodies INTEGER, titles INTEGER, other INTEGER,
    PRIMARY KEY (outlet, lang, day)) WITHOUT ROWID;
CREATE TABLE missed (url TEXT PRIMARY KEY, outlet TEXT, lang TEXT, day INTEGER, dated INTEGER, noticed INTEGER,
    why TEXT, title TEXT, site TEXT);
CREATE TABLE sealed (day INTEGER PRIMARY KEY, count INTEGER NOT NULL, root TEXT NOT NULL, previous TEXT);
CREATE TABLE stamp (hash TEXT, authority TEXT, reply BLOB NOT NULL, PRIMARY KEY (hash, authority)) WITHOUT ROWID;
CREATE TABLE sweep (site TEXT, started INTEGER, ended INTEGER, outlet TEXT, listed INTEGER, fetched INTEGER,
    unchanged INTEGER, missed INTEGER, whole INTEGER, reach INTEGER, skew REAL, PRIMARY KEY (site, started))
    WITHOUT ROWID;
"""

# What is not the outlet's own text (`kind`) shows nothing about what the outlet did not say.
COUNT = """
INSERT OR REPLACE INTO day SELECT outlet, lang, day, count(DISTINCT CASE WHEN own AND full THEN same END),
    count(DISTINCT CASE WHEN own AND NOT full THEN id END), count(DISTINCT CASE WHEN NOT own THEN id END) FROM (
        SELECT id, outlet, lang, day, min(same) AS same, max(body <> '') AS full, max(kind = '') AS own FROM article
        WHERE outlet = ? AND lang = ? AND day = ? AND ordinal <= ? GROUP BY id
    ) GROUP BY outlet, lang, day
"""
COMPARED = 5
"""Texts per band a new one is compared with word for word at most, the oldest first."""


class Catalogue:
    """Writes the catalogue; nothing it does counts before `commit`. `rules` are those captures are read by.

    Without a path it is one for a while only, in no folder.
    """

    def __init__(self, path: Path | None, rules: str) -> None:
        fresh = path is None or not path.exists()
        self._db = sqlite3.connect(path or "", isolation_level=None)
        self._made = rules
        self._rules = 0
        self._db.execute("PRAGMA journal_mode = WAL")
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.execute("BEGIN IMMEDIATE")
        if fresh or not self._db.execute("SELECT 1 FROM sqlite_master").fetchone():
            for statement in filter(str.strip, SCHEMA.split(";")):
                self._db.execute(statement)
            self.commit()
        self.next = self._one("SELECT ifnull(max(ordinal), 0) + 1 FROM article")
        self._last = max(
            self._one("SELECT ifnull(max(filed), 0) FROM capture"),
            # Nothing is filed any more on a day that is sealed, whatever the clock says by now.
            (self._one("SELECT ifnull(max(day), 0) FROM sealed") + 1 - _EPOCH.toordinal()) * DAY,
        )

    def end(self) -> Kept | None:
        """Where the last capture that counts is kept."""
        row = self._db.execute("SELECT file, start, length FROM capture ORDER BY number DESC LIMIT 1").fetchone()
        return Kept(*row) if row else None

    def knows(self, reading: Reading) -> bool:
        """Whether this very capture is here; of a file somebody handed over it does not matter when."""
        capture, article = reading.capture, reading.article
        query = "SELECT 1 FROM capture WHERE url = ? AND sha256 = ? AND status = ?"
        given: tuple[object, ...] = (capture.url, reading.sha256, capture.status)
        if capture.status:
            query, given = f"{query} AND taken = ?", (*given, micro(capture.taken))
        elif article is not None:
            query, given = "SELECT 1 FROM article WHERE outlet = ? AND id = ? AND text = ?", (
                article.outlet, article.id, reading.text,
            )  # fmt: skip
        return self._db.execute(query, given).fetchone() is not None

    def has_other(self, article: Article, text: bytes) -> bool:
        """Whether another text of an article is here, in full or by title."""
        query = "SELECT 1 FROM article WHERE outlet = ? AND id = ? AND text <> ? LIMIT 1"
        return self._db.execute(query, (article.outlet, article.id, text)).fetchone() is not None

    def seen(self, url: str) -> Seen | None:
        """What is known of an address; None if nothing was ever read there."""
        return next(self._seen("url = ?", url), None)

    def addresses(self) -> Iterator[Seen]:
        """What is known of every address that was ever read."""
        return self._seen("TRUE")

    def swept_last(self, site: str) -> datetime | None:
        """When the last whole pass over a site began."""
        (started,) = self._db.execute("SELECT max(started) FROM sweep WHERE site = ?", (site,)).fetchone()
        return None if started is None else moment(started)

    def _seen(self, where: str, *given: str) -> Iterator[Seen]:
        """From what our own collection asked for: looks that read it or were sent on; then etag and date of the last
        text, and its end. An etag somebody else was served would tell the server that we have their page."""
        of_text = "FROM capture WHERE url = seen.url AND asked AND status = 200 ORDER BY taken DESC LIMIT 1"
        rows = self._db.execute(
            f"""SELECT url, first, last, ifnull((SELECT etag {of_text}), ''), ifnull((SELECT modified {of_text}), ''),
                (SELECT min(taken) FROM capture WHERE url = seen.url AND asked AND taken > there
                AND status IN (404, 410)) FROM (
                SELECT url, min(CASE WHEN status < 400 THEN taken END) AS first, max(taken) AS last,
                max(CASE WHEN status < 400 THEN taken END) AS there FROM capture
                WHERE {where} AND status >= 200 AND asked GROUP BY url HAVING first IS NOT NULL
            ) AS seen""",
            given,
        )
        for url, first, last, etag, modified, gone in rows.fetchall():
            yield Seen(
                url=url, first=moment(first), last=moment(last), etag=etag, modified=modified,
                gone=None if gone is None else moment(gone),
            )  # fmt: skip

    def holds(self, reading: Reading) -> bool:
        """Whether its body was the last thing captured at its address."""
        row = self._db.execute(
            "SELECT sha256 FROM capture WHERE url = ? AND status <> 304 ORDER BY taken DESC LIMIT 1",
            (reading.capture.url,),
        ).fetchone()
        return row is not None and row[0] == reading.sha256

    def note(self, reading: Reading, text: Reading | None, kept: Kept, now: datetime, *, asked: bool) -> int | None:
        """Note a capture, where it is kept and all that was read from it; the time of filing never runs backwards.

        `text` holds the article read from it, if there is one (`text_of`); return its ordinal if it is not here yet.
        `asked` says that our own collection fetched it: what somebody handed over is never a reason to ask a server.
        """
        capture = reading.capture
        self._last = max(self._last, micro(now))
        ordinal, new = self._article(text.article, text) if text and text.article else (None, False)
        self._db.execute(
            "INSERT INTO capture (file, start, length, url, taken, filed, status, sha256, whole, etag, modified, "
            "asked, rules, leads, article) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                kept.file, kept.start, kept.length, capture.url, micro(capture.taken), self._last, capture.status,
                reading.sha256, not capture.cut, capture.header("etag"), capture.header("last-modified"), asked,
                self._number(), reading.leads, ordinal,
            ),
        )  # fmt: skip
        if reading.unread is not None:
            self.missed(reading.unread)
        if reading.swept is not None:
            self.swept(reading.swept)
        return ordinal if new else None

    def _number(self) -> int:
        """The number of the rules captures are read by."""
        if not self._rules:
            self._db.execute("INSERT OR IGNORE INTO rules (made) VALUES (?)", (self._made,))
            found = self._db.execute("SELECT number FROM rules WHERE made = ?", (self._made,)).fetchone()
            self._rules = int(found[0])
        return self._rules

    def _article(self, article: Article, reading: Reading) -> tuple[int, bool]:
        """The ordinal of an article, and whether it is a text that was not here under that id."""
        if article.body and not article.kind:
            self._db.execute("DELETE FROM missed WHERE url = ?", (article.url,))
        known = self._db.execute(
            "SELECT ordinal FROM article WHERE outlet = ? AND id = ? AND text = ?",
            (article.outlet, article.id, reading.text),
        ).fetchone()
        if known:
            return int(known[0]), False
        ordinal = self.next
        self._db.execute(
            "INSERT INTO article VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                ordinal, article.id, reading.text, article.outlet, article.lang, article.date.toordinal(),
                article.title, article.body, article.url, article.kind, article.item, reading.exact,
                self._same(article, reading) or ordinal, len(reading.cut),
            ),
        )  # fmt: skip
        self._db.executemany("INSERT OR IGNORE INTO band VALUES (?, ?)", [(key, ordinal) for key in reading.bands])
        self.next += 1
        return ordinal, True

    def holds_article(self, ordinal: int) -> bool:
        """Whether an article of that ordinal is here."""
        return self._db.execute("SELECT 1 FROM article WHERE ordinal = ?", (ordinal,)).fetchone() is not None

    def end_of_articles(self) -> int:
        """The last ordinal of an article, 0 without any."""
        return self._one("SELECT ifnull(max(ordinal), 0) FROM article")

    def table(self, query: str) -> sqlite3.Cursor:
        """The rows of a query."""
        return self._db.execute(query)

    def seal(self, now: datetime) -> None:
        """Seal every day of filing that is over."""
        today = moment(max(self._last, micro(now))).date()
        chain = sealed(self._db)
        first = (chain[-1].day.toordinal() + 1 - _EPOCH.toordinal()) * DAY if chain else 0
        over = self._db.execute(
            "SELECT DISTINCT filed / ?1 FROM capture WHERE filed >= ?2 AND filed < ?3 ORDER BY 1",
            (DAY, first, (today.toordinal() - _EPOCH.toordinal()) * DAY),
        )
        for (number,) in over.fetchall():
            day = date.fromordinal(_EPOCH.toordinal() + number)
            chain.append(days.seal(day, entries(self._db, day), chain[-1] if chain else None))
            self._db.execute(
                "INSERT INTO sealed VALUES (?,?,?,?)",
                (day.toordinal(), chain[-1].count, chain[-1].root, chain[-1].previous),
            )

    def sealed(self) -> list[DayRoot]:
        """The record of every day that is sealed, oldest first."""
        return sealed(self._db)

    def stamp(self, stamp: Stamp) -> None:
        """Keep a timestamp that was asked for, with the reply once there is one."""
        self._db.execute("INSERT OR REPLACE INTO stamp VALUES (?,?,?)", (stamp.hash, stamp.authority, stamp.reply))

    def missed(self, missed: Missed) -> None:
        """Note an item that could not be read; it stays missed until an article of that address is filed."""
        if self._db.execute(
            "SELECT 1 FROM article WHERE url = ? AND body <> '' AND kind = ''", (missed.url,)
        ).fetchone():
            return
        self._db.execute(
            # The day it was first noticed on stays the hole, however often it is missed after that, until one is given.
            "INSERT INTO missed VALUES (?,?,?,?,?,?,?,?,?) ON CONFLICT (url) DO UPDATE SET why = excluded.why, "
            "title = max(title, excluded.title), noticed = min(noticed, excluded.noticed), "
            "site = max(site, excluded.site), dated = max(dated, excluded.dated), day = CASE "
            "WHEN dated > excluded.dated THEN day WHEN dated < excluded.dated THEN excluded.day "
            "ELSE min(day, excluded.day) END",
            (
                missed.url, missed.outlet, missed.language, (missed.day or missed.noticed.date()).toordinal(),
                missed.day is not None, micro(missed.noticed), missed.why, missed.title, missed.site,
            ),
        )  # fmt: skip

    def swept(self, sweep: Sweep) -> None:
        """Note a pass over a site."""
        self._db.execute(
            "INSERT OR REPLACE INTO sweep VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                sweep.site, micro(sweep.started), micro(sweep.ended), sweep.outlet, sweep.listed, sweep.fetched,
                sweep.unchanged, sweep.missed, sweep.whole, None if sweep.reach is None else micro(sweep.reach),
                sweep.skew,
            ),
        )  # fmt: skip

    def searchable(self) -> int:
        """The last ordinal whose passages are known to be in the index."""
        return self._one("SELECT searchable FROM state")

    def after(self, ordinal: int) -> list[int]:
        """Ordinals of the articles after that one."""
        return [n for (n,) in self._db.execute("SELECT ordinal FROM article WHERE ordinal > ? ORDER BY 1", (ordinal,))]

    def text(self, ordinal: int) -> Article:
        """The article of that ordinal."""
        return article_of(self._db.execute(f"SELECT {FIELDS} FROM article WHERE ordinal = ?", (ordinal,)).fetchone())

    def open_up(self, last: int | None = None) -> None:
        """Say that everything noted so far, or up to `last`, can be searched, and count its days."""
        before = self.searchable()
        last = self.end_of_articles() if last is None else last
        days = self._db.execute(
            "SELECT DISTINCT outlet, lang, day FROM article WHERE ordinal > ? AND ordinal <= ?", (before, last)
        ).fetchall()
        self._db.executemany(COUNT, [(*day, last) for day in days])
        self._db.execute(
            "UPDATE state SET searchable = ?2, "
            "passages = passages + (SELECT ifnull(sum(passages), 0) FROM article WHERE ordinal > ?1 AND ordinal <= ?2)",
            (before, last),
        )

    def commit(self) -> None:
        """Have everything noted so far count, whatever happens next."""
        self._db.execute("COMMIT")
        self._db.execute("BEGIN IMMEDIATE")

    def close(self) -> None:
        """Let go of the file; what was not committed is as if it had not been."""
        if self._db.in_transaction:  # a full disk has ended it already
            self._db.execute("ROLLBACK")
        self._db.close()

    def _same(self, article: Article, reading: Reading) -> int | None:
        """What the text belongs to: its own earlier version, another language version, a copy, a near copy."""
        asked: tuple[tuple[str, Sequence[object]], ...] = (
            ("outlet = ? AND id = ?", (article.outlet, article.id)),
            ("outlet = ? AND item <> '' AND item = ?", (article.outlet, article.item)),
            ("exact <> x'' AND exact = ?", (reading.exact,)),
        )
        for where, given in asked:
            row = self._db.execute(f"SELECT same FROM article WHERE {where} ORDER BY ordinal LIMIT 1", given).fetchone()
            if row:
                return int(row[0])
        return self._near(article, reading.bands)

    def _near(self, article: Article, bands: Sequence[int]) -> int | None:
        compared: set[int] = set()
        rows = self._db.execute(
            f"SELECT same, body FROM band JOIN article USING (ordinal) WHERE key IN ({', '.join('?' * len(bands))}) "
            "ORDER BY ordinal LIMIT ?",
            (*bands, COMPARED * len(bands)),
        )
        for same, body in rows:
            if same not in compared and likeness.near(article.body, body):
                return int(same)
            compared.add(same)
        return None

    def _one(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])


def sealed(db: sqlite3.Connection) -> list[DayRoot]:
    """The record of every day that is sealed, oldest first."""
    rows = db.execute("SELECT day, count, root, previous FROM sealed ORDER BY day")
    return [
        DayRoot(day=date.fromordinal(day), count=count, root=root, previous=previous)
        for day, count, root, previous in rows
    ]


def entries(db: sqlite3.Connection, day: date) -> Iterator[bytes]:
    """What a day is sealed over: of every capture filed on it, in order, its address, times, status and hash, whether
    it is whole, whether we asked for it, and by which rules it was read."""
    first = (day.toordinal() - _EPOCH.toordinal()) * DAY
    rows = db.execute(
        "SELECT url, taken, filed, status, sha256, whole, asked, made FROM capture JOIN rules ON rules.number = rules "
        "WHERE filed >= ? AND filed < ? ORDER BY capture.number",
        (first, first + DAY),
    )
    for url, taken, filed, status, sha256, whole, asked, made in rows:
        yield msgspec.json.encode([url, taken, filed, status, sha256.hex(), bool(whole), bool(asked), made])


FIELDS = "id, outlet, lang, day, title, body, url, kind, item"


def article_of(row: tuple[str, str, str, int, str, str, str, str, str]) -> Article:
    """A row of FIELDS as an article."""
    id, outlet, lang, day, title, body, url, kind, item = row
    when = datetime.fromordinal(day).date()
    return Article(id=id, outlet=outlet, lang=lang, date=when, title=title, body=body, url=url, kind=kind, item=item)


def micro(when: datetime) -> int:
    """Microseconds since 1970, exactly."""
    since = when - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def moment(micro: int) -> datetime:
    """The time that many microseconds after the beginning of 1970, in UTC."""
    return _EPOCH + (datetime.resolution * micro)


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DAY = 86_400_000_000
"""Microseconds of a day."""
