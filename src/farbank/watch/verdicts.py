"""What a look and the days held amount to: per outlet and language, and all in all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from farbank.model.judgements import NEAREST
from farbank.model.statemedia import Coverage, Recall, Result, Verdict
from farbank.watch import recall
from farbank.watch.look import HERE, NOT_HERE, Look


def verdicts(look: Look, held: Iterable[Coverage], measured: Sequence[Recall]) -> tuple[Verdict, ...]:
    """What each outlet says in each language; one of which nothing was due in the window says nothing."""
    spoke = {(one.outlet, one.language) for one in look.found}
    return tuple(
        _verdict(look, one, measured)
        for one in held
        if one.bodies or one.days_missing or (one.outlet, one.language) in spoke
    )


def _verdict(look: Look, held: Coverage, measured: Sequence[Recall]) -> Verdict:
    own = [one for one in look.found if (one.outlet, one.language) == (held.outlet, held.language)]
    nearest: Result = min((one.result for one in own), key=NEAREST.index, default="silent")
    sure = not look.unread and held.language in look.languages and bool(held.bodies) and not held.days_missing
    result = nearest if sure or nearest in HERE else "cannot-tell"
    return Verdict(
        outlet=held.outlet,
        language=held.language,
        result=result,
        first=min((one.date for one in own if one.result == result), default=None) if result in HERE else None,
        bound=recall.bound(measured, held.outlet, held.language, look.judged) if result in NOT_HERE else None,
    )


def overall(verdicts: Sequence[Verdict], look: Look) -> Result:
    """The nearest to a mention, in an excerpt too; `cannot-tell` where nothing was searched."""
    quoted = (one.result for one in look.found if one.result in HERE)
    return min((*(one.result for one in verdicts), *quoted), key=NEAREST.index, default="cannot-tell")


def loosest(verdicts: Sequence[Verdict]) -> float | None:
    """The bound that holds wherever a mention may be: the loosest, None if one was not measured."""
    bounds = [one.bound for one in verdicts]
    return None if None in bounds else max((bound for bound in bounds if bound is not None), default=None)
