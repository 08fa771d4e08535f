"""Who could be found by a story: behind nineteen others, by somebody who signs, and found again from its record."""

from __future__ import annotations

import dataclasses
import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from farbank.desk import record as records
from farbank.desk.check_case import file_folder
from farbank.desk.errors import NobodyCalled, NoLedger, NoRecord, UnknownNode
from farbank.desk.examples import example
from farbank.desk.expose_story import Exposed, expose_story
from farbank.desk.file_case import Filed, file_case
from farbank.desk.ledger import held_against
from farbank.desk.report import PersonReport
from farbank.desk.what_if import what_if
from farbank.intake import case_folder
from farbank.model.chains import Coincidence
from farbank.model.exposure import Decision
from farbank.model.people import Audience
from farbank.model.releases import Release, Released
from farbank.model.sizes import Size

NINETEEN = Path(__file__).parents[2] / "examples" / "nineteen-before.json"


@pytest.fixture(scope="module")
def june() -> Filed:
    return file_folder(example("june-order"))


def heron(exposed: Exposed) -> PersonReport:
    return next(person for person in exposed.persons if person.id == "heron")


def test_the_same_story_as_the_twentieth_leaves_fewer_and_says_how_long_to_wait(june: Filed) -> None:
    alone = expose_story(june)
    twentieth = expose_story(held_against(june, NINETEEN))
    assert alone.open and not twentieth.open
    after = heron(twentieth)
    assert after.k_low < 1000 <= heron(alone).k_low
    assert after.unlinked is not None and int(after.unlinked.low) == heron(alone).k_low
    waits = [repair for repair in after.repairs if repair.kind == "wait"]
    assert waits and waits[0].until is not None and waits[0].until > date(2023, 7, 19)
    assert twentieth.record.releases == 19


def test_somebody_who_signs_opens_the_gate_down_to_the_number_named(june: Filed) -> None:
    words = dict.fromkeys(("reason", "hurt", "consent", "protects", "removed"), "…")
    case = case_folder.read(example("june-order"))
    for low, opens in ((100, True), (500, False)):
        by = Decision(id="one", by="safety officer", review=date(2023, 8, 1), signs=("heron",), low=low, **words)
        signed = expose_story(held_against(file_case(msgspec.structs.replace(case, decisions=(by,))), NINETEEN))
        assert signed.open is opens
        assert heron(signed).signed_by == ("safety officer" if opens else None)
        assert heron(signed).verdict == "needs-signature"


def test_naming_the_city_is_refused_with_the_reason_and_the_repairs(june: Filed) -> None:
    for person in ("heron", "alder"):
        facts = {"place": "kp:KP0203"} | ({"organisation": "org:party-local"} if person == "alder" else {})
        named = what_if(june, person, facts)
        assert named.verdict == "refused" and named.reason and named.repairs
    with pytest.raises(NobodyCalled, match="alder, heron"):
        what_if(june, "wren", {})


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"place": "kp:KP99"}, "no node 'kp:KP99'"),
        ({"place": "Hoeryong"}, "did you mean kp:KP0203"),
        ({"plce": "kp:KP02"}, "one of place"),
        ({"place": ""}, "no node ''"),
    ],
)
def test_a_slip_in_what_is_asked_is_told_apart_from_a_refusal(june: Filed, facts: dict[str, str], said: str) -> None:
    with pytest.raises(UnknownNode, match=said):
        what_if(june, "heron", facts)


def test_what_if_refuses_wherever_the_story_would_be_refused(june: Filed) -> None:
    for closed in (dataclasses.replace(june, releases=None), dataclasses.replace(june, listed=frozenset())):
        assert what_if(closed, "heron", {"place": "kp:KP02"}).verdict == "refused"
        assert not expose_story(closed).open


def test_one_person_under_two_code_words_is_counted_once_with_all_that_is_said(june: Filed) -> None:
    case = june.case
    both = tuple(msgspec.structs.replace(person, token="t-1") for person in case.persons)
    one = expose_story(dataclasses.replace(june, case=msgspec.structs.replace(case, persons=both)))
    assert len({person.k_low for person in one.persons}) == 1 and one.persons[0].k_low < 2000
    assert all(person.facts == {} for person in one.persons), "two descriptions of one person would add up"
    pair = Coincidence(a="person:alder", b="person:heron", probability=0.2)
    perhaps = expose_story(dataclasses.replace(june, case=msgspec.structs.replace(case, coincidences=(pair,))))
    assert [person.k_low for person in perhaps.persons] == [person.k_low for person in one.persons]


def test_whoever_heard_after_the_last_call_is_not_counted_among_those_who_knew(june: Filed) -> None:
    later = msgspec.structs.replace(june.case, close=date(2023, 8, 20))
    stories = {k: v.replace("2023-07-19", "2023-08-20") for k, v in later.stories.items()}
    postponed = dataclasses.replace(june, case=msgspec.structs.replace(later, stories=stories))
    assert heron(expose_story(postponed)).k_low == heron(expose_story(june)).k_low


def test_who_told_whom_in_an_earlier_edition_is_not_forgotten(june: Filed) -> None:
    told = Released(token="alder", near=("heron",))
    roster = Audience(id="k-r", name={}, group={"place": "kp:KP02"}, size=Size(4, 4, 5), listed="meeting-roster")
    found = Released(token="alder", audiences=(roster,))
    days = [
        Release(edition=f"e{n}", published=date(2023, 5, 1 + n), people=(one,)) for n, one in enumerate((told, found))
    ]
    alone = tuple(msgspec.structs.replace(chain, hops=chain.hops[-1:]) for chain in june.case.chains)
    alone = tuple(
        msgspec.structs.replace(chain, hops=(msgspec.structs.replace(chain.hops[0], source="unknown"),))
        if chain.hops[0].source == "person:alder"
        else chain
        for chain in alone
    )
    stories = {k: v.replace("@alder", "") for k, v in june.case.stories.items()}
    stories = {k: re.sub(r", alder: \[[^\n]*?\]\}", "}", v) for k, v in stories.items()}
    stories = {k: re.sub(r"whatif:.*\n", "", v) for k, v in stories.items()}
    without = dataclasses.replace(june, case=msgspec.structs.replace(june.case, chains=alone, stories=stories))
    after = heron(expose_story(dataclasses.replace(without, releases=tuple(days))))
    assert after.coupled is not None and after.coupled < 1000 and after.weakest == "alder"
    assert heron(expose_story(without)).coupled is None


def test_a_verdict_is_found_again_and_a_changed_one_is_named(june: Filed, tmp_path: Path) -> None:
    behind = held_against(june, NINETEEN)
    records.write(expose_story(behind).record, tmp_path / "verdict.json")
    kept = records.read(tmp_path / "verdict.json")
    assert records.verify(behind, kept).holds
    assert set(records.verify(june, kept).differs) >= {"ledger", "releases", "verdict on heron"}
    forged = msgspec.structs.replace(kept, persons=kept.persons[:1])
    assert records.verify(behind, forged).differs == ("heron is not in the record",)


def test_a_later_release_does_not_change_an_earlier_verdict(june: Filed) -> None:
    behind = held_against(june, NINETEEN)
    assert behind.releases is not None
    first = expose_story(june).record
    assert records.verify(behind, first).holds, "the record names how much of the ledger it rests on"


def test_what_is_no_ledger_and_no_record_is_said_so(june: Filed, tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        held_against(june, tmp_path / "none.json")
    with pytest.raises(NoRecord):
        records.read(tmp_path / "none.json")


def test_another_processor_finds_the_same_verdict(june: Filed) -> None:
    kept = expose_story(june).record

    def nudged(by: float) -> records.Record:
        sizes = (each.size for each in kept.persons)
        moved = (Size(*(end * by for end in msgspec.structs.astuple(size))) for size in sizes)
        persons = tuple(msgspec.structs.replace(e, size=size) for e, size in zip(kept.persons, moved, strict=True))
        return msgspec.structs.replace(kept, persons=persons)

    assert records.verify(june, nudged(1 + 1e-10)).holds
    assert not records.verify(june, nudged(1.001)).holds
