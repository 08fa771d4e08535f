"""The embargo gate: movements of leaders, security and troops wait for the state to tell of them (F17, E20, E21).

To be ahead of state media is to say that somebody was near enough to know. A movement opens on the day after state
media said all of it, once the desk's days are over since the part of the month it can have happened in, or where two
people of the desk lifted the embargo. Counted from the day itself, the day a story appears would tell it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from farbank.country.phrases import Phrases
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.exposure import Embargo, Lift
from farbank.model.movements import Telling, line, tellings
from farbank.model.statemedia import Search, Statement
from farbank.model.text import Slug

DAY = timedelta(days=1)
"""Days are all that is known, so the day itself is never over: what counts from it begins the day after."""


class _Opening(NamedTuple):
    """When one claim of a line opens by itself, and why then."""

    claim: Claim
    day: date | None
    telling: Telling | None
    lift: Lift | None = None


def embargoes(
    claims: Sequence[Claim],
    cited: Collection[Slug],
    searches: Iterable[Search],
    statements: Iterable[Statement],
    days: int,
    phrases: Phrases,
    lifts: Mapping[Slug, Lift] = {},
) -> tuple[Embargo, ...]:
    """An embargo for every cited claim that shows a movement or is part of one, in the order of `claims`.

    `days` is how long a movement waits that the state never tells of, `phrases` word the reasons. A part opens no
    earlier than its whole, and not by the whole having been told: that a visit was published does not publish that a
    station was closed for it. Being half-said opens nothing. A lift is of one claim, not of its parts or its whole.
    """
    known = {claim.id: claim for claim in claims}
    told = {statement.id: statement for statement in statements}
    searched = tuple(searches)
    found: list[Embargo] = []
    for claim in claims:
        steps = [_opening(each, searched, told, days, lifts.get(each.id)) for each in line(claim, known)]
        if steps and claim.id in cited:
            last = max(steps, key=lambda step: step.day or date.max)
            found.append(Embargo(claim=claim.id, open_from=last.day, reason=_worded(claim, last, days, phrases)))
    return tuple(found)


def _opening(
    claim: Claim, searches: Sequence[Search], statements: Mapping[Slug, Statement], days: int, lift: Lift | None
) -> _Opening:
    by_itself = _by_itself(claim, searches, statements, days)
    if lift is not None and (by_itself.day is None or lift.day < by_itself.day):
        return _Opening(claim, lift.day, None, lift)
    return by_itself


def _by_itself(claim: Claim, searches: Sequence[Search], statements: Mapping[Slug, Statement], days: int) -> _Opening:
    telling = next(iter(tellings(claim, searches, statements)), None)
    over = _over(claim)
    waited = over + timedelta(days=days) + DAY if over else None
    if telling is not None and (waited is None or telling.day + DAY <= waited):
        return _Opening(claim, telling.day + DAY, telling)
    return _Opening(claim, waited, None)


def _over(claim: Claim) -> date | None:
    """The last day of what readers are told of when it was: what is planned or promised happens when it falls due."""
    last = _end(claim.when)
    if claim.due is None:
        return None if claim.kind in ("plan", "promise") else last
    due = _end(claim.due)
    return max(last, due) if last and due else None


def _end(when: When) -> date | None:
    return None if when.padded[1] is None else when.vague.latest


def _worded(claim: Claim, step: _Opening, days: int, phrases: Phrases) -> str:
    slots = {"claim": step.claim.id, "days": phrases.number(days)}
    if step.day is None:
        reason = phrases.say("embargo.no-end", **slots)
    elif step.lift is not None:
        reason = phrases.say("embargo.lifted", open=phrases.date(step.day), why=step.lift.reason, **slots)
    elif step.telling is None:
        reason = phrases.say("embargo.waiting", open=phrases.date(step.day), **slots)
    else:
        said = {"outlet": step.telling.outlet, "date": phrases.date(step.telling.day)}
        reason = phrases.say("embargo.said", open=phrases.date(step.day), **said, **slots)
    if step.claim is claim:
        return reason
    return phrases.say("embargo.part", part=claim.id, reason=reason, **slots)
