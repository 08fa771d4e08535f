"""One capture read as an article."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from urllib.parse import urlsplit

from resiliparse.parse.html import DocumentNode

from farbank.country.sites import Site
from farbank.model.captures import Capture
from farbank.model.statemedia import CUT, Article
from farbank.watch.extract import charset, days, identity, page, rule, unknown
from farbank.watch.extract.language import language
from farbank.watch.extract.rule import Found

NAMELESS = "unknown"
"""The outlet of a page without an address."""


def article(capture: Capture, sites: Sequence[Site]) -> Article | None:
    """Read an article off a page by its site's rule, without one as trafilatura sees it.

    None for what holds no article: an answer other than 200, no HTML, a page of a known site that is not one of its
    items, one without a title and a body, one built to take down its reader. An empty body means that the rule finds
    a headline and no text. A day later than the day after the capture is not believed; the capture's day stands then.
    """
    if capture.status not in (0, 200):
        return None
    url = capture.url
    site = next((site for site in sites if site.match(url)), None)
    if not _may_be_page(capture) or (site is None and any(site.covers(url) for site in sites)):
        return None
    text = charset.text(capture)
    document = page.parse(text)
    found = _found(url, text, document, site, capture.taken.date()) if document is not None else None
    if document is None or found is None:
        return None
    declared, item = (site and site.match(url)) or (page.language(document), "")
    among = [tag for one in ([site] if site else sites) for tag in one.languages.values()]
    outlet = site.outlet if site is not None else _host(url)
    return Article(
        id=identity.article(outlet, url),
        outlet=outlet,
        lang=language(found.body or found.title, declared, among),
        date=days.believed(found.day, capture.taken.date()),
        title=found.title,
        body=found.body,
        url=url,
        kind=CUT if capture.cut or len(capture.body) > charset.LONGEST else "",
        item=item or _shared(text, document, url),
    )


def _found(url: str, text: str, document: DocumentNode, site: Site | None, taken: date) -> Found | None:
    """Headline, text and day by the rule if there is one and it fits the page, or else by guessing; None for nothing.

    A headline alone is what the rule finds on a page of pictures: guessing would take the menu for the text.
    """
    found = rule.read(document, site, taken) if site is not None and site.body else Found("", "")
    day = found.day or days.in_address(url) or _marked(document, taken)
    if not (found.title or found.body):
        if site is not None and site.body:  # a notice of the server's, or a page of another make: no item of the outlet
            return None
        found = unknown.read(text, url, taken)
    title = found.title or rule.tidy(page.title(document))
    return Found(title, found.body, day or found.day) if title or found.body else None


def _may_be_page(capture: Capture) -> bool:
    kind = capture.header("content-type").partition(";")[0].strip().lower()
    return kind in ("text/html", "application/xhtml+xml") or (not kind and page.is_html(capture.body[: page.HEAD]))


def _marked(document: DocumentNode, taken: date) -> date | None:
    """The day the page's markup gives."""
    return next((day for text in page.dates(document) if (day := days.stated(text, taken))), None)


def _shared(text: str, document: DocumentNode, url: str) -> str:
    """A key that the language versions of a page have in common if each names the others, empty if it names none."""
    if "hreflang" not in text:
        return ""
    versions = {identity.bare(one) for one in page.alternates(document, url)}
    return identity.digest(*sorted(versions | {identity.bare(url)})) if versions - {identity.bare(url)} else ""


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or NAMELESS).removeprefix("www.")
    except ValueError:
        return NAMELESS
