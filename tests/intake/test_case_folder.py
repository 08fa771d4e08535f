"""Reading and writing: what is written reads back, byte for byte, and identities stay behind unless asked for."""

from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farbank.intake import case_folder
from farbank.intake.errors import NotACaseFolder
from farbank.model.amounts import Amount
from farbank.model.case import Case, Desk
from farbank.model.chains import Chain, Coincidence, Hop, Seed
from farbank.model.claims import Claim, Evidence, Query
from farbank.model.dates import When
from farbank.model.documents import Document
from farbank.model.errors import DecodeError, FolderInUse, MissingReference
from farbank.model.exposure import StandingDisclosure
from farbank.model.inquiries import Inquiry
from farbank.model.people import Audience, Identity, Partner, Person, Record
from farbank.model.pictures import Box, LookedOver, Shown
from farbank.model.places import Place
from farbank.model.reports import Contact, Report
from farbank.model.sizes import Size
from farbank.model.statemedia import Search, Statement, Window
from farbank.model.story import Picture, RecordEvent

EXAMPLES = Path(__file__).parents[2] / "examples"
CASES = sorted(
    path.parent for path in [*EXAMPLES.glob("*/case.toml"), *Path(__file__).parents[1].glob("cases/*/case.toml")]
)

slugs = st.from_regex(r"[a-z0-9][a-z0-9-]{0,8}", fullmatch=True)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip())
texts = st.fixed_dictionaries({"en": words, "ko": words})
whens = st.sampled_from(["2023-06-17", "2023-06~", "2023", "2023-07-01/2023-07-19", "2023-04/..", "../2023-08-15"]).map(
    When
)
numbers = st.one_of(st.integers(0, 10**7), st.floats(0, 1e7))
sizes = st.lists(numbers, min_size=3, max_size=3).map(lambda three: Size(*sorted(three)))
tallies = st.integers(0, 50)
boxes = st.builds(
    Box, left=st.integers(0, 9999), top=st.integers(0, 9999), width=st.integers(1, 9999), height=st.integers(1, 9999)
)
hashes = st.binary(min_size=32, max_size=32).map(bytes.hex)
pages = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)


@st.composite
def amounts(draw: st.DrawFn, chain: str) -> tuple[Amount, ...]:
    """None, one or two, the second a part of the first."""
    low, high = sorted((draw(numbers), draw(numbers)))
    whole = Amount(chain=chain, what="dead", low=low, high=high, unit=draw(words))
    part = Amount(chain=chain, what="drowned", of="dead", low=0, high=low, unit="people", extent="part")
    return draw(st.sampled_from([(), (whole,), (whole, part)]))


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A case whose references all hold, with odd but lawful contents."""
    heron, alder, report, claim, chain, picture = draw(st.lists(slugs, min_size=6, max_size=6, unique=True))
    used, hidden = "case:used", "case:hidden"
    place = st.builds(
        Place, id=st.just(used), level=st.just(2), type=words, parent=st.just("tq:1"), names=texts,
        spellings=st.lists(words, max_size=2).map(tuple), population=st.none() | sizes,
        km_to_border=st.none() | numbers,
    )  # fmt: skip
    hop = Hop(
        who=f"person:{heron}",
        how="was-told",
        source=f"person:{alder}",
        when=draw(whens),
        channel=draw(st.none() | words),
    )
    return Case(
        name=draw(slugs), country="tq", close=date(2023, 7, 19), languages=("en", "ko"),
        desk=Desk(name=draw(texts), byline=draw(texts), threshold=draw(st.integers(1000, 5000))),
        partners=(
            Partner(handle=heron, language="ko", witting=draw(st.booleans()), record=Record(right=draw(tallies))),
        ),
        persons=(Person(id=alder, block=draw(st.none() | st.just({"place": "tq:1"}))),),
        audiences=(Audience(id="told", name=draw(texts), group={"place": "tq:1"}, size=draw(st.none() | sizes)),),
        disclosures=(StandingDisclosure(id="channel", text=draw(texts), satellite="phone"),),
        places=(draw(place), msgspec.structs.replace(draw(place), id=hidden)),
        record=(RecordEvent(id="plenary", name=draw(texts), when=draw(whens), note=draw(texts)),),
        contacts=(Contact(id=report, partner=heron, when=draw(whens), channel="call", minutes=draw(numbers)),),
        reports=(Report(id=report, contact=report, language="ko", text=draw(pages)),),
        chains=(Chain(id=chain, hops=(hop,), reports=(report,), place=draw(st.none() | st.just("tq:1"))),),
        claims=(
            Claim(id=claim, kind="event", text=draw(texts), place=used, when=draw(whens), chains=(chain,),
                  audience="told", amounts=draw(amounts(chain)),
                  query=draw(st.none() | st.builds(Query, event=st.tuples(words)))),
        ),
        evidence=(Evidence(claim=claim, kind="report", ref=report, bearing="supports"),),
        coincidences=(Coincidence(a=f"person:{heron}", b="unknown", probability=draw(st.sampled_from([0, 0.3, 1]))),),
        seeds=(Seed(claim=claim, who=f"person:{heron}", source=draw(st.sampled_from(["desk", "outlet:radio"])),
                    when=draw(st.none() | whens), probability=draw(st.sampled_from([0, 0.5, 1]))),),
        inquiries=(Inquiry(claim=claim, place=used, when=draw(whens), answer="nothing", asked=draw(st.integers(0, 99)),
                           partner=draw(st.none() | st.just(heron))),),
        statements=(Statement(id="said", outlet="gazette", language="ko", published=draw(whens), text=draw(texts)),),
        searches=(
            Search(id="look", claims=(claim,), window=Window(first=date(2023, 6, 1), last=date(2023, 6, 2)),
                   outlets=("gazette",), languages=("ko",), result="silent", statements=("said",)),
        ),
        pictures=(
            Picture(id=picture, file="levee.png", what=draw(texts), place="tq:1", when=draw(whens),
                    vantage=draw(texts), credit=draw(texts), cover=draw(st.lists(boxes, max_size=3).map(tuple)),
                    shown=draw(st.lists(st.builds(Shown, box=boxes, reason=words), max_size=2).map(tuple)),
                    looked_over=draw(st.none() | st.builds(LookedOver, by=st.just("picture editor"), original=hashes)),
                    facsimile=draw(st.none() | st.just("lecture"))),
        ),
        documents=(
            Document(id="lecture", copies=draw(st.integers(1, 9)), report=draw(st.none() | st.just(report)),
                     holders=draw(st.sampled_from([None, "everybody", "told"])), marks=("layout",),
                     unmarked=draw(st.sampled_from([(), ("serial number", "folds and stains")]))),
        ),
        media={"levee.png": draw(st.binary(max_size=50))},
        stories={"en": draw(pages), "ko": draw(pages)},
        identities=(Identity(id=heron, profile={"place": hidden}, spellings=(draw(words),)),),
    )  # fmt: skip


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("identities", [True, False])
@given(case=cases())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_write_read_write_is_byte_identical(
    tmp_path_factory: pytest.TempPathFactory, identities: bool, case: Case
) -> None:
    folder = tmp_path_factory.mktemp("case")
    case_folder.write(case, folder / "a", identities=identities)
    again = case_folder.read(folder / "a")
    case_folder.write(again, folder / "b", identities=identities)
    assert _files(folder / "a") == _files(folder / "b")
    assert again.claims == case.claims and again.chains == case.chains and again.media == case.media
    assert (again.pictures, again.documents) == (case.pictures, case.documents)
    assert (again.seeds, again.inquiries, again.partners) == (case.seeds, case.inquiries, case.partners)
    if "\r" not in case.reports[0].text:
        assert again.reports == case.reports  # what was said is never edited, not even by a space


@pytest.mark.parametrize("folder", CASES, ids=lambda path: path.name)
def test_examples_survive_a_round_trip(folder: Path, tmp_path: Path) -> None:
    case = case_folder.read(folder)
    case_folder.write(case, tmp_path / "out", identities=True)
    assert case_folder.read(tmp_path / "out") == case


@given(case=cases())
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
def test_identities_stay_behind(tmp_path_factory: pytest.TempPathFactory, case: Case) -> None:
    folder = tmp_path_factory.mktemp("case") / "out"
    case_folder.write(case, folder)
    assert "persons.toml" not in _files(folder)
    assert [place.id for place in case_folder.read(folder).places] == ["case:used"]
    assert not any(b"case:hidden" in data for data in _files(folder).values())


def test_a_kept_place_keeps_its_parents(tmp_path: Path) -> None:
    case = case_folder.read(EXAMPLES / "flood-2024")
    county = msgspec.structs.replace(case.places[0], id="case:county", names={"en": "Uplands"})
    town = msgspec.structs.replace(case.places[0], parent="case:county", level=3)
    case_folder.write(msgspec.structs.replace(case, places=(county, town)), tmp_path / "out")
    assert {place.id for place in case_folder.read(tmp_path / "out").places} == {"case:county", "case:town-1"}


def test_june_order_exports_no_trace_of_the_town(tmp_path: Path) -> None:
    case = case_folder.read(EXAMPLES / "june-order")
    case_folder.write(case, tmp_path / "out")
    (town,) = case.places
    names = [*town.names.values(), *town.spellings, *(name for person in case.identities for name in person.spellings)]
    for file, data in _files(tmp_path / "out").items():
        assert not [name for name in names if name.encode() in data], file


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    case = case_folder.read(EXAMPLES / "flood-2024")
    (tmp_path / "kept.txt").write_text("kept")
    with pytest.raises(FolderInUse, match="nothing was changed"):
        case_folder.write(case, tmp_path)
    with pytest.raises(FolderInUse):
        case_folder.write(case, tmp_path / "kept.txt")
    assert _files(tmp_path) == {"kept.txt": b"kept"}


def test_an_empty_folder_is_filled_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    case_folder.write(case_folder.read(EXAMPLES / "flood-2024"), tmp_path / "out")
    modes = {path.stat().st_mode & 0o077 for path in [tmp_path / "out", *(tmp_path / "out").rglob("*")]}
    assert modes == {0}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"name": "../../out"}, DecodeError),
        ({"country": "../packs/evil"}, DecodeError),
        ({"media": {"../x.png": b""}}, MissingReference),
        ({"reports": ()}, MissingReference),
        ({"stories": {"../en": "x"}}, NotACaseFolder),
    ],
)
def test_a_case_that_could_not_be_read_back_is_not_written(
    tmp_path: Path, change: dict[str, object], error: type[Exception]
) -> None:
    case = msgspec.structs.replace(case_folder.read(EXAMPLES / "flood-2024"), **change)
    with pytest.raises(error):
        case_folder.write(case, tmp_path / "out")
    assert list(tmp_path.iterdir()) == []


def test_a_report_whose_id_leads_out_is_not_written(tmp_path: Path) -> None:
    case = case_folder.read(EXAMPLES / "flood-2024")
    report = msgspec.structs.replace(case.reports[0], id="../../loose")
    with pytest.raises(DecodeError, match="loose"):
        case_folder.write(msgspec.structs.replace(case, reports=(report,)), tmp_path / "out")
    assert list(tmp_path.iterdir()) == []
