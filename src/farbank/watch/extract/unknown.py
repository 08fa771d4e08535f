"""A page of a site nobody wrote a rule for; reading it so takes some twenty times as long."""

from __future__ import annotations

from datetime import date
from typing import Any

from farbank.watch.extract import days
from farbank.watch.extract.rule import Found, tidy


def read(text: str, url: str, taken: date) -> Found:
    """What trafilatura takes for the article; its day is None if it finds none up to the day after `taken`."""
    from trafilatura import bare_extraction  # here, because it takes a third of a second and few pages need it

    limit = str(days.latest(taken))
    dates = {"max_date": limit, "original_date": True, "extensive_search": False}
    page: Any = bare_extraction(
        text, url, fast=True, include_comments=False, with_metadata=True, date_extraction_params=dates
    )
    if page is None:
        return Found("", "")
    body = "\n".join(filter(None, map(tidy, (page.text or "").splitlines())))
    return Found(tidy(page.title or ""), body, days.stated(page.date or "", taken))
