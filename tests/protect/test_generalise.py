"""Wordings made vaguer until they are safe, by a way that gives nobody away."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp
from invented import AXES, grown

from farbank.country.phrases import Phrases
from farbank.model.errors import MissingReference
from farbank.model.exposure import Disclosure, Wording
from farbank.model.people import Audience, Facts
from farbank.model.sizes import Size
from farbank.protect import lattice
from farbank.protect.generalise import generalise
from farbank.protect.partition import blocks
from farbank.protect.population import Population
from farbank.protect.question import Reader, ask, path
from farbank.protect.words import Chooser, outwards

TOLD = Audience(
    id="told", name={}, group={"place": "kp:KP02"}, size=Size(2e4, 6e4, 1.5e5), sure={"organisation": "org:party"}
)  # fmt: skip


def gives_away(person: str, **nodes: str) -> list[Disclosure]:
    return [Disclosure(person=person, axis=axis, node=node, said_in="order") for axis, node in nodes.items()]


JUNE = [
    *gives_away("heron", place="kp:KP02", satellite="phone", audience="told"),
    *gives_away("alder", place="kp:KP02", audience="told"),
]


def worded(
    fitted: Population,
    phrases: Phrases,
    person: str,
    block: Facts | None,
    show: tuple[str, ...],
    disclosures: list[Disclosure] = JUNE,
    whatif: tuple[Facts, ...] = (),
    audiences: tuple[Audience, ...] = (TOLD,),
) -> Wording:
    return one(fitted, phrases, person, block, show, disclosures, whatif, audiences)


def one(
    population: Population,
    phrases: Phrases,
    person: str,
    block: Facts | None,
    show: tuple[str, ...],
    disclosures: list[Disclosure],
    whatif: tuple[Facts, ...] = (),
    audiences: tuple[Audience, ...] = (),
    threshold: int = 1000,
) -> Wording:
    reader = Reader(population=population, on=date(2023, 7, 19), threshold=threshold)
    question = ask(person, disclosures, audiences, reader)
    return generalise(question, block, show=show, phrases=phrases, whatif=whatif)


def test_the_partner_of_the_june_order(fitted: Population, phrases: Phrases) -> None:
    wording = worded(fitted, phrases, "heron", {"place": "kp:KP02"}, ("place",), whatif=({"place": "kp:KP02/city"},))
    assert wording.facts == {"place": "kp:KP02"} and wording.exposure.safe
    assert wording.exposure.effective == pytest.approx(wording.exposure.size.low, rel=1e-6)
    assert [finer.safe for finer in wording.finer] == [False]


def test_the_cadre_of_the_june_order(fitted: Population, phrases: Phrases) -> None:
    block = {"place": "kp:KP02", "organisation": "org:party", "sex": "sex:male"}
    finer = {"place": "kp:KP02/city", "organisation": "org:party-local"}
    wording = worded(fitted, phrases, "alder", block, ("place", "organisation"), whatif=(finer,))
    assert wording.facts == {"place": "kp:KP02", "organisation": "org:party"} and wording.exposure.safe
    assert wording.finer[0].size.low < 1000 and not wording.finer[0].safe
    assert wording.finer[0].facts == finer


def test_axes_not_shown_are_not_said(fitted: Population, phrases: Phrases) -> None:
    block = {"place": "kp:KP02", "organisation": "org:party"}
    assert worded(fitted, phrases, "alder", block, ("organisation",)).facts == {"organisation": "org:party"}
    assert worded(fitted, phrases, "alder", block, ()).facts == {}


def test_what_is_not_safe_steps_outwards_on_the_last_axis_first(fitted: Population, phrases: Phrases) -> None:
    block = {"place": "kp:KP02", "organisation": "org:none", "sex": "sex:female", "age": "age:40s"}
    block |= {"occupation": "occ:service"}
    wording = worded(fitted, phrases, "heron", block, tuple(block))
    assert wording.exposure.safe
    assert wording.facts["place"] == "kp:KP02" and "occupation" not in wording.facts


def test_where_even_silence_is_not_safe_nothing_is_worded_and_the_verdict_says_so(
    fitted: Population, phrases: Phrases
) -> None:
    south = gives_away("heron", place="kp:KP09", satellite="phone")
    wording = worded(fitted, phrases, "heron", {"place": "kp:KP09"}, ("place",), south)
    assert wording.facts == {} and wording.exposure.verdict == "refused"


def test_without_a_profile_it_is_refused(fitted: Population, phrases: Phrases) -> None:
    wording = worded(fitted, phrases, "rook", None, ("place",), whatif=({"place": "kp:KP02"},))
    assert wording.exposure.verdict == "refused" and "no profile" in wording.exposure.reason


@pytest.mark.parametrize(
    "told",
    [{"place": "kp:KP99"}, {"satellite": "drone"}, {"weather": "rain"}],
)
def test_an_unknown_disclosure_is_refused(fitted: Population, phrases: Phrases, told: dict[str, str]) -> None:
    wording = worded(fitted, phrases, "heron", {"place": "kp:KP02"}, ("place",), gives_away("heron", **told))
    assert wording.exposure.verdict == "refused" and wording.facts == {}


def test_an_audience_that_is_not_given_is_an_error(fitted: Population, phrases: Phrases) -> None:
    with pytest.raises(MissingReference, match="told"):
        worded(fitted, phrases, "heron", {"place": "kp:KP02"}, ("place",), audiences=())


def test_what_is_said_of_others_does_not_count(fitted: Population, phrases: Phrases) -> None:
    block = {"place": "kp:KP02"}
    alone = worded(fitted, phrases, "rook", block, ("place",), [])
    assert worded(fitted, phrases, "rook", block, ("place",), JUNE) == alone


def test_those_for_whom_only_vagueness_is_safe_are_not_left_alone_in_it(fitted: Population, phrases: Phrases) -> None:
    """Were only people of Rason called just somebody in the country, that would name Rason: others join them."""
    channel = gives_away("heron", satellite="phone")
    wording = worded(fitted, phrases, "heron", {"place": "kp:KP0201"}, ("place",), channel)
    assert wording.facts == {} and wording.exposure.safe
    rason = one(
        fitted, phrases, "heron", {"place": "kp:KP0201"}, (), [*channel, *gives_away("heron", place="kp:KP0201")]
    )
    assert wording.exposure.effective is not None
    assert wording.exposure.effective > 2 * rason.exposure.size.mid
    assert wording.exposure.effective < wording.exposure.size.mid, "most people keep the words of their own province"


def test_a_wording_that_only_a_small_block_would_get_takes_others_in(phrases: Phrases) -> None:
    """Were everybody else told apart by sex, “somebody” would mean one of the few high ones of A."""
    cube = np.full((3, 3, 2), 2000)
    cube[:2] = 3000
    cube[:2, 1] = 100
    said = gives_away("x", satellite="radio")
    wording = one(grown(cube), phrases, "x", {"place": "c:A", "body": "body:high"}, ("sex",), said, threshold=100)
    assert wording.facts == {} and wording.exposure.size.low > 1000
    assert wording.exposure.effective is not None and wording.exposure.effective > 1000
    assert wording.exposure.safe


@given(hnp.arrays(np.int64, (3, 3, 2), elements=st.integers(0, 4000)), st.data())
@settings(max_examples=40, deadline=None)
def test_people_of_one_block_are_worded_alike_and_a_safe_wording_hides_enough_of_them(
    phrases: Phrases, cube: np.ndarray, data: st.DataObject
) -> None:
    population = grown(cube)
    found = blocks(population, 100)
    if not found:
        return
    show = tuple(data.draw(st.lists(st.sampled_from([axis.id for axis in AXES]), unique=True)))
    said = gives_away("x", satellite="radio") if data.draw(st.booleans()) else []
    alike: dict[tuple[tuple[str, str], ...], float] = {}
    wordings = []
    for block in found:
        wording = one(population, phrases, "x", block, show, said, threshold=100)
        wordings.append(wording)
        assert set(wording.facts) <= set(show)
        if wording.exposure.safe:
            assert wording.exposure.effective is not None and wording.exposure.effective >= 100
    for wording in wordings:
        key = tuple(sorted(wording.facts.items()))
        alike.setdefault(key, wording.exposure.effective or 0.0)
        assert alike[key] == pytest.approx(wording.exposure.effective or 0.0)
    reader = Reader(population=population, on=date(2023, 7, 19), threshold=100)
    chooser = Chooser(ask("x", said, (), reader), show)
    left = {path(words): chooser.left(words).size.mid for words in map(chooser.words, found)}
    everyone = one(population, phrases, "x", {}, (), said, threshold=100)
    if everyone.exposure.size.mid:
        assert sum(left.values()) == pytest.approx(everyone.exposure.size.mid), "everybody is in one group"


def test_one_step_outwards(fitted: Population) -> None:
    facts = {"place": "kp:KP02", "organisation": "org:party-local", "sex": "sex:male"}
    way = [facts]
    while way[-1]:
        way.append(outwards(way[-1], fitted))
    assert [len(step) for step in way] == [3, 2, 2, 2, 2, 1, 0]
    assert way[1] == {"place": "kp:KP02", "organisation": "org:party-local"}
    assert way[5] == {"place": "kp:KP02"}
    assert outwards({"place": "kp:KP02", "shoe-size": "42"}, fitted) == {"place": "kp:KP02"}


def test_to_fit_one_person_takes_a_signature_and_says_how_many_are_left(fitted: Population, phrases: Phrases) -> None:
    block = {"place": "kp:KP02", "organisation": "org:none", "sex": "sex:female", "age": "age:40s"}
    reader = Reader(population=fitted, on=date(2023, 7, 19), threshold=1000)
    question = ask("heron", gives_away("heron", place="kp:KP02", satellite="phone"), (), reader)
    fixed = generalise(question, block, show=tuple(block), phrases=phrases)
    fit = generalise(question, block, show=tuple(block), phrases=phrases, mode="fit")
    assert fixed.exposure.safe and fit.exposure.verdict != "safe"
    loss = [lattice.loss(fitted, wording.facts, tuple(block)) for wording in (fit, fixed)]
    assert loss[0] <= loss[1]
    assert fit.exposure.effective is not None and fit.exposure.effective <= fit.exposure.size.mid * (1 + 1e-6)
