"""The figures of a population: what is read, what is derived, and what invented places take."""

from __future__ import annotations

import math
import runpy
import shutil
from collections import defaultdict
from pathlib import Path

import pytest

from farbank import country
from farbank.country import population
from farbank.country.census import PopulationData
from farbank.country.pack import Pack
from farbank.country.places import NOISE
from farbank.country.population import PopulationDisagrees
from farbank.model.errors import DecodeError
from farbank.model.places import Place
from farbank.model.sizes import Size

REPO = Path(__file__).parents[2]
TINY = REPO / "tests" / "packs" / "tiny"


def town(id: str = "case:new", parent: str = "kp:KP02", people: float = 120_000, **fields: object) -> Place:
    size = Size(people / 2, people, people * 2)
    base: dict[str, object] = {"level": 2, "type": "city", "names": {"en": "New"}, "population": size}
    return Place(id=id, parent=parent, **{**base, **fields})  # type: ignore[arg-type]


def people(data: PopulationData, node: str) -> float:
    """How many live under a place node."""
    axis = data.axis("place")
    return sum(n for (leaf,), n in data.marginals[0].counts.items() if node in axis.upwards(leaf))


def held(data: PopulationData, body: str, place: str) -> float:
    """How many hold a leaf of the organisation axis in one place leaf."""
    table = next(m for m in data.marginals if m.axes == ("place", "organisation"))
    return table.counts.get((place, body), 0.0)


def test_everybody_of_the_gazetteer_stands_on_one_leaf(kp: Pack) -> None:
    assert people(kp.population, "kp") == 23_349_859
    assert len(kp.population.axis("place").leaves) == 179


def test_a_province_without_units_is_a_leaf_right_under_the_country(kp: Pack, tiny: Pack) -> None:
    assert kp.population.axis("place").upwards("kp:KP0201") == ("kp:KP0201", "kp")
    assert tiny.population.axis("place").upwards("tq:S") == ("tq:S", "tq")


def test_units_stand_under_the_type_node_of_their_province(kp: Pack) -> None:
    assert kp.population.axis("place").upwards("kp:KP0205") == ("kp:KP0205", "kp:KP02/city", "kp:KP02", "kp")


@pytest.mark.parametrize("id", ["kp", "tiny"])
def test_every_table_shares_out_exactly_the_people_of_each_place(id: str, request: pytest.FixtureRequest) -> None:
    data: PopulationData = request.getfixturevalue(id).population
    for table in data.marginals:
        if len(table.axes) == 2:
            total: defaultdict[str, float] = defaultdict(float)
            for (place, _), count in table.counts.items():
                assert count >= 0
                total[place] += count
            assert total == pytest.approx({leaf: n for (leaf,), n in data.marginals[0].counts.items()})


@pytest.mark.parametrize("id", ["kp", "tiny"])
def test_every_node_has_a_name_in_every_language(id: str, request: pytest.FixtureRequest) -> None:
    pack: Pack = request.getfixturevalue(id)
    for axis in pack.population.axes:
        for node in {up for leaf in axis.leaves for up in axis.upwards(leaf)}:
            if "/" in node:
                assert f"place.{node.partition('/')[2]}" in pack.phrases["en"]
            else:
                # a place without a name in one of the languages is printed by its English one
                spoken = {"en"} if axis.id == "place" else set(pack.languages)
                assert spoken <= set(axis.names[node]), node
                assert all(axis.names[node].values()), node


@pytest.mark.parametrize("id", ["kp", "tiny"])
def test_no_modelled_figure_is_wider_than_the_noise_it_is_drawn_with(id: str, request: pytest.FixtureRequest) -> None:
    data: PopulationData = request.getfixturevalue(id).population
    for figure in (figure for table in data.tables for figure in table.figures if figure.per != "node"):
        widest = math.exp(1.645 * NOISE[figure.basis])
        assert figure.people.mid / figure.people.low <= widest, figure.node
        assert figure.people.high / figure.people.mid <= widest, figure.node
        assert figure.source


def test_a_full_time_post_is_an_occupation_of_its_own(kp: Pack) -> None:
    jobs = next(m for m in kp.population.marginals if m.axes == ("place", "occupation"))
    bodies = kp.population.axis("organisation")
    posts = sum(
        held(kp.population, leaf, "kp:KP0205") for leaf in bodies.leaves if "org:official" in bodies.upwards(leaf)
    )
    assert jobs.counts["kp:KP0205", "occ:official"] == pytest.approx(posts)


def test_the_counted_part_is_what_the_source_data_give(shared_data: Path) -> None:
    built = runpy.run_path(str(REPO / "scripts" / "build_kp_population.py"))["build"](shared_data)
    assert built == (REPO / "src/farbank/country/kp/population/census.csv").read_text("utf-8")


def test_a_signal_fades_softly_and_never_rises_with_distance(kp: Pack) -> None:
    phone = kp.population.satellites[0]
    shares = [phone.share(km) for km in range(0, 200, 5)]
    assert shares == sorted(shares, reverse=True)
    assert shares[0] > 0.8 and 0.3 < phone.share(20) < 0.6 and shares[-1] < 0.01
    assert phone.share(None) == 0.0


def test_an_invented_city_takes_its_people_from_the_modelled_units_of_its_province(kp: Pack) -> None:
    before, after = kp.population, country.overlay(kp, [town(km_to_border=11.0)]).population
    assert people(after, "case:new") == 120_000
    for province in ("kp", "kp:KP02", "kp:KP03"):
        assert people(after, province) == pytest.approx(people(before, province))
    assert people(after, "kp:KP0203") == people(before, "kp:KP0203"), "a counted city gives nobody"
    assert people(after, "kp:KP0220") < people(before, "kp:KP0220"), "a modelled county gives some"
    assert after.axis("place").upwards("case:new") == ("case:new", "kp:KP02/city", "kp:KP02", "kp")
    made = [sum(held(data, "org:party-local", leaf) for leaf in data.axis("place").leaves) for data in (before, after)]
    assert made[1] == pytest.approx(made[0]), "an invented city makes no officials: it takes its share of the others'"
    assert 0 < held(after, "org:party-local", "case:new") < 150
    assert after.satellites[0].weights["case:new"] == pytest.approx(after.satellites[0].share(11.0))


def test_a_place_invented_inside_a_unit_counts_as_that_unit(kp: Pack) -> None:
    after = country.overlay(kp, [town(parent="kp:KP0203", level=3, type="town")]).population
    assert after.axis("place").upwards("case:new")[1] == "kp:KP0203"
    assert people(after, "kp") == people(kp.population, "kp")
    assert after.axis("place").leaves == kp.population.axis("place").leaves


def test_where_no_sibling_is_modelled_all_give(tiny: Pack) -> None:
    before, after = tiny.population, country.overlay(tiny, [town(parent="tq:V", type="ward", people=30_000)]).population
    assert people(after, "tq:V") == pytest.approx(people(before, "tq:V"))
    assert people(after, "tq:V1") == pytest.approx(26_000 * (1 - 30 / 44))


@pytest.mark.parametrize("place", [town(people=90_000_000), town(population=None)])
def test_a_place_that_cannot_be_filled_is_refused(kp: Pack, place: Place) -> None:
    with pytest.raises(PopulationDisagrees, match="case:new"):
        population.overlay(kp.population, [place])


def spoilt(folder: Path, file: str, old: str, new: str) -> Path:
    shutil.copytree(TINY / "population", folder / "population")
    text = (folder / "population" / file).read_text("utf-8")
    assert old in text
    (folder / "population" / file).write_text(text.replace(old, new), "utf-8")
    return folder / "population"


@pytest.mark.parametrize(
    ("file", "old", "new", "error", "names"),
    [
        ("offices.csv", "40,80,150", "90,80,150", DecodeError, "offices.csv row 2"),
        ("offices.csv", "40,80,150", "40,eighty,150", DecodeError, "row 2"),
        ("offices.csv", "unit,port", "household,port", DecodeError, "offices.csv row 2"),
        ("offices.csv", "600,1200,2200", "600,999999,9999999", PopulationDisagrees, "organisation"),
        ("census.csv", "sex:male", "sex:other", PopulationDisagrees, "sex:female, sex:male"),
        ("census.csv", "page,2030", "seen,2030", DecodeError, "census.csv"),
        ("population.toml", 'remainder = "org:none"', 'remaindr = "org:none"', DecodeError, "remaindr"),
    ],
)
def test_figures_that_cannot_be_are_refused_by_file_and_row(
    tiny: Pack, tmp_path: Path, file: str, old: str, new: str, error: type[Exception], names: str
) -> None:
    folder = spoilt(tmp_path, file, old, new)
    with pytest.raises(error, match=names):
        population.load(folder, tiny.gazetteer)
