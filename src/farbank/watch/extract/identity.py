"""What an article is known by, wherever it was captured."""

from __future__ import annotations

import hashlib
import re

_BEFORE_HOST = re.compile(r"^[a-z]+://(?:www\.)?", re.IGNORECASE)


def article(outlet: str, url: str) -> str:
    """The id of the article at an address: 16 hex digits, the same over http and https, with and without `www.`."""
    return digest(outlet, bare(url))


def bare(url: str) -> str:
    """An address without what may differ between two captures of one page."""
    return _BEFORE_HOST.sub("", url.partition("#")[0])


def digest(*parts: str) -> str:
    """16 hex digits that some strings have in common."""
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
