"""schema.org's NewsArticle, inside each page: who publishes, as of when, and how it is known (E47)."""

from __future__ import annotations

from typing import Any

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish import identifiers
from farbank.publish.edition import Edition
from farbank.publish.page import Placed
from farbank.publish.render import prose
from farbank.publish.render.claim_review import reviews
from farbank.publish.render.newsroom import newsroom


def of(edition: Edition, language: Language) -> dict[str, Any]:
    """The article in one language; dates are the story's close, and nobody is its author but the desk.

    Addresses are from the folder of the edition, so that they hold wherever the site is mirrored.
    """
    page = edition.pages[language]
    desk = newsroom(page.desk, language)
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "identifier": identifiers.story(page.desk, edition.story, language),
        "url": f"{language}.html",
        "headline": page.headline,
        "description": page.summary,
        "backstory": " ".join(page.note.lines),
        "inLanguage": language,
        "dateModified": edition.close.isoformat(),
        "version": edition.sequence,
        "creativeWorkStatus": page.status_line,
        "author": desk,
        "publisher": desk,
        "contentLocation": [{"@type": "Place", "name": area.names[language]} for area in edition.areas],
        "image": [_image(placed) for placed in prose.placed(page)],
        "workTranslation": [
            {"@type": "NewsArticle", "inLanguage": other, "url": f"{other}.html"}
            for other in edition.languages
            if other != language
        ],
        "isAccessibleForFree": True,
        "hasPart": reviews(edition, language),
    }


def block(edition: Edition, language: Language) -> str:
    """The same as text that can stand in an HTML data block: nothing in it can end the block."""
    return codec.to_json(of(edition, language)).decode("utf-8").replace("<", "\\u003c").replace("&", "\\u0026")


def _image(placed: Placed) -> dict[str, Any]:
    widest = placed.files[-1]
    return {
        "@type": "ImageObject",
        "contentUrl": widest.path,
        "encodingFormat": widest.media_type,
        "width": widest.width,
        "height": widest.height,
        "caption": placed.caption,
    }
