"""What an edition may say, accounted for before it is rendered: words judged, facts counted, days that are out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from farbank.country.census import Axis
from farbank.country.particles import MARK
from farbank.model.case import Case
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.exposure import Wording
from farbank.model.people import Facts
from farbank.model.statemedia import Search
from farbank.model.story import HANDLE, Draft
from farbank.model.text import Language, Slug
from farbank.protect.detect.date import COARSE
from farbank.protect.detect.passages import passages
from farbank.protect.detect.prose import Parts
from farbank.protect.readers.alphabets import alike


class Words(NamedTuple):
    """A text, laid out by `laid`, and the facts it may state; None where it was judged as it stands."""

    text: str
    facts: Facts | None = None


@dataclass(frozen=True, eq=False)
class Accounted:
    """Words that may be printed, days that may be named, and what reading a page for anything else needs.

    `public` are days that the state, the close and the searches name, `own` those of the claims, `contacts` those on
    which somebody spoke to the desk. In the languages of `quoted` state media is quoted, read by the pack or not.
    """

    words: tuple[Words, ...]
    public: frozenset[date]
    own: frozenset[date]
    contacts: frozenset[date]
    languages: tuple[Language, ...]
    quoted: frozenset[Language]
    parts: Parts
    axes: tuple[Axis, ...]


def accounted(
    drafts: Collection[Draft],
    case: Case,
    wordings: Iterable[Wording],
    searches: Sequence[Search],
    parts: Parts,
    axes: Sequence[Axis],
    days: Collection[date] = (),
    said: Collection[str] = (),
) -> Accounted:
    """Account for an edition made of these; `days` are those the desk names of itself, such as when a key began.

    `said` are exact words that it says of itself, such as the moment before which nobody may use the edition.

    Every passage that `tie` reads is accounted for, whatever became of it there, for it is judged there; so are the
    exact words an editor has accepted, and what state media says in its own. Descriptions and standing disclosures are
    as far as the facts counted for them.
    """
    cited = {claim for draft in drafts for claim in draft.cited}
    words = [Words(part) for draft in drafts for part in _judged(draft, case)]
    words += [Words(laid(each.words)) for draft in drafts for each in draft.accept]
    words += [Words(laid(text)) for text in (*_quoted(case, searches), *said)]
    words += [Words(part, facts) for text, facts in _counted(case, wordings) for part in _named(text, parts)]
    return Accounted(
        words=tuple({each.text: each for each in reversed(words) if each.text}.values()),
        public=frozenset({*_public(case, searches), *days}),
        own=frozenset(day for claim in _with_wholes(cited, case) for when in _dates(claim) for day in _ends(when)),
        contacts=frozenset(day for contact in case.contacts for day in _days(contact.when)),
        languages=tuple(dict.fromkeys((*(draft.language for draft in drafts), *parts.tells.tongues))),
        quoted=frozenset(_languages(case, searches)),
        parts=parts,
        axes=tuple(axes),
    )


def laid(text: str) -> str:
    """A text as it is compared: `plainest`, with one space for every stretch of white space, and no capitals.

    As long as the text, if that is composed (NFC) and its white space is single.
    """
    spaced = plainest(" ".join(unicodedata.normalize("NFC", text).split()))
    lower = spaced.lower()
    return lower if len(lower) == len(spaced) else "".join(each.lower()[:1] for each in spaced)


def plainest(text: str) -> str:
    """A text with one dash for all, no accents, and Latin letters for those that look like them; as long as before."""
    return text if text.isascii() else alike(text.translate(_PLAINEST))


_PLAINEST = {ord(dash): "-" for dash in "‐‑‒–—―−"} | {
    code: unicodedata.normalize("NFD", chr(code))[0] for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00))
}


_FILLED = re.compile(f"{HANDLE.pattern}|{MARK.pattern}")
"""Where a page prints something else than what was written: somebody's description, a particle."""


def _judged(draft: Draft, case: Case) -> Iterator[str]:
    """The stretches of every passage of a draft that are printed as they were read."""
    for passage in passages(draft, case):
        start = 0
        for filled in _FILLED.finditer(passage.text):
            yield laid(passage.text[start : filled.start()])
            start = filled.end()
        yield laid(passage.text[start:])


def _quoted(case: Case, searches: Iterable[Search]) -> Iterator[str]:
    """What state media says in its own words; a restatement is the desk's."""
    for statement in case.statements:
        if not statement.restated:
            yield from statement.text.values()
    for search in searches:
        yield from (passage.text for passage in search.passages)


def _languages(case: Case, searches: Iterable[Search]) -> Iterator[Language]:
    for statement in case.statements:
        yield from (statement.language, *statement.text)
    for search in searches:
        yield from (passage.language for passage in search.passages)


def _counted(case: Case, wordings: Iterable[Wording]) -> Iterator[tuple[str, Facts]]:
    for wording in wordings:
        yield from ((text, wording.facts) for text in wording.named.values())
    for always in case.disclosures:
        yield from ((text, always.facts) for text in always.text.values())


def _named(text: str, parts: Parts) -> Iterator[str]:
    """A description as it stands, and as it reads once somebody has been introduced."""
    whole = laid(text)
    yield whole
    for phrases in parts.phrases.values():
        yield from (
            whole.removeprefix(laid(article)).strip()
            for article in phrases.several("page.indefinite")
            if whole.startswith(laid(article))
        )


def _public(case: Case, searches: Iterable[Search]) -> Iterator[date]:
    yield case.close
    for when in (*(event.when for event in case.record), *(statement.published for statement in case.statements)):
        yield from _ends(when)
    for statement in case.statements:
        yield from _ends(statement.due)
    for search in searches:
        yield from (search.window.first, search.window.last)
        yield from (day for each in search.coverage for day in (*each.days_missing, *each.days_unread))
        yield from (each.first for each in search.verdicts if each.first is not None)
        yield from (passage.date for passage in search.passages)


def _with_wholes(cited: Collection[Slug], case: Case) -> Iterator[Claim]:
    """The claims cited and all they are part of."""
    claims = {claim.id: claim for claim in case.claims}
    seen: set[Slug] = set()
    left = [*cited]
    while left:
        claim = claims.get(left.pop())
        if claim is not None and claim.id not in seen:
            seen.add(claim.id)
            yield claim
            left += [claim.part_of] if claim.part_of else []


def _dates(claim: Claim) -> Iterator[When | None]:
    yield from (claim.when, claim.known, claim.due)


def _ends(when: When | None) -> Iterator[date]:
    """The first and the last day of a date that is finer than a week."""
    days = [*_days(when)]
    yield from (*days[:1], *days[-1:])


def _days(when: When | None) -> Iterator[date]:
    first, last = (when.earliest, when.latest) if when is not None else (None, None)
    if first and last and (last - first).days + 1 < COARSE:
        yield from (first + timedelta(days=number) for number in range((last - first).days + 1))
