"""What a captured page says: the article in it."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from farbank.country.sites import Site
from farbank.model.captures import Capture
from farbank.model.statemedia import Article


def article(capture: Capture, sites: Sequence[Site]) -> Article | None:
    """The article in a capture."""
    return msgspec.json.decode(capture.body, type=Article)
