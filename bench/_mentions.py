"""Mentions known to be in the archive, each as the claim it mentions, and an archive without some of its articles.

`known/mentions.jsonl` holds real passages of KCNA in English, drawn at random among those that name a place at home
(2011-02 to 2012-11, three quarters of them, and 2024-07-20 to 2024-11-10), one of an article. Whoever read a passage
wrote, in words as different as came naturally, the claim somebody inside could have told; whoever wrote the query saw
that claim alone and never the passage. `part` says what each is for: `tune` to fit what is fitted and to look at,
`measure` to count with once everything is settled; whoever changes the method after a look draws new ones.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import msgspec

from bench import MissingData
from farbank.country.gazetteer import Gazetteer
from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.dates import When
from farbank.model.places import PlaceId
from farbank.model.statemedia import Article, Result, Window
from farbank.watch import filing, needles
from farbank.watch.archive import Archive
from farbank.watch.coverage import coverage
from farbank.watch.engine import Index, Store
from farbank.watch.index import Phrase, split
from farbank.watch.sources import read
from farbank.watch.store import Day

KNOWN = Path(__file__).parent / "known" / "mentions.jsonl"
LABELLED = Path(__file__).parent / "known" / "claims.jsonl"
FILES = ("kcna_articles_2011_2012.jsonl.gz", "kcna_articles_2023_2024.jsonl.gz")
OUTLET, LANGUAGE = "kcna", "en"
BEFORE, AFTER = (3, 20), (5, 30)
"""Days a search begins before the mention and ends after it, least and most."""
TRIES = 20


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A passage (the article's `passage`-th) that mentions a claim, and the query of somebody who had not seen it."""

    id: str
    part: str
    article: str
    passage: int
    claim: str
    place: PlaceId
    event: tuple[str, ...]


def known() -> list[Mention]:
    """All of them."""
    return [msgspec.json.decode(line, type=Mention) for line in KNOWN.read_bytes().splitlines()]


class Labelled(msgspec.Struct, frozen=True, kw_only=True):
    """A claim over the real archive and what a reader found of it, before anything was asked of the machine.

    `trap` names what makes it hard (a keyword abroad, a namesake, a figure of speech), `why` what was read.
    """

    id: str
    claim: str
    place: PlaceId
    event: tuple[str, ...]
    detail: tuple[str, ...] = ()
    first: date
    last: date
    expected: Result
    trap: str = ""
    why: str


def labelled() -> list[Labelled]:
    """All of them."""
    return [msgspec.json.decode(line, type=Labelled) for line in LABELLED.read_bytes().splitlines()]


def build(data: Path, folder: Path, pack: Pack) -> None:
    """File the articles of both periods. Raises MissingData."""
    for name in FILES:
        file = data / name
        if not file.is_file():
            raise MissingData(f"{file} is not there; give the folder of the state-media texts with --data")
        filing.file(read(file, filing.utc()), folder, pack)


def claim(mention: Mention, article: Article) -> Claim:
    """The claim as a case would hold it."""
    return Claim(
        id=mention.id, kind="event", text={"en": mention.claim}, place=mention.place, when=When(str(article.date)),
        query=Query(event=mention.event),
    )  # fmt: skip


def window(archive: Archive, article: Article, draw: Random) -> Window | None:
    """Days around an article as a desk would search them, every one of them held; None if some days near it are not."""
    for _ in range(TRIES):
        first, last = (timedelta(draw.randint(*span)) for span in (BEFORE, AFTER))
        days = Window(first=article.date - first, last=article.date + last)
        if not coverage(archive, OUTLET, LANGUAGE, days).days_missing:
            return days
    return None


def ordinals(archive: Archive) -> dict[str, int]:
    """The ordinal of every article by its id."""
    return {archive.store.article(number).id: number for number in range(1, archive.store.last + 1)}


def naming(archive: Archive, pack: Pack, place: PlaceId, days: Window) -> set[int]:
    """The articles that name the province of a place, or anything in it."""
    province = _province(place, pack.gazetteer)
    names = needles.place(pack, (province, *pack.gazetteer.descendants(province)), archive.languages)
    return {split(key)[0] for key in archive.index.find([names], days)}


def _province(place: PlaceId, gazetteer: Gazetteer) -> PlaceId:
    return next(each for each in (place, *gazetteer.ancestors(place)) if gazetteer.place(each).level == 1)


class Without:
    """An archive as if some of its articles had never been published; the days held stay held, but for a `hole`.

    Nothing is known of what KCNA says in Spanish, so it counts as if there were no such version.
    """

    def __init__(self, archive: Archive, hidden: set[int], hole: date | None = None) -> None:
        self.index = _Hiding(archive.index, hidden)
        self.store: Store = archive.store if hole is None else _Holed(archive.store, hole)
        self.extent = archive.extent
        self.holdings, self.languages, self.named = ((OUTLET, LANGUAGE),), (LANGUAGE,), archive.named


class _Holed:
    def __init__(self, store: Store, hole: date) -> None:
        self._store, self._hole = store, hole
        self.article, self.orders, self.same, self.copies = store.article, store.orders, store.same, store.copies
        self.titles, self.missed, self.undated, self.sweeps = store.titles, store.missed, store.undated, store.sweeps

    def days(self, outlet: str, language: str, window: Window) -> list[Day]:
        return [day for day in self._store.days(outlet, language, window) if day.day != self._hole]


class _Hiding:
    def __init__(self, index: Index, hidden: set[int]) -> None:
        self._index, self._hidden = index, hidden

    def find(
        self,
        needles: Sequence[Mapping[str, Sequence[Phrase]]],
        window: Window,
        outlets: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> dict[int, float]:
        """As the index does, without the hidden articles."""
        found = self._index.find(needles, window, outlets, limit and limit + 100 * len(self._hidden))
        kept = ((key, score) for key, score in found.items() if split(key)[0] not in self._hidden)
        return dict(kept if limit is None else list(kept)[:limit])
