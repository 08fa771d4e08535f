"""A search as one sentence, ready to print: what was searched, and what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from farbank.country.dates import shape
from farbank.country.stretches import listed
from farbank.model.dates import When
from farbank.model.statemedia import Coverage, Search, Window
from farbank.model.text import Language
from farbank.watch import outlets

if TYPE_CHECKING:
    from farbank.country.pack import Pack
    from farbank.country.phrases import Phrases

DATES = 3
"""Days of publication a sentence names: those of the best passages."""


def sentence(search: Search, pack: Pack, language: Language) -> str:
    """Say in `language` what one search looked at and found; an attested one says that the desk read.

    “KCNA (English), 27 July – 31 August 2024, 250 articles on 36 days: no mention found.”
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
    spans = "; ".join(_span(one, search.window, pack, phrases) for one in search.coverage)
    days = dict.fromkeys(passage.date for passage in search.passages if passage.result == search.result)
    dates = phrases.join(phrases.date(day) for day in sorted([*days][:DATES]))
    verdict = phrases.say(f"search.{search.result}", dates=dates)
    return phrases.say("search.machine", spans=spans, verdict=verdict)


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
    return phrases.say(f"search.{what}{'-one' if count == 1 else ''}", count=phrases.number(count))


def _window(window: Window, phrases: Phrases) -> str:
    """The window to the day: a search of the 20th to the 31st was not one of “late July”."""
    when = When(str(window.first) if window.first == window.last else f"{window.first}/{window.last}")
    if shape(when)[0] in ("early", "mid", "late"):
        return phrases.say("search.from-to", first=phrases.date(window.first), last=phrases.date(window.last))
    return phrases.date(when)
