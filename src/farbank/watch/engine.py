"""What a search asks of an archive, whichever engine holds it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from farbank.country.gazetteer import Gazetteer
from farbank.model.captures import Missed, Sweep
from farbank.model.places import PlaceId
from farbank.model.statemedia import Article, Copy, Window
from farbank.watch.index import Phrase
from farbank.watch.store import Day, Extent, Order


class Index(Protocol):
    """The passages, by the words in them."""

    def find(
        self,
        needles: Sequence[Mapping[str, Sequence[Phrase]]],
        window: Window,
        outlets: Sequence[str] | None = None,
        limit: int | None = None,
    ) -> dict[int, float]:
        """Keys of the passages dated in `window` that hold a phrase of every needle, with their score, best first.

        There is a needle at least. It gives phrases per language; a passage is compared with those of its own language
        only. `outlets` None means all. Without `limit` the answer is complete, which is what silence rests on.
        """


class Store(Protocol):
    """The articles, by their ordinal, and what is held of each day."""

    def article(self, ordinal: int) -> Article:
        """The article with that ordinal."""

    def orders(self, ordinals: Sequence[int]) -> dict[int, Order]:
        """What sorts the articles with those ordinals (each once), by their ordinal; the same in every archive."""

    def days(self, outlet: str, language: str, window: Window) -> list[Day]:
        """The days of the window of which anything of this outlet in this language is held or known to be missed."""

    def sweeps(self, outlet: str) -> list[Sweep]:
        """Every pass over a site of an outlet, oldest first."""

    def titles(self, outlet: str, language: str, window: Window) -> list[Article]:
        """Items of which only the title is held."""

    def missed(self, outlet: str, language: str, window: Window) -> list[Missed]:
        """Items that are listed and could not be read, by the day they are of or, if unknown, were noticed on."""

    def undated(self, outlet: str, language: str) -> list[Missed]:
        """Those of which nobody knows what day they are of."""

    def same(self, outlet: str, id: str) -> int:
        """A number an article has in common with its copies, near copies and other language versions."""

    def copies(self, outlet: str, id: str) -> list[Copy]:
        """Where else the text of an article stands; its own versions are not counted."""


class Archive(Protocol):
    """An archive open for reading."""

    @property
    def index(self) -> Index:
        """Its passages."""

    @property
    def store(self) -> Store:
        """Its articles."""

    @property
    def extent(self) -> Extent:
        """How much it holds."""

    @property
    def holdings(self) -> tuple[tuple[str, str], ...]:
        """Every (outlet, language) of which an own text or title is held or known to be missed, in order."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Every language anything is held in, in order."""

    def named(self, gazetteer: Gazetteer) -> dict[str, tuple[PlaceId, ...]]:
        """The places of the texts read so far, as a gazetteer knows them; to be added to."""
