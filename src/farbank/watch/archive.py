"""An archive of state media in one folder: built whole, opened read-only, never half-written.

The folder holds `archive.json`, which names the current generation, and that generation's folder (articles and index).
A new generation is written beside it; replacing `archive.json` is the one moment at which it takes over.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import chain
from pathlib import Path
from types import TracebackType
from weakref import WeakKeyDictionary

import msgspec

from farbank import whole
from farbank.country.gazetteer import Gazetteer
from farbank.country.tokens import tokens
from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.places import PlaceId
from farbank.model.statemedia import Article
from farbank.watch import index, store
from farbank.watch.errors import ArchiveBusy, ArchiveNotWritten, DamagedArchive, NoArchive, StaleArchive
from farbank.watch.passages import passages

POINTER = "archive.json"
Progress = Callable[[int], None]
"""Told every thousand articles, and at the end, how many more have been read."""
STEP = 1000

REMEMBERED = 20_000
"""Texts whose places are kept while an archive is open, some tens of megabytes."""

SAMPLE = "Flood-hit areas: 5 000 people's crops weren't lost; 큰물피해를 입은 3명, 水害で死者2人, hambrunas."


class ArchiveInfo(msgspec.Struct, frozen=True, kw_only=True):
    """What an archive holds: articles, how many of them in full or by title only, passages, first and last day.

    `folded` counts articles left out because their id was there already; `cut` fingerprints how words were cut.
    """

    generation: str
    cut: str
    articles: int
    bodies: int
    titles_only: int
    passages: int
    folded: int
    first: date | None
    last: date | None


def build(articles: Iterable[Article], folder: Path, progress: Progress | None = None) -> ArchiveInfo:
    """Take `articles` into the archive in `folder`, which is made if it is not there; what it holds already stays.

    Whatever goes wrong before the last step, and wherever `articles` raises, the archive is as it was.
    Raises ArchiveBusy if another program is building it, DamagedArchive, ArchiveNotWritten.
    """
    new = not folder.exists()
    folder.mkdir(parents=True, exist_ok=True)
    try:
        with _alone(folder):
            return _extend(articles, folder, progress)
    except ArchiveBusy:
        raise  # the folder is another program's by now
    except BaseException:
        if new and not any(folder.glob("generation-*")):
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _extend(articles: Iterable[Article], folder: Path, progress: Progress | None) -> ArchiveInfo:
    old = _pointer(folder)
    for leftover in folder.glob("generation-*"):
        if old is None or leftover.name != old.generation:
            shutil.rmtree(leftover)
    fresh = Path(tempfile.mkdtemp(prefix="generation-", dir=folder))
    try:
        info = _write(chain(_held(folder), _counted(articles, progress)), fresh)
        whole.file(folder / POINTER, codec.to_json(info))
    except BaseException as error:
        shutil.rmtree(fresh)
        if isinstance(error, sqlite3.Error | ValueError):  # what the two engines say of a full disk
            raise ArchiveNotWritten(f"{folder}: {ArchiveNotWritten.__doc__}") from error
        raise
    if old is not None:
        shutil.rmtree(folder / old.generation, ignore_errors=True)
    return info


def open(folder: Path) -> Archive:
    """Open an archive for reading. Raises NoArchive, DamagedArchive, StaleArchive if its words were cut otherwise."""
    info = _pointer(folder)
    if info is None:
        raise NoArchive(f"{folder}: {NoArchive.__doc__}")
    if info.cut != _cut():
        raise StaleArchive(f"{folder}: {StaleArchive.__doc__}")
    with _sound(folder):
        return Archive(folder / info.generation, info)


class Archive:
    """An open archive: its `store` of articles, its `index` of passages, and what it holds (`info`).

    While it is open it remembers which places a text names, for the claims of one story read the same passages.
    """

    def __init__(self, generation: Path, info: ArchiveInfo) -> None:
        self.info = info
        self._folder = generation.parent
        self.store = store.Store(generation / "articles.db")
        self.index = index.Index(generation / "index")
        self.holdings = self.store.holdings()
        self.languages = self.store.languages()
        self._named: WeakKeyDictionary[Gazetteer, dict[str, tuple[PlaceId, ...]]] = WeakKeyDictionary()

    def named(self, gazetteer: Gazetteer) -> dict[str, tuple[PlaceId, ...]]:
        """The places of the texts read so far, as a gazetteer knows them; to be added to."""
        known = self._named.setdefault(gazetteer, {})
        if len(known) > REMEMBERED:
            known.clear()
        return known

    def close(self) -> None:
        """Let go of the files."""
        self.store.close()

    def __enter__(self) -> Archive:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.Error):
            raise _damaged(self._folder) from error


def _write(articles: Iterable[Article], folder: Path) -> ArchiveInfo:
    (folder / "index").mkdir()
    texts = store.Writer(folder / "articles.db")
    words = index.Writer(folder / "index")
    count = folded = 0
    try:
        for article in articles:
            ordinal = texts.add(article)
            if ordinal is None:
                folded += 1
            else:
                cut = [tokens(text, article.lang) for text in passages(article)]
                words.add(ordinal, article.outlet, article.lang, article.date.toordinal(), cut)
                count += len(cut)
    except BaseException:
        words.abandon()
        texts.abandon()
        raise
    words.finish()
    texts.finish()
    written = store.Store(folder / "articles.db")
    held, bodies, titles, first, last = written.extent()
    written.close()
    return ArchiveInfo(
        generation=folder.name, cut=_cut(), articles=held, bodies=bodies, titles_only=titles,
        passages=count, folded=folded, first=first, last=last,
    )  # fmt: skip


def _counted(articles: Iterable[Article], progress: Progress | None) -> Iterator[Article]:
    seen = 0
    for seen, article in enumerate(articles, 1):
        yield article
        if progress and seen % STEP == 0:
            progress(STEP)
    if progress and seen % STEP:
        progress(seen % STEP)


def _held(folder: Path) -> Iterator[Article]:
    info = _pointer(folder)
    if info is not None:
        with _sound(folder):
            old = store.Store(folder / info.generation / "articles.db")
            try:
                yield from map(old.article, old.articles())
            finally:
                old.close()


def _pointer(folder: Path) -> ArchiveInfo | None:
    try:
        data = (folder / POINTER).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None
    with _sound(folder / POINTER):
        return codec.from_json(data, ArchiveInfo, str(folder / POINTER))


@contextmanager
def _sound(path: Path) -> Iterator[None]:
    """Say of what is at `path` that it is damaged where it does not read. Raises DamagedArchive."""
    try:
        yield
    except (sqlite3.Error, ValueError, DecodeError) as error:  # a ValueError is all that tantivy raises
        raise _damaged(path) from error


def _damaged(path: Path) -> DamagedArchive:
    return DamagedArchive(f"{path}: {DamagedArchive.__doc__}")


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    with (folder / ".lock").open("wb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ArchiveBusy(f"{folder}: {ArchiveBusy.__doc__}") from None
        yield


def _cut() -> str:
    words = [tokens(SAMPLE, language) for language in ("en", "es", "ko")]
    return hashlib.sha256(repr(words).encode()).hexdigest()[:16]
