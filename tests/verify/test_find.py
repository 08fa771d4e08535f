"""Standing, territory and as-of date come from the chains alone."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from farbank.country.pack import Pack
from farbank.model.chains import Chain, Hop
from farbank.model.claims import Claim, Evidence
from farbank.model.dates import When
from farbank.model.findings import Allowance, Finding
from farbank.model.statemedia import Search, Window
from farbank.verify.dues import dues
from farbank.verify.errors import ClaimWithoutChain
from farbank.verify.find import find
from farbank.verify.word import word

CLOSE = date(2023, 7, 19)
NORTH, SOUTH = "kp:KP02", "kp:KP03"


def claim(**fields: object) -> Claim:
    base: dict[str, object] = {
        "id": "order", "kind": "order", "text": {"en": "Something was ordered"}, "place": NORTH,
        "when": When("2023-06-17"), "chains": ("one",),
    }  # fmt: skip
    return Claim(**{**base, **fields})  # type: ignore[arg-type]


def heard(name: str, *nodes: str, place: str | None = None, bearing: str = "supports") -> Chain:
    hops = tuple(Hop(who=who, how="was-told", source=source) for source, who in pairwise(nodes))
    return Chain(id=name, hops=hops, place=place, bearing=bearing)  # type: ignore[arg-type]


def found(kp: Pack, subject: Claim, *chains: Chain, **extra: object) -> Finding:
    subject = Claim(
        **{f: getattr(subject, f) for f in subject.__struct_fields__} | {"chains": tuple(c.id for c in chains)}
    )
    searches = extra.pop("searches", ())
    return find(subject, {c.id: c for c in chains}, searches, kp.gazetteer, CLOSE, **extra)  # type: ignore[arg-type]


def test_one_chain_is_one_origin_confirmed_nowhere(kp: Pack) -> None:
    finding = found(kp, claim(), heard("one", "body:cc", "person:alder", "person:heron"))
    assert (finding.standing, finding.origins, finding.hops) == ("single-origin", 1, 2)
    assert finding.reported_in == (NORTH,)
    assert finding.confirmed_in == ()
    assert finding.as_of == CLOSE
    assert finding.credence is not None


def test_two_independent_chains_confirm_where_both_speak(kp: Pack) -> None:
    finding = found(
        kp, claim(), heard("one", "person:alder", "person:heron"), heard("two", "person:birch", "person:wren")
    )
    assert (finding.standing, finding.origins, finding.confirmed_in) == ("corroborated", 2, (NORTH,))


def test_two_provinces_with_one_origin_each_confirm_neither_alone(kp: Pack) -> None:
    finding = found(
        kp,
        claim(place="kp"),
        heard("one", "person:alder", "person:heron", place=NORTH),
        heard("two", "person:birch", "person:wren", place=SOUTH),
    )
    assert finding.reported_in == (NORTH, SOUTH)
    assert finding.confirmed_in == ("kp",)


def test_a_contradiction_is_contested_and_two_without_support_refute(kp: Pack) -> None:
    yes = heard("one", "person:alder", "person:heron")
    no = heard("two", "person:birch", "person:wren", bearing="contradicts")
    no2 = heard("three", "person:cedar", "person:tern", bearing="contradicts")
    assert found(kp, claim(), yes, no).standing == "contested"
    assert found(kp, claim(), no).standing == "contested"
    assert found(kp, claim(), no, no2).standing == "refuted"


def test_a_document_that_contradicts_contests_but_a_state_denial_does_not(kp: Pack) -> None:
    chain = heard("one", "person:alder", "person:heron")
    paper = Evidence(claim="order", kind="document", ref="d1", bearing="contradicts")
    denial = Evidence(claim="order", kind="statement", ref="s1", bearing="contradicts")
    assert found(kp, claim(), chain, evidence=[paper]).standing == "contested"
    assert found(kp, claim(), chain, evidence=[denial]).standing == "single-origin"


def test_a_claim_without_a_chain_is_an_error(kp: Pack) -> None:
    with pytest.raises(ClaimWithoutChain, match="order"):
        found(kp, claim())


def test_an_unknown_mouth_cannot_be_judged(kp: Pack) -> None:
    assert found(kp, claim(), heard("one", "unknown", "unknown")).standing == "cannot-judge"


def search(name: str, result: str, reader: str | None = None) -> Search:
    return Search(
        id=name, claims=("order",), window=Window(first=CLOSE, last=CLOSE), outlets=("kcna",), languages=("en",),
        result=result, reader=reader,  # type: ignore[arg-type]
    )  # fmt: skip


def test_a_mention_outranks_a_silence_and_nobody_looked_is_cannot_tell(kp: Pack) -> None:
    chain = heard("one", "person:alder", "person:heron")
    assert found(kp, claim(), chain).state_media == "cannot-tell"
    both = found(kp, claim(), chain, searches=[search("a", "silent", "reader 1"), search("b", "half-said")])
    assert (both.state_media, both.attested, both.searches) == ("half-said", False, ("a", "b"))


def test_the_readers_sentence_is_no_finer_than_allowed(kp: Pack) -> None:
    finding = found(kp, claim(place="kp:KP0205"), heard("one", "person:alder", "person:heron"))
    worded = word(finding, claim(), Allowance(level=1), kp)
    assert worded.reader["en"] == (
        "Second-hand. Reported from North Hamgyong; could not be confirmed elsewhere as of 19 July 2023."
    )
    assert "Chongjin" in worded.desk["en"]
    assert "청진" not in worded.reader["ko"]
    assert "함경북도" in worded.reader["ko"]


def test_the_number_of_origins_appears_only_where_it_is_allowed(kp: Pack) -> None:
    finding = found(
        kp, claim(), heard("one", "person:alder", "person:heron"), heard("two", "person:birch", "person:wren")
    )
    assert "2" not in word(finding, claim(), Allowance(), kp).reader["en"].replace("2023", "")
    assert "2" in word(finding, claim(), Allowance(count=True), kp).reader["en"].replace("2023", "")


def test_a_statement_is_established_as_said_not_as_true(kp: Pack) -> None:
    said = claim(kind="statement", speaker="wpk-central-committee")
    finding = found(kp, said, heard("one", "body:cc", "person:alder", "person:heron"))
    worded = word(finding, said, Allowance(), kp)
    told = "What is reported is that the Central Committee of the Workers' Party said this, not that it is so."
    assert worded.reader["en"].endswith(told) and told in worded.desk["en"]


def test_dues_come_in_order_of_their_day() -> None:
    maize = claim(id="survive", due=When("2023-08-15"))
    food = claim(id="promise", kind="promise", outcome="open")
    assert [(due.of, due.outcome) for due in dues([maize, food, claim()])] == [
        ("promise", "open"),
        ("survive", "open"),
    ]
