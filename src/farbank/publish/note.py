"""How we know: the note beside a paragraph, compiled from findings and searches alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Protocol

import msgspec

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.errors import MissingReference
from farbank.model.findings import Finding, Sentences
from farbank.model.movements import printed, unwitnessed
from farbank.model.statemedia import Passage, Search, Statement
from farbank.model.story import RecordEvent, Sentence
from farbank.model.text import Language, Slug, Text
from farbank.publish.grain import finer
from farbank.publish.record import conflicts

PASSAGES = 3
"""Passages of a search shown on a page: enough to judge by, few enough to read."""


class Quoted(msgspec.Struct, frozen=True, kw_only=True):
    """A passage of state media as printed, in `language`, and the line that says where it stood."""

    text: str
    source: str
    language: Language


class Band(msgspec.Struct, frozen=True, kw_only=True):
    """What one search of state media found; `silent` ones hold nothing but their sentence."""

    sentence: str
    note: str
    quoted: tuple[Quoted, ...]
    silent: bool


class ClaimNote(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, what is established of it, and its dates; `text` is empty where it names a place too finely."""

    text: str
    standing: str
    history: tuple[str, ...]


class Note(msgspec.Struct, frozen=True, kw_only=True):
    """One margin note: `lines` are read at once, `claims` on opening; `bands` are searches not shown further up.

    `searched` repeats on opening what was shown further up; `conflicts` are differences with the state's record.
    """

    lines: tuple[str, ...]
    claims: tuple[ClaimNote, ...]
    bands: tuple[Band, ...]
    searched: tuple[Band, ...]
    conflicts: tuple[str, ...]


class Known(Protocol):
    """The part of a page's material that notes are taken from."""

    @property
    def claims(self) -> Mapping[Slug, Claim]:
        """Claims by id."""

    @property
    def findings(self) -> Mapping[Slug, Finding]:
        """Findings by claim."""

    @property
    def sentences(self) -> Mapping[Slug, Sentences]:
        """The two sentences by claim."""

    @property
    def searches(self) -> Mapping[Slug, Search]:
        """Searches by id."""

    @property
    def search_sentences(self) -> Mapping[Slug, Text]:
        """What each search found, per language."""

    @property
    def statements(self) -> Mapping[Slug, Statement]:
        """Passages of state media by id."""

    @property
    def record(self) -> Sequence[RecordEvent]:
        """Events as the state dates them."""


class NoteTaker:
    """Takes notes in reading order; it remembers which searches a reader has seen."""

    def __init__(self, known: Known, pack: Pack, phrases: Phrases, close: date) -> None:
        self._known = known
        self._pack = pack
        self._phrases = phrases
        self._close = close
        self._shown: list[Band] = []

    def take(self, sentences: Sequence[Sentence], *, shows_searches: bool = True) -> Note:
        """The note to `sentences`. Raises MissingReference for a claim, search or statement that is not there."""
        cited = [self._claim(id, sentence) for sentence in sentences for id in sentence.claims]
        claims = list({claim.id: claim for claim in cited}.values())
        bands = self._bands(claims)
        fresh = [band for band in bands if band not in self._shown] if shows_searches else []
        self._shown += fresh
        return Note(
            lines=tuple(dict.fromkeys(self._standing(claim) for claim in claims)),
            claims=tuple(self._claim_note(claim) for claim in claims),
            bands=tuple(fresh),
            searched=tuple(band for band in bands if band not in fresh),
            conflicts=tuple(dict.fromkeys(line for sentence in sentences for line in self._conflicts(sentence))),
        )

    def _claim(self, id: Slug, sentence: Sentence) -> Claim:
        if id not in self._known.claims or id not in self._known.findings:
            raise MissingReference(
                f"line {sentence.line} cites a claim {id!r} that does not exist; file it or correct the citation"
            )
        return self._known.claims[id]

    def _standing(self, claim: Claim) -> str:
        return self._worded(self._known.sentences[claim.id].reader, claim.id)

    def _claim_note(self, claim: Claim) -> ClaimNote:
        text = self._worded(claim.text, claim.id)
        return ClaimNote(
            text=self._unless_finer(self._phrases.say("page.claim", claim=text), ""),
            standing=self._standing(claim),
            history=tuple(self._history(claim)),
        )

    def _history(self, claim: Claim) -> Iterator[str]:
        finding = self._known.findings[claim.id]
        when = unwitnessed(printed(claim.when, claim, self._known.claims), seen=finding.seen or finding.hops == 1)
        yield self._phrases.say("page.history-when", date=self._phrases.date(when))
        if claim.known is not None and claim.known.latest is not None:
            # The month only: the day on which somebody learned it is a day on which they were there (F18).
            yield self._phrases.say("page.history-known", date=self._phrases.date(When(f"{claim.known.latest:%Y-%m}")))
        if claim.due is not None:
            due = printed(claim.due, claim, self._known.claims)
            yield self._phrases.say("page.history-due", date=self._phrases.date(due))

    def _bands(self, claims: Sequence[Claim]) -> list[Band]:
        ids = dict.fromkeys(search for claim in claims for search in self._known.findings[claim.id].searches)
        return list(dict.fromkeys(self._band(id) for id in ids))

    def _band(self, id: Slug) -> Band:
        search = self._known.searches.get(id)
        if search is None or id not in self._known.search_sentences:
            raise MissingReference(f"a finding rests on a search {id!r} that does not exist; add it to searches/")
        quoted = [self._statement(name) for name in search.statements] + [self._passage(p) for p in _nearest(search)]
        return Band(
            sentence=self._worded(self._known.search_sentences[id], id),
            note=self._unless_finer(search.note.get(self._phrases.language, ""), ""),
            quoted=tuple(quoted),
            silent=search.result == "silent",
        )

    def _statement(self, id: Slug) -> Quoted:
        statement = self._known.statements.get(id)
        if statement is None:
            raise MissingReference(f"a search cites a statement {id!r} that does not exist; add it to statements/")
        language = next(
            (tag for tag in (self._phrases.language, statement.language) if tag in statement.text),
            next(iter(statement.text), statement.language),
        )
        text = statement.text.get(language, "")
        how = "-restated" if statement.restated else "-translated" if language != statement.language else ""
        # A restatement bears no quotation marks: nobody said it in these words.
        printed = f"{text}." if statement.restated else self._phrases.say("page.quoted", text=text)
        return Quoted(
            text=self._unless_finer(printed, self._phrases.say("page.withheld")),
            source=self._source(f"page.source{how}", statement.outlet, statement.published, statement.language),
            language=language,
        )

    def _passage(self, passage: Passage) -> Quoted:
        return Quoted(
            text=self._unless_finer(
                self._phrases.say("page.quoted", text=passage.text), self._phrases.say("page.withheld")
            ),
            source=self._source("page.source", passage.outlet, passage.date, passage.language),
            language=passage.language,
        )

    def _source(self, key: str, outlet: str, when: When | date, language: Language) -> str:
        spoken = f"search.language-{language.partition('-')[0]}"
        return self._phrases.say(
            key,
            outlet=self._worded(self._pack.outlet(outlet).name, outlet),
            date=self._phrases.date(when),
            language=self._phrases.say(spoken) if spoken in self._phrases else language,
        )

    def _conflicts(self, sentence: Sentence) -> Iterator[str]:
        for event, said in conflicts(sentence.text, self._known.record, self._phrases, self._close):
            yield self._phrases.say(
                "page.record-conflict",
                event=self._worded(event.name, event.id),
                record=self._phrases.date(event.when),
                story=self._phrases.date(said),
            )

    def _unless_finer(self, text: str, instead: str) -> str:
        return instead if finer(text, self._pack.gazetteer) else text

    def _worded(self, text: Text, what: str) -> str:
        try:
            return text[self._phrases.language]
        except KeyError:
            raise MissingReference(f"{what!r} is not worded in {self._phrases.language}; add it") from None


def _nearest(search: Search) -> tuple[Passage, ...]:
    """The passages that carry the result, or where there is none the nearest that do not."""
    carrying = [passage for passage in search.passages if passage.result == search.result]
    return tuple(carrying or search.passages)[:PASSAGES]
