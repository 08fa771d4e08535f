"""Every figure told is shown with its origins, in one unit, beside the interval they allow together."""

from __future__ import annotations

from farbank.model.amounts import Amount
from farbank.model.chains import Chain, Coincidence, Hop
from farbank.verify.how_many import how_many


def saw(name: str, who: str) -> Chain:
    return Chain(id=name, hops=(Hop(who=f"person:{who}", how="saw"),))


CHAINS = {name: saw(name, name) for name in ("heron", "wren", "tern")}


def told(chain: str, low: float, unit: str = "kg", what: str = "rice", **more: object) -> Amount:
    return Amount(chain=chain, what=what, low=low, high=low, unit=unit, **more)  # type: ignore[arg-type]


def test_rival_figures_stand_side_by_side_each_with_its_origins() -> None:
    (rice,) = how_many([told("heron", 2, "t"), told("wren", 2000), told("tern", 900)], CHAINS)
    assert [(one.low, one.chains, one.origins) for one in rice.figures] == [
        (900, ("tern",), 1), (2000, ("heron", "wren"), 2),
    ]  # fmt: skip
    assert rice.unit == "kg"
    assert rice.size is not None
    assert rice.size.low < 900 < rice.size.high or 900 < rice.size.low < 2000 < rice.size.high


def test_two_who_may_be_one_are_one_origin_of_a_figure() -> None:
    maybe = [Coincidence(a="person:heron", b="person:wren", probability=0.3)]
    (rice,) = how_many([told("heron", 2000), told("wren", 2000)], CHAINS, maybe)
    assert rice.figures[0].origins == 1


def test_nobody_who_tells_only_a_part_says_how_many_there_were() -> None:
    (rice,) = how_many([told("heron", 12, "sacks", extent="part")], CHAINS)
    assert rice.size is None
    assert rice.unit == "sacks"


def test_one_animal_and_so_many_kilograms_are_two_questions() -> None:
    units = [each.unit for each in how_many([told("heron", 1, "animal"), told("wren", 2100)], CHAINS)]
    assert units == ["animal", "kg"]
