"""What became known of claims counts for and against those who told them, once a claim."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.chains import Chain, Hop, Seed
from farbank.model.judgements import Holds, Pairing, Resolution
from farbank.model.people import Person, Record
from farbank.verify.records import outcomes, outcomes_known, records, resolved, turned_out

NOON = datetime(2031, 8, 1, 12, tzinfo=UTC)
BRIDGE = case_folder.read(Path(__file__).parents[1] / "cases" / "closed-bridge")


def became(claim: str, holds: Holds | None, by: str = "Vern", credence: float | None = None) -> Resolution:
    return Resolution(claim=claim, by=by, at=NOON, holds=holds, credence=credence)


def known(*said: Resolution, case: Case = BRIDGE) -> Case:
    return msgspec.structs.replace(case, judgements=said)


def counts(record: Record) -> tuple[int, int]:
    return record.right, record.wrong


def test_true_counts_for_all_who_told_it_and_against_who_contradicted() -> None:
    found = records(known(became("open", "true")))
    assert {who: counts(record) for who, record in found.items()} == {
        "dipper": (4, 1), "grebe": (1, 0), "plover": (0, 1),
    }  # fmt: skip
    found = records(known(became("open", "false"), became("closed", "true")))
    assert {who: counts(record) for who, record in found.items()} == {
        "dipper": (5, 1), "grebe": (1, 1), "plover": (2, 0),
    }  # fmt: skip


@pytest.mark.parametrize("holds", ["never-known", None])
def test_what_nobody_knows_counts_nothing(holds: Holds | None) -> None:
    case = known(became("closed", holds))
    assert records(case) == records(BRIDGE)
    assert outcomes_known(case) == 0


def test_the_last_word_of_each_counts_and_two_who_differ_know_nothing() -> None:
    said = [became("closed", "true"), became("closed", "false", "Ada")]
    assert resolved(said) == {"closed": "never-known"}
    assert resolved([*said, became("closed", None, "Ada")]) == {"closed": "true"}
    assert resolved([*said, became("closed", "true", "Ada")]) == {"closed": "true"}
    assert resolved([became("closed", None)]) == {}


def test_a_claim_told_twice_by_one_teller_counts_once_and_both_ways_not_at_all() -> None:
    chains = {chain.id: chain for chain in BRIDGE.chains}
    again = msgspec.structs.replace(chains["seen"], id="again")
    (closed, opened) = BRIDGE.claims
    twice = msgspec.structs.replace(
        BRIDGE,
        chains=(*BRIDGE.chains, again),
        claims=(msgspec.structs.replace(closed, chains=("seen", "again")), opened),
    )
    assert counts(records(known(became("closed", "true"), case=twice))["plover"]) == (1, 0)
    both = msgspec.structs.replace(twice, claims=(msgspec.structs.replace(closed, chains=("seen", "not-so")), opened))
    assert counts(records(known(became("closed", "true"), case=both))["plover"]) == (0, 0)


def test_what_the_desk_told_them_is_no_word_of_theirs() -> None:
    own = Seed(claim="closed", who="person:plover", source="desk")
    assert "plover" not in turned_out(
        known(became("closed", "true"), case=msgspec.structs.replace(BRIDGE, seeds=(own,)))
    )
    through = Chain(id="seen", hops=(Hop(who="person:plover", how="was-told", source="desk"),))
    chains = tuple(through if chain.id == "seen" else chain for chain in BRIDGE.chains)
    echoed = msgspec.structs.replace(BRIDGE, chains=chains)
    assert "plover" not in turned_out(known(became("closed", "true"), case=echoed))


def test_what_came_from_the_desk_by_way_of_another_is_no_word_of_theirs_either() -> None:
    seeds = (
        Seed(claim="closed", who="person:grebe", source="desk"),
        Seed(claim="closed", who="person:plover", source="person:grebe"),
    )
    case = known(became("closed", "true"), case=msgspec.structs.replace(BRIDGE, seeds=seeds))
    assert "plover" not in turned_out(case)


def test_a_report_of_another_event_says_nothing_of_this_one() -> None:
    (report,) = next(chain.reports for chain in BRIDGE.chains if chain.id == "seen")
    others = {name for chain in BRIDGE.chains if chain.id in BRIDGE.claims[0].chains for name in chain.reports}
    apart = [
        Pairing(claim="closed", a=min(pair), b=max(pair), question="event", by="Vern", at=NOON, verdict="different")
        for pair in ((report, other) for other in others - {report})
    ]
    counted = turned_out(msgspec.structs.replace(BRIDGE, judgements=(became("closed", "true"), *apart)))
    aside = turned_out(msgspec.structs.replace(BRIDGE, judgements=(became("closed", "true"),)))
    assert "plover" in aside
    assert "plover" not in counted


def test_a_claim_does_not_speak_for_itself() -> None:
    case = known(became("closed", "true"), became("open", "false"))
    assert counts(records(case, besides="closed")["plover"]) == (1, 0)


def test_other_cases_count_by_the_token_that_is_the_same_in_all() -> None:
    case = msgspec.structs.replace(BRIDGE, persons=(Person(id="grebe", token="t-4f1c"), *BRIDGE.persons))
    before = {"t-4f1c": Record(right=3, wrong=2), "grebe": Record(right=90), "plover": Record(right=1)}
    found = records(known(became("closed", "true"), case=case), before)
    assert counts(found["grebe"]) == (4, 2)
    assert counts(found["plover"]) == (2, 0)
    assert turned_out(known(became("closed", "true"), case=case))["t-4f1c"] == Record(right=1)


voices = st.lists(
    st.builds(
        became,
        st.sampled_from(["closed", "open"]),
        st.sampled_from(["true", "false", "never-known", None]),
        st.sampled_from(["Vern", "Ada", "Bo"]),
        st.sampled_from([None, 0.4, 0.8]),
    ),
    max_size=8,
)


@given(voices)
def test_all_withdrawn_leaves_every_record_as_it_was(said: Sequence[Resolution]) -> None:
    taken_back = [msgspec.structs.replace(one, holds=None) for one in said]
    assert records(known(*said, *taken_back)) == records(BRIDGE)
    assert outcomes(known(*said, *taken_back)) == ()


@given(voices)
def test_who_spoke_first_changes_nothing(said: Sequence[Resolution]) -> None:
    by_person = sorted(said, key=lambda one: one.by)  # stable: everybody's own entries stay in their order
    assert records(known(*by_person)) == records(known(*said))
    assert outcomes(known(*by_person)) == outcomes(known(*said))


@given(voices)
def test_no_claim_counts_more_than_once_for_anybody(said: Sequence[Resolution]) -> None:
    case = known(*said)
    for record in turned_out(case).values():
        assert record.right + record.wrong <= outcomes_known(case) <= len(BRIDGE.claims)


def test_an_outcome_is_what_was_given_first_and_how_it_came_out() -> None:
    later = msgspec.structs.replace(became("closed", "true", "Ada", 0.9), at=NOON + timedelta(days=1))
    case = known(later, became("closed", "true", credence=0.7), became("open", "false", credence=0.4))
    assert outcomes(case) == ((0.7, True), (0.4, False))
    assert outcomes(case, besides="closed") == ((0.4, False),)


def test_what_is_not_known_or_had_no_credence_kept_is_no_outcome_to_learn_from() -> None:
    assert outcomes(known(became("closed", "true"), became("open", "never-known", credence=0.4))) == ()
    assert outcomes(known(became("closed", "true", credence=0.7), became("closed", "false", "Ada", 0.7))) == ()
