"""How far a claim is to be believed, and why: everything that bears on it, put together by odds.

The chains are one Bayesian network (`network`): two that ran through the same hands are dependent because they share
them. What else bears on the claim multiplies the odds. `docs/method/credence.md` has the model, its limits first.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from math import log

import numpy as np

from farbank.model.chains import Chain, Coincidence, Seed
from farbank.model.claims import Claim, Evidence
from farbank.model.credence import Credence, Ground
from farbank.model.inquiries import Inquiry
from farbank.model.people import Record
from farbank.model.statemedia import Result
from farbank.verify.credence import rates
from farbank.verify.credence.around import documents, heard_nothing, state_factor
from farbank.verify.credence.influences import influences
from farbank.verify.credence.learned import Learned, moved
from farbank.verify.credence.rates import DRAWN, Values
from farbank.verify.credence.scales import SURE, credibility, likelihood_word, reliability
from farbank.verify.credence.testimony import Told, echoes, judgeable, weight
from farbank.verify.origins.count import sure_origins

INTERVAL = 0.9
"""The share of draws of the rates that lies between low and high."""


def credence(
    claim: Claim,
    chains: Sequence[Chain],
    *,
    as_of: date,
    seeds: Iterable[Seed] = (),
    coincidences: Iterable[Coincidence] = (),
    records: Mapping[str, Record] | None = None,
    inquiries: Iterable[Inquiry] = (),
    state: Result = "cannot-tell",
    evidence: Iterable[Evidence] = (),
    origins: int | None = None,
    outcomes_known: int = 0,
    learned: Learned | None = None,
) -> Credence | None:
    """How likely `claim` holds, by the `chains` it cites and all else known as of `as_of`; None if it cannot be judged.

    `records` are by person id; `seeds` are those of the claim that came before what they may have fed; `origins` are
    the sure ones, counted here if not given. It cannot be judged if no document bears on it and no chain says both who
    told the desk and where it began, or all of them began with the desk. Of a statement it is that it was said. `mid`
    is the mean over draws of the rates, `low` and `high` are their 5th and 95th percentile; all three then go through
    what the desk's own outcomes showed (`learned`).
    """
    told = Told(tuple(chains), tuple(coincidences), records or {}, echoes(seeds))
    papers = tuple((ref, log(factor)) for ref, factor in documents(claim, chains, evidence))
    if not papers and not any(judgeable(chain) for chain in chains):
        return None
    prior = rates.values(rates.PRIOR[claim.kind], rates.BEFOREHAND, DRAWN)
    around: dict[Ground, Values] = {
        "prior": np.log(prior / (1 - prior)),
        "asked-nothing": heard_nothing(claim, inquiries, as_of),
        "state-said": np.full(DRAWN.size, log(state_factor(claim, state))),
    }
    outside = sum(around.values(), np.zeros(DRAWN.size)) + sum(value for _, value in papers)
    own = _interval(outside + weight(told, DRAWN))
    alone = _interval(outside + weight(told._replace(records={}), DRAWN))
    low, mid, high = _moved(learned, own)
    moving = {ground: float(values[0]) for ground, values in around.items()}
    moving["outcomes"] = log(mid / (1 - mid)) - log(own[1] / (1 - own[1]))
    supporting = [chain for chain in chains if chain.bearing == "supports"]
    tellers = {chain.hops[-1].who.removeprefix("person:") for chain in supporting}
    return Credence(
        low=low,
        mid=mid,
        high=high,
        reliability=reliability(told.records[teller] for teller in tellers if teller in told.records),
        credibility=credibility(
            *_moved(learned, alone),
            sure_origins(supporting, told.coincidences) if origins is None else origins,
            own=alone[1],
        ),
        influences=influences(told, moving, state, papers),
        word=likelihood_word(mid, outcomes_known),
    )


def _moved(learned: Learned | None, interval: tuple[float, float, float]) -> tuple[float, float, float]:
    low, mid, high = interval
    return moved(learned, low), moved(learned, mid), moved(learned, high)


def _interval(log_odds: Values) -> tuple[float, float, float]:
    """Low, mid and high of credence, from log odds per draw."""
    held = np.clip(1 / (1 + np.exp(-np.clip(log_odds, -50, 50))), SURE, 1 - SURE)
    low, high = np.quantile(held, [(1 - INTERVAL) / 2, (1 + INTERVAL) / 2])
    mid = float(np.clip(held.mean(), SURE, 1 - SURE))  # a mean of equal numbers may round beyond them
    return min(float(low), mid), mid, max(float(high), mid)
