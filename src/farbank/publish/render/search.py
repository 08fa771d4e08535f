"""Search without a server: a small index a year that the reader's own machine looks through.

The page holds the only script of a site. Without it, it is a list of months.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish.render import front
from farbank.publish.render.html import render
from farbank.publish.render.leaf import Leaf, shown
from farbank.publish.site import Entry, Site

_HERE = Path(__file__).parent


def leaves(site: Site) -> Iterator[Leaf]:
    """`search.<language>.html` and `search/<language>/<year>.json` for each language."""
    for language in site.languages:
        shelves = site.shelves[language]
        by_year, months = years(shelves), front.months(site, shelves, language)
        yield Leaf(f"search.{language}.html", (months,), partial(page, site, language, tuple(by_year), months))
        for year, entries in by_year.items():
            yield Leaf(f"search/{language}/{year}.json", shown(entries), partial(index, site, language, entries))


def page(site: Site, language: Language, years: tuple[str, ...], months: Sequence[front.Heading]) -> bytes:
    """The page to search from; `years` and `months` are those with stories in the language, the newest first."""
    return render(
        "search.html.j2",
        script=_script(),
        site=site,
        language=language,
        labels=site.labels[language],
        root="",
        years=years,
        months=months,
    )


def years(shelves: Mapping[str, Sequence[Entry]]) -> dict[str, list[Entry]]:
    """The stories of each year, the newest first, from those of each month."""
    held: dict[str, list[Entry]] = {}
    for month, entries in shelves.items():
        held.setdefault(month.partition("-")[0], []).extend(entries)
    return held


def index(site: Site, language: Language, entries: Sequence[Entry]) -> bytes:
    """What can be found of a year: headline, summary, folder and close of each story."""
    return codec.to_json(
        [
            {
                "headline": card.headlines[language],
                "summary": card.summaries[language],
                "folder": card.folder,
                "close": card.close,
            }
            for card in site.cards(entries)
        ]
    )


@cache
def _script() -> str:
    return (_HERE / "search.js").read_text("utf-8")
