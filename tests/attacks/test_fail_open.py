"""Ways an honest editor once got an open gate with somebody exposed behind it; each stays closed."""

from __future__ import annotations

import msgspec
import pytest

from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.examples import example
from farbank.desk.file_case import file_case
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.chains import Chain, Hop
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.people import Audience, Identity, Partner, Person
from farbank.model.reports import Contact, Report
from farbank.model.sizes import Size


@pytest.fixture
def june() -> Case:
    return case_folder.read(example("june-order"))


FEW = Audience(id="few", name={"en": "Few", "ko": "몇"}, group={"place": "kp:KP02"}, size=Size(20, 60, 150))


def compiled(case: Case, **changes: object) -> Compilation:
    return compile_story(file_case(msgspec.structs.replace(case, **changes)))


def claims(case: Case, id: str, **changes: object) -> tuple[Claim, ...]:
    return tuple(msgspec.structs.replace(c, **changes) if c.id == id else c for c in case.claims)


def stories(case: Case, old: str, new: str) -> dict[str, str]:
    assert all(old in text for text in case.stories.values())
    return {language: text.replace(old, new) for language, text in case.stories.items()}


def newcomer(id: str) -> Identity:
    return Identity(id=id, profile={"place": "case:town-1"})


def test_whoever_is_quoted_is_counted_among_those_who_knew(june: Case) -> None:
    report = compiled(
        june,
        audiences=(*june.audiences, FEW),
        partners=(*june.partners, Partner(handle="crane", language="ko")),
        identities=(*june.identities, newcomer("crane")),
        contacts=(*june.contacts, Contact(id="call-9", partner="crane", when=When("2023-07"), channel="call")),
        reports=(*june.reports, Report(id="nine", contact="call-9", language="ko", text="말")),
        claims=claims(june, "top", chains=("not-stated",), audience="few", part_of=None),
        stories=stories(june, "[@top; report=order]", "[@top; report=nine]"),
    )
    crane = next(wording for wording in report.wordings if wording.person == "crane")
    assert crane.exposure.verdict == "refused"
    assert not report.open


def test_whoever_is_named_beside_a_claim_is_counted_among_those_who_knew(june: Case) -> None:
    report = compiled(
        june,
        audiences=(*june.audiences, FEW),
        persons=(*june.persons, Person(id="birch")),
        identities=(*june.identities, newcomer("birch")),
        claims=claims(june, "potatoes", audience="few"),
        stories={k: v.replace("[@potatoes]", "@birch. [@potatoes]", 1) for k, v in june.stories.items()},
    )
    birch = next(wording for wording in report.wordings if wording.person == "birch")
    assert birch.exposure.verdict == "refused"
    assert not report.open


def test_a_detail_of_a_detail_has_the_audience_of_the_whole(june: Case) -> None:
    parts = msgspec.structs.replace(
        june, audiences=(*june.audiences, FEW), claims=claims(june, "order", audience="few")
    )
    deeper = claims(parts, "focus", part_of="length", audience=None)
    deeper = tuple(msgspec.structs.replace(c, audience=None) if c.id == "length" else c for c in deeper)
    only = {k: v.replace("[@order; @focus]", "[@focus]") for k, v in june.stories.items()}
    report = compiled(parts, claims=deeper, stories=only)
    assert not report.open


def test_the_map_shows_no_province_of_a_claim_nobody_cites(june: Case) -> None:
    elsewhere = Chain(id="elsewhere", hops=(Hop(who="person:willow", how="saw"),))
    uncited = Claim(
        id="uncited", kind="condition", text={"en": "Nothing", "ko": "없음"}, place="kp:KP05", when=When("2023-07"),
        chains=("elsewhere",),
    )  # fmt: skip
    report = compiled(
        june,
        persons=(*june.persons, Person(id="willow")),
        chains=(*june.chains, elsewhere),
        claims=(*june.claims, uncited),
    )
    assert b"Jagang" not in report.files["en.html"]
    assert "자강도".encode() not in report.files["ko.html"]


def test_the_day_of_what_the_teller_saw_is_not_printed(june: Case) -> None:
    report = compiled(june, claims=claims(june, "nowhere", when=When("2023-07-04")))
    assert b"4 July 2023" not in report.files["en.html"]
    assert "7월 4일".encode() not in report.files["ko.html"]


@pytest.mark.parametrize("mark", ["@heron", "Heron"])
def test_a_code_word_in_the_margin_closes_the_gate(june: Case, mark: str) -> None:
    text = {"en": f"As {mark} says, food is nowhere to be seen", "ko": "식량이 없다"}
    report = compiled(june, claims=claims(june, "nowhere", text=text))
    assert not report.gate.open


def test_the_case_these_start_from_is_open(june: Case) -> None:
    assert compiled(june).open
