"""What an answer says of a page that is not there any more."""

from __future__ import annotations

from collections.abc import Sequence
from http import HTTPStatus

from farbank.country.sites import Site
from farbank.model.captures import Capture
from farbank.watch.collect.address import address
from farbank.watch.extract import identity

GONE = frozenset({HTTPStatus.NOT_FOUND, HTTPStatus.GONE})
MOVED = frozenset({301, 302, 303, 307, 308})


def leads(capture: Capture, sites: Sequence[Site]) -> str:
    """Where a site's item redirects to, if no item of a site is there; empty if it does not, or to an item.

    So is one taken down by outlets that send readers to their start page. Of a site without rules nobody can tell.
    """
    location = capture.header("location")
    if capture.status not in MOVED or not location or not any(site.match(capture.url) for site in sites):
        return ""
    target = address(capture.url, location) or location
    stays = identity.bare(target) == identity.bare(capture.url) or any(site.match(target) for site in sites)
    return "" if stays else target
