"""Sentences in one language: templates filled, lists joined, dates and people put into words."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from farbank.country import dates
from farbank.country.errors import MissingPhrase, MissingSlot
from farbank.country.particles import attach
from farbank.model.dates import When
from farbank.model.errors import DecodeError
from farbank.model.people import Facts
from farbank.model.text import Language

if TYPE_CHECKING:
    from farbank.country.pack import Pack

_SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
GENERIC = Path(__file__).parent / "wording"
"""Where the languages farbank itself speaks are worded: one folder per language, one file per section."""

Templates = dict[str, str | tuple[str, ...]]


class Phrases:
    """What one language says for each key."""

    def __init__(self, language: Language, templates: Templates) -> None:
        self.language = language
        self._templates = templates

    def __contains__(self, key: str) -> bool:
        return key in self._templates

    def say(self, key: str, **slots: object) -> str:
        """The phrase with its `{slots}` filled. Raises MissingPhrase, MissingSlot.

        In Korean, particles such as “은(는)” are resolved after filling. A slot's own braces stay as they are.
        """
        filled = self._fill(key, slots)
        return attach(filled) if self._is_korean else filled

    def several(self, key: str) -> tuple[str, ...]:
        """The phrases of a key that holds a list (patterns of a lint). Raises MissingPhrase."""
        found = self._templates.get(key)
        if not isinstance(found, tuple):
            raise MissingPhrase(f"no list of phrases {key!r} in {self.language}")
        return found

    def join(self, items: Iterable[str]) -> str:
        """“A, B and C”."""
        *most, last = [*items] or [""]
        if not most:
            return last
        if len(most) == 1:
            return self.say("grammar.join-two", a=most[0], b=last)
        return self.say("grammar.join-last", list=self._plain("grammar.join-comma").join(most), last=last)

    def run_on(self, sentences: Iterable[str]) -> str:
        """Sentences one after the other: with a space between them, but for Japanese and Chinese, which set none."""
        return ("" if self.language.partition("-")[0] in ("ja", "zh") else " ").join(sentences)

    def number(self, x: float) -> str:
        """A number with its thousands parted; one decimal if it has any."""
        whole = f"{x:,.0f}" if float(x).is_integer() else f"{x:,.1f}"
        parts = {",": self._plain("grammar.thousands"), ".": self._plain("grammar.decimal")}
        return "".join(parts.get(character, character) for character in whole)

    def date(self, when: When | date) -> str:
        """A date as exact as it is: “17 June 2023”, “about June 2023”, “1–19 July 2023”, “late June 2023”."""
        key, slots = dates.shape(when)
        named = {k: self._plain(f"grammar.month-{v}") if k.startswith("month") else str(v) for k, v in slots.items()}
        said = self.say(f"grammar.{key}", **named)
        return self.say("grammar.about", date=said) if isinstance(when, When) and when.approximate else said

    def describe(self, facts: Facts, pack: Pack, *, partner: bool = False) -> str:
        """Who somebody is, as a noun phrase: “a party official in North Hamgyong”.

        Each fact's node is spoken by the name its axis gives it; roots say nothing. Raises MissingPhrase for a node
        without a name, UnknownPlace for a place that is none.
        """
        named = [self._node(axis, node, pack) for axis, node in facts.items() if axis != "place"]
        first, *more = [self.say("person.partner")] * partner + [name for name in named if name] or [
            self.say("person.resident")
        ]
        who = first
        for other in more:
            who = self.say("person.also", person=who, other=other)
        if "place" not in facts:
            return who
        return self.say("person.in", person=who, place=self.place(facts["place"], pack))

    def place(self, node: str, pack: Pack) -> str:
        """A place, or a node such as `kp:KP02/city` (“a city in North Hamgyong”)."""
        id, _, kind = node.partition("/")
        name = pack.gazetteer.name(id, self.language)
        return self.say(f"place.{kind}", place=name) if kind else name

    def _node(self, axis: str, node: str, pack: Pack) -> str:
        for known in pack.population.axes:
            if known.id == axis and node == known.root:
                return ""
            if known.id == axis and self.language in known.names.get(node, {}):
                return known.names[node][self.language]
        raise MissingPhrase(f"the population gives {node!r} no name in {self.language}")

    def _fill(self, key: str, slots: Mapping[str, object]) -> str:
        def value(slot: re.Match[str]) -> str:
            try:
                return str(slots[slot.group(1)])
            except KeyError:
                raise MissingSlot(f"{key} ({self.language}) needs {{{slot.group(1)}}}") from None

        return _SLOT.sub(value, self._plain(key))

    def _plain(self, key: str) -> str:
        found = self._templates.get(key)
        if not isinstance(found, str):
            raise MissingPhrase(f"no phrase {key!r} in {self.language}")
        return found

    @cached_property
    def _is_korean(self) -> bool:
        return self.language.partition("-")[0] == "ko"


def load(languages: Sequence[Language], own: Path) -> dict[Language, Phrases]:
    """Word every language: farbank's own files, then the pack's in `own`, which add and override.

    Raises MissingPhrase if a language lacks a key that English has, naming the key and the file it belongs in.
    """
    required = _read(GENERIC / "en")
    spoken: dict[Language, Phrases] = {}
    for language in languages:
        templates = _read(GENERIC / language) | _read(own / language)
        for key in required:
            if key not in templates:
                section = key.partition(".")[0]
                home = GENERIC if (GENERIC / language).is_dir() else own
                raise MissingPhrase(f"{home / language / section}.toml lacks {key.partition('.')[2]!r} ({key})")
        spoken[language] = Phrases(language, templates)
    return spoken


def _read(folder: Path) -> Templates:
    found: Templates = {}
    for path in sorted(folder.glob("*.toml")):
        try:
            table = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise DecodeError(str(path), "", str(error)) from None
        for key, value in table.items():
            found[f"{path.stem}.{key}"] = tuple(map(str, value)) if isinstance(value, list) else str(value)
    return found
