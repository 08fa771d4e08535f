"""Ways an honest editor once got an open gate with somebody exposed behind it; each stays closed."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import msgspec
import newsroom
import pytest

from farbank import vault
from farbank.desk.compile_edition import compile_edition
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.errors import AudienceUncounted, InventedTooWide, NotYet
from farbank.desk.examples import example
from farbank.desk.export_case import export_case
from farbank.desk.file_case import file_case
from farbank.desk.import_case import filed, import_case
from farbank.desk.init_desk import init_desk
from farbank.intake import references
from farbank.model.case import Case, Desk
from farbank.model.chains import Chain, Hop
from farbank.model.claims import Claim
from farbank.model.codec import convert
from farbank.model.dates import When
from farbank.model.errors import DecodeError, MissingReference
from farbank.model.people import Audience, Identity, Partner, Person
from farbank.model.places import Place
from farbank.model.reports import Contact, Report
from farbank.model.sizes import Size


@pytest.fixture
def june() -> Case:
    return newsroom.june(("en", "ko"))


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
    text = {
        "en": f"As {mark} says, food is nowhere to be seen",
        "ko": "식량이 없다",
        "ja": "食糧がない",
        "zh": "没有粮食",
    }
    report = compiled(june, claims=claims(june, "nowhere", text=text))
    assert not report.gate.open


def test_the_case_these_start_from_is_open(june: Case) -> None:
    assert compiled(june).open


def test_a_folder_without_profiles_is_closed_whatever_blocks_it_declares(june: Case) -> None:
    filed = file_case(june)
    bare = msgspec.structs.replace(filed.case, stories=stories(june, "[@lead]", "Marubong. [@lead]"))
    assert all(person.block for person in bare.persons)
    assert not compile_story(file_case(bare)).open


def test_importing_without_profiles_keeps_the_list_on_file(june: Case, tmp_path: Path) -> None:
    cheap, words = vault.Cost(passes=1, memory=8 * 1024 * 1024), "a passphrase of six words"
    members = (vault.Member("officer", words, ("safety-officer",)), vault.Member("editor", words, ("editor",)))
    init_desk(tmp_path / "desk", members, cost=cheap)
    with vault.open(tmp_path / "desk", "officer", words) as opened:
        import_case(opened, example("june-order"))
        before = vault.case_store.forbidden(opened, "june-order")
        export_case(opened, "june-order", tmp_path / "out", identities=False)
        story = tmp_path / "out" / "story.en.md"
        story.write_text(story.read_text("utf-8").replace("[@lead]", "It is so in Marubong. [@lead]", 1), "utf-8")
        import_case(opened, tmp_path / "out", replace=True)
        assert vault.case_store.forbidden(opened, "june-order") == before
        assert not compile_story(filed(opened, "june-order")).open


def test_an_invented_place_as_wide_as_a_province_is_refused(june: Case) -> None:
    wide = tuple(msgspec.structs.replace(place, level=1) for place in june.places)
    with pytest.raises(InventedTooWide, match="case:town-1"):
        compiled(june, places=wide)


@pytest.mark.parametrize("threshold", [-5, 0, 99, 100, 999])
def test_a_case_cannot_lower_the_threshold_below_the_floor(threshold: int) -> None:
    with pytest.raises(DecodeError, match="threshold"):
        convert({"name": {"en": "D"}, "byline": {"en": "B"}, "threshold": threshold}, Desk, "case.toml")


@pytest.mark.parametrize(
    ("language", "town"),
    [
        ("en", "in hoeryong"),
        ("en", "in Chungjin"),
        ("en", "in Kim Jong Sook County"),
        ("en", "in the Sunam District"),
        ("ko", "무산군인민위원회에서도"),
        ("ko", "청진시당위원회에서도"),
    ],
)
def test_a_real_town_closes_lint_and_gate_however_it_is_written(june: Case, language: str, town: str) -> None:
    end = {"en": " to be seen. [@nowhere]", "ko": " 보이지 않는다. [@nowhere]"}[language]
    assert end in june.stories[language]
    text = june.stories[language].replace(end, f" {town}{end}")
    report = compiled(june, stories={**june.stories, language: text})
    assert not report.lint_open
    assert "place" in {slip.kind for slip in report.gate.slips}


def told_by(june: Case, **hop: object) -> tuple[Chain, ...]:
    """The chains of the case, that of the order with its last hop changed."""

    def changed(chain: Chain) -> Chain:
        last = msgspec.structs.replace(chain.hops[-1], **hop)
        return msgspec.structs.replace(chain, hops=(*chain.hops[:-1], last))

    return tuple(changed(chain) if chain.id == "via-alder" else chain for chain in june.chains)


def test_whoever_tells_the_desk_is_a_partner(june: Case) -> None:
    persons = (*june.persons, Person(id="egret"))
    with pytest.raises(MissingReference, match="who told the desk: there is no partner 'egret'"):
        references.check(msgspec.structs.replace(june, persons=persons, chains=told_by(june, who="person:egret")))


def test_a_meeting_is_an_audience_of_the_case(june: Case) -> None:
    with pytest.raises(MissingReference, match="who was at the meeting: there is no audience 'plenum'"):
        references.check(msgspec.structs.replace(june, chains=told_by(june, source="meeting:plenum")))


def test_an_audience_of_a_village_nobody_can_count_needs_a_size(june: Case) -> None:
    village = Place(id="case:village", level=3, type="town", parent="kp:KP0203", names={"en": "V", "ko": "마을"})
    audience = Audience(id="told", name={"en": "V", "ko": "마을"}, group={"place": "case:village"})
    with pytest.raises(AudienceUncounted, match="told"):
        compiled(june, places=(*june.places, village), audiences=(audience,))


def test_only_who_brings_identities_can_change_tokens_and_blocks(tmp_path: Path) -> None:
    cheap, words = vault.Cost(passes=1, memory=8192), "a passphrase of six words"
    members = (
        vault.Member("officer", words, ("safety-officer",)),
        vault.Member("editor", words, ("editor",)),
    )
    init_desk(tmp_path / "desk", members, cost=cheap)
    with vault.open(tmp_path / "desk", "officer", words) as opened:
        import_case(opened, example("june-order"))
        before = {person.id: person for person in vault.case_store.load(opened, "june-order").persons}
    with vault.open(tmp_path / "desk", "editor", words) as opened:
        export_case(opened, "june-order", tmp_path / "out", identities=False)
        case = tmp_path / "out" / "case.toml"
        text = case.read_text("utf-8")
        assert "[[persons]]\n" in text
        case.write_text(text.replace("[[persons]]\n", '[[persons]]\ntoken = "another"\n'), "utf-8")
        import_case(opened, tmp_path / "out", replace=True)
        after = {person.id: person for person in vault.case_store.load(opened, "june-order").persons}
    assert after == before


def test_an_edition_is_not_written_before_its_day(june: Case, tmp_path: Path) -> None:
    with pytest.raises(NotYet):
        compile_edition(file_case(june), tmp_path / "site", on=date.today() + timedelta(days=2))
    assert not (tmp_path / "site").exists()


def test_a_partner_whose_phone_is_lost_and_whose_picture_is_printed_is_warned_of(june: Case) -> None:
    crane = Partner(handle="crane", language="ko", lost=When("2023-07-10"))
    pictures = tuple(
        msgspec.structs.replace(each, photographer="crane", audience="everybody") for each in june.pictures
    )
    found = compiled(
        june, partners=(*june.partners, crane), identities=(*june.identities, newcomer("crane")), pictures=pictures
    )
    assert not found.timing_open, "no contact of theirs is on file"
