"""One look for a claim: the passages read, what each amounts to, and in which order people had better read on."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import takewhile
from typing import NamedTuple

import msgspec

from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.judgements import Digest, Judged, standing
from farbank.model.statemedia import Passage, Result, Window
from farbank.model.text import Language
from farbank.watch import needles
from farbank.watch.elsewhen import other_times
from farbank.watch.engine import Archive
from farbank.watch.first import Rank, first
from farbank.watch.grade import Graded, Grader
from farbank.watch.index import split
from farbank.watch.meaning import by_meaning
from farbank.watch.rank import Embedder
from farbank.watch.touch import Candidate, Touches

HERE: tuple[Result, ...] = ("said", "contradicted", "half-said")
"""Results that say the state spoke of it; they need no coverage."""
NOT_HERE: tuple[Result, ...] = ("said-elsewhere", "silent")
"""Results that forbid no silence: what a mention missed would be graded."""

MOST_READ = 200
"""Passages read closely in one look; if more may mention the event, the look cannot end in silence."""
NEAR_READ = 50
"""Passages that come near to the claim and are offered to be judged, at most."""


class Look(NamedTuple):
    """What came of one look.

    `found` are the passages read, by what the machine or people of the desk say they are; `order` those the machine
    takes for no mention, the likeliest first; `unread` how many more may be mentions; `languages` those in which
    every concept of the event has words that cannot be missed.
    """

    found: Sequence[Passage] = ()
    order: Sequence[Passage] = ()
    unread: int = 0
    languages: frozenset[Language] = frozenset()

    @property
    def waiting(self) -> int:
        """How many passages forbid silence until somebody has judged them."""
        return self.unread + sum(one.result == "cannot-tell" for one in self.found)

    @property
    def judged(self) -> int:
        """How many of `order` people have judged without leaving one out."""
        return sum(1 for _ in takewhile(lambda one: one.judged, self.order))


def look(
    claim: Claim,
    query: Query,
    archive: Archive,
    pack: Pack,
    window: Window,
    outlets: Sequence[str] | None,
    judged: Iterable[Judged],
    embed: Embedder | None = None,
) -> Look:
    """Read what may mention the claim in `window`, in the `outlets` (as the archive names them; None means all).

    With `embed`, passages come last that only their meaning brings near.
    """
    touches = Touches(query, archive, pack, window, outlets)
    mentions, near = _candidates(touches, query)
    naming = _naming(claim, archive, pack, window, outlets)
    rank = _rank(query, naming)
    grader = Grader(claim, query, touches.needles, archive, pack)
    verdicts = standing(judged, claim.id)
    closely = first(mentions, rank, MOST_READ, archive.store) + first(near, rank, NEAR_READ, archive.store)
    read = [grader.read(one) for one in closely]
    order = sorted((one for one in read if one.passage.result in NOT_HERE), key=_nearness, reverse=True)
    if embed is not None:
        meant = by_meaning(claim, naming, {one.key for one in (*mentions, *near)}, archive, embed)
        order += [grader.read(one) for one in meant]
    found = [_as_judged(one.passage, verdicts) for one in read]
    if not any(one.result in HERE for one in found):
        found += other_times(grader, window, outlets)
    return Look(
        found=found,
        order=[_as_judged(one.passage, verdicts) for one in order],
        unread=max(0, len(mentions) - MOST_READ),
        languages=frozenset(
            language
            for language in archive.languages
            if all(needles.complete(touches.needles[concept].get(language, ())) for concept in query.event)
        ),
    )


def _nearness(one: Graded) -> tuple[bool, float, str]:
    return one.here, one.likely or 0.0, one.passage.mark


def _as_judged(passage: Passage, verdicts: Mapping[Digest, Result]) -> Passage:
    verdict = verdicts.get(passage.mark)
    return passage if verdict is None else msgspec.structs.replace(passage, result=verdict, judged=True)


def _candidates(touches: Touches, query: Query) -> tuple[list[Candidate], list[Candidate]]:
    """Every passage that may mention the event, and those that touch only some of it."""
    event = set(query.event)
    found = touches.candidates(query.event)
    return [one for one in found if event <= one.hinted], [one for one in found if not event <= one.hinted]


def _naming(
    claim: Claim, archive: Archive, pack: Pack, window: Window, outlets: Sequence[str] | None
) -> Collection[int]:
    """Keys of the passages that name the place or one around it, the country itself left out."""
    around = (claim.place, *pack.gazetteer.ancestors(claim.place))[:-1]
    return archive.index.find([needles.place(pack, around, archive.languages)], window, outlets) if around else ()


def _rank(query: Query, naming: Collection[int]) -> Rank:
    """First those that say the event, then those naming the place, those touching more, and what an item leads with."""
    event = set(query.event)
    return lambda one: (event <= one.said, one.key in naming, len(one.said), len(one.own), -split(one.key)[1])
