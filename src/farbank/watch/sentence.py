"""A search as one sentence, ready to print: what was searched, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from math import ceil
from typing import TYPE_CHECKING

from farbank.country.dates import shape
from farbank.country.stretches import listed
from farbank.model.dates import When
from farbank.model.statemedia import Coverage, Passage, Result, Search, Window
from farbank.model.text import Language
from farbank.watch import outlets
from farbank.watch.look import NOT_HERE

if TYPE_CHECKING:
    from farbank.country.pack import Pack
    from farbank.country.phrases import Phrases

DATES = 3
"""Days of publication a sentence names: those of the best passages."""


def sentence(search: Search, pack: Pack, language: Language) -> str:
    """Say in `language` what one search looked at and found; an attested one says that the desk read.

    “KCNA (English), 27 July – 31 August 2024, 250 articles on 36 days: no mention found. A search like this misses at
    most 1.7 % of the mentions that are there.” Where language versions differ, each is said with what it says.
    """
    phrases = pack.phrases[language]
    if search.reader is not None:
        names = phrases.join(outlets.name(pack, outlet, language) for outlet in search.outlets)
        window = _window(search.window, phrases)
        return phrases.say(f"search.attested-{search.result}", outlets=names, window=window)
    if not search.outlets:
        return phrases.say("search.not-looked")
    if not search.coverage:
        return phrases.say("search.nothing-held", window=_window(search.window, phrases))
    said = phrases.say("search.machine", parts="; ".join(_parts(search, pack, phrases)))
    if search.result == "cannot-tell" and search.waiting:
        said += " " + phrases.say(f"search.waiting{_one(search.waiting)}", count=phrases.number(search.waiting))
    if search.result in NOT_HERE and search.bound is not None:
        said += " " + phrases.say("search.bound", share=phrases.number(ceil(search.bound * 1000) / 10))
    return said


def _parts(search: Search, pack: Pack, phrases: Phrases) -> Iterator[str]:
    """Each version with what it says, those that say the same as one; of one from which nothing was due nothing."""
    each = {(one.outlet, one.language): one for one in search.verdicts}
    spans = {(one.outlet, one.language): _span(one, search.window, pack, phrases) for one in search.coverage}
    if len({one.result for one in search.verdicts}) < 2:
        firsts = [one.first for one in search.verdicts if one.first]
        verdict = _verdict(search.result, search.passages, firsts, phrases)
        yield phrases.say("search.part", span="; ".join(spans.values()), verdict=verdict)
        return
    for version, one in each.items():
        own = [passage for passage in search.passages if (passage.outlet, passage.language) == version]
        verdict = _verdict(one.result, own, [one.first] if one.first else [], phrases)
        yield phrases.say("search.part", span=spans[version], verdict=verdict)


def _verdict(result: Result, passages: Iterable[Passage], firsts: Iterable[date], phrases: Phrases) -> str:
    """What was found, with the days of the best passages and the first."""
    days = dict.fromkeys([*firsts, *(one.date for one in passages if one.result == result)])
    if not days and result == "said-elsewhere":
        return phrases.say("search.silent")
    return phrases.say(f"search.{result}", dates=phrases.join(phrases.date(day) for day in sorted([*days][:DATES])))


def _span(held: Coverage, window: Window, pack: Pack, phrases: Phrases) -> str:
    tongue = f"search.language-{held.language.partition('-')[0]}"
    return phrases.say(
        "search.span-missing" if held.days_missing else "search.span",
        outlet=outlets.name(pack, held.outlet, phrases.language),
        language=phrases.say(tongue) if tongue in phrases else held.language,
        window=_window(window, phrases),
        articles=_count("articles", held.bodies, phrases),
        days=_count("days", held.days_held, phrases),
        missing=listed(held.days_missing, phrases),
    )


def _count(what: str, count: int, phrases: Phrases) -> str:
    return phrases.say(f"search.{what}{_one(count)}", count=phrases.number(count))


def _one(count: int) -> str:
    return "-one" if count == 1 else ""


def _window(window: Window, phrases: Phrases) -> str:
    """The window to the day: a search of the 20th to the 31st was not one of “late July”."""
    when = When(str(window.first) if window.first == window.last else f"{window.first}/{window.last}")
    if shape(when)[0] in ("early", "mid", "late"):
        return phrases.say("search.from-to", first=phrases.date(window.first), last=phrases.date(window.last))
    return phrases.date(when)
