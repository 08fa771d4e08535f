"""schema.org's ClaimReview of what the state or other media said, never of what a source did (E48).

A review bears no mark but the sentence of what is established: standing has no stars.
"""

from __future__ import annotations

from typing import Any

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish.edition import Edition, Reviewed
from farbank.publish.render.newsroom import newsroom


def files(edition: Edition) -> dict[str, bytes]:
    """`<language>.claim-review.json` for each language, and nothing where nothing was reviewed."""
    if not edition.reviewed:
        return {}
    return {
        f"{tag}.claim-review.json": codec.to_json({"@context": "https://schema.org", "@graph": reviews(edition, tag)})
        for tag in edition.languages
    }


def reviews(edition: Edition, language: Language) -> list[dict[str, Any]]:
    """One review a passage, in the order of the story; the passage is in the language it was said in."""
    return [_review(each, edition, language) for each in edition.reviewed]


def _review(each: Reviewed, edition: Edition, language: Language) -> dict[str, Any]:
    page = edition.pages[language]
    return {
        "@type": "ClaimReview",
        "url": f"{language}.html",
        "inLanguage": language,
        "datePublished": edition.close.isoformat(),
        "author": newsroom(page.desk, language),
        "claimReviewed": each.said,
        "itemReviewed": {
            "@type": "Claim",
            "text": each.said,
            "inLanguage": each.language,
            "author": {"@type": "NewsMediaOrganization", "name": each.outlet},
            "datePublished": each.published.isoformat(),
        },
        "reviewRating": {"@type": "Rating", "alternateName": each.standings[language]},
    }
