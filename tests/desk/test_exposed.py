"""Who could be found by a story: behind nineteen others, by somebody who signs, and found again from its record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec
import pytest

from farbank.desk import record as records
from farbank.desk.check_case import file_folder
from farbank.desk.errors import NobodyCalled, NoLedger, NoRecord
from farbank.desk.examples import example
from farbank.desk.expose_story import Exposed, expose_story
from farbank.desk.file_case import Filed, file_case
from farbank.desk.ledger import held_against
from farbank.desk.report import PersonReport
from farbank.desk.what_if import what_if
from farbank.intake import case_folder
from farbank.model.exposure import Decision

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


@pytest.mark.parametrize("facts", [{"place": "kp:KP99"}, {"shoe-size": "42"}, {"place": ""}])
def test_asking_what_nobody_can_count_is_a_refusal_not_an_error(june: Filed, facts: dict[str, str]) -> None:
    assert what_if(june, "heron", facts).verdict == "refused"


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
    ten = msgspec.structs.replace(expose_story(june).record)
    assert records.verify(behind, ten).holds, "the record names how much of the ledger it rests on"


def test_what_is_no_ledger_and_no_record_is_said_so(june: Filed, tmp_path: Path) -> None:
    with pytest.raises(NoLedger):
        held_against(june, tmp_path / "none.json")
    with pytest.raises(NoRecord):
        records.read(tmp_path / "none.json")
