"""Knowledge sets: how they grow, whom they leave out, and what a list of names does to everything else."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import grown

from farbank.country.phrases import Phrases
from farbank.model.dates import When
from farbank.model.people import Audience, Spread
from farbank.model.sizes import Size
from farbank.protect.expose import expose, judged
from farbank.protect.knowing import grown as spread_to
from farbank.protect.knowing import knowers, on_day
from farbank.protect.population import Population
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.repairs import first_safe_day, repairs
from farbank.protect.sight import Sight, where

CLOSE = date(2023, 7, 19)
NORTH = {"place": "kp:KP02"}
CADRES = {"organisation": "org:party"}
TOLD = Audience(
    id="told", name={}, group=NORTH, sure=CADRES, spread=Spread(since=When("2023-06-30"), daily=Size(0.08, 0.15, 0.3))
)  # fmt: skip


def asked(population: Population, *heard: Heard, on: date = CLOSE, **more: object) -> Question:
    return Question("heron", Reader(population=population, on=on, threshold=1000), (NORTH,), (), heard, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize("daily", [0.05, 0.3, 0.6])
@pytest.mark.parametrize("days", [0, 1, 7, 14, 60])
def test_word_spreads_no_faster_than_told_day_by_day(daily: float, days: int) -> None:
    knows = 60.0
    for _ in range(days):
        knows += daily * knows * (1 - knows / 200_000)
    found = float(spread_to(60.0, 200_000.0, daily, days))
    assert knows * 0.85 <= found <= knows * (1 + 1e-9)


@given(st.floats(1, 1e6), st.floats(1, 1e7), st.floats(0, 2), st.integers(0, 400))
def test_word_never_shrinks_and_never_reaches_more_than_there_are(
    start: float, everybody: float, daily: float, days: int
) -> None:
    now, later = (float(spread_to(start, everybody, daily, d)) for d in (days, days + 1))
    assert now <= later * (1 + 1e-9)
    assert later <= max(start, everybody) * (1 + 1e-9)


def test_whoever_was_told_is_not_looked_for_among_those_who_had_to_be(fitted: Population) -> None:
    everyone = where(fitted, Sight((NORTH,), (), (knowers(fitted, TOLD, CLOSE, 0),))).sum()
    told = where(fitted, Sight((NORTH,), (), (knowers(fitted, TOLD, CLOSE, 0, told=True),))).sum()
    cadres = where(fitted, Sight((NORTH, CADRES))).sum()
    assert told == pytest.approx(everyone - cadres)
    official = Sight((NORTH, CADRES), (), (knowers(fitted, TOLD, CLOSE, 0, told=True),))
    assert where(fitted, official).sum() == pytest.approx(0, abs=1e-6)


def test_a_ledger_keeps_an_audience_in_figures(fitted: Population) -> None:
    then = on_day(fitted, TOLD, CLOSE)
    assert then.spread is None and then.size is not None
    assert then.size.low < then.size.mid < then.size.high
    same = where(fitted, Sight((NORTH,), (), (knowers(fitted, then, CLOSE + timedelta(90), 0),))).sum()
    assert same == pytest.approx(where(fitted, Sight((NORTH,), (), (knowers(fitted, TOLD, CLOSE, 0),))).sum())


def test_a_list_of_names_caps_everything_and_says_so(fitted: Population, phrases: Phrases) -> None:
    attendance = Audience(id="there", name={}, group=NORTH, size=Size(40, 60, 90), listed="attendance")
    exposure = expose(asked(fitted, Heard(attendance)), {}, phrases)
    assert exposure.verdict == "refused" and exposure.size.high <= 90
    assert "list" in exposure.reason
    longer = Audience(id="there", name={}, group={}, size=Size(5000, 6000, 9000), listed="attendance")
    everywhere = Question("x", Reader(population=fitted, on=CLOSE, threshold=1000), (), (), (Heard(longer),))
    assert judged(everywhere, {}).found.size.high <= 9000


def test_waiting_helps_from_the_day_it_says_and_not_before(fitted: Population) -> None:
    spread = Spread(since=When("2023-07-10"), daily=Size(0.3, 0.45, 0.6), start=Size(60, 60, 60))
    levee = Audience(id="levee", name={}, group=NORTH, spread=spread)
    question = asked(fitted, Heard(levee))
    assert not judged(question, {}).safe
    day = first_safe_day(question, {})
    assert day is not None and day > CLOSE
    assert judged(asked(fitted, Heard(levee), on=day), {}).safe
    assert not judged(asked(fitted, Heard(levee), on=day - timedelta(1)), {}).safe
    waits = [repair for repair in repairs(question, {}) if repair.kind == "wait"]
    assert [repair.until for repair in waits] == [day]


def test_what_does_not_spread_is_not_waited_for(fitted: Population) -> None:
    few = Audience(id="few", name={}, group=NORTH, size=Size(20, 60, 150))
    assert first_safe_day(asked(fitted, Heard(few)), {}) is None


def test_moving_to_the_next_wider_knowledge_set_is_offered(fitted: Population) -> None:
    few = Audience(id="few", name={}, group=NORTH, size=Size(200, 600, 1500), within="told")
    reader = Reader(population=fitted, on=CLOSE, threshold=1000, audiences=(few, TOLD))
    offered = repairs(Question("heron", reader, (NORTH,), (), (Heard(few),)), {})
    assert ("widen", "audience:few") in {(repair.kind, repair.what) for repair in offered}
    assert all(repair.low > judged(asked(fitted, Heard(few)), {}).found.size.low for repair in offered)


@pytest.mark.parametrize(
    "fields",
    [
        {"size": Size(1, 2, 3), "spread": TOLD.spread, "sure": CADRES},
        {"spread": TOLD.spread},
        {"spread": Spread(since=When("2023-06"), daily=Size(0, 0, 0), start=Size(1, 1, 1)), "sure": CADRES},
        {"listed": "attendance"},
        {"id": "everybody"},
    ],
)
def test_an_audience_that_contradicts_itself_cannot_be_written(fields: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"spread|list|everybody"):
        Audience(**{"id": "told", "name": {}, "group": {}, **fields})  # type: ignore[arg-type]


def test_an_audience_of_everybody_takes_nobody_away() -> None:
    population = grown(np.full((3, 3, 2), 100))
    all_of_it = Audience(id="all", name={}, group={})
    assert where(population, Sight((), (), (knowers(population, all_of_it, CLOSE, 0),))).sum() == 1800
