"""What of a story the public may have, as an edition: claims by their number, places at the printed grain, no ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from itertools import pairwise
from typing import Any

from farbank.country.gazetteer import Gazetteer
from farbank.country.pack import Pack
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.findings import Finding
from farbank.model.movements import printed, unwitnessed
from farbank.model.places import PlaceId
from farbank.model.statemedia import Search
from farbank.model.story import Draft
from farbank.model.text import Language, Slug, Text
from farbank.publish.edition import Area, Edition, Fact, Reviewed, Ring
from farbank.publish.grain import coarse, finer
from farbank.publish.page import Material, Page

GRAIN = 2
"""Decimals of a degree kept of an outline: about a kilometre, as fine as a province has to be drawn."""


def edition(
    pages: Mapping[Language, Page],
    drafts: Mapping[Language, Draft],
    material: Material,
    pack: Pack,
    *,
    id: Slug,
    story: Slug,
    sequence: int,
    close: date,
    key: str,
    embargoed: datetime | None = None,
) -> Edition:
    """Everything the formats are made from; `pages` and `drafts` are by language, the master first.

    `embargoed` is in UTC: where the desk is, no reader is told.

    Raises MissingReference for what a page lacked too.
    """
    cited = tuple(dict.fromkeys(claim for draft in drafts.values() for claim in draft.cited))
    numbers = {claim: number for number, claim in enumerate(cited, 1)}
    places = coarse(tuple(place for claim in cited for place in material.findings[claim].told_in), pack.gazetteer)
    return Edition(
        id=id,
        story=story,
        sequence=sequence,
        status=material.status,
        close=close,
        master=next(iter(pages)),
        desk={language: page.desk for language, page in pages.items()},
        key=key,
        embargoed=embargoed,
        pages=dict(pages),
        facts=tuple(_fact(material.claims[claim], numbers[claim], material, pack, tuple(pages)) for claim in cited),
        areas=tuple(_areas(places, pack, tuple(pages))),
        reviewed=tuple(_reviewed(numbers, material, pack)),
    )


def _fact(claim: Claim, index: int, material: Material, pack: Pack, languages: Sequence[Language]) -> Fact:
    finding = material.findings[claim.id]
    return Fact(
        index=index,
        kind=claim.kind,
        texts=_unless_finer({tag: claim.text[tag] for tag in languages}, pack.gazetteer),
        standing=finding.standing,
        standings={tag: material.sentences[claim.id].reader[tag] for tag in languages},
        when=_when(claim, finding, material.claims),
        areas=coarse(finding.told_in, pack.gazetteer),
        state_media=finding.state_media,
    )


def _when(claim: Claim, finding: Finding, claims: Mapping[Slug, Claim]) -> When:
    return unwitnessed(printed(claim.when, claim, claims), seen=finding.seen or finding.hops == 1)


def _unless_finer(texts: Text, gazetteer: Gazetteer) -> Text:
    return {} if any(finer(text, gazetteer) for text in texts.values()) else texts


def _areas(places: Sequence[PlaceId], pack: Pack, languages: Sequence[Language]) -> Iterator[Area]:
    outlines = {each["properties"]["place"]: each["geometry"] for each in pack.boundaries.level1["features"]}
    for place in places:
        if place in outlines:
            names = {tag: pack.gazetteer.name(place, tag) for tag in languages}
            yield Area(id=place, names=names, rings=_rings(outlines[place]))


def _rings(geometry: Mapping[str, Any]) -> tuple[tuple[Ring, ...], ...]:
    held = geometry["coordinates"]
    polygons = [held] if geometry["type"] == "Polygon" else held
    drawn = [tuple(filter(None, map(_ring, polygon))) for polygon in polygons]
    return tuple(polygon for polygon in drawn if polygon)


def _ring(points: Sequence[Sequence[float]]) -> Ring:
    """A line closed upon itself with its points at the grain, none twice running; empty if nothing is left of it."""
    rounded = [(round(point[0], GRAIN), round(point[1], GRAIN)) for point in points]
    kept = [rounded[0], *(after for before, after in pairwise(rounded) if after != before)]
    return tuple(kept) if len(kept) > 3 else ()


def _reviewed(numbers: Mapping[Slug, int], material: Material, pack: Pack) -> Iterator[Reviewed]:
    """What the state or others said that is contradicted, each passage once."""
    by_search: dict[Slug, list[Slug]] = {}
    for claim in numbers:
        for id in material.findings[claim].searches:
            by_search.setdefault(id, []).append(claim)
    for id, claims in by_search.items():
        look = material.searches[id]
        if look.result != "contradicted":
            continue
        facts, standings = tuple(numbers[claim] for claim in claims), material.sentences[claims[0]].reader
        for outlet, language, day, said, restated in _passages(look, material):
            if not finer(said, pack.gazetteer):
                yield Reviewed(
                    outlet=pack.outlet(outlet).name.get("en", outlet),
                    said=said,
                    language=language,
                    published=day,
                    restated=restated,
                    result=look.result,
                    facts=facts,
                    standings=standings,
                )


def _passages(look: Search, material: Material) -> Iterator[tuple[str, Language, date, str, bool]]:
    """Outlet, language, day, words, and whether they are the desk's own words, of all that carries the result."""
    for name in look.statements:
        told = material.statements[name]
        said = told.text.get(told.language) or next(iter(told.text.values()), "")
        if told.published.latest is not None:
            yield told.outlet, told.language, told.published.latest, said, told.restated
    for passage in look.passages:
        if passage.result == look.result:
            yield passage.outlet, passage.language, passage.date, passage.text, False
