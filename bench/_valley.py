"""A valley of a closed country in which people talk, and a desk abroad that a few of them call.

Desks of yet another structure, from which nothing in `verify` was ever set: nobody here follows a chain's rates. Two
to four towns of households, work units, a market and an office are peopled (`_valley_people`). Whether a thing is so is
drawn first, by its kind, then how else there came to be word of it, and how many there were (`_valley_matter`). Some
have it from nobody in the valley (`_valley_roots`); they tell it on, each their own way, for some weeks
(`_valley_word`); partners of several habits hear some of it (`_valley_partners`), call, and are asked
(`_valley_calls`); the desk takes down what each of them says of the way it came (`_valley_filing`).

In it, since a desk must reckon with each: people who were there, and officials and units told at meetings; notices
and ledgers read; all who stood together wrong together; a true thing told as another, or as new when it is old; the
same hope in several mouths at once; what was announced and never done; stories planted with a false provenance, true
ones among them; broadcasts that come back without saying so; people told at a meeting that there was nothing; those who
know better answering whoever brings it; links forgotten, skipped, made nearer or mistaken for others; fear that keeps
word in the house; partners who copy each other, puff up, play down, say yes to please, or make things up for pay; the
desk's questions, carried on by those who were asked; one person under two code words. Numbers are miscounted, by all
who stood together alike, counted in part, rounded to what people say, and grow in telling.

Not in it: partners who learn, change or are turned in the course of a thing; a thing that ceases to be so; several
claims of one thing; chains that place it in another town; what the state says in answer to what the desk asks;
audiences and their sizes; a judge who knows the rates, of which there are none, so that `rates` and `doubts` of `Truth`
say nothing and are only there to be held.

Every share is a guess, set before any model saw one of these desks and by no result of one; `right` of a habit was
counted in the valleys themselves.
"""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple, cast

import numpy as np

from bench._desks import DAY, Desk, Truth, first_heard
from bench._valley_calls import Asked, Log, Seeding, calls
from bench._valley_filing import Names, amount, coincidences, filed
from bench._valley_matter import PRIOR, Matter, matter, picked
from bench._valley_partners import Partner, recruited
from bench._valley_people import Valley, settle
from bench._valley_roots import begun
from bench._valley_word import spread
from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Seed
from farbank.model.claims import Claim, Evidence
from farbank.model.dates import When
from farbank.model.inquiries import Inquiry
from farbank.model.statemedia import Result
from farbank.verify.credence.network import Doubts
from farbank.verify.credence.rates import Draws

CLAIM = "claim"

STATE: dict[tuple[bool, bool], dict[Result, float]] = {
    (True, True): {"said": 0.05, "half-said": 0.15, "said-elsewhere": 0.08, "contradicted": 0.01, "cannot-tell": 0.2},
    (True, False): {"said": 0.015, "half-said": 0.06, "said-elsewhere": 0.08, "contradicted": 0.02, "cannot-tell": 0.2},
    (False, True): {"said": 0.02, "half-said": 0.07, "said-elsewhere": 0.07, "contradicted": 0.02, "cannot-tell": 0.2},
    (False, False): {"said": 0.01, "half-said": 0.04, "said-elsewhere": 0.07, "contradicted": 0.04, "cannot-tell": 0.2},
}
"""What state media say, by whether it is an order or a plan and whether it holds; in the rest they are silent. They
keep most of what goes wrong to themselves, true or not, and deny the true as well."""
SAID_ANNOUNCED = 0.3
"""Promises from the platform that are printed as done."""
PAPER = {True: 0.09, False: 0.01}
"""Orders, plans and quantities of which a paper reaches the desk; by whether they hold, for papers are forged too."""
PICTURE = {True: 0.06, False: 0.012}
"""Incidents, conditions and prices of which a picture shows it; old pictures are shown as new."""
PICTURE_NEAR = 0.05
"""The same with a picture that only fits."""


def desk(random: Random) -> tuple[Desk, Truth]:
    """A claim of which at least one partner told, and what was so; by the random source alone."""
    return first_heard(_desk, random)


def _desk(random: Random) -> tuple[Desk, Truth]:
    valley = settle(random)
    thing = matter(valley, random)
    partners = recruited(valley, thing, random)
    heard = spread(valley, thing, begun(valley, thing, random), random)
    log = calls(valley, thing, heard, partners, random)
    return _taken_down(valley, thing, partners, log, random)


def _taken_down(
    valley: Valley, thing: Matter, partners: tuple[Partner, ...], log: Log, random: Random
) -> tuple[Desk, Truth]:
    names = Names(partners, random)
    last = max([0, *(call.day for call in log.calls), *(asked.day for asked in log.asked)])
    day = DAY - timedelta(days=last + random.randint(1, 10))
    by_number = {partner.who: partner for partner in partners}
    voices = [filed(valley, call, place + 1, day, names, random) for place, call in enumerate(log.calls)]
    number = thing.number
    said = [
        amount(call, voice.chain, number, by_number[call.partner], random)
        for call, voice in zip(log.calls, voices, strict=True)
        if number is not None
    ]
    amounts = tuple(each for each in said if each is not None)
    chains = tuple(voice.chain for voice in voices)
    held = Desk(
        claim=_claim(thing, day, chains, amounts),
        chains=chains,
        seeds=_seeds(log.seedings, names, day, random),
        coincidences=coincidences(valley, voices, names, random),
        records={_handle(names, one.who): one.record for one in partners if one.record is not None},
        inquiries=tuple(_inquiry(asked, valley, thing, names, day) for asked in log.asked),
        state=_state(thing, random),
        evidence=_evidence(thing, random),
        amounts=amounts,
    )
    size = number.size if number is not None and thing.holds else 0.0
    known = tuple(voice.really for voice in voices)
    return held, Truth(thing.holds, size, known, *NOTHING, PRIOR[thing.kind], dict(names.same))


def _claim(thing: Matter, day: date, chains: tuple[Chain, ...], amounts: tuple[Amount, ...]) -> Claim:
    return Claim(
        id=CLAIM,
        kind=thing.kind,
        text={"en": f"There was word of one {thing.kind} in the valley"},
        place=_place(thing.town),
        when=When(day.isoformat()),
        chains=tuple(chain.id for chain in chains),
        amounts=amounts,
    )


def _place(town: int) -> str:
    return f"case:town-{town + 1}"


def _handle(names: Names, who: int) -> str:
    return names.true(who).removeprefix("person:")


def _seeds(seedings: list[Seeding], names: Names, day: date, random: Random) -> tuple[Seed, ...]:
    """What the desk noted; of broadcasts it can only guess who listened, and often does not think of it."""
    noted = []
    for seeding in seedings:
        if seeding.sure or random.random() < 0.6:
            taken_in = random.uniform(0.8, 1.0) if seeding.sure else random.uniform(0.2, 0.7)
            when = When((day + timedelta(days=seeding.day)).isoformat())
            who = names.true(seeding.partner)
            noted.append(Seed(claim=CLAIM, who=who, source=seeding.source, when=when, probability=round(taken_in, 2)))
    return tuple(noted)


def _inquiry(asked: Asked, valley: Valley, thing: Matter, names: Names, day: date) -> Inquiry:
    return Inquiry(
        claim=CLAIM,
        place=_place(valley.people[asked.partner].town),
        when=When((day + timedelta(days=asked.day)).isoformat()),
        answer=asked.answer,
        asked=asked.many if asked.answer == "nothing" else 0,
        partner=_handle(names, asked.partner),
    )


def _state(thing: Matter, random: Random) -> Result:
    if thing.cause == "announced" and random.random() < SAID_ANNOUNCED:
        return "said"
    shares = STATE[thing.kind in ("order", "plan"), thing.holds]
    return picked({**shares, "silent": 1 - sum(shares.values())}, random)


def _evidence(thing: Matter, random: Random) -> tuple[Evidence, ...]:
    drawn = random.random()
    if thing.kind in ("order", "plan", "quantity"):
        if drawn < (0.06 if thing.cause == "announced" else PAPER[thing.holds]):
            return (Evidence(claim=CLAIM, kind="document", ref="paper-1", bearing="supports"),)
        return ()
    if drawn < PICTURE[thing.holds] + PICTURE_NEAR:
        bearing = "supports" if drawn < PICTURE[thing.holds] else "consistent"
        return (Evidence(claim=CLAIM, kind="picture", ref="picture-1", bearing=bearing),)  # type: ignore[arg-type]
    return ()


class _Even(NamedTuple):
    middle: float = 0.02
    spread: float = 0.0


def _nothing() -> tuple[Draws, Doubts]:
    """What a judge would know of rates, where there are none: no spread, and the same of everybody."""
    return Draws(np.zeros((64, 1))), Doubts({}, cast(Any, _Even()), {})


NOTHING = _nothing()
