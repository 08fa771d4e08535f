"""The places of a country as one tree, found by any spelling."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from farbank.country.fold import fold, skeleton
from farbank.country.mentions import Mention, Reader
from farbank.country.reading import Reading
from farbank.country.spellings import Habits, latinised, script, written
from farbank.model.errors import AmbiguousPlace, UnknownPlace
from farbank.model.places import Place, PlaceId
from farbank.model.text import Language

Index = dict[str, list[PlaceId]]

SHORTEST = 4
"""Letters a spelling needs to be recognised by its sound alone."""


class Gazetteer:
    """Places by id and by every spelling; immutable.

    `alternates` are spellings of weaker authority (crowd-sourced lists): `resolve` asks them only where no name proper
    fits, and running text is not searched for them. Raises UnknownPlace if a parent is missing.
    """

    def __init__(
        self,
        places: Iterable[Place],
        habits: Habits,
        reading: Reading,
        alternates: Mapping[PlaceId, tuple[str, ...]] | None = None,
    ) -> None:
        self._places = {place.id: place for place in places}
        self._habits = habits
        self._reading = reading
        self._alternates = dict(alternates or {})
        for place in self._places.values():
            if place.parent is not None:
                self.place(place.parent)

    def __iter__(self) -> Iterator[Place]:
        return iter(self._places.values())

    def overlay(self, places: Iterable[Place]) -> Gazetteer:
        """A gazetteer that also holds `places`. Raises UnknownPlace if a parent is in neither, AmbiguousPlace for an id
        that is taken."""
        places = tuple(places)
        for place in places:
            if place.id in self._places:
                raise AmbiguousPlace(f"{place.id} is a place already; give the invented one an id of its own")
        return Gazetteer((*self, *places), self._habits, self._reading, self._alternates)

    def place(self, id: PlaceId) -> Place:
        """The place with that id. Raises UnknownPlace."""
        try:
            return self._places[id]
        except KeyError:
            raise UnknownPlace(f"no place has the id {id!r}; check it or declare it under [places]") from None

    def ancestors(self, id: PlaceId) -> tuple[PlaceId, ...]:
        """The places it lies in, nearest first, the country last."""
        found: list[PlaceId] = []
        parent = self.place(id).parent
        while parent is not None:
            found.append(parent)
            parent = self._places[parent].parent
        return tuple(found)

    def children(self, id: PlaceId) -> tuple[PlaceId, ...]:
        """The places directly under it."""
        self.place(id)
        return self._children.get(id, ())

    def descendants(self, id: PlaceId) -> tuple[PlaceId, ...]:
        """Every place that lies in it, itself not counted, nearer levels first."""
        found = list(self.children(id))
        for child in found:
            found += self._children.get(child, ())
        return tuple(found)

    def at_level(self, id: PlaceId, level: int) -> Place:
        """The place itself or the nearest one around it that is no finer than `level`.

        That is the ancestor at `level`, unless the place is coarser already or skips that level.
        """
        for candidate in (id, *self.ancestors(id)):
            if self.place(candidate).level <= level:
                return self._places[candidate]
        raise UnknownPlace(f"{id!r} lies in no place of level {level}")

    def is_within(self, id: PlaceId, other: PlaceId) -> bool:
        """Whether `id` is `other` or lies in it."""
        self.place(other)
        return id == other or other in self.ancestors(id)

    def name(self, id: PlaceId, language: Language) -> str:
        """The printed name in `language`, else in its base language, else in English, else in any."""
        names = self.place(id).names
        for tag in (language, language.partition("-")[0], "en"):
            if tag in names:
                return names[tag]
        return next(iter(names.values()), id)

    def resolve(self, text: str, *, within: PlaceId | None = None, level: int | None = None) -> Place:
        """The place a spelling means, in any script, system or habit; ids are taken too.

        Names proper are asked first, then weaker alternates, then the sound. Where a unit and its own town share the
        spelling, the unit is meant. Raises UnknownPlace, or AmbiguousPlace listing the ids.
        """
        if text in self._places:
            return self._places[text]
        key = fold(text)
        for tier in (self._by_name, self._by_alternate, self._by_sound):
            fitting = self._topmost(id for id in tier(key) if self._fits(id, within, level))
            if len(fitting) == 1:
                return self._places[fitting[0]]
            if fitting:
                raise AmbiguousPlace(f"{text!r} fits {', '.join(fitting)}; use the id")
        near = difflib.get_close_matches(key, self._exact, n=3, cutoff=0.75)
        hint = ", ".join(dict.fromkeys(id for spelling in near for id in self._exact[spelling]))
        raise UnknownPlace(
            f"no place is spelled {text!r}{f' (near: {hint})' if hint else ''}; declare it under [places]"
        )

    def spellings(self, id: PlaceId) -> tuple[str, ...]:
        """Every written form: names, alternates, with and without type words, romanisations."""
        place = self.place(id)
        bare, full = written(place, self._proper(place), self._habits)
        more = (*self._alternates.get(id, ()), *latinised(bare, self._habits))
        return tuple(dict.fromkeys((*place.names.values(), *bare, *full, *more)))

    def mentions(self, text: str, *, wary: bool = False) -> tuple[Mention, ...]:
        """Places named in running text of any language, in order, the longest name at each point.

        `wary` also takes names without their capitals and words that only sound like a name: right for a gate that
        had better be closed, too much for a verdict on what was said.
        """
        return self._reader.read(text, wary=wary)

    def _by_name(self, key: str) -> Iterable[PlaceId]:
        return self._exact.get(key, ())

    def _by_alternate(self, key: str) -> Iterable[PlaceId]:
        return self._weak.get(key, ())

    def _by_sound(self, key: str) -> Iterable[PlaceId]:
        return self._sounds.get(skeleton(key), ()) if len(key) >= SHORTEST else ()

    def _fits(self, id: PlaceId, within: PlaceId | None, level: int | None) -> bool:
        return (within is None or self.is_within(id, within)) and (level is None or self._places[id].level == level)

    def _topmost(self, ids: Iterable[PlaceId]) -> list[PlaceId]:
        ids = sorted(dict.fromkeys(ids), key=lambda id: (self._places[id].level, id))
        return [id for id in ids if not any(other in self.ancestors(id) for other in ids)]

    def _common(self, ids: Iterable[PlaceId]) -> PlaceId:
        first, *rest = ids
        around = (first, *self.ancestors(first))
        return next(id for id in around if all(self.is_within(other, id) for other in rest))

    @staticmethod
    def _proper(place: Place) -> tuple[str, ...]:
        return tuple(dict.fromkeys((*place.names.values(), *place.spellings)))

    @cached_property
    def _children(self) -> dict[PlaceId, tuple[PlaceId, ...]]:
        found: dict[PlaceId, tuple[PlaceId, ...]] = {}
        for place in self:
            if place.parent is not None:
                found[place.parent] = (*found.get(place.parent, ()), place.id)
        return found

    @cached_property
    def _exact(self) -> Index:
        found: Index = {}
        for place in self:
            bare, full = written(place, self._proper(place), self._habits)
            for key in {fold(spelling) for spelling in (*bare, *full)}:
                found.setdefault(key, []).append(place.id)
        return found

    @cached_property
    def _weak(self) -> Index:
        found: Index = {}
        for id, spellings in self._alternates.items():
            bare, full = written(self.place(id), spellings, self._habits)
            for key in {fold(spelling) for spelling in (*spellings, *bare, *full)}:
                found.setdefault(key, []).append(id)
        return found

    @cached_property
    def _sounds(self) -> Index:
        found: Index = {}
        for place in self:
            bare, full = written(place, self._proper(place), self._habits)
            spoken = (*bare, *full, *latinised(bare, self._habits))
            for key in {skeleton(fold(spelling)) for spelling in spoken if script(spelling) == "other"}:
                found.setdefault(key, []).append(place.id)
        return found

    @cached_property
    def _reader(self) -> Reader:
        reader = Reader(self._reading, self._habits, topmost=self._topmost, common=self._common, inside=self.is_within)
        for place in self:
            bare, full = written(place, self._proper(place), self._habits)
            reader.add(place, (*bare, *latinised(bare, self._habits)), full)
        return reader
