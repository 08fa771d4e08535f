"""Everything a story prints that somebody has written, each passage with what can tell whose it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from farbank.model.case import Case
from farbank.model.chains import of_kind
from farbank.model.story import Draft, Role, Sentence
from farbank.model.text import Slug


class Passage(NamedTuple):
    """A sentence in print. `speaker` is whose words it holds, `last` who was named last before it in its paragraph.

    `chain` are the people in the chains of the claims it cites, `tellers` per person those from whom they had it.
    `holders` are the people behind the document it is quoted from.
    """

    text: str
    role: Role
    line: int
    claims: tuple[Slug, ...] = ()
    named: tuple[Slug, ...] = ()
    speaker: Slug | None = None
    last: Slug | None = None
    chain: tuple[Slug, ...] = ()
    tellers: tuple[tuple[Slug, Slug], ...] = ()
    holders: tuple[Slug, ...] = ()


def passages(draft: Draft, case: Case) -> Iterator[Passage]:
    """Headline, summary, every sentence, and what the margin prints: pictures' records and the claims cited."""
    speakers = case.speakers
    for sentence in (draft.headline, draft.summary):
        yield _passage(sentence, case)
    for block in draft.blocks:
        last: Slug | None = None
        speaker = speakers.get(block.report or "")
        holders = case.brought(block.document) if block.document is not None else ()
        for sentence in block.sentences:
            yield _passage(sentence, case)._replace(speaker=speaker, last=last, holders=holders)
            last = sentence.sources[-1] if sentence.sources else last
        if block.picture is not None:
            yield from _pictures(block.picture, block.line, draft, case)
    yield from _margin(draft, case)


def _passage(sentence: Sentence, case: Case) -> Passage:
    chain, tellers = _behind(sentence.claims, case)
    return Passage(
        text=sentence.text,
        role=sentence.role,
        line=sentence.line,
        claims=sentence.claims,
        named=sentence.sources,
        chain=chain,
        tellers=tellers,
    )


def _pictures(picture: Slug, line: int, draft: Draft, case: Case) -> Iterator[Passage]:
    for known in case.pictures:
        for text in (known.what, known.vantage) if known.id == picture else ():
            taken_by = (known.photographer,) if known.photographer else ()
            holders = case.brought(known.facsimile) if known.facsimile is not None else ()
            yield Passage(text.get(draft.language, ""), "caption", line, chain=taken_by, holders=holders)


def _margin(draft: Draft, case: Case) -> Iterator[Passage]:
    lines = {claim: sentence.line for sentence in reversed(draft.sentences) for claim in sentence.claims}
    for claim in case.claims:
        if claim.id in lines:
            chain, tellers = _behind((claim.id,), case)
            text = claim.text.get(draft.language, "")
            yield Passage(text, "label", lines[claim.id], claims=(claim.id,), chain=chain, tellers=tellers)


def _behind(claims: Iterable[Slug], case: Case) -> tuple[tuple[Slug, ...], tuple[tuple[Slug, Slug], ...]]:
    """The people in the chains of the claims, and who told whom in them."""
    wanted = {*claims}
    cited = {id for claim in case.claims if claim.id in wanted for id in claim.chains}
    chains = [chain for chain in case.chains if chain.id in cited]
    people = dict.fromkeys(person for chain in chains for person in chain.people)
    told: dict[tuple[Slug, Slug], None] = {}
    for hop in (hop for chain in chains for hop in chain.hops):
        who, teller = of_kind("person", hop.who), of_kind("person", hop.source)
        if who is not None and teller is not None:
            told[who, teller] = None
    return tuple(people), tuple(told)
