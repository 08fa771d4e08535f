"""Search without a server: a small index a year that the reader's own machine looks through.

The page holds the only script of a site. Without it, it is a list of months.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish.render import front
from farbank.publish.render.html import render
from farbank.publish.site import Card, Site

_HERE = Path(__file__).parent


def files(site: Site) -> dict[str, bytes]:
    """`search.<language>.html` and `search/<language>/<year>.json` for each language."""
    made: dict[str, bytes] = {}
    for language in site.languages:
        by_year = years(site, language)
        made[f"search.{language}.html"] = page(site, language, tuple(by_year))
        made |= {f"search/{language}/{year}.json": index(cards, language) for year, cards in by_year.items()}
    return made


def page(site: Site, language: Language, years: tuple[str, ...]) -> bytes:
    """The page to search from; `years` are those with stories in the language, the newest first."""
    return render(
        "search.html.j2",
        script=_script(),
        site=site,
        language=language,
        labels=site.labels[language],
        root="",
        years=years,
        months=front.months(site, language),
    )


def years(site: Site, language: Language) -> dict[str, list[Card]]:
    """The stories of each year in a language, the newest first."""
    held: dict[str, list[Card]] = {}
    for card in site.cards:
        if language in card.languages:
            held.setdefault(f"{card.close:%Y}", []).append(card)
    return held


def index(cards: list[Card], language: Language) -> bytes:
    """What can be found of a year: headline, summary, folder and close of each story."""
    return codec.to_json(
        [
            {
                "headline": card.headlines[language],
                "summary": card.summaries[language],
                "folder": card.folder,
                "close": card.close,
            }
            for card in cards
        ]
    )


@cache
def _script() -> str:
    return (_HERE / "search.js").read_text("utf-8")
