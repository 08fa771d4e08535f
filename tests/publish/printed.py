"""An invented edition in two languages, made of the public noun alone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.drawings import Table
from farbank.publish.edition import Area, Edition, Fact, Reviewed
from farbank.publish.note import Band, ClaimNote, Note, Quoted
from farbank.publish.page import Amended, ComeBack, Drawn, Page, Placed, Row, Said
from farbank.publish.renditions import Rendition
from farbank.publish.site import Site, card, labels
from farbank.publish.site import site as site_of

LABELS = (
    "how-we-know", "state-media", "search-more", "come-back", "channel", "data", "key", "key-note", "own-name",
    "skip", "languages", "verify", "verify-how", "newest", "feeds", "in-words", "corrections-all",
)  # fmt: skip
CORRECTION = "c-0123456789abcdef"
CLOCKWISE = ((0.0, 0.0), (0.0, 4.0), (4.0, 4.0), (4.0, 0.0), (0.0, 0.0))
HOLE = ((1.0, 1.0), (2.0, 1.0), (2.0, 2.0), (1.0, 2.0), (1.0, 1.0))


def page(language: str = "en", text: str = "Harbour dues doubled.", status: str = "released") -> Page:
    """A page every word of which is `text` or harmless."""
    band = Band(sentence=text, note=text, quoted=(Quoted(text=text, source=text, language="qtz"),), silent=False)
    note = Note(
        lines=(text,),
        claims=(ClaimNote(text=text, standing=text, history=(text,)),),
        bands=(band,),
        searched=(),
        conflicts=(text,),
    )
    files = tuple(
        Rendition(path=f"pictures/{width:020}.jpg", media_type="image/jpeg", width=width, height=width // 2)
        for width in (480, 960)
    )
    placed = Placed(files=files, alt=text, caption=text, file=False)
    said = (
        Said(kind="heading", text=text),
        Said(kind="paragraph", text=text),
        Said(kind="quote", text=text, by=text),
    )
    return Page(
        language=language,
        desk=text,
        byline=text,
        status=status,  # type: ignore[arg-type]
        status_line=text,
        close=date(2031, 5, 20),
        as_of=text,
        headline=text,
        summary=text,
        note=note,
        rows=(Row(said=said, note=note), Row(said=(Said(kind="picture", picture=placed),))),
        dues=(ComeBack(when=text, text=text, outcome=text, open=True),),
        channel=(text,),
        drawings=(Drawn(shows="map", svg="<svg></svg>", table=Table(caption=text, heads=(text,), rows=((text,),))),),
        attribution=(text,),
        labels=dict.fromkeys(LABELS, text),
        corrections=(Amended(id=CORRECTION, day=date(2031, 6, 2), when=text, kind=text, text=text),),
    )


def edition(
    text: str = "Harbour dues doubled.", status: str = "released", story: str = "dues", close: date = date(2031, 5, 20)
) -> Edition:
    """An edition in two languages; of its areas one is drawn in two parts, and one is too small to be drawn."""
    words = {"en": text, "qtz": text}
    return Edition(
        id=f"{story}-2",
        story=story,
        sequence=7,
        status=status,  # type: ignore[arg-type]
        close=close,
        master="en",
        desk=words,
        key="ab" * 32,
        pages={tag: page(tag, text, status) for tag in words},
        facts=(
            Fact(
                index=1,
                kind="order",
                texts=words,
                standing="single-origin",
                standings=words,
                when=When("2031-05-03"),
                areas=("tq:O", "tq:S"),
                state_media="contradicted",
            ),
            Fact(
                index=2,
                kind="condition",
                texts={},
                standing="corroborated",
                standings=words,
                when=When("2031-05~"),
                areas=("tq",),
                state_media="silent",
            ),
        ),
        areas=(
            Area(id="tq:O", names=words, rings=((CLOCKWISE, HOLE), (CLOCKWISE,))),
            Area(id="tq:V", names=words, rings=((CLOCKWISE,),)),
            Area(id="tq:S", names=words, rings=()),
        ),
        reviewed=(
            Reviewed(
                outlet=text,
                said=text,
                language="qtz",
                published=date(2031, 5, 4),
                restated=False,
                result="contradicted",
                facts=(1,),
                standings=words,
            ),
        ),
    )


def site(phrases: Mapping[str, Phrases], stories: int = 3, home: str = "", text: str = "Harbour dues doubled.") -> Site:
    """A site of so many stories, one a fortnight."""
    first = date(2031, 5, 20)
    made = [edition(text, story=f"story-{n}", close=first + timedelta(days=14 * n)) for n in range(stories)]
    cards = [card(each, phrases) for each in made]
    return site_of(
        cards,
        list,
        desk={"en": text, "qtz": text},
        languages=("en", "qtz"),
        key="ab" * 32,
        labels={tag: labels(phrases[tag]) for tag in ("en", "qtz")},
        home=home,
    )
