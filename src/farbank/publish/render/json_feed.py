"""The newest stories as JSON Feed 1.1, a feed a language."""

from __future__ import annotations

from typing import Any

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish import identifiers
from farbank.publish.render import feeds
from farbank.publish.site import Card, Site

ENDING = "json"


def files(site: Site) -> dict[str, bytes]:
    """`feed.<language>.json` for each language with stories."""
    return {
        feeds.feed(tag, ENDING): codec.to_json(feed(site, tag)) for tag in site.languages if feeds.newest(site, tag)
    }


def feed(site: Site, language: Language) -> dict[str, Any]:
    """The feed of one language. Its links are from the root of the site where the desk has no address."""
    return {
        "version": "https://jsonfeed.org/version/1.1",
        "title": site.desk[language],
        "home_page_url": f"{site.home}{language}.html",
        "feed_url": site.home + feeds.feed(language, ENDING),
        "language": language,
        "authors": [{"name": site.desk[language]}],
        "items": [_item(card, site, language) for card in feeds.newest(site, language)],
    }


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
