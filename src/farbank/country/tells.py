"""What gives people away in running text, per language: words of offices and trades, kin, ages, hours, absences.

A pack keeps it in `tells/`: `nodes.toml` says which nodes of its population ages and sexes are, `<language>.toml` the
words. Every pattern is a regular expression without regard to case, over text as `protect.detect.plain` lays it out;
`{name}` in one stands for the pattern of that name under `[parts]`, `{number}` for a number in digits or words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property, lru_cache, partial
from pathlib import Path

import msgspec

from farbank.country import numerals
from farbank.country.needs import SLOT, Index, Needs, Reader
from farbank.country.sought import Sought
from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.text import Language


class Tell(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Patterns that give one thing away; `reading` is what they say, `sure` whether they alone say it for certain.

    `wide` ones fit much that is harmless: they count only in a sentence that speaks of somebody behind the story.
    """

    forms: tuple[str, ...]
    reading: str = ""
    sure: bool = True
    wide: bool = False


class Hour(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to tell the time: groups `h` and `m` are numbers, `part` the part of the day.

    `hour` stands where no number does (noon); `minute` is added, negative for a quarter to.
    """

    form: str
    hour: int | None = None
    minute: int = 0
    sure: bool = True


class Years(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A way to tell an age: group `n` is a number; what is meant is `low` to `high` years more than it."""

    form: str
    low: int = 0
    high: int = 0
    sure: bool = True


class Beside(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What stands right before and right after a word, each a pattern."""

    before: str = ""
    after: str = ""


class Band(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A node of the population and the ages it holds, in years, both ends included."""

    node: str
    low: int
    high: int


class Nodes(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What `nodes.toml` holds: age bands from narrow to wide, and what a language file's readings stand for."""

    bands: tuple[Band, ...] = ()
    readings: dict[str, str] = {}


class Tongue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, eq=False, dict=True):
    """What one language gives people away by.

    `personal` shows that a sentence speaks of somebody behind the story: a handle, the first person, a source.
    `numerals` are words and what they are worth, `times` words that multiply what stands before them. `plural` ends a
    noun that speaks of several. `subjects` before a verb say that its subject is somebody behind the story, `others`
    that it is somebody else; where `drops_subject`, a verb without one is taken for the speaker's. `mine` is whatever
    of theirs it can happen to. `beside` is a handle right after a noun that says what they are, `describes` what else
    stands around such a noun, `among` around several of whom they are said to be one, `told_by` around one from whom
    they had it, `general` around one that speaks of nobody in particular, `lives` around a place somebody lives in,
    `owned` around a relative of somebody; `contact` says that word reached the desk. `post` and `trade` are verbs that
    say an office or an occupation, `family` what says that somebody has, lost or married a relative, `whereabouts` a
    place told by what it is near, `day` one told by its occasion, `unique` what one person alone is, has or does.
    """

    numerals: dict[str, int] = {}
    times: dict[str, int] = {}
    parts: dict[str, str] = {}
    plural: str = ""
    drops_subject: bool = False
    later: str = r"(?!)"
    personal: str = r"(?!)"
    subjects: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    mine: str = r"(?!)"
    beside: tuple[Beside, ...] = ()
    describes: tuple[Beside, ...] = ()
    among: tuple[Beside, ...] = ()
    told_by: tuple[Beside, ...] = ()
    general: tuple[Beside, ...] = ()
    lives: tuple[Beside, ...] = ()
    owned: tuple[Beside, ...] = ()
    contact: tuple[str, ...] = ()
    clock: tuple[Hour, ...] = ()
    age: tuple[Years, ...] = ()
    band: tuple[Tell, ...] = ()
    sex: tuple[Tell, ...] = ()
    kinship: tuple[Tell, ...] = ()
    rank: tuple[Tell, ...] = ()
    occupation: tuple[Tell, ...] = ()
    post: tuple[Tell, ...] = ()
    trade: tuple[Tell, ...] = ()
    family: tuple[Tell, ...] = ()
    absence: tuple[Tell, ...] = ()
    anecdote: tuple[Tell, ...] = ()
    serial: tuple[Tell, ...] = ()
    quantity: tuple[Tell, ...] = ()
    whereabouts: tuple[Tell, ...] = ()
    day: tuple[Tell, ...] = ()
    unique: tuple[Tell, ...] = ()

    @cached_property
    def slots(self) -> dict[str, str]:
        """The pattern each `{name}` stands for."""
        return {**self.parts, "number": numerals.pattern(self.numerals, self.times)}

    def pattern(self, form: str) -> re.Pattern[str]:
        """A form with its slots filled. Raises KeyError for a slot nobody filled, re.error."""
        return re.compile(self._filled(form, 0), re.IGNORECASE)

    def needs(self, form: str) -> Needs:
        """What a text must hold for that pattern to fit it."""
        return self._needs.needs(form)

    @cached_property
    def _needs(self) -> Reader:
        return Reader(self.slots)

    def held(self, text: str) -> frozenset[str]:
        """The forms of tells that may fit somewhere in `text`; of all others it lacks what they need."""
        return _held(self, text)

    @cached_property
    def tells(self) -> tuple[str, ...]:
        """The forms that are looked for in every sentence; all others are where one of these fits."""
        tells = (*self.band, *self.sex, *self.kinship, *self.rank, *self.occupation, *self.post, *self.trade)
        tells += (*self.absence, *self.anecdote, *self.serial, *self.quantity)
        tells += (*self.family, *self.whereabouts, *self.day, *self.unique)
        hours, ages = (each.form for each in self.clock), (each.form for each in self.age)
        return (*(form for tell in tells for form in tell.forms), *hours, *ages)

    @cached_property
    def _index(self) -> Index:
        return Index({form: self.needs(form) for form in self.tells})

    def number(self, written: str) -> int | None:
        """What a number in digits or words is worth, None if it is none."""
        return numerals.value(written, self.numerals, self.times)

    def _filled(self, form: str, depth: int) -> str:
        if depth > len(self.slots) + 1:
            raise RecursionError(f"{form} stands for itself")
        filled = SLOT.sub(lambda slot: f"(?:{self.slots[slot.group(1)]})", form)
        return filled if filled == form else self._filled(filled, depth + 1)


class Tells(msgspec.Struct, frozen=True, eq=False):
    """What gives people away in every language a pack knows."""

    nodes: Nodes
    tongues: Mapping[Language, Tongue]

    def tongue(self, language: Language) -> Tongue | None:
        """That of a language, else of the one it is a kind of; None where the pack has neither."""
        return self.tongues.get(language) or self.tongues.get(language.partition("-")[0])

    def node(self, reading: str) -> str:
        """The node a reading stands for; itself where it is one or has none."""
        return self.nodes.readings.get(reading, reading)

    def band(self, low: int, high: int) -> str:
        """The narrowest age band that holds the years `low` to `high`; empty where none does."""
        fits = [band for band in self.nodes.bands if band.low <= low and high <= band.high]
        return min(fits, key=lambda band: band.high - band.low).node if fits else ""


def read(folder: Path) -> Tells:
    """Every file of a pack's `tells/`; no folder, no languages. Its patterns are made when they are first asked for.

    For packs whose patterns a test has made; of any other use `load`. Raises DecodeError naming the file.
    """
    file = folder / "nodes.toml"
    nodes = codec.from_toml(file.read_bytes(), Nodes, str(file)) if file.exists() else Nodes()
    files = [each for each in sorted(folder.glob("*.toml")) if each != file]
    return Tells(nodes, {each.stem: codec.from_toml(each.read_bytes(), Tongue, str(each)) for each in files})


def load(folder: Path) -> Tells:
    """Read a pack's `tells/` and make every pattern. Raises DecodeError naming file and pattern."""
    tells = read(folder)
    for language, tongue in tells.tongues.items():
        _check(tongue, str(folder / f"{language}.toml"))
    return tells


def _check(tongue: Tongue, file: str) -> None:
    for form in _forms(tongue):
        try:
            tongue.pattern(form)
        except (re.error, KeyError, RecursionError) as error:
            raise DecodeError(file, form, f"expected a pattern: {error}") from None
    for form in (form for tell in tongue.quantity for form in tell.forms):
        if "n" not in tongue.pattern(form).groupindex:
            raise DecodeError(file, form, "expected a group n around the number")


def _forms(tongue: Tongue) -> list[str]:
    beside = (
        *tongue.beside,
        *tongue.describes,
        *tongue.among,
        *tongue.told_by,
        *tongue.general,
        *tongue.lives,
        *tongue.owned,
    )
    return [
        *tongue.tells,
        *(form for each in beside for form in (each.before, each.after)),
        *(*tongue.subjects, *tongue.others, *tongue.contact, tongue.later, tongue.mine, tongue.personal),
    ]


@cache  # as many as the packs have patterns
def compiled(tongue: Tongue, form: str) -> Sought:
    """`tongue.pattern(form)`, made once, when a text first holds what it needs."""
    return Sought(partial(tongue.pattern, form), tongue.needs(form))


@lru_cache(maxsize=8)  # asked by every detector in turn of the same sentence
def _held(tongue: Tongue, text: str) -> frozenset[str]:
    return tongue._index.held(text)
