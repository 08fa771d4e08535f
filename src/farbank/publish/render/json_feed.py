"""The newest stories as JSON Feed 1.1, a feed a language."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish import identifiers
from farbank.publish.render import feeds
from farbank.publish.render.leaf import Leaf, shown
from farbank.publish.site import Card, Site

ENDING = "json"


def leaves(site: Site) -> Iterator[Leaf]:
    """`feed.<language>.json` for each language with stories."""
    for tag in site.languages:
        if newest := feeds.newest(site, tag):
            yield Leaf(feeds.feed(tag, ENDING), shown(newest), partial(_written, site, tag))


def feed(site: Site, language: Language) -> dict[str, Any]:
    """The feed of one language. Its links are from the root of the site where the desk has no address."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.desk[language],
        "home_page_url": f"{site.home}{language}.html",
        "feed_url": site.home + feeds.feed(language, ENDING),
        "language": language,
        "authors": [{"name": site.desk[language]}],
        "items": [_item(card, site, language) for card in site.cards(feeds.newest(site, language))],
    }


def _written(site: Site, language: Language) -> bytes:
    return codec.to_json(feed(site, language))


def _item(card: Card, site: Site, language: Language) -> dict[str, Any]:
    return {
        "id": identifiers.story(site.desk[language], card.story, language),
        "url": site.home + feeds.story(card, language),
        "title": card.headlines[language],
        "content_text": card.summaries[language],
        "date_modified": feeds.updated(card.close),
        "language": language,
        "tags": card.areas[language],
    }
