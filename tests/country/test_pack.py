"""A pack loads whole or says what is wrong with it; rebuilding its data changes nothing."""

from __future__ import annotations

import runpy
import shutil
from pathlib import Path

import pytest

from farbank import country
from farbank.country.errors import UnknownPack
from farbank.country.pack import Pack
from farbank.model.errors import AmbiguousPlace, DecodeError, MissingReference, UnknownPlace
from farbank.model.places import Place

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the invented pack that a test may spoil."""
    return Path(shutil.copytree(ROOT / "tests" / "packs" / "tiny", tmp_path / "tiny"))


def test_rebuilding_the_shipped_data_gives_the_same_bytes(shared_data: Path, tmp_path: Path) -> None:
    build = runpy.run_path(str(ROOT / "scripts" / "build_kp.py"))["main"]
    build(shared_data, tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    shipped = ROOT / "src" / "farbank" / "country" / "kp"
    assert len(made) == 6
    for path in made:
        assert (tmp_path / path).read_bytes() == (shipped / path).read_bytes(), path


def test_both_packs_are_whole(kp: Pack, tiny: Pack) -> None:
    for pack in (kp, tiny):
        assert pack.gazetteer.place(pack.id).level == 0
        assert {place.level for place in pack.gazetteer} == set(range(len(pack.levels)))
        assert pack.languages[0] == "en" and set(pack.phrases) == set(pack.languages)
        for text in (pack.name, *pack.levels, *(o.name for o in pack.outlets), *(i.names for i in pack.institutions)):
            assert set(pack.languages) <= set(text)
        assert pack.attribution and list(pack.lexicon)
        for collection in (
            pack.boundaries.level1,
            pack.boundaries.context,
            pack.boundaries.borders,
            pack.boundaries.rivers,
        ):
            assert collection["type"] == "FeatureCollection" and collection["features"]
        assert pack.id in {feature["properties"]["id"] for feature in pack.boundaries.context["features"]}


@pytest.mark.parametrize("days", ['["someday"]', "[]"])
def test_an_outlet_that_appears_on_no_day_is_refused(folder: Path, days: str) -> None:
    with (folder / "outlets.toml").open("a") as file:
        file.write(f"weekdays = {days}\n")
    with pytest.raises(DecodeError, match="weekdays"):
        _ = country.load(folder).outlets


def test_an_unknown_pack_is_named(tmp_path: Path) -> None:
    for name in ("atlantis", tmp_path):
        with pytest.raises(UnknownPack, match="country pack"):
            country.load(name)


@pytest.mark.parametrize(
    "file, before, after, problem",
    [
        ("places.csv", "tq:O1,2", "tq:O1,two", r"places\.csv.*row 6"),
        ("places.csv", "tq:O1,2,port,tq:O", "tq:O1,2,port,tq:X", "tq:X"),
        ("places.csv", "tq:O2,2", "tq:O1,2", "stands twice"),
        ("places.csv", "31000,page", "-4,page", r"row 6"),
        ("places.csv", "id,level", "id,lvl", "columns of places.csv"),
        ("pack.toml", "languages", "langauges", "langauges"),
        ("pack.toml", 'id = "tq"', "id = ", r"pack\.toml"),
    ],
)
def test_a_spoilt_file_is_named(folder: Path, file: str, before: str, after: str, problem: str) -> None:
    path = folder / file
    text = path.read_text("utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), "utf-8")
    with pytest.raises((DecodeError, UnknownPlace), match=problem):
        country.load(folder)


def test_a_spoilt_table_is_named_when_it_is_asked(folder: Path) -> None:
    (folder / "outlets.toml").write_text("outlets = 3", "utf-8")
    (folder / "boundaries" / "rivers.geojson").write_text("{", "utf-8")
    (folder / "glossary.csv").write_bytes(b"\xff")
    pack = country.load(folder)
    with pytest.raises(DecodeError, match="outlets"):
        _ = pack.outlets
    with pytest.raises(DecodeError, match="rivers"):
        _ = pack.boundaries.rivers
    with pytest.raises(DecodeError, match="glossary"):
        _ = pack.lexicon


def test_invented_places_lie_over_the_pack_and_leave_it_alone(tiny: Pack) -> None:
    place = Place(id="case:mell", level=2, type="ward", parent="tq:V", names={"en": "Mell", "qtz": "Mëll"})
    over = country.overlay(tiny, [place])
    assert over.gazetteer.ancestors("case:mell") == ("tq:V", "tq")
    assert over.gazetteer.resolve("Mell Ward").id == "case:mell"
    assert "case:mell" not in {p.id for p in tiny.gazetteer}
    with pytest.raises(UnknownPlace, match="tq:nowhere"):
        country.overlay(tiny, [Place(id="case:mell", level=2, type="ward", parent="tq:nowhere", names={"en": "Mell"})])


def test_an_invented_place_may_not_take_the_id_of_a_real_one(tiny: Pack) -> None:
    with pytest.raises(AmbiguousPlace, match="tq:O1"):
        country.overlay(tiny, [Place(id="tq:O1", level=2, type="port", parent="tq:V", names={"en": "Brask"})])


def test_orders_go_down_the_line(kp: Pack) -> None:
    bodies = kp.institutions
    assert bodies.can_order("wpk-central-committee", "wpk-city-county-committee")
    assert bodies.can_order("wpk-politburo", "neighbourhood-unit")
    assert not bodies.can_order("wpk-city-county-committee", "wpk-central-committee")
    assert not bodies.can_order("wpk-cell", "wpk-cell")
    assert bodies.ancestors("wpk-organisation-guidance") == ("wpk-central-committee", "wpk")
    with pytest.raises(MissingReference):
        bodies.node("wpk-nothing")


def test_outlets_are_found_as_archives_and_readers_write_them(kp: Pack) -> None:
    for name, id in (
        ("KCNA", "kcna"),
        ("로동신문", "rodong-sinmun"),
        ("노동신문", "rodong-sinmun"),
        ("労働新聞", "rodong-sinmun"),
    ):
        assert kp.outlet(name).id == id
    assert kp.outlet("New Year address").id == "new-year-address"
    with pytest.raises(MissingReference):
        kp.outlet("The Moon")
