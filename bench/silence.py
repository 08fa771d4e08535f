"""Whether silence that is stated is so: mentions of KCNA in English known to be there, taken away and put back.

Of every known mention (`bench/_mentions.py`) and a window drawn around it, the archive is searched as if nothing else
that names the province had been published: once with the article (`restored`) and once without (`removed`), so that
nothing is left there to be said of that place. Everything else KCNA said stays: of other provinces, of the country, of
abroad. Then one day of the window is taken out of what is held (`holes`), and no look may end in silence.

Keys, over the mentions kept to measure with: n (of them); false_silent (restored, called silent or said elsewhere:
held to 0.01); silent_share and silent_share_reviewed (removed, called silent or said elsewhere: unreviewed, held to
0.60, and once the first 20 passages that forbid it have been judged, held to 0.90); strictly_silent (of those, called
silent); holes_as_silence (held to 0); bound and bound_reviewed (what this measurement lets be stated, unreviewed and
after 20 judgements); stated and empirical (how often the bound stated from a sample of 150 holds of all, at every
step at once, over 2,000 samples; held to at least what is stated); recall (the measurement, as a pack's `recall.toml`
has it); claims (142 labelled by a reader, most of them traps: what was expected, and what came of it).
"""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from bench import Report, Row, _mentions
from farbank import country
from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.dates import When
from farbank.model.judgements import NEAREST
from farbank.model.statemedia import Reached, Recall, Search, Window
from farbank.watch import archive as archives
from farbank.watch import recall
from farbank.watch.archive import Archive
from farbank.watch.check import check
from farbank.watch.look import NOT_HERE, look

DATA = "statemedia"
STEPS = (0, 5, 20, 50)
"""Judgements after which what is missed is counted."""
REVIEWED = 20
WINDOWS, WINDOWS_QUICK = 5, 1
"""Windows drawn around each mention."""
SAMPLES = 2000
NEVER = 10**9


class Trial(NamedTuple):
    """One mention in one window: after how many judgements it is reached (0 unreviewed, `NEVER`), and what the search
    said with it, once it and all of its province were gone, and with a hole beside that."""

    mention: str
    reached: int
    restored: Search
    removed: Search
    holed: Search


def run(data: Path, *, quick: bool = False) -> Report:
    """Count. Raises MissingData."""
    pack = country.load()
    with tempfile.TemporaryDirectory() as folder:
        _mentions.build(data, Path(folder) / "archive", pack)
        with archives.open(Path(folder) / "archive") as archive:
            tried = list(trials(archive, pack, "measure", WINDOWS_QUICK if quick else WINDOWS))
            read = confusion(archive, pack)
    measured = measurement(tried, pack)
    unreviewed, reviewed = (recall.bound([measured], _mentions.OUTLET, _mentions.LANGUAGE, k) for k in (0, REVIEWED))
    silent = [one.removed.result in NOT_HERE for one in tried]
    return {
        "n": len(tried),
        "mentions": measured.trials,
        "false_silent": round(sum(one.restored.result in NOT_HERE for one in tried) / len(tried), 5),
        "silent_share": round(sum(silent) / len(tried), 4),
        "silent_share_reviewed": round(sum(one.removed.waiting <= REVIEWED for one in tried) / len(tried), 4),
        "strictly_silent": round(sum(one.removed.result == "silent" for one in tried) / len(tried), 4),
        "holes_as_silence": sum(one.holed.result in NOT_HERE for one in tried),
        "bound": round(unreviewed or 1.0, 4),
        "bound_reviewed": round(reviewed or 1.0, 4),
        "stated": recall.LEVEL,
        "empirical": round(held(tried), 4),
        "recall": _row(measured),
        "claims": read,
    }


def trials(archive: Archive, pack: Pack, part: str, windows: int) -> Iterator[Trial]:
    """Every mention of a part, in so many windows."""
    draw, numbers = Random(7), _mentions.ordinals(archive)
    for mention in _mentions.known():
        if mention.part != part:
            continue
        number = numbers[mention.article]
        article = archive.store.article(number)
        claim = _mentions.claim(mention, article)
        for days in filter(None, (_mentions.window(archive, article, draw) for _ in range(windows))):
            gone = _mentions.naming(archive, pack, mention.place, days) | {number}
            there = _mentions.Without(archive, gone - {number})
            yield Trial(
                mention=mention.id,
                reached=_reached(claim, mention.article, there, pack, days),
                restored=check(claim, there, pack, days, [_mentions.OUTLET]),
                removed=check(claim, _mentions.Without(archive, gone), pack, days, [_mentions.OUTLET]),
                holed=check(claim, _mentions.Without(archive, gone, article.date), pack, days, [_mentions.OUTLET]),
            )


def _reached(claim: Claim, article: str, archive: _mentions.Without, pack: Pack, days: Window) -> int:
    assert claim.query is not None
    found = look(claim, claim.query, archive, pack, days, [_mentions.OUTLET], ())
    if any(one.article == article and one.result not in NOT_HERE for one in found.found):
        return 0
    return next((rank for rank, one in enumerate(found.order, 1) if one.article == article), NEVER)


def measurement(tried: Sequence[Trial], pack: Pack) -> Recall:
    """What was missed at each step; of each mention the first window counts, as its windows are not independent."""
    first = list({one.mention: one for one in reversed(tried)}.values())
    steps = tuple(Reached(step, sum(one.reached > step for one in first)) for step in STEPS)
    return Recall(
        outlet=_mentions.OUTLET, language=_mentions.LANGUAGE, trials=len(first), steps=steps, words=pack.words
    )


def held(tried: Sequence[Trial], sample: int = 150) -> float:
    """How often the bounds stated from a sample of mentions, drawn with replacement, hold of all, every one of them."""
    draw = Random(11)
    every = [one.reached for one in tried]
    truth = [sum(one > step for one in every) / len(every) for step in STEPS]
    error = (1 - recall.LEVEL) / len(STEPS)
    held = 0
    for _ in range(SAMPLES):
        drawn = draw.choices(every, k=sample)
        limits = [recall.upper(sum(one > step for one in drawn), sample, error) for step in STEPS]
        held += all(share <= limit for share, limit in zip(truth, limits, strict=True))
    return held / SAMPLES


def confusion(archive: Archive, pack: Pack) -> list[Row]:
    """Labelled claims by what a reader expects of them, and what the machine says."""
    said: Counter[tuple[str, str]] = Counter()
    for one in _mentions.labelled():
        days = Window(first=one.first, last=one.last)
        query = Query(event=one.event, detail=one.detail)
        claim = Claim(
            id=one.id, kind="event", text={"en": one.claim}, place=one.place, when=When(f"{one.first}/{one.last}"),
            query=query,
        )  # fmt: skip
        found = check(claim, _mentions.Without(archive, set()), pack, days, [_mentions.OUTLET])
        said[one.expected, found.result] += 1
    return [
        {"expected": one, **{other: said[one, other] for other in NEAREST}} for one in NEAREST if one != "cannot-tell"
    ]


def _row(measured: Recall) -> Row:
    missed = {f"missed_{step.judged}": step.missed for step in measured.steps}
    return {"outlet": measured.outlet, "language": measured.language, "trials": measured.trials, **missed}
