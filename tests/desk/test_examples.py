"""The example cases say what their `expected.toml` says, whichever way they are run."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from farbank.desk.check_case import check_case
from farbank.desk.examples import example
from farbank.desk.ingest import ingest
from farbank.desk.report import Report

TESTS = Path(__file__).parents[1]


def expected(name: str) -> dict[str, dict[str, object]]:
    return tomllib.loads((example(name) / "expected.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def june() -> Report:
    return check_case(example("june-order"))


def test_every_claim_of_the_june_order_stands_as_expected(june: Report) -> None:
    found = {
        claim.id: {
            "standing": claim.standing, "origins": claim.origins, "reported_in": list(claim.reported_in),
            "confirmed_in": list(claim.confirmed_in), "state_media": claim.state_media,
        }
        for claim in june.claims
    }  # fmt: skip
    assert found == expected("june-order")["claims"]


def test_the_order_could_not_be_confirmed_elsewhere_as_of_the_storys_close(june: Report) -> None:
    order = next(claim for claim in june.claims if claim.id == "order")
    assert order.sentence.reader["en"] == (
        "Second-hand. Reported from North Hamgyong; could not be confirmed elsewhere as of 19 July 2023."
    )
    assert order.credence is not None
    assert order.credence.word is None, "no word before fifty outcomes are known"


def test_nobody_in_the_chain_is_findable_and_the_finer_wordings_are_refused(june: Report) -> None:
    people = {person.id: person for person in june.persons}
    assert set(people) == {"heron", "alder"}
    for person in people.values():
        assert person.safe
        assert person.k_low >= person.threshold == 1000
        assert person.k_mid >= 3 * person.threshold
        assert person.modelled
        assert person.effective is not None
        assert person.effective >= person.threshold, "also for a reader who knows how descriptions are chosen"
    assert people["alder"].published_as["en"] == "a party official in North Hamgyong"
    cadre = people["alder"].what_if[0]
    assert cadre.verdict != "safe"
    assert cadre.k_low < 1000
    city = people["heron"].what_if[0]
    assert city.verdict != "safe", "a city of the province within reach of the border leaves one place"


def test_the_plenary_conflict_is_flagged_once_a_language_and_blocks_nothing(june: Report) -> None:
    assert {item.file for item in june.conflicts} == {"story.en.md", "story.ko.md", "story.ja.md", "story.zh.md"}
    assert len(june.conflicts) == 4
    assert not any(item.blocking for item in june.conflicts)
    assert june.lint == june.conflicts
    assert june.open


def test_the_dates_to_come_back_to(june: Report) -> None:
    assert june.due == (
        {"of": "promise", "due": None, "outcome": "open"},
        {"of": "survive", "due": "2023-08-15", "outcome": "open"},
    )


def test_the_flood_is_checked_against_the_real_archive(shared_data: Path, tmp_path: Path) -> None:
    ingest([shared_data / "statemedia" / "kcna_articles_2023_2024.jsonl.gz"], tmp_path / "archive")
    report = check_case(example("flood-2024"), tmp_path / "archive")
    found = {claim.id: claim.state_media for claim in report.claims}
    for claim, wanted in expected("flood-2024")["claims"].items():
        result = wanted["state_media"]  # type: ignore[index]
        assert found[claim] in (result if isinstance(result, list) else [result]), claim
    assert report.open


def test_without_an_archive_nothing_is_said_to_be_silent() -> None:
    report = check_case(example("flood-2024"))
    assert {claim.state_media for claim in report.claims} == {"cannot-tell"}


def test_a_movement_told_vaguely_after_the_state_has_told_of_it_passes() -> None:
    report = check_case(TESTS / "cases" / "night-train")
    wanted = tomllib.loads((TESTS / "cases" / "night-train" / "expected.toml").read_text("utf-8"))["claims"]
    found = {claim.id: (claim.standing, claim.state_media) for claim in report.claims}
    assert found == {claim: (each["standing"], each["state_media"]) for claim, each in wanted.items()}
    assert report.gates.embargo and report.gates.timing and report.open
    assert report.gates.not_before is not None and report.gates.not_before >= report.claims[0].as_of


def test_the_whole_flow_runs_on_an_invented_country() -> None:
    report = check_case(TESTS / "cases" / "tiny-ferry", pack=TESTS / "packs" / "tiny")
    assert report.claims
    assert {"en", "qtz"} <= set(report.claims[0].sentence.reader)
    assert report.open
    found = {claim.id: claim.standing for claim in report.claims}
    known = tomllib.loads((TESTS / "cases" / "tiny-ferry" / "expected.toml").read_text("utf-8"))["claims"]
    assert found == {claim: wanted["standing"] for claim, wanted in known.items()}
