"""One look for a claim in the archive: said, half-said, said elsewhere, contradicted, silent, or cannot tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from farbank.country.pack import Pack
from farbank.model.claims import Claim
from farbank.model.judgements import NEAREST, Judged
from farbank.model.statemedia import Passage, Result, Search, Window
from farbank.watch.coverage import coverage
from farbank.watch.engine import Archive
from farbank.watch.look import Look, look
from farbank.watch.outlets import publishing, searched
from farbank.watch.rank import Embedder
from farbank.watch.verdicts import loosest, overall, verdicts

SHOWN = 5
"""Passages of each grade a search carries, one of each text."""


def check(
    claim: Claim,
    archive: Archive,
    pack: Pack,
    window: Window,
    outlets: Sequence[str] | None = None,
    judged: Iterable[Judged] = (),
    embed: Embedder | None = None,
) -> Search:
    """Look for a claim in what the archive holds of `window`, in every language it holds.

    `outlets` are ids or names of the pack's outlets, or names as the archive has them; None means all it holds.
    `silent` and `said-elsewhere` both say that nothing about the claim's own place and time was found, so both need
    every publishing day of every outlet and language searched; without them the answer is `cannot-tell`, whatever
    lies near. A passage graded `cannot-tell` may be a mention and forbids silence until people of the desk have
    `judged` it; those graded `silent` are the nearest that are none. `embed`, where the desk has a model, brings
    passages near that share no word with the claim, to be judged after all others.
    Raises MissingReference for a concept or an outlet nobody knows.
    """
    pairs = searched(archive, pack, outlets)
    held = tuple(coverage(archive, o, language, window, *publishing(pack, o)) for o, language in pairs)
    names = tuple(dict.fromkeys(outlet for outlet, _ in pairs))
    asked = None if outlets is None else names
    found = look(claim, claim.query, archive, pack, window, asked, judged, embed) if claim.query else Look()
    each = verdicts(found, held, pack.recall)
    result = overall(each, found)
    return Search(
        id=f"machine-{claim.id}"[:64].rstrip("-"),
        claims=(claim.id,),
        window=window,
        outlets=names,
        languages=tuple(dict.fromkeys(language for _, language in pairs)),
        result=result,
        coverage=held,
        verdicts=each,
        passages=_best(found.found, result, archive),
        bound=loosest(each),
        waiting=found.waiting,
        judged=found.judged,
    )


def _best(found: Iterable[Passage], result: Result, archive: Archive) -> tuple[Passage, ...]:
    """The first few of each grade, one of each text, and the earliest of the search's own.

    The fewer places a passage names the more it is about the one.
    """
    read = list(found)
    earliest = min((one for one in read if one.result == result), key=lambda one: one.date, default=None)
    ordered = sorted(read, key=lambda passage: len(passage.places) or 99)
    shown: list[Passage] = []
    for grade_ in NEAREST[: -1 if result == "said" else None]:
        texts: dict[object, Passage] = {}
        for passage in ordered:
            if passage.result == grade_ and len(texts) < SHOWN:
                texts.setdefault(archive.store.same(passage.outlet, passage.article), passage)
        shown += texts.values()
    if earliest is not None and all(one.date > earliest.date for one in shown if one.result == result):
        shown.insert(0, earliest)
    store = archive.store
    return tuple(msgspec.structs.replace(one, also=tuple(store.copies(one.outlet, one.article))) for one in shown)
