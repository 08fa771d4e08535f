"""Captures read as the embedded archive reads them before it files them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import msgspec

from farbank.country.fold import fold
from farbank.country.pack import Pack
from farbank.country.sites import Site
from farbank.model.captures import Capture
from farbank.watch import extract, notes, outlets
from farbank.watch.cluster.sources import Found, Read
from farbank.watch.prepare import of_title, unread


def reader(pack: Pack | None = None) -> Read:
    """Read by the rules of the pack's sites; an outlet is filed under its id there, whatever spelling it comes with."""
    return partial(_read, tuple(pack.sites) if pack else (), outlets.ids(pack))


def _read(sites: Sequence[Site], names: Mapping[str, str], capture: Capture) -> Found:
    article = extract.article(capture, sites)
    missed = unread(capture, sites, article)
    titled = None if missed is None or article is not None else of_title(missed)
    found = article if titled is None else titled.article
    if found is not None:
        found = msgspec.structs.replace(found, outlet=names.get(fold(found.outlet), found.outlet))
    return Found(article=found, missed=missed, sweep=notes.sweep(capture))
