"""Places named in running text: whole words in Latin script, names with their particles in Korean, runs in Chinese."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

import msgspec

from farbank.country.fold import fold
from farbank.country.particles import AFTER_NAME
from farbank.country.spellings import Habits, PlaceType, script
from farbank.model.places import Place, PlaceId

_WORD = re.compile(r"[^\W\d_\u1100-\u1dff\u2e80-\uffff]+(?:['’ʼ][^\W\d_\u1100-\u1dff\u2e80-\uffff]+)*")
_GAPS = {" ": " ", "\n": " ", "\u00a0": " ", ". ": " ", ".": " ", "-": "", "‐": "", "‑": "", "": ""}
"""What may stand between the words of one name, and whether it parts them: `Kim Hwa` is not `Kimhwa`."""
_HANGUL = re.compile("[가-힣]")
_CJK_RUN = re.compile("[\u3400-\u9fff가-힣]+")
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


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader of the country's papers knows about names that look like words.

    `ambiguous` names count only with a type word. `skip` are patterns to pass over, such as datelines (`^` is a line's
    start). `broken` maps an ending to the characters that, following it, make it another word (`시` + `간`). `longer`
    are endings after a hyphen that make it the name of somewhere else (`-ri`). `together` are phrases that name several
    places at once (`North and South Hamgyong`): each is mentioned, at the same span.
    """

    ambiguous: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    broken: dict[str, str] = {}
    longer: tuple[str, ...] = ()
    together: dict[str, tuple[PlaceId, ...]] = {}


Found = tuple[int, int, tuple[PlaceId, ...]]
"""Where a name starts and ends, and the places it fits."""
Word = tuple[int, int, str, str | None]
"""Where a word starts and ends, folded, and what parts it from the one before (None: something no name runs over)."""


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
        self._habits = habits
        self._topmost, self._common, self._inside = topmost, common, inside
        self._ambiguous = {fold(name) for name in reading.ambiguous}
        self._skip = re.compile("|".join(reading.skip), re.MULTILINE) if reading.skip else None
        phrases = sorted(map(re.escape, reading.together), key=len, reverse=True)
        self._together = re.compile("|".join(phrases)) if phrases else None
        self._latin: dict[str, list[PlaceId]] = {}
        self._openings: set[str] = set()
        self._small = {fold(s) for kind in habits.types.values() for s in kind.suffixes if s.startswith(" ")}
        self._cjk: dict[str, dict[str, list[PlaceId]]] = {}
        self._bare: set[str] = set()

    def add(self, place: Place, bare: Iterable[str], full: Iterable[str]) -> None:
        """Learn the spellings of one place, those without a type word and those with."""
        for name in bare:
            if fold(name) not in self._ambiguous:
                self._learn(place, name, whole=False)
        for name in full:
            self._learn(place, name, whole=True)

    def read(self, text: str) -> tuple[Mention, ...]:
        """Every mention in `text`, in order."""
        if not unicodedata.is_normalized("NFC", text):
            return self._read_decomposed(text)
        found = sorted([*self._latin_names(text), *self._cjk_names(text)])
        for several in self._together.finditer(text) if self._together else ():
            start, end = several.span()
            each = [(start, end, (id,)) for id in self._reading.together[several.group()]]
            found = sorted([*(f for f in found if f[1] <= start or f[0] >= end), *each])
        if self._skip and found:
            passed = [m.span() for m in self._skip.finditer(text)]
            found = [f for f in found if not any(start <= f[0] < end for start, end in passed)]
        return tuple(self._mention(text, found, i) for i in range(len(found)))

    def _read_decomposed(self, text: str) -> tuple[Mention, ...]:
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
            for m in self.read(unicodedata.normalize("NFC", composed))
        )

    def _learn(self, place: Place, name: str, *, whole: bool) -> None:
        if script(name) == "other":
            words = list(_words(name))
            key = "".join(gap + folded for _, _, folded, gap in words if gap is not None)
            if len(fold(name)) >= 3 and len(key) >= len(fold(name)):
                self._latin.setdefault(key, []).append(place.id)
                self._openings.add(words[0][2])
                self._small |= {folded for start, _, folded, gap in words[1:] if gap and name[start].islower()}
            return
        kind = self._habits.types.get(place.type, PlaceType())
        if len(name) < 2 or (script(name) == "han" and not whole and place.level > 0 and not kind.bare):
            return
        self._cjk.setdefault(name[:2], {}).setdefault(name, []).append(place.id)
        if not whole and script(name) == "hangul":
            self._bare.add(name)

    def _latin_names(self, text: str) -> Iterator[Found]:
        words = list(_words(text))
        at = 0
        while at < len(words):
            start, _, folded, _ = words[at]
            size, found = 1, None
            hyphen = at + 1 < len(words) and words[at + 1][3] == ""
            if text[start].isupper() and (hyphen or folded in self._openings):
                size, found = self._longest(text, words[at : at + 6])
            if found:
                yield start, words[at + size - 1][1], tuple(found)
            at += size

    def _longest(self, text: str, words: list[Word]) -> tuple[int, list[PlaceId] | None]:
        """The longest name the words begin with: how many words, and the places."""
        keys, best, found = [""], 1, None
        for size, (start, _, folded, gap) in enumerate(words, 1):
            if size > 1:
                if gap is None or not (gap == "" or text[start].isupper() or folded in self._small):
                    break
                if gap == "" and best == size - 1 and folded in self._reading.longer:
                    found = None
                parted = (gap,) if gap else ("", " ")  # `Kim Jong-suk` is `Kim Jong Suk`, `Musan-gun` one word
                keys = [key + part for key in keys for part in parted]
            keys = [key + folded for key in keys]
            for key in keys:
                if key in self._latin:
                    best, found = size, self._latin[key]
        return best, found

    def _cjk_names(self, text: str) -> Iterator[Found]:
        for run in _CJK_RUN.finditer(text):
            at, last = run.start(), run.start()
            while at < run.end() - 1:
                name = self._cjk_at(text, at, last)
                if name:
                    yield at, at + len(name), tuple(self._cjk[name[:2]][name])
                    last = at + len(name)
                at = last if name else at + 1

    def _cjk_at(self, text: str, at: int, last: int) -> str | None:
        """The longest name at `at`; in Korean only where a word begins or another name has just ended."""
        forms = self._cjk.get(text[at : at + 2])
        if forms is None or (at != last and _HANGUL.match(text[at - 1 : at + 1]) and _HANGUL.match(text, at)):
            return None
        for name in sorted(forms, key=len, reverse=True):
            if text.startswith(name, at) and self._ends(text, at + len(name), name):
                return name
        return None

    def _ends(self, text: str, end: int, name: str) -> bool:
        if not _HANGUL.match(name) or not _HANGUL.match(text, end):
            return True
        if name in self._bare:
            return AFTER_NAME.match(text, end) is not None or text[end : end + 2] in self._cjk
        following = text[end]
        return not any(name.endswith(word) and following in after for word, after in self._reading.broken.items())

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


def _words(text: str) -> Iterator[Word]:
    """Words in alphabets: where, folded without a possessive, and what parts each from the one before."""
    last = 0
    for found in _WORD.finditer(text):
        start, end = found.span()
        owned = text[end - 2 : end] in ("'s", "’s")
        gap = _GAPS.get(text[last:start])
        last = end
        end -= 2 * owned
        yield start, end, fold(text[start:end]), gap
