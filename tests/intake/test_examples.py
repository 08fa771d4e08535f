"""The shipped cases say what their brief says: every claim, every chain, every caveat, and no more than is known."""

import re
import tomllib
from pathlib import Path

import pytest

from farbank.country.pack import Pack
from farbank.intake import case_folder
from farbank.model.case import Case

EXAMPLES = Path(__file__).parents[2] / "examples"
JUNE, FLOOD = EXAMPLES / "june-order", EXAMPLES / "flood-2024"
FERRY = Path(__file__).parents[1] / "cases" / "tiny-ferry"
QUOTE = re.compile(r"^> (.*?) \[@.*?report=([a-z0-9-]+)\]$", re.MULTILINE)
SILENT, HALF, NOBODY_LOOKED = "silent", "half-said", "cannot-tell"


@pytest.fixture(scope="module")
def june() -> Case:
    return case_folder.read(JUNE)


def test_june_order_holds_every_claim_and_its_state_media_result(june: Case) -> None:
    results = {claim: search.result for search in june.searches for claim in search.claims}
    assert {claim.id: results.get(claim.id) for claim in june.claims} == {
        "order": SILENT, "length": SILENT, "focus": SILENT, "blame": HALF, "top": SILENT, "discontent": SILENT,
        "only-food": SILENT, "potatoes": None, "survive": SILENT, "promise": NOBODY_LOOKED, "nowhere": None,
        "starvation": SILENT, "lead": None,
    }  # fmt: skip


def test_every_result_but_the_one_nobody_looked_for_is_attested(june: Case) -> None:
    assert {search.id for search in june.searches if search.reader is None} == {"promise"}
    assert not any(search.coverage or search.passages for search in june.searches)


def test_the_blame_is_three_deep_and_is_only_said(june: Case) -> None:
    blame = next(claim for claim in june.claims if claim.id == "blame")
    (chain,) = [chain for chain in june.chains if chain.id in blame.chains]
    assert (blame.kind, blame.speaker) == ("statement", "wpk-central-committee")
    assert [(hop.source, hop.who) for hop in chain.hops] == [
        ("body:wpk-central-committee", "person:alder"),
        ("person:alder", "person:heron"),
    ]


def test_unstated_links_stay_unknown(june: Case) -> None:
    ends = {chain.id: chain.hops[-1].who for chain in june.chains}
    chains = {claim.id: claim.chains for claim in june.claims}
    assert [ends[chain] for chain in chains["potatoes"]] == ["unknown"]
    assert [ends[chain] for chain in (*chains["starvation"], *chains["lead"])] == ["desk", "desk"]


def test_the_town_stands_nowhere_but_in_its_declaration(june: Case) -> None:
    (town,) = june.places
    names = {*town.names.values(), *town.spellings, *(name for one in june.identities for name in one.spellings)}
    for path in [path for path in JUNE.rglob("*") if path.is_file() and path.name not in ("case.toml", "persons.toml")]:
        assert not [name for name in names if name.encode() in path.read_bytes()], path.name
    assert (JUNE / "case.toml").read_text().count(town.id) == 1


@pytest.mark.parametrize("folder", [JUNE, FLOOD, FERRY], ids=lambda path: path.name)
def test_every_result_expected_is_of_a_claim_or_person_there(folder: Path) -> None:
    case = case_folder.read(folder)
    expected = tomllib.loads((folder / "expected.toml").read_text())
    assert list(expected["claims"]) == [claim.id for claim in case.claims]
    people = {partner.handle for partner in case.partners} | {person.id for person in case.persons}
    assert set(expected["persons"]["safe"]) == people


@pytest.mark.parametrize("folder", [JUNE, FLOOD, FERRY], ids=lambda path: path.name)
def test_quotations_are_in_the_reports_they_name(folder: Path) -> None:
    case = case_folder.read(folder)
    reports = {report.id: report for report in case.reports}
    for language, story in case.stories.items():
        quotes = QUOTE.findall(story)
        assert len(quotes) == story.count("\n> "), "none that names no report"
        assert quotes or folder.name == "flood-2024", "what was written there is in the desk's own words"
        for words, name in quotes:
            assert words in reports[name].text or reports[name].language != language, words


@pytest.mark.parametrize("folder", [JUNE, FLOOD, FERRY], ids=lambda path: path.name)
def test_language_versions_cite_the_same_claims_in_the_same_order(folder: Path) -> None:
    case = case_folder.read(folder)
    cited = [re.findall(r"\[@(.*?)\]", story) for story in case.stories.values()]
    assert all(version == cited[0] for version in cited)


def test_the_picture_stands_for_another_province_and_an_older_summer(june: Case) -> None:
    (picture,) = june.pictures
    data = june.media[picture.file]
    assert (picture.place, picture.when, picture.stands_in) == ("kp:KP06", "2021-07", True)
    assert data.startswith(b"\x89PNG") and len(data) < 300_000


@pytest.mark.parametrize("folder", [JUNE, FLOOD])
def test_places_institutions_outlets_and_concepts_are_in_the_pack(folder: Path, kp: Pack) -> None:
    _in_pack(case_folder.read(folder), kp)


def test_the_ferry_is_in_the_invented_pack(tiny: Pack) -> None:
    _in_pack(case_folder.read(FERRY), tiny)


def _in_pack(case: Case, pack: Pack) -> None:
    invented = {place.id for place in case.places}
    for place in {claim.place for claim in case.claims} | {picture.place for picture in case.pictures}:
        assert place in invented or pack.gazetteer.place(place)
    bodies = {body for claim in case.claims for body in (claim.who, claim.speaker) if body}
    nodes = {node for chain in case.chains for hop in chain.hops for node in (hop.who, hop.source) if node}
    for body in bodies | {node.removeprefix("body:") for node in nodes if node.startswith("body:")}:
        assert pack.institutions.node(body)
    outlets = {outlet for search in case.searches for outlet in search.outlets} | {
        one.outlet for one in case.statements
    }
    assert outlets <= {outlet.id for outlet in pack.outlets}
    for claim in case.claims:
        for concept in (*claim.query.event, *claim.query.detail) if claim.query else ():
            assert pack.lexicon.concept(concept).forms


def test_stories_name_no_place_finer_than_a_province(kp: Pack) -> None:
    for folder in (JUNE, FLOOD):
        case = case_folder.read(folder)
        printed = [*case.stories.values(), *(text for claim in case.claims for text in claim.text.values())]
        for text in printed:
            for mention in kp.gazetteer.mentions(text):
                assert all(kp.gazetteer.place(place).level <= 1 for place in mention.places), mention
