"""One look for a claim in the archive: said, half-said, said elsewhere, contradicted, silent, or cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.statemedia import Coverage, Passage, Result, Search, Window
from farbank.watch import needles
from farbank.watch.coverage import coverage
from farbank.watch.elsewhen import other_times
from farbank.watch.engine import Archive
from farbank.watch.first import Rank, first
from farbank.watch.grade import Grader
from farbank.watch.outlets import publishing, searched
from farbank.watch.touch import Candidate, Touches

MOST_READ = 200
"""Passages read closely in one look; if more may mention the event, the look cannot end in silence."""
NEAR_READ = 20
"""Passages read that touch only some of the event."""
SHOWN = 5
"""Passages of each grade a search carries, one of each text."""

_HERE: tuple[Result, ...] = ("said", "contradicted", "half-said")
_GRADES: tuple[Result, ...] = (*_HERE, "cannot-tell", "said-elsewhere", "silent")


def check(claim: Claim, archive: Archive, pack: Pack, window: Window, outlets: Sequence[str] | None = None) -> Search:
    """Look for a claim in what the archive holds of `window`, in every language it holds.

    `outlets` are ids or names of the pack's outlets, or names as the archive has them; None means all it holds.
    `silent` and `said-elsewhere` both say that nothing about the claim's own place and time was found, so both need
    every publishing day of every outlet and language searched; without them the answer is `cannot-tell`, whatever
    lies near. A passage graded `cannot-tell` may be a mention and forbids silence; those graded `silent` are the
    nearest that are none. Raises MissingReference for a concept or an outlet nobody knows.
    """
    pairs = searched(archive, pack, outlets)
    held = tuple(coverage(archive, o, language, window, *publishing(pack, o)) for o, language in pairs)
    names = tuple(dict.fromkeys(outlet for outlet, _ in pairs))
    found: list[Passage] = []
    result: Result = "cannot-tell"
    if claim.query is not None:
        found, result = _look(claim, claim.query, archive, pack, window, held, None if outlets is None else names)
    return Search(
        id=f"machine-{claim.id}"[:64].rstrip("-"),
        claims=(claim.id,),
        window=window,
        outlets=names,
        languages=tuple(dict.fromkeys(language for _, language in pairs)),
        result=result,
        coverage=held,
        passages=_best(found, result, archive),
    )


def _look(
    claim: Claim,
    query: Query,
    archive: Archive,
    pack: Pack,
    window: Window,
    held: Sequence[Coverage],
    outlets: Sequence[str] | None,
) -> tuple[list[Passage], Result]:
    touches = Touches(query, archive, pack, window, outlets)
    mentions, near = _candidates(touches, query)
    rank = _rank(touches, claim, query, archive, pack)
    read = first(mentions, rank, MOST_READ, archive.store) + first(near, rank, NEAR_READ, archive.store)
    grader = Grader(claim, query, archive, pack, archive.named(pack.gazetteer))
    found = [grader.read(one) for one in read]
    grades = {passage.result for passage in found}
    for result in _HERE:
        if result in grades:
            return found, result
    found += other_times(grader, window, outlets)
    if (
        "cannot-tell" in grades
        or len(mentions) > MOST_READ
        or not _complete(held)
        or not _searchable(touches, query, held)
    ):
        return found, "cannot-tell"
    return found, "said-elsewhere" if any(passage.result == "said-elsewhere" for passage in found) else "silent"


def _complete(held: Sequence[Coverage]) -> bool:
    """Whether something was read, and nothing is missing: on a day on which no paper appears nobody is silent."""
    return any(one.bodies for one in held) and not any(one.days_missing for one in held)


def _searchable(touches: Touches, query: Query, held: Sequence[Coverage]) -> bool:
    """Whether every concept of the event has words that cannot be missed in every language searched."""
    return all(
        needles.complete(touches.needles[concept].get(one.language, ())) for concept in query.event for one in held
    )


def _candidates(touches: Touches, query: Query) -> tuple[list[Candidate], list[Candidate]]:
    """Every passage that may mention the event, and those that touch only some of it."""
    event = set(query.event)
    found = touches.candidates(query.event)
    return [one for one in found if event <= one.hinted], [one for one in found if not event <= one.hinted]


def _rank(touches: Touches, claim: Claim, query: Query, archive: Archive, pack: Pack) -> Rank:
    """Those that say the event come first, then those naming the place, then those touching more in their own words."""
    event = set(query.event)
    around = (claim.place, *pack.gazetteer.ancestors(claim.place))[:-1]
    naming = archive.index.find([needles.place(pack, around, archive.languages)], touches.window) if around else {}
    return lambda one: (
        event <= one.said, one.key in naming, len(one.said), len(one.own), not (one.abroad or one.near_abroad)
    )  # fmt: skip


def _best(found: Iterable[Passage], result: Result, archive: Archive) -> tuple[Passage, ...]:
    """The first few of each grade: the fewer places a passage names the more it is about the one; one of each text."""
    ordered = sorted(found, key=lambda passage: len(passage.places) or 99)
    shown: list[Passage] = []
    for grade_ in _GRADES[: -1 if result == "said" else None]:
        texts: dict[object, Passage] = {}
        for passage in ordered:
            if passage.result == grade_ and len(texts) < SHOWN:
                texts.setdefault(archive.store.same(passage.outlet, passage.article), passage)
        shown += texts.values()
    store = archive.store
    return tuple(msgspec.structs.replace(one, also=tuple(store.copies(one.outlet, one.article))) for one in shown)
