"""The page of corrections: what was put right in which story, the newest first, with retracted stories among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from farbank.model.text import Language
from farbank.publish.render.html import render
from farbank.publish.render.leaf import Leaf
from farbank.publish.site import Entry, Site

LISTED = 50
"""Corrections on the first page; from one more on there is a page a year of all."""
Told = tuple[Entry, int]
"""A story and which of its corrections, 0 the latest."""


def leaves(site: Site) -> Iterator[Leaf]:
    """`corrections.<language>.html` for each language, and `corrections/<year>.<language>.html` where they are many."""
    for language in site.languages:
        every = told(site, language)
        years = _years(every) if len(every) > LISTED else {}
        links = tuple((path(language, year), year) for year in years)
        newest = every[:LISTED]
        yield Leaf(path(language), (_shown(newest), links), partial(page, site, language, newest, years=links))
        for year, those in years.items():
            yield Leaf(path(language, year), _shown(those), partial(page, site, language, those, root="../"))


def page(
    site: Site, language: Language, told: Sequence[Told], *, root: str = "", years: Sequence[tuple[str, str]] = ()
) -> bytes:
    """Corrections in one language, each with the way to its story; `years` are paths and headings of pages of all."""
    stories = {entry.edition: entry for entry, _ in told}
    cards = {card.edition: card for card in site.cards([*stories.values()])}
    return render(
        "corrected.html.j2",
        site=site,
        language=language,
        labels=site.labels[language],
        root=root,
        told=[(cards[entry.edition].corrections[nth], cards[entry.edition]) for entry, nth in told],
        years=years,
    )


def told(site: Site, language: Language) -> list[Told]:
    """Every correction of a story that is in a language; the newest first."""
    every = [
        (entry, nth) for entry in site.entries if language in entry.languages for nth in range(len(entry.corrected))
    ]
    return sorted(every, key=lambda one: (one[0].corrected[one[1]], one[0].sequence), reverse=True)


def path(language: Language, year: str = "") -> str:
    """Where corrections stand, the newest or those of a year, from the root of the site."""
    return f"corrections/{year}.{language}.html" if year else f"corrections.{language}.html"


def _years(every: Sequence[Told]) -> dict[str, list[Told]]:
    held: dict[str, list[Told]] = {}
    for entry, nth in every:
        held.setdefault(f"{entry.corrected[nth]:%Y}", []).append((entry, nth))
    return held


def _shown(told: Sequence[Told]) -> tuple[tuple[str, int, int], ...]:
    return tuple((entry.edition, entry.number, nth) for entry, nth in told)
