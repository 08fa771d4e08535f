"""The catalogue being read: articles, their copies and versions, and what is held day by day, as of one moment."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

import msgspec

from farbank.model import codec
from farbank.model.captures import Missed, Sweep
from farbank.model.statemedia import Article, Copy, Window
from farbank.watch import catalogue, sights
from farbank.watch.captures import Kept
from farbank.watch.catalogue import FIELDS, article_of, moment
from farbank.watch.days import DayRoot
from farbank.watch.errors import DamagedArchive
from farbank.watch.likeness import fingerprint
from farbank.watch.sights import Look, Sight
from farbank.watch.stamps import Stamp


class Day(msgspec.Struct, frozen=True):
    """What of one outlet in one language is held of one day: full texts, items held by title only, and items listed of
    which not even the title is held."""

    day: date
    bodies: int
    titles: int
    missed: int = 0


Order = tuple[int, str, str, bytes]
"""Day (a proleptic ordinal), outlet, id and fingerprint of an article: what sorts articles alike in every archive."""


class Extent(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds: articles, how many in full or by title only, passages, first and last day.

    `folded` counts articles that are a copy, a near copy or another language version of one counted already,
    `versions` further texts of an article, `captures` raw captures, whether or not an article was read from them.
    """

    articles: int
    bodies: int
    titles_only: int
    passages: int
    folded: int
    versions: int
    captures: int
    first: date | None
    last: date | None


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A raw capture as the catalogue has it: where it is kept, its address, time and status, the hash of its body.

    `rules` are those it was read by, `article` the ordinal of what was read from it, `filed` when it was.
    """

    number: int
    kept: Kept
    url: str
    taken: datetime
    filed: datetime
    status: int
    sha256: bytes
    whole: bool
    etag: str
    modified: str
    leads: str
    rules: str
    article: int | None


class Store:
    """Reads a catalogue as it was when this was made: only what can be searched, however much is filed meanwhile."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._db = _connect(path)
        self.last = self._one("SELECT searchable FROM state")

    def close(self) -> None:
        """Let go of the file."""
        self._db.close()

    def article(self, ordinal: int) -> Article:
        """The article with that ordinal. Raises DamagedArchive if it does not read as it was filed."""
        row = self._db.execute(f"SELECT {FIELDS}, text FROM article WHERE ordinal = ?", (ordinal,)).fetchone()
        found = article_of(row[:-1]) if row else None
        if found is None or fingerprint(found) != row[-1]:
            raise DamagedArchive(f"{self._path}: {DamagedArchive.__doc__}")
        return found

    def orders(self, ordinals: Sequence[int]) -> dict[int, Order]:
        """What sorts the articles with those ordinals, by their ordinal. Raises DamagedArchive if one is not there."""
        rows = self._db.execute(
            "SELECT ordinal, day, outlet, id, text FROM article WHERE ordinal IN (SELECT value FROM json_each(?))",
            (codec.to_json(ordinals).decode(),),
        )
        found: dict[int, Order] = {row[0]: row[1:] for row in rows}
        if len(found) != len(ordinals):
            raise DamagedArchive(f"{self._path}: {DamagedArchive.__doc__}")
        return found

    def same(self, outlet: str, id: str) -> int:
        """A number an article has in common with its copies, near copies and other language versions."""
        return self._one("SELECT same FROM article WHERE outlet = ? AND id = ? LIMIT 1", outlet, id)

    def copies(self, outlet: str, id: str) -> list[Copy]:
        """Where else the text of an article stands; its own versions are not counted."""
        rows = self._db.execute(
            "SELECT outlet, lang, day, url FROM article WHERE (outlet, id) <> (?1, ?2) AND ordinal <= ?3 AND same = ("
            "SELECT same FROM article WHERE outlet = ?1 AND id = ?2 LIMIT 1) GROUP BY outlet, id ORDER BY day, ordinal",
            (outlet, id, self.last),
        )
        return [
            Copy(outlet=outlet, language=lang, date=date.fromordinal(day), url=url) for outlet, lang, day, url in rows
        ]

    def days(self, outlet: str, language: str, window: Window) -> list[Day]:
        """The days of the window of which anything of this outlet in this language is held or known to be missed."""
        asked = (outlet, language, window.first.toordinal(), window.last.toordinal())
        missed = dict(
            self._db.execute(
                "SELECT day, count(*) FROM missed AS one WHERE outlet = ? AND lang = ? AND day BETWEEN ? AND ? "
                "AND NOT EXISTS (SELECT 1 FROM article WHERE url = one.url AND day = one.day AND kind = '' "
                "AND ordinal <= ?) GROUP BY day",
                (*asked, self.last),
            ).fetchall()
        )
        held = {
            day: (bodies, titles)
            for day, bodies, titles in self._db.execute(
                "SELECT day, bodies, titles FROM day WHERE outlet = ? AND lang = ? AND day BETWEEN ? AND ?", asked
            )
        }
        return [
            Day(date.fromordinal(day), *held.get(day, (0, 0)), missed.get(day, 0)) for day in sorted({*held, *missed})
        ]

    def titles(self, outlet: str, language: str, window: Window) -> list[Article]:
        """Items of which only the title is held."""
        rows = self._db.execute(
            f"SELECT {FIELDS} FROM article AS one WHERE outlet = ? AND lang = ? AND day BETWEEN ? AND ? AND kind = '' "
            "AND ordinal <= ? AND NOT EXISTS (SELECT 1 FROM article AS full WHERE (full.outlet, full.id) = "
            "(one.outlet, one.id) AND full.body <> '') ORDER BY day, 1",
            (outlet, language, window.first.toordinal(), window.last.toordinal(), self.last),
        )
        return [article_of(row) for row in rows]

    def missed(self, outlet: str, language: str, window: Window) -> list[Missed]:
        """Items that are listed and could not be read, by the day they are of or, if unknown, were noticed on."""
        ends = window.first.toordinal(), window.last.toordinal()
        return self._missed(outlet, language, "day BETWEEN ? AND ?", *ends)

    def undated(self, outlet: str, language: str) -> list[Missed]:
        """Those of which nobody knows what day they are of."""
        return self._missed(outlet, language, "NOT dated")

    def _missed(self, outlet: str, language: str, which: str, *given: int) -> list[Missed]:
        rows = self._db.execute(
            "SELECT url, noticed, why, title, day, dated, site FROM missed WHERE outlet = ? AND lang = ? "
            f"AND {which} ORDER BY day, url",
            (outlet, language, *given),
        )
        return [
            Missed(
                url=url, outlet=outlet, language=language, noticed=moment(noticed), why=why, title=title,
                day=date.fromordinal(day) if dated else None, site=site,
            )
            for url, noticed, why, title, day, dated, site in rows
        ]  # fmt: skip

    def holdings(self) -> tuple[tuple[str, str], ...]:
        """Every (outlet, language) of which an own text or title is held or known to be missed."""
        rows = self._db.execute(
            "SELECT outlet, lang FROM day WHERE bodies + titles > 0 UNION SELECT outlet, lang FROM missed ORDER BY 1, 2"
        )
        return tuple(rows.fetchall())

    def languages(self) -> tuple[str, ...]:
        """Every language anything is held in."""
        return tuple(
            language
            for (language,) in self._db.execute("SELECT lang FROM day UNION SELECT lang FROM missed ORDER BY 1")
        )

    def passages(self) -> int:
        """How many passages the index has to hold."""
        return self._one("SELECT passages FROM state")

    def extent(self) -> Extent:
        """How much is held."""
        bodies, titles, first, last = self._db.execute(
            "SELECT ifnull(sum(bodies), 0), ifnull(sum(titles), 0), min(day), max(day) FROM day"
        ).fetchone()
        rows, articles, texts = self._db.execute(
            "SELECT ifnull(sum(versions), 0), count(*), count(DISTINCT same) FROM ("
            "SELECT count(*) AS versions, same FROM article WHERE ordinal <= ? GROUP BY outlet, id)",
            (self.last,),
        ).fetchone()
        return Extent(
            articles=articles, bodies=bodies, titles_only=titles, passages=self.passages(), folded=articles - texts,
            versions=rows - articles, captures=self._one("SELECT count(*) FROM capture"),
            first=date.fromordinal(first) if first else None, last=date.fromordinal(last) if last else None,
        )  # fmt: skip

    def changed(self, window: Window) -> Iterator[list[Sight]]:
        """Every sight, oldest first, of each article dated in the window that has several texts or was not there."""
        lost = f"SELECT url FROM capture WHERE status IN ({sights.ABSENT}) OR leads <> ''"
        found = self._db.execute(
            "SELECT outlet, id FROM article WHERE ordinal <= ?1 GROUP BY outlet, id "
            "HAVING max(day BETWEEN ?2 AND ?3) AND (count(*) > 1 OR max(ordinal IN (SELECT article FROM capture "
            f"WHERE article IS NOT NULL AND {sights.ADDRESS} IN ({lost}))))",
            (self.last, window.first.toordinal(), window.last.toordinal()),
        )
        for outlet, id in found.fetchall():
            yield self._sights(outlet, id)

    def _sights(self, outlet: str, id: str) -> list[Sight]:
        rows = self._db.execute(
            f"SELECT ordinal, {FIELDS} FROM article WHERE outlet = ? AND id = ? AND ordinal <= ?",
            (outlet, id, self.last),
        )
        texts = {ordinal: article_of(tuple(fields)) for ordinal, *fields in rows}
        read_there = f"article IN ({', '.join('?' * len(texts))})"
        rows = self._db.execute(
            f"SELECT {sights.ADDRESS}, max(status > 0) FROM capture WHERE {read_there} GROUP BY 1", (*texts,)
        )
        known = rows.fetchall()
        urls = [url for url, served in known if served] or [url for url, _ in known]
        looks = self._db.execute(
            f"SELECT {', '.join(Look.__struct_fields__)} FROM capture "
            f"WHERE {read_there} OR url IN ({', '.join('?' * len(urls))}) ORDER BY {sights.ORDER}",
            (*texts, *urls),
        )
        return sights.of((Look(*row) for row in looks), texts)

    def sweeps(self, outlet: str) -> list[Sweep]:
        """Every pass over a site of an outlet, oldest first."""
        rows = self._db.execute(
            "SELECT site, started, ended, listed, fetched, unchanged, missed, whole, reach, skew FROM sweep "
            "WHERE outlet = ? ORDER BY started, site",
            (outlet,),
        )
        return [
            Sweep(
                site=site, outlet=outlet, started=moment(started), ended=moment(ended), listed=listed, fetched=fetched,
                unchanged=unchanged, missed=missed, whole=bool(whole), skew=skew,
                reach=None if reach is None else moment(reach),
            )
            for site, started, ended, listed, fetched, unchanged, missed, whole, reach, skew in rows
        ]  # fmt: skip

    def raw(self) -> Iterator[Raw]:
        """Every raw capture, in the order of filing."""
        rows = self._db.execute(
            "SELECT capture.number, file, start, length, url, taken, filed, status, sha256, whole, etag, modified, "
            "leads, ifnull(made, ''), article FROM capture LEFT JOIN rules ON rules.number = rules ORDER BY 1"
        )
        for (
            number,
            file,
            start,
            length,
            url,
            taken,
            filed,
            status,
            sha256,
            whole,
            etag,
            modified,
            leads,
            made,
            n,
        ) in rows:
            yield Raw(
                number=number, kept=Kept(file, start, length), url=url, taken=moment(taken), filed=moment(filed),
                status=status, sha256=sha256, whole=bool(whole), etag=etag, modified=modified, leads=leads, rules=made,
                article=n,
            )  # fmt: skip

    def whole(self, raw: Raw) -> Kept | None:
        """Where the body is kept of which a capture says that it came again."""
        row = self._db.execute(
            "SELECT file, start, length FROM capture WHERE url = ? AND sha256 = ? AND status > 0 AND number < ? "
            "ORDER BY number LIMIT 1",
            (raw.url, raw.sha256, raw.number),
        ).fetchone()
        return Kept(*row) if row else None

    def filed(self, ordinal: int) -> Article | None:
        """The article of that ordinal, whether or not it can be searched yet; None if there is none."""
        row = self._db.execute(f"SELECT {FIELDS} FROM article WHERE ordinal = ?", (ordinal,)).fetchone()
        return article_of(row) if row else None

    def table(self, query: str, given: Sequence[object] = ()) -> sqlite3.Cursor:
        """The rows of a query."""
        return self._db.execute(query, given)

    def sealed(self) -> list[DayRoot]:
        """The record of every sealed day of filing, oldest first."""
        return catalogue.sealed(self._db)

    def days_of_filing(self) -> list[date]:
        """The days on which the catalogue now says that anything was filed, in order."""
        rows = self._db.execute(f"SELECT DISTINCT filed / {catalogue.DAY} FROM capture ORDER BY 1")
        return [moment(number * catalogue.DAY).date() for (number,) in rows]

    def entries(self, day: date) -> Iterator[bytes]:
        """What the catalogue now says that was filed on a day, as it is sealed over."""
        return catalogue.entries(self._db, day)

    def stamps(self) -> list[Stamp]:
        """Every timestamp asked for."""
        rows = self._db.execute("SELECT hash, authority, reply FROM stamp ORDER BY hash, authority")
        return [Stamp(hash=hash, authority=authority, reply=reply) for hash, authority, reply in rows]

    def _one(self, query: str, *given: int | str) -> int:
        return int(self._db.execute(query, given).fetchone()[0])


def _connect(path: Path) -> sqlite3.Connection:
    """Open for reading, at one moment; on a disk that cannot be written to, only once nobody is writing."""
    address = f"{path.resolve().as_uri()}?mode=ro"
    opened = sqlite3.connect(address, uri=True, check_same_thread=False, isolation_level=None)
    try:
        opened.execute("BEGIN").execute("SELECT searchable FROM state").fetchone()
    except sqlite3.OperationalError:
        opened.close()
        if path.with_name(path.name + "-wal").exists():
            raise
        opened = sqlite3.connect(f"{address}&immutable=1", uri=True, check_same_thread=False, isolation_level=None)
        opened.execute("BEGIN").execute("SELECT searchable FROM state").fetchone()
    return opened
