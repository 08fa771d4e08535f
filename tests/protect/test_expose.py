"""The verdict: safe only with enough people in enough places; every doubt fails closed."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from invented import grown

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.exposure import Exposure
from farbank.model.people import Audience, Facts
from farbank.model.sizes import Size
from farbank.protect.expose import expose
from farbank.protect.judge import judge, rounded
from farbank.protect.population import Population
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.tally import Tally

NORTH = {"place": "kp:KP02"}
CITY = {"place": "kp:KP02/city"}
TOLD = Audience(
    id="told", name={}, group=NORTH, size=Size(20_000, 60_000, 150_000), sure={"organisation": "org:party"}
)  # fmt: skip


def reader(population: Population, **more: object) -> Reader:
    return Reader(population=population, on=date(2023, 7, 19), threshold=1000, **more)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def ask(fitted: Population, phrases: Phrases) -> object:
    def asked(*facts: Facts, satellites: tuple[str, ...] = (), audiences: tuple[Audience, ...] = ()) -> Exposure:
        heard = tuple(Heard(audience) for audience in audiences)
        return expose(Question("heron", reader(fitted), facts, satellites, heard), {}, phrases)

    return asked


@pytest.mark.parametrize(
    ("low", "mid", "places", "verdict", "reason"),
    [
        (1000, 3000, 2.0, "safe", "safe"),
        (999, 30000, 9.0, "needs-signature", "few"),
        (100, 30000, 9.0, "needs-signature", "few"),
        (99, 30000, 9.0, "refused", "too-few"),
        (1000, 2999, 9.0, "needs-signature", "margin"),
        (5000, 9000, 1.99, "needs-signature", "one-place"),
        (999, 30000, 1.99, "refused", "named"),
        (0, 0, 0.0, "refused", "nobody"),
    ],
)
def test_the_gate_at_its_edges(low: float, mid: float, places: float, verdict: str, reason: str) -> None:
    assert judge(Tally(Size(low, mid, mid), places, modelled=False), 1000) == (verdict, reason)


def test_a_partner_known_by_province_channel_and_hearsay_is_safe(ask) -> None:
    exposure = ask(NORTH, satellites=("phone",), audiences=(TOLD,))
    assert exposure.verdict == "safe"
    assert exposure.modelled
    assert exposure.narrowest == "audience:told"


def test_a_city_of_the_province_beside_the_channel_line_is_not(ask) -> None:
    assert ask(CITY).safe
    near = ask(CITY, satellites=("phone",))
    assert near.verdict == "needs-signature" and "one place" in near.reason
    assert not ask(CITY, satellites=("phone",), audiences=(TOLD,)).safe


def test_a_party_official_of_the_province_is_safe_and_a_city_committee_is_not(ask) -> None:
    assert ask(NORTH, {"organisation": "org:party"}, audiences=(TOLD,)).safe
    local = ask(CITY, {"organisation": "org:party-local"}, audiences=(TOLD,))
    assert local.verdict == "needs-signature" and local.size.low < 1000
    assert ask({"place": "kp:KP0203", "organisation": "org:party-local"}).verdict == "refused"


def test_one_city_counts_as_named_however_large_it_is(ask) -> None:
    assert ask({"place": "kp:KP0205"}).verdict == "needs-signature"
    assert ask({"organisation": "org:state-centre"}).verdict == "needs-signature", "they all sit in the capital"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"place": "kp:KP99"}, "place=kp:KP99"),
        ({"shoe-size": "42"}, "shoe-size=42"),
        ({"organisation": "organisation:party"}, "organisation=organisation:party"),
    ],
)
def test_an_unknown_fact_is_refused_by_name(ask, facts: Facts, said: str) -> None:
    for exposure in (ask(facts), ask(NORTH, audiences=(Audience(id="a", name={}, group=facts),))):
        assert exposure.verdict == "refused" and said in exposure.reason
        assert exposure.size == Size(0, 0, 0)


def test_an_unknown_satellite_is_refused_by_name(ask) -> None:
    exposure = ask(NORTH, satellites=("drone",))
    assert exposure.verdict == "refused" and "drone" in exposure.reason


@pytest.mark.parametrize(
    "facts",
    [
        ({"age": "age:5-9", "organisation": "org:party"},),
        ({"occupation": "occ:farm", "organisation": "org:party-local"},),
        ({"place": "kp:KP02"}, {"place": "kp:KP03"}),
    ],
)
def test_a_zero_cell_is_refused(ask, facts: tuple[Facts, ...]) -> None:
    exposure = ask(*facts)
    assert exposure.verdict == "refused" and "nobody fits" in exposure.reason
    assert exposure.narrowest == ""


def test_an_empty_audience_is_refused(ask) -> None:
    none = Audience(id="none", name={}, group=NORTH, size=Size(0, 0, 0))
    assert ask(NORTH, audiences=(none,)).verdict == "refused"
    elsewhere = Audience(id="south", name={}, group={"place": "kp:KP09"})
    assert ask(NORTH, audiences=(elsewhere,)).verdict == "refused"


def test_what_narrows_most_is_what_would_let_most_people_back(ask) -> None:
    assert ask({"place": "kp:KP02", "organisation": "org:party"}).narrowest == "organisation"
    assert ask({"place": "kp:KP09"}, satellites=("phone",)).narrowest == "satellite:phone"
    assert ask({"place": "kp"}).narrowest == ""


def test_counted_figures_alone_do_not_call_a_verdict_modelled(phrases: Phrases) -> None:
    counted = reader(grown(np.full((3, 3, 2), 9000)))
    exposure = expose(Question("x", counted, ({"sex": "sex:f"},)), {}, phrases)
    assert exposure.safe and not exposure.modelled and "modelled" not in exposure.reason


def test_numbers_in_a_reason_are_cut_never_rounded_up() -> None:
    assert [rounded(n) for n in (0.9, 99.9, 999.9, 1567.2, 167_060)] == [0, 99, 990, 1500, 160_000]


def test_every_reason_is_worded_in_every_language(kp: Pack) -> None:
    for language in ("en", "ko"):
        for key in (
            "safe",
            "too-few",
            "few",
            "named",
            "margin",
            "one-place",
            "effective",
            "nobody",
            "listed",
            "suspects",
            "coupled",
            "finer-than-before",
            "no-profile",
        ):
            assert f"exposure.{key}" in kp.phrases[language]
