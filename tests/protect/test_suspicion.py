"""Whom the state looks at first, what a loosened association leaves, the weakest mouth, and who signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.phrases import Phrases
from farbank.model.chains import Chain, Hop
from farbank.model.exposure import Bystanders, Decision, Exposure, Suspicion, Wording
from farbank.model.sizes import Size
from farbank.protect.chain import along, coupled, links
from farbank.protect.decide import signed
from farbank.protect.expose import expose, judged
from farbank.protect.odds import loosened
from farbank.protect.population import Population
from farbank.protect.question import Question, Reader

DAY = date(2023, 7, 19)
NORTH = {"place": "kp:KP02"}
ABROAD = Suspicion(id="abroad", name={}, group={"place": "kp:KP02"}, share=0.03, odds=3.0)


def asked(population: Population, *facts: dict[str, str], **more: object) -> Question:
    return Question("heron", Reader(population=population, on=DAY, threshold=1000, **more), facts)  # type: ignore[arg-type]


def test_one_the_state_looks_at_first_is_easier_to_pick_than_the_count_says(fitted: Population) -> None:
    plain = judged(asked(fitted, NORTH), {})
    watched = judged(asked(fitted, NORTH, suspicions=(ABROAD,)), {})
    assert plain.suspects == plain.found.size.low
    assert watched.suspects == pytest.approx(plain.suspects * 1.06 / 3)


def test_a_suspicion_can_take_a_safe_verdict_away(fitted: Population, phrases: Phrases) -> None:
    officials = {"place": "kp:KP02", "organisation": "org:party"}
    assert judged(asked(fitted, officials), {}).safe
    harsh = Suspicion(id="ill", name={}, group={}, share=0.01, odds=6.0)
    exposure = expose(asked(fitted, officials, suspicions=(harsh,)), {}, phrases)
    assert exposure.verdict == "needs-signature" and "looks at first" in exposure.reason


def test_a_suspicion_that_falls_on_nobody_who_fits_changes_nothing(fitted: Population) -> None:
    elsewhere = replace_group(ABROAD, {"place": "kp:KP09"})
    plain = judged(asked(fitted, NORTH), {})
    assert judged(asked(fitted, NORTH, suspicions=(elsewhere,)), {}) == plain


def replace_group(suspicion: Suspicion, group: dict[str, str]) -> Suspicion:
    return Suspicion(id=suspicion.id, name={}, group=group, share=suspicion.share, odds=suspicion.odds)


def test_those_held_already_whom_it_could_be_pinned_on_are_named(fitted: Population, phrases: Phrases) -> None:
    held = (
        Bystanders(id="millers", name={}, group={"place": "kp:KP0203"}),
        Bystanders(id="southerners", name={}, group={"place": "kp:KP0901"}),
    )
    assert expose(asked(fitted, NORTH, bystanders=held), {}, phrases).bystanders == ("millers",)


def test_unequal_chances_amount_to_fewer_people(fitted: Population, phrases: Phrases) -> None:
    question = asked(fitted, NORTH)
    even = expose(question, {}, phrases)
    assert even.spread == pytest.approx(even.size.mid)
    soft = expose(replace(question, satellites=("phone",)), {}, phrases)
    assert soft.spread is not None and even.spread is not None and soft.spread < even.spread


@given(st.floats(1, 1e4), st.floats(1, 1e5), st.floats(1, 1e5), st.floats(0, 1e7))
def test_loosening_keeps_the_margins_and_only_ever_lowers(both: float, a: float, b: float, rest: float) -> None:
    one, other, whole = both + a, both + b, both + a + b + rest + 1
    psi = both * (rest + 1) / (a * b)
    left = loosened(both, one, other, whole, 4.0)
    assert 0 <= left <= both * (1 + 1e-9)
    found = left * (whole - one - other + left) / ((one - left) * (other - left))
    assert found == pytest.approx(psi / 4, rel=1e-3)


def test_a_party_post_in_one_province_is_shown_under_loosened_odds(fitted: Population, phrases: Phrases) -> None:
    exposure = expose(asked(fitted, {"place": "kp:KP02", "organisation": "org:party"}), {}, phrases)
    assert set(exposure.odds) == {"place×organisation/2", "place×organisation/4"}
    assert exposure.odds["place×organisation/4"] < exposure.odds["place×organisation/2"] < exposure.size.low
    assert expose(asked(fitted, NORTH), {}, phrases).odds == {}


CHAIN = Chain(
    id="c",
    hops=(
        Hop(who="person:alder", how="saw"),
        Hop(who="person:birch", how="was-told", source="person:alder"),
        Hop(who="person:heron", how="was-told", source="person:birch"),
    ),
)


def test_finding_one_exposes_the_next_and_the_one_after() -> None:
    found = coupled({"alder": 5.0, "birch": 90_000.0, "heron": 90_000.0}, links([CHAIN]), 20)
    assert found["birch"].low == 100 and found["heron"].low == 2000
    assert {each.weakest for each in found.values()} == {"alder"}
    assert coupled({"alder": 5000.0, "birch": 9000.0, "heron": 8000.0}, links([CHAIN]), 20) == {}


def test_the_weakest_mouth_of_a_chain_takes_the_verdict_of_the_others(fitted: Population, phrases: Phrases) -> None:
    safe = expose(asked(fitted, NORTH), {}, phrases)
    assert safe.safe
    few = exposure(low=8.0, verdict="refused")
    told = (Wording(person="alder", facts={}, exposure=few), Wording(person="birch", facts={}, exposure=safe))
    judged_ = along(links([CHAIN]), told, phrases, {}, (), 20)
    assert judged_[1].exposure.verdict == "needs-signature" and judged_[1].exposure.coupled == 160
    assert "somebody else of the chain" in judged_[1].exposure.reason
    assert judged_[0].exposure == few


def exposure(low: float, verdict: str = "needs-signature", **more: object) -> Exposure:
    base: dict[str, object] = {"person": "alder", "facts": {}, "threshold": 1000, "narrowest": "", "reason": ""}
    rest = {"size": Size(low, max(low, 5000), 9000), "verdict": verdict, "modelled": True, "population": ""}
    return Exposure(**{**base, **rest, **more})  # type: ignore[arg-type]


def decision(low: float = 400, signs: tuple[str, ...] = ("alder",)) -> Decision:
    words = dict.fromkeys(("reason", "hurt", "consent", "protects", "removed"), "…")
    return Decision(id="one", by="safety officer", review=DAY, signs=signs, low=low, **words)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("exposed", "by", "holds"),
    [
        (exposure(450), decision(), True),
        (exposure(399), decision(), False),
        (exposure(450), decision(signs=("heron",)), False),
        (exposure(450), decision(signs=()), False),
        (exposure(90, "refused"), decision(100), False),
        (exposure(2000, "safe"), decision(), False),
        (exposure(450, suspects=300.0), decision(), False),
        (exposure(450, coupled=120.0), decision(), False),
    ],
)
def test_a_signature_holds_for_the_people_and_the_number_it_names(exposed: Exposure, by: Decision, holds: bool) -> None:
    assert (signed(exposed, (by,), DAY) is not None) is holds


def test_a_signature_lapses_on_the_day_it_is_to_be_looked_at_again() -> None:
    assert signed(exposure(450), (decision(),), DAY) is not None
    assert signed(exposure(450), (decision(),), DAY + timedelta(days=1)) is None


def test_a_rarer_suspicion_does_not_make_anybody_safer(fitted: Population) -> None:
    """Expected on a little more, or on a little less, than one of those who fit."""
    north = asked(fitted, {"place": "kp:KP02", "organisation": "org:party"})
    people = judged(north, {}).found.size.mid
    left = []
    for among in (1.04, 0.97):
        rare = Suspicion(id="rare", name={}, group={}, share=among / people, odds=1000.0)
        left.append(judged(replace(north, reader=replace(north.reader, suspicions=(rare,))), {}).suspects)
    assert left[0] == pytest.approx(left[1], rel=0.1) and max(left) < 100
