"""The page a reader sees, as words in order: everything said, and beside it everything about how it is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import msgspec

from farbank.country.gazetteer import Gazetteer
from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.case import Desk
from farbank.model.claims import Claim
from farbank.model.drawings import Drawing, Shows, Table
from farbank.model.errors import MissingReference
from farbank.model.exposure import StandingDisclosure, Wording
from farbank.model.findings import Due, Finding, Sentences
from farbank.model.movements import printed
from farbank.model.places import PlaceId
from farbank.model.statemedia import Search, Statement
from farbank.model.story import Block, Draft, Picture, RecordEvent, Status
from farbank.model.text import Language, Slug, Text
from farbank.publish import caption, embed, translation
from farbank.publish.cast import Cast, capital
from farbank.publish.grain import coarse, finer
from farbank.publish.note import Note, NoteTaker
from farbank.publish.renditions import Rendition


@dataclass(frozen=True, kw_only=True)
class Material:
    """What a page is made from beside its draft, every noun by its id.

    `speakers` says per report which handle gave it, `told_in` in which language; `search_sentences` what each search
    found, per language; `renditions` are the files of each picture by picture id; `drawings` those readers may see, per
    language.
    """

    desk: Desk
    claims: Mapping[Slug, Claim]
    findings: Mapping[Slug, Finding]
    sentences: Mapping[Slug, Sentences]
    wordings: Mapping[Slug, Wording] = field(default_factory=dict)
    letters: Mapping[Slug, str] = field(default_factory=dict)
    speakers: Mapping[Slug, Slug] = field(default_factory=dict)
    told_in: Mapping[Slug, Language] = field(default_factory=dict)
    searches: Mapping[Slug, Search] = field(default_factory=dict)
    search_sentences: Mapping[Slug, Text] = field(default_factory=dict)
    statements: Mapping[Slug, Statement] = field(default_factory=dict)
    pictures: Mapping[Slug, Picture] = field(default_factory=dict)
    renditions: Mapping[Slug, tuple[Rendition, ...]] = field(default_factory=dict)
    record: Sequence[RecordEvent] = ()
    dues: Sequence[Due] = ()
    disclosures: Sequence[StandingDisclosure] = ()
    drawings: Mapping[Language, Sequence[Drawing]] = field(default_factory=dict)
    status: Status = "unreleased-demo"


class Placed(msgspec.Struct, frozen=True, kw_only=True):
    """A picture in its place, its files from narrow to wide; one that is no picture of the story is a `file` one."""

    files: tuple[Rendition, ...]
    alt: str
    caption: str
    file: bool


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """One block as printed; `by` is the line under a quotation."""

    kind: Literal["heading", "paragraph", "quote", "picture"]
    text: str = ""
    by: str = ""
    picture: Placed | None = None


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """What stands together, and the note in the margin beside it."""

    said: tuple[Said, ...]
    note: Note | None = None


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """A map, timeline or calendar, and all that it says as a table; `svg` stands in the page itself."""

    shows: Shows
    svg: str
    table: Table


class ComeBack(msgspec.Struct, frozen=True, kw_only=True):
    """A date to come back to; its circle stays open until the promise is kept or broken."""

    when: str
    text: str
    outcome: str
    open: bool


class Amended(msgspec.Struct, frozen=True, kw_only=True):
    """One correction as printed at the top of the page: when, of what kind, and what changed."""

    id: str
    day: date
    when: str
    kind: str
    text: str


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """One story in one language, ready to be set in any format; nothing in it needs a further look-up.

    `labels` are the page's own words by key of the wording sections `page` and `site`.
    """

    language: Language
    desk: str
    byline: str
    status: Status
    status_line: str
    close: date
    as_of: str
    headline: str
    summary: str
    note: Note
    rows: tuple[Row, ...]
    dues: tuple[ComeBack, ...]
    channel: tuple[str, ...]
    drawings: tuple[Drawn, ...]
    attribution: tuple[str, ...]
    labels: dict[str, str]
    corrections: tuple[Amended, ...] = ()
    """The latest first."""


_LABELS = (
    "how-we-know",
    "state-media",
    "search-more",
    "come-back",
    "channel",
    "data",
    "key",
    "key-note",
    "own-name",
)
_AROUND = ("skip", "languages", "verify", "verify-how", "newest", "feeds", "in-words", "corrections-all")
"""The words of the site that stand on a story's page too."""


def assemble(draft: Draft, material: Material, pack: Pack) -> Page:
    """Put a story together. Raises MissingReference for whatever it cites that is not there, MissingPhrase."""
    phrases = pack.phrases[draft.language]
    cast = Cast(material.wordings, material.letters, phrases)
    notes = NoteTaker(material, pack, phrases, draft.close)
    headline, summary = cast.tell(draft.headline.text), cast.tell(draft.summary.text)
    opening = notes.take((draft.headline, draft.summary), shows_searches=False)
    return Page(
        language=draft.language,
        desk=_in(material.desk.name, draft.language, "the desk's name"),
        byline=draft.byline or _in(material.desk.byline, draft.language, "the byline"),
        status=material.status,
        status_line=phrases.say("page.released" if material.status == "released" else "page.demo"),
        close=draft.close,
        as_of=phrases.say("page.as-of", date=phrases.date(draft.close)),
        headline=headline,
        summary=summary,
        note=opening,
        rows=tuple(_rows(draft, material, pack, cast, notes)),
        dues=tuple(_dues(draft, material, phrases, pack.gazetteer)),
        channel=tuple(_in(item.text, draft.language, item.id) for item in material.disclosures),
        drawings=tuple(
            Drawn(shows=each.shows, svg=embed.drawing(each.svg), table=each.table)
            for each in material.drawings.get(draft.language, ())
        ),
        attribution=pack.attribution,
        labels={
            **{key: phrases.say(f"page.{key}") for key in _LABELS},
            **{key: phrases.say(f"site.{key}") for key in _AROUND},
        },
    )


def _rows(draft: Draft, material: Material, pack: Pack, cast: Cast, notes: NoteTaker) -> Iterator[Row]:
    reported = _reported(draft, material, pack)
    for group in _together(draft.blocks):
        said = tuple(_said(block, draft, material, pack, cast, reported) for block in group)
        sentences = tuple(sentence for block in group for sentence in block.sentences)
        yield Row(said=said, note=notes.take(sentences) if sentences else None)


def _together(blocks: Iterable[Block]) -> Iterator[list[Block]]:
    """A heading with what follows it, and quotations with the paragraph they follow."""
    group: list[Block] = []
    for block in blocks:
        follows = bool(group) and (group[-1].kind == "heading" or block.kind == "quote") and group[-1].kind != "picture"
        if group and not (follows and block.kind in ("paragraph", "quote")):
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _said(block: Block, draft: Draft, material: Material, pack: Pack, cast: Cast, reported: Sequence[PlaceId]) -> Said:
    if block.kind == "picture":
        return Said(kind="picture", picture=_placed(block.picture or "", draft, material, pack, reported))
    text = pack.phrases[draft.language].run_on(cast.tell(sentence.text) for sentence in block.sentences)
    if block.kind != "quote":
        return Said(kind=block.kind, text=text)
    marked = pack.phrases[draft.language].say("page.quoted", text=text)
    if block.report is None and block.document is not None:
        return Said(kind="quote", text=marked, by=pack.phrases[draft.language].say("page.from-document"))
    speaker = material.speakers.get(block.report or "")
    if speaker is None:
        raise MissingReference(f"{draft.file}:{block.line}: no report {block.report!r} stands behind the quotation")
    translated = _translated(block, draft, material, pack)
    return Said(kind="quote", text=marked, by=cast.told_desk(speaker, translated=translated))


def _translated(block: Block, draft: Draft, material: Material, pack: Pack) -> bool:
    marks = translation.marked(draft, material.told_in, pack.spoken)
    return marks and block in translation.translated(draft, material.told_in)


def _placed(id: Slug, draft: Draft, material: Material, pack: Pack, reported: Sequence[PlaceId]) -> Placed:
    picture, files = material.pictures.get(id), material.renditions.get(id)
    if picture is None or not files:
        raise MissingReference(f"{draft.file}: there is no cleared picture {id!r}; add it to media/ or take it out")
    return Placed(
        files=files,
        alt=caption.alt(picture, pack, draft.language, reported),
        caption=caption.caption(picture, draft.close, pack, draft.language, reported),
        file=picture.stands_in
        or caption.is_file_picture(picture, draft.close)
        or bool(caption.elsewhere(picture, pack, reported)),
    )


def _reported(draft: Draft, material: Material, pack: Pack) -> tuple[PlaceId, ...]:
    """Where the story is about, no finer than printed."""
    places = tuple(p for claim in draft.cited if claim in material.findings for p in material.findings[claim].told_in)
    return coarse(places, pack.gazetteer)


def _dues(draft: Draft, material: Material, phrases: Phrases, gazetteer: Gazetteer) -> Iterator[ComeBack]:
    """Dates of claims the story cites; what it does not speak of, it does not promise to look at.

    A claim that names a place too finely is left out, as its text could not be printed.
    """
    cited = draft.cited
    for due in material.dues:
        if due.of in cited and not finer(_in(material.claims[due.of].text, draft.language, due.of), gazetteer):
            claim = material.claims[due.of]
            yield ComeBack(
                when=capital(phrases.date(printed(due.due or claim.when, claim, material.claims))),
                text=phrases.say("page.claim", claim=_in(claim.text, draft.language, claim.id)),
                outcome=phrases.say(f"page.outcome-{due.outcome}", date=phrases.date(draft.close)),
                open=due.outcome in ("open", "unknown"),
            )


def _in(text: Text, language: Language, what: str) -> str:
    try:
        return text[language]
    except KeyError:
        raise MissingReference(f"{what} is not worded in {language}; add it") from None
