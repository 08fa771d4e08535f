"""The people of a story as the page names them: described in full at first mention, then by letter."""

from __future__ import annotations

import re
from collections.abc import Mapping

from farbank.country.particles import attach
from farbank.country.phrases import Phrases
from farbank.model.errors import MissingReference
from farbank.model.exposure import Wording
from farbank.model.story import HANDLE
from farbank.model.text import Slug

_OPENS = re.compile(r"^[\s“‘\"'(]*$")


class Cast:
    """Puts names into sentences in reading order; it remembers who has been introduced."""

    def __init__(self, wordings: Mapping[Slug, Wording], letters: Mapping[Slug, str], phrases: Phrases) -> None:
        self._wordings = wordings
        self._letters = letters
        self._phrases = phrases
        self._met: list[Slug] = []

    def tell(self, text: str) -> str:
        """The sentence with every `@handle` put into words. Raises MissingReference for one without a wording."""

        def named(mark: re.Match[str]) -> str:
            name = self.name(mark.group(1))
            return capital(name) if _OPENS.match(text[: mark.start()]) else name

        told = HANDLE.sub(named, text)
        return attach(told) if self._phrases.language.partition("-")[0] == "ko" else told

    def told_desk(self, handle: Slug, *, translated: bool = False) -> str:
        """The line under a quotation that says whose words it holds, and whether they are a translation."""
        key = "page.told-desk-translated" if translated else "page.told-desk"
        return capital(self._phrases.say(key, speaker=self.name(handle)))

    def name(self, handle: Slug) -> str:
        """How to speak of somebody here: description and letter, then the letter; “a …”, then “the …”."""
        described = self._described(handle)
        letter = self._letters.get(handle)
        met, self._met = handle in self._met, [*self._met, handle]
        if letter is not None:
            return letter if met else self._phrases.say("page.first-mention", description=described, letter=letter)
        return self._again(handle, described) if met else described

    def _described(self, handle: Slug) -> str:
        wording = self._wordings.get(handle)
        described = wording.named.get(self._phrases.language) if wording else None
        if not described:
            problem = f"@{handle} has no description in {self._phrases.language}; give them a profile or leave them out"
            raise MissingReference(problem)
        return described

    def _again(self, handle: Slug, described: str) -> str:
        """“the party official”, unless somebody else of the story is described in the same words."""
        others = {other for other in self._met if other != handle}
        if any(self._described(other) == described for other in others):
            return described
        for article in self._phrases.several("page.indefinite"):
            if described.startswith(article):
                return self._phrases.say("page.definite", person=described.removeprefix(article))
        return described


def capital(text: str) -> str:
    """`text` as it begins a sentence."""
    return text[:1].upper() + text[1:]
