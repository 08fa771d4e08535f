"""Who publishes, as schema.org's NewsMediaOrganization: its policies are parts of a page of the site (E47)."""

from __future__ import annotations

from typing import Any

from farbank.model.text import Language

POLICIES = {
    "publishingPrinciples": "",
    "unnamedSourcesPolicy": "#sources",
    "verificationFactCheckingPolicy": "#checking",
    "correctionsPolicy": "#correcting",
}
"""Properties of a NewsMediaOrganization, and the part of the page that answers each."""


def newsroom(desk: str, language: Language) -> dict[str, Any]:
    """The desk, told from the folder of an edition: addresses hold wherever the site is mirrored."""
    about = f"../../about.{language}.html"
    return {
        "@type": "NewsMediaOrganization",
        "name": desk,
        **{name: f"{about}{part}" for name, part in POLICIES.items()},
    }
