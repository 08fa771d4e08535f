"""An invented story of an invented country, for the tests of this room."""

from __future__ import annotations

from datetime import date

from farbank.country.pack import Pack
from farbank.model.dates import When
from farbank.model.drawings import Drawing, Table
from farbank.model.exposure import Exposure, Wording
from farbank.model.findings import Finding
from farbank.model.sized_copies import SizedCopy
from farbank.model.sizes import Size
from farbank.model.story import Draft, Picture
from farbank.publish import public
from farbank.publish.edition import Edition
from farbank.publish.page import Material, assemble
from farbank.publish.parse import parse

STORY = """---
headline: "Harbour dues doubled on Ollen [@dues]"
summary: "A letter told of it in May [@dues]"
close: 2031-05-20
show: {tern: [place]}
whatif: {tern: [{place: "tq:O1"}]}
---
@tern told the desk that harbour dues had doubled. [@dues] The Council met on 3 May 2031. [@dues; @boats]

> Two for every one. [@dues; report=r1]

## Boats stay in [@boats]

Boats stay in, said @gull, and @tern saw it. [@boats] As of 20 May 2031 nobody had paid. [@boats]

![](media:quay)
"""


SIZES = tuple(
    SizedCopy(width=width, height=width // 2, media_type=kind, data=f"{width} {kind}".encode())
    for width in (480, 960)
    for kind in ("image/webp", "image/jpeg")
)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0,0h9v9z" fill="#999"/></svg>'


def drawn(svg: bytes) -> Drawing:
    return Drawing(
        shows="map", language="en", svg=svg, table=Table(caption="Where from", heads=("Area",), rows=(("Ollen",),))
    )


def draft_of(text: str, language: str = "en") -> Draft:
    return parse(text, "story.en.md", language)


def story(body: str, headline: str = "A headline [@dues]") -> str:
    return f'---\nheadline: "{headline}"\nsummary: "A summary [@dues]"\nclose: 2031-05-20\n---\n{body}\n'


def finding(claim: str, origins: int = 1, searches: tuple[str, ...] = ()) -> Finding:
    return Finding(
        claim=claim,
        standing="corroborated" if origins > 1 else "single-origin",
        origins=origins,
        origin_kinds=("partner",),
        hops=1,
        reported_in=("tq:O1",),
        confirmed_in=(),
        contradicted_in=(),
        as_of=date(2031, 5, 20),
        state_media="silent",
        searches=searches,
    )


def wording(person: str, facts: dict[str, str], named: str) -> Wording:
    exposure = Exposure(
        person=person,
        facts=facts,
        size=Size(2000, 3000, 4000),
        threshold=1000,
        verdict="safe",
        narrowest="place",
        reason="",
        modelled=False,
        population="p",
    )
    return Wording(person=person, facts=facts, exposure=exposure, named={"en": named})


def quay(when: str = "2029-08-14", place: str = "tq:V1", **more: bool) -> Picture:
    return Picture(
        id="quay",
        file="quay.png",
        what={"en": "boats at a quay"},
        place=place,
        when=When(when),
        vantage={"en": "the mole"},
        credit={"en": "the desk"},
        **more,
    )


def edition(draft: Draft, material: Material, pack: Pack, *more: Draft) -> Edition:
    """The draft as its readers have it."""
    drafts = {each.language: each for each in (draft, *more)}
    pages = {language: assemble(each, material, pack) for language, each in drafts.items()}
    return public.edition(
        pages,
        drafts,
        material,
        pack,
        id="tide",
        story="tide",
        sequence=0,
        close=draft.close,
        key="0123456789abcdef" * 4,
    )
