"""A country pack: everything farbank knows of one country, from one folder."""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from farbank.country import phrases, places, slips, tells
from farbank.country.boundaries import Boundaries
from farbank.country.errors import UnknownPack
from farbank.country.fold import fold
from farbank.country.gazetteer import Gazetteer
from farbank.country.institutions import Institution, Institutions
from farbank.country.lexicon import Lexicon
from farbank.country.outlets import Outlet
from farbank.country.phrases import Phrases
from farbank.country.reading import Reading
from farbank.country.sites import Site
from farbank.country.slips import Slips
from farbank.country.spellings import Habits
from farbank.country.tells import Tells
from farbank.model import codec
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.places import Place, PlaceId
from farbank.model.statemedia import Recall
from farbank.model.text import Language, Text

if TYPE_CHECKING:
    from farbank.country.census import PopulationData

FIRST = "kp"
_SHIPPED = Path(__file__).parent


class About(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `pack.toml` says: id, names, levels from the country down, languages, and how places are written."""

    id: str
    name: Text
    languages: tuple[Language, ...]
    levels: tuple[Text, ...]
    attribution: tuple[str, ...]
    places: Habits
    reading: Reading = Reading()
    spoken: tuple[Language, ...] = ()
    """Languages that everybody in the country speaks: to have spoken one of them tells nothing of anybody."""
    namesakes: tuple[PlaceId, ...] = ()
    """Places another country has one of the same name of: which is meant, its name alone does not tell."""


class Concepts(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `concepts.toml` holds: word forms per concept and language, negators and rebuttals per language."""

    concepts: dict[str, dict[Language, tuple[str, ...]]]
    negators: dict[Language, tuple[str, ...]]
    rebuttals: dict[Language, tuple[str, ...]] = {}


class Bodies(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `institutions.toml` holds."""

    institutions: tuple[Institution, ...]


class Papers(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `outlets.toml` holds."""

    outlets: tuple[Outlet, ...]


class Measured(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `recall.toml` holds."""

    recall: tuple[Recall, ...]


class Sites(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `sites.toml` holds."""

    sites: tuple[Site, ...]


@dataclass(frozen=True, eq=False)
class Pack:
    """One country as farbank knows it; immutable. `folder` is where it was read from."""

    folder: Path
    about: About
    gazetteer: Gazetteer
    phrases: dict[Language, Phrases]
    origin: Pack | None = None
    """The pack this one overlays with `invented` places."""
    invented: tuple[Place, ...] = ()

    @property
    def id(self) -> str:
        """The pack's id, which is also the country's place id."""
        return self.about.id

    @property
    def name(self) -> Text:
        """The country's name per language."""
        return self.about.name

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages the pack's stories are written in, English first."""
        return self.about.languages

    @property
    def spoken(self) -> tuple[Language, ...]:
        """The languages that everybody in the country speaks; none where the pack does not say."""
        return self.about.spoken

    @property
    def desk_phrases(self) -> Phrases:
        """The wording of what only the desk reads: that of the first language."""
        return self.phrases[self.languages[0]]

    @property
    def levels(self) -> tuple[Text, ...]:
        """What the levels of places are called, the country first."""
        return self.about.levels

    @property
    def attribution(self) -> tuple[str, ...]:
        """Lines to print under every map or page that uses the data."""
        return self.about.attribution

    @cached_property
    def institutions(self) -> Institutions:
        """Who is under whom."""
        file = self.folder / "institutions.toml"
        return Institutions(codec.from_toml(file.read_bytes(), Bodies, str(file)).institutions)

    @cached_property
    def outlets(self) -> tuple[Outlet, ...]:
        """The state's outlets."""
        file = self.folder / "outlets.toml"
        return codec.from_toml(file.read_bytes(), Papers, str(file)).outlets

    @cached_property
    def sites(self) -> tuple[Site, ...]:
        """Where they publish; none where the pack has no `sites.toml`."""
        file = self.folder / "sites.toml"
        return codec.from_toml(file.read_bytes(), Sites, str(file)).sites if file.exists() else ()

    @cached_property
    def common(self) -> dict[Language, dict[str, float]]:
        """Per language in which they were counted, the share of state-media passages in which a common word stands."""
        return {
            file.stem: {word: float(share) for word, share in csv.reader(file.read_text("utf-8").splitlines()[1:])}
            for file in sorted((self.folder / "common").glob("*.csv"))
        }

    @cached_property
    def words(self) -> str:
        """16 hex digits of what the pack looks for claims with: its concepts, its glossary and its places."""
        made = sha256()
        for name in ("concepts.toml", "glossary.csv", "places.csv"):
            made.update((self.folder / name).read_bytes())
        return made.hexdigest()[:16]

    @cached_property
    def recall(self) -> tuple[Recall, ...]:
        """How many known mentions are reached with the pack's words; none where they were measured with others."""
        file = self.folder / "recall.toml"
        measured = codec.from_toml(file.read_bytes(), Measured, str(file)).recall if file.exists() else ()
        return tuple(one for one in measured if one.words == self.words)

    def outlet(self, name: str) -> Outlet:
        """The outlet with that id, name or spelling. Raises MissingReference."""
        for outlet in self.outlets:
            if fold(name) in map(fold, (outlet.id, *outlet.name.values(), *outlet.spellings)):
                return outlet
        raise MissingReference(f"no outlet {name!r} in the country pack; see its outlets.toml")

    @cached_property
    def lexicon(self) -> Lexicon:
        """What words an event is spoken of with."""
        file = self.folder / "concepts.toml"
        known = codec.from_toml(file.read_bytes(), Concepts, str(file))
        spoken = sorted({language for forms in known.concepts.values() for language in forms})
        return Lexicon(known.concepts, _glossary(self.folder / "glossary.csv"), known.negators, known.rebuttals, spoken)

    @cached_property
    def tells(self) -> Tells:
        """What gives people away in running text; of a language that is not there, prose cannot be read."""
        if self.origin is not None:
            return self.origin.tells
        # Making every pattern takes a second; those of a pack that ships are all made in a test.
        return (tells.read if self.folder.parent == _SHIPPED else tells.load)(self.folder / "tells")

    @cached_property
    def slips(self) -> Slips:
        """What it adds to the lint of stories; nothing where the pack has no `lint.toml`."""
        return slips.load(self.folder / "lint.toml")

    @cached_property
    def population(self) -> PopulationData:
        """Who lives there, by every axis; invented places have taken theirs from their parents."""
        from farbank.country import population  # here, because it is the heaviest part and few commands need it

        if self.origin is not None:
            return population.overlay(self.origin.population, self.invented)
        return population.load(self.folder / "population", self.gazetteer)

    @cached_property
    def boundaries(self) -> Boundaries:
        """Outlines to draw."""
        return Boundaries(self.folder / "boundaries")


def load(pack: str | Path | None = None) -> Pack:
    """Read the pack of that id that ships, once in a process, or the one in a folder; without one the first shipped.

    Raises UnknownPack, DecodeError naming file and place, MissingPhrase, UnknownPlace for a missing parent.
    """
    return _read(pack, str(pack)) if isinstance(pack, Path) else _shipped(pack or FIRST)


@cache  # as many as ship; what does not ship may be edited between two readings
def _shipped(id: str) -> Pack:
    return _read(_SHIPPED / id, id)


def _read(folder: Path, name: str) -> Pack:
    file = folder / "pack.toml"
    if not file.is_file():
        raise UnknownPack(
            f"no country pack {name}: one that does not ship is a folder with a pack.toml, named with --pack"
        )
    about = codec.from_toml(file.read_bytes(), About, str(file))
    table = folder / "places.csv"
    known, alternates = places.read(table.read_bytes(), str(table))
    gazetteer = Gazetteer(known, about.places, about.reading, alternates)
    return Pack(folder, about, gazetteer, phrases.load(about.languages, folder / "wording"))


def overlay(pack: Pack, invented: Iterable[Place]) -> Pack:
    """The pack with a case's invented places, whose people come out of their parent's remainder; itself without any.

    Raises UnknownPlace if a parent is neither in the pack nor among them.
    """
    more = tuple(invented)
    if not more:
        return pack
    return dataclasses.replace(pack, gazetteer=pack.gazetteer.overlay(more), origin=pack, invented=more)


def _glossary(file: Path) -> list[dict[Language, tuple[str, ...]]]:
    """Rows of `glossary.csv` per language; a column `ko_south` adds to `ko`."""
    try:
        rows = list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))
        return [
            {
                tag: tuple(dict.fromkeys(row[c] for c in row if c.partition("_")[0] == tag and row[c]))
                for tag in dict.fromkeys(column.partition("_")[0] for column in row if column != "category")
            }
            for row in rows
        ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise DecodeError(str(file), "", f"expected a glossary table: {error}") from None
