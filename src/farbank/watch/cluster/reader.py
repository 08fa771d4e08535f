"""Captures read as the embedded archive reads them before it files them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from farbank.country.fold import fold
from farbank.country.pack import Pack
from farbank.country.sites import Site
from farbank.model.captures import Capture, Missed
from farbank.model.statemedia import Article
from farbank.watch import extract, outlets
from farbank.watch.cluster.sources import Read
from farbank.watch.prepare import of_title, unread


def reader(pack: Pack | None = None) -> Read:
    """Read by the rules of the pack's sites; an outlet is filed under its id there, whatever spelling it comes with."""
    return partial(_read, tuple(pack.sites) if pack else (), outlets.ids(pack))


def _read(sites: Sequence[Site], names: Mapping[str, str], capture: Capture) -> Article | Missed | None:
    found = extract.article(capture, sites) or unread(capture, sites)
    if isinstance(found, Missed):
        titled = of_title(found)
        found = (titled and titled.article) or found
    if found is None or not names:
        return found
    return msgspec.structs.replace(found, outlet=names.get(fold(found.outlet), found.outlet))
