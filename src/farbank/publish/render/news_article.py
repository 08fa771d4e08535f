"""schema.org's NewsArticle, inside each page: who publishes, in which language, as of when, by which policies (E47)."""

from __future__ import annotations

from typing import Any

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish.edition import Edition

POLICIES = {
    "unnamedSourcesPolicy": "sources",
    "verificationFactCheckingPolicy": "checking",
    "correctionsPolicy": "correcting",
}
"""The properties of a NewsMediaOrganization, and the part of the desk's page about itself that answers each."""


def of(edition: Edition, language: Language) -> dict[str, Any]:
    """The article in one language as JSON-LD; dates are the story's close, and nobody is its author but the desk.

    Addresses are from the folder of the edition, so that they hold wherever the site is mirrored.
    """
    page = edition.pages[language]
    about = f"../../about.{language}.html"
    desk = {
        "@type": "NewsMediaOrganization",
        "name": page.desk,
        **{name: f"{about}#{part}" for name, part in POLICIES.items()},
    }
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": page.headline,
        "description": page.summary,
        "inLanguage": language,
        "dateModified": edition.close.isoformat(),
        "version": edition.sequence,
        "author": desk,
        "publisher": desk,
        "contentLocation": [{"@type": "Place", "name": area.names[language]} for area in edition.areas],
        "image": [placed.files[-1].path for row in page.rows for said in row.said if (placed := said.picture)],
        "workTranslation": [
            {"@type": "NewsArticle", "inLanguage": other, "url": f"{other}.html"}
            for other in edition.languages
            if other != language
        ],
        "isAccessibleForFree": True,
    }


def block(edition: Edition, language: Language) -> str:
    """The same as text that can stand in an HTML data block: nothing in it can end the block."""
    return codec.to_json(of(edition, language)).decode("utf-8").replace("<", "\\u003c").replace("&", "\\u0026")
