"""Places named in running text: whole words in Latin script, names with their particles in Korean, runs in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable

import msgspec

from farbank.country.cjk_names import CjkNames
from farbank.country.fold import fold, skeleton
from farbank.country.latin_names import LatinNames
from farbank.country.reading import Found, Reading
from farbank.country.spellings import Habits, script
from farbank.model.places import Place, PlaceId

_CLUSTER = re.compile("(?s:.)[\u0300-\u036f\u1160-\u11ff\u3099\u309a]*")
"""A character with the marks or jamo that belong to it."""
_NEAR = 12
"""Characters between two names for one to say where the other lies (`Unsan County of North Phyongan Province`)."""


class Mention(msgspec.Struct, frozen=True, kw_only=True):
    """A place named at `text[start:end]`, written there as `spelling`.

    `places` has one id, or all that the name fits; `place` is that one, or the nearest place around all of them.
    """

    place: PlaceId
    places: tuple[PlaceId, ...]
    start: int
    end: int
    spelling: str


class Reader:
    """Finds names in text; filled by `add`, then only read."""

    def __init__(
        self,
        reading: Reading,
        habits: Habits,
        topmost: Callable[[Iterable[PlaceId]], list[PlaceId]],
        common: Callable[[Iterable[PlaceId]], PlaceId],
        inside: Callable[[PlaceId, PlaceId], bool],
    ) -> None:
        self._reading = reading
        self._topmost, self._common, self._inside = topmost, common, inside
        self._ambiguous = {skeleton(fold(name)) for name in reading.ambiguous}
        self._skip = re.compile("|".join(reading.skip), re.MULTILINE) if reading.skip else None
        phrases = sorted(map(re.escape, reading.together), key=len, reverse=True)
        self._together = re.compile("|".join(phrases)) if phrases else None
        self._latin = LatinNames(reading, habits)
        self._cjk = CjkNames(reading, habits)

    def add(self, place: Place, bare: Iterable[str], full: Iterable[str]) -> None:
        """Learn the spellings of one place, those without a type word and those with."""
        for name in bare:
            if script(name) == "other":
                self._latin.hear(place.id, name)
            if skeleton(fold(name)) not in self._ambiguous:
                self._learn(place, name, whole=False)
            elif script(name) == "other":
                self._latin.doubt(place.id, name)
        for name in full:
            self._learn(place, name, whole=True)

    def read(self, text: str, *, wary: bool = False) -> tuple[Mention, ...]:
        """Every mention in `text`, in order; a `wary` reader also guesses, where a gate had better be closed."""
        if not unicodedata.is_normalized("NFC", text):
            return self._read_decomposed(text, wary)
        found = sorted([*self._latin.find(text, wary=wary), *self._cjk.find(text)])
        for several in self._together.finditer(text) if self._together else ():
            start, end = several.span()
            each = [(start, end, (id,)) for id in self._reading.together[several.group()]]
            found = sorted([*(f for f in found if f[1] <= start or f[0] >= end), *each])
        if self._skip and found:
            passed = [m.span() for m in self._skip.finditer(text)]
            found = [f for f in found if not any(start <= f[0] < end for start, end in passed)]
        return tuple(self._mention(text, found, i) for i in range(len(found)))

    def _learn(self, place: Place, name: str, *, whole: bool) -> None:
        if script(name) == "other":
            self._latin.learn(place.id, name, whole=whole)
        else:
            self._cjk.learn(place, name, whole=whole)

    def _read_decomposed(self, text: str, wary: bool) -> tuple[Mention, ...]:
        """Mentions in text whose syllables or accents stand apart, placed in the text as it came."""
        composed, origin = "", []
        for cluster in _CLUSTER.finditer(text):
            piece = unicodedata.normalize("NFC", cluster.group())
            composed += piece
            origin += [cluster.start()] * len(piece)
        origin.append(len(text))
        return tuple(
            msgspec.structs.replace(
                m, start=origin[m.start], end=origin[m.end], spelling=text[origin[m.start] : origin[m.end]]
            )
            for m in self.read(unicodedata.normalize("NFC", composed), wary=wary)
        )

    def _mention(self, text: str, found: list[Found], i: int) -> Mention:
        start, end, ids = found[i]
        places = self._topmost(ids)
        if len(places) > 1:
            places = self._beside(text, found, i, places)
        return Mention(place=self._common(places), places=tuple(places), start=start, end=end, spelling=text[start:end])

    def _beside(self, text: str, found: list[Found], i: int, places: list[PlaceId]) -> list[PlaceId]:
        """Those of `places` that lie in the place named just before or after, if any do."""
        for before, after in ((i, i + 1), (i - 1, i)):
            if before < 0 or after >= len(found):
                continue
            gap = text[found[before][1] : found[after][0]]
            around = self._topmost(found[after if before == i else before][2])
            if len(around) == 1 and len(gap) <= _NEAR and "." not in gap:
                inside = [id for id in places if self._inside(id, around[0]) and id != around[0]]
                if inside:
                    return inside
        return places
