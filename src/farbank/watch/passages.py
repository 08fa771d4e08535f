"""How an article is cut: passage 0 is its title, passage n its n-th paragraph."""

from __future__ import annotations

from hashlib import sha256

from farbank.country.tokens import tokens
from farbank.model.statemedia import Article

MOST = 2**16
"""Passages an article may have; what is left over stays in the last one."""


def passages(article: Article) -> list[str]:
    """The title, then every paragraph that is not blank; at most `MOST`."""
    found = [article.title, *(p for p in map(str.strip, article.body.split("\n")) if p)]
    return found if len(found) <= MOST else [*found[: MOST - 1], " ".join(found[MOST - 1 :])]


def mark(article: Article, text: str) -> str:
    """16 hex digits a passage keeps in every archive that holds it: of its outlet, its language and its words."""
    return sha256("\n".join((article.outlet, article.lang, " ".join(text.split()))).encode()).hexdigest()[:16]


def cut(article: Article) -> list[str]:
    """The tokens of every passage, joined by spaces: what every engine is given."""
    return [" ".join(tokens(text, article.lang)) for text in passages(article)]
