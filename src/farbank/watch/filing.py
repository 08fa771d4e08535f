"""Captures filed in an archive, a batch at a time, so that a kill at any moment loses no batch and doubles nothing.

Four steps a batch, each complete before the next: the raw records are on the disk; the catalogue, which alone says
what there is, is committed; their passages are in the index; the catalogue says so, and only then do their days count.
Whoever opens the archive to write after a kill cuts off raw records that were not catalogued and indexes anew what was.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

import msgspec

from farbank.country.fold import fold
from farbank.country.pack import Pack
from farbank.model.captures import Capture, Missed, Sweep
from farbank.watch import captures, index, layout, notes, outlets, rules
from farbank.watch.catalogue import Catalogue
from farbank.watch.errors import ArchiveBusy, ArchiveNotWritten, DamagedArchive
from farbank.watch.passages import cut
from farbank.watch.prepare import Reading, of_title, prepare, readings

BATCH = 32 * 2**20
"""Bytes of text and raw records after which a batch is committed."""
STEP = 1000

Progress = Callable[[int], None]
"""Told every thousand captures, and at the end, how many more have been read."""
Clock = Callable[[], datetime]
"""What time it is, in UTC."""

NOTHING = hashlib.sha256().digest()
"""The hash of an empty body."""


def utc() -> datetime:
    """The time by this machine's clock."""
    return datetime.now(UTC)


def file(found: Iterable[Capture], folder: Path, pack: Pack | None = None, progress: Progress | None = None) -> None:
    """File captures in the archive in `folder`, which is made if it is not there; what is filed already is passed over.

    Pages are read by the rules of the pack's sites, and outlets filed under the pack's ids.
    Whatever ends it, what was read before is filed; doing it again goes on from there.
    Raises ArchiveBusy, DamagedArchive, StaleArchive, ArchiveNotWritten, and whatever reading them raises.
    """
    if folder.exists() and not folder.is_dir():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(folder))
    source = readings(found, pack.sites if pack else ())
    first = list(islice(source, 1))  # before anything is made: what cannot be read at all leaves no archive
    with filing(folder, pack) as archive:
        seen = 0
        try:
            for seen, reading in enumerate(chain(first, source), 1):
                archive.file(reading)
                if progress and seen % STEP == 0:
                    progress(STEP)
        finally:
            if progress and seen % STEP:
                progress(seen % STEP)


@contextmanager
def filing(folder: Path, pack: Pack | None = None, clock: Clock = utc, *, asked: bool = False) -> Iterator[Filing]:
    """Open an archive for writing, mended first if the last writer was killed; at the end everything is committed.

    An error in the block ends it likewise: what was filed before stays filed.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with alone(folder):
        old = layout.writable(folder)
        with _stored(folder):
            opened = Filing(folder, pack, clock, asked=asked)
            if not old:
                layout.mark(folder)
        try:
            yield opened
        except sqlite3.Error as error:
            raise _unwritten(folder) from error
        except BaseException as error:
            with _stored(folder):
                opened.commit()
            if isinstance(error, OSError) and error.errno in layout.FULL:
                raise _unwritten(folder) from error
            raise
        else:
            with _stored(folder):
                opened.commit()
        finally:
            opened.close()


class Filing:
    """An archive open for writing."""

    def __init__(self, folder: Path, pack: Pack | None, clock: Clock, *, asked: bool) -> None:
        self._asked = asked
        self._outlet_ids = outlets.ids(pack)
        self._clock = clock
        self.catalogue = Catalogue(folder / layout.CATALOGUE, rules.current(pack))
        self._raw = captures.Appender(folder / layout.CAPTURES, self.catalogue.end())
        self._index = index.Writer(folder / layout.INDEX)
        self._size = 0
        self._torn = False
        self._mend()
        self.catalogue.seal(clock())

    def file(self, reading: Reading) -> None:
        """File one capture and what was read from it, unless it is here already."""
        reading = named(reading, self._outlet_ids)
        if self.catalogue.knows(reading):
            return
        self._torn = True
        capture = reading.capture
        record = reading.member
        if capture.status and reading.sha256 != NOTHING and self.catalogue.holds(reading):
            record = captures.member(capture, reading.sha256, again=True)
        text = text_of(reading, self.catalogue, self._outlet_ids)
        ordinal = self.catalogue.note(reading, text, self._raw.add(record), self._clock(), asked=self._asked)
        self._size += len(record)
        if text is not None and text.article is not None and ordinal is not None:
            one = text.article
            self._index.add(ordinal, one.outlet, one.lang, one.date.toordinal(), text.cut)
            self._size += 2 * sum(map(len, text.cut))
        self._torn = False
        if self._size > BATCH:
            self.commit()

    def missed(self, missed: Missed) -> None:
        """Note an item that could not be read, and file its title if that is known."""
        self.file(prepare(notes.of_missed(missed), ()))

    def swept(self, sweep: Sweep) -> None:
        """Note a pass over a site, and commit it."""
        self.file(prepare(notes.of_sweep(sweep), ()))
        self.commit()

    def commit(self) -> None:
        """Have everything filed so far count, whatever happens next.

        Unless a ctrl-C came in the middle of filing something: then the batch is as if it had not been begun.
        """
        if self._torn:
            return
        self._raw.sync()
        self.catalogue.commit()
        self._index.commit()
        self.catalogue.open_up()
        self.catalogue.commit()
        self._size = 0

    def close(self) -> None:
        """Let go of the files."""
        self._index.close()
        self._raw.close()
        self.catalogue.close()

    def _mend(self) -> None:
        """Index what was catalogued when a kill came; passages of it that are in the index already are taken out."""
        searchable = self.catalogue.searchable()
        behind = self.catalogue.after(searchable)
        if not behind:
            return
        self._index.drop_after(searchable)
        for ordinal in behind:
            article = self.catalogue.text(ordinal)
            self._index.add(ordinal, article.outlet, article.lang, article.date.toordinal(), cut(article))
        self.commit()


def named(reading: Reading, outlet_ids: Mapping[str, str]) -> Reading:
    """A reading whose article has its outlet under the pack's id."""
    article = reading.article
    outlet = outlet_ids.get(fold(article.outlet)) if article else None
    if article is None or outlet is None or outlet == article.outlet:
        return reading
    return msgspec.structs.replace(reading, article=msgspec.structs.replace(article, outlet=outlet))


def text_of(reading: Reading, catalogue: Catalogue, outlet_ids: Mapping[str, str]) -> Reading | None:
    """What of a reading is filed as a text: its article, or the title of an item of which no other text is held."""
    if reading.article is not None:
        return reading
    titled = of_title(reading.unread) if reading.unread else None
    if titled is None or titled.article is None:
        return None
    titled = named(titled, outlet_ids)
    return None if titled.article and catalogue.has_other(titled.article, titled.text) else titled


@contextmanager
def _stored(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        raise _unwritten(folder) from error
    except sqlite3.DatabaseError as error:
        raise DamagedArchive(f"{folder}: {DamagedArchive.__doc__}") from error
    except OSError as error:
        if error.errno in layout.FULL:
            raise _unwritten(folder) from error
        raise


def _unwritten(folder: Path) -> ArchiveNotWritten:
    return ArchiveNotWritten(f"{folder}: {ArchiveNotWritten.__doc__}")


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep every other program from writing there meanwhile. Raises ArchiveBusy."""
    with (folder / ".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveBusy(f"{folder}: {ArchiveBusy.__doc__}") from None
        yield
