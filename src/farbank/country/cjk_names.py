"""Names of places in Hangul, with the particles and institutions they run into, and in Chinese characters."""

from __future__ import annotations

import re
from collections.abc import Iterator

from farbank.country.particles import AFTER_NAME
from farbank.country.reading import Found, Reading
from farbank.country.spellings import Habits, PlaceType, script
from farbank.country.variants import ONE_SHAPE
from farbank.model.places import Place, PlaceId

_HANGUL = re.compile("[가-힣]")
_RUN = re.compile("[\u3400-\u9fff가-힣]+")
_NEVER = re.compile("(?!)")


class CjkNames:
    """Filled by `learn`, then only read."""

    def __init__(self, reading: Reading, habits: Habits) -> None:
        self._types = habits.types
        self._broken = reading.broken
        self._forms: dict[str, dict[str, list[PlaceId]]] = {}
        self._whole: set[str] = set()
        bodies = "|".join(sorted(map(re.escape, reading.bodies), key=len, reverse=True))
        self._body = re.compile(bodies) if bodies else _NEVER
        self._later = re.compile(f"[가-힣]{{1,6}}?(?:{bodies}){AFTER_NAME.pattern}") if bodies else _NEVER

    def learn(self, place: Place, name: str, *, whole: bool) -> None:
        """Take in a spelling, with its type word (`whole`) or without."""
        kind = self._types.get(place.type, PlaceType())
        if len(name) < 2 or (script(name) == "han" and not whole and place.level > 0 and not kind.bare):
            return
        name = name.translate(ONE_SHAPE)
        self._forms.setdefault(name[:2], {}).setdefault(name, []).append(place.id)
        if whole:
            self._whole.add(name)

    def find(self, text: str) -> Iterator[Found]:
        """Every name in `text`, the longest at each point; the shape of a character makes no difference."""
        text = text.translate(ONE_SHAPE)
        for run in _RUN.finditer(text):
            at, last = run.start(), run.start()
            while at < run.end() - 1:
                name = self._at(text, at, last)
                if name:
                    yield at, at + len(name), tuple(self._forms[name[:2]][name])
                    last = at + len(name)
                at = last if name else at + 1

    def _at(self, text: str, at: int, last: int) -> str | None:
        """The longest name at `at`; in Korean only where a word begins or another name has just ended."""
        forms = self._forms.get(text[at : at + 2])
        if forms is None or (at != last and _HANGUL.match(text[at - 1 : at + 1]) and _HANGUL.match(text, at)):
            return None
        for name in sorted(forms, key=len, reverse=True):
            if text.startswith(name, at) and self._ends(text, at + len(name), name):
                return name
        return None

    def _ends(self, text: str, end: int, name: str) -> bool:
        """Whether the name ends here, rather than being the beginning of a longer word."""
        if not _HANGUL.match(name) or not _HANGUL.match(text, end) or self._body.match(text, end):
            return True
        if name in self._whole:
            after = text[end]
            return not any(name.endswith(word) and after in others for word, others in self._broken.items())
        return (
            AFTER_NAME.match(text, end) is not None
            or text[end : end + 2] in self._forms
            or self._later.match(text, end) is not None
        )
