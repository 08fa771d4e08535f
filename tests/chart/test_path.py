"""The way of an order: whatever is not known, or not told, is drawn as that."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from reading import SVG, assert_sound, cells, root, texts
from test_timeline import HOSTILE

from farbank import country
from farbank.chart.path import Step, Way, path
from farbank.model.drawings import Drawing

EN = country.load("kp").phrases["en"]
STEPS = st.builds(
    Step, rank=st.sampled_from(["", "province"]), who=HOSTILE, link=st.sampled_from(["told", "unknown", "untold"]),
    how=st.one_of(st.just(""), HOSTILE), known=st.booleans(),
)  # fmt: skip


def dashes(drawing: Drawing, tag: str) -> list[str]:
    return [node.get("stroke-dasharray", "") for node in root(drawing).iter(f"{SVG}{tag}")]


@settings(max_examples=20)
@given(st.lists(st.builds(Way, order=HOSTILE, steps=st.lists(STEPS, min_size=1, max_size=4).map(tuple)), max_size=3))
def test_whatever_is_told_stays_text_and_stands_in_the_table_too(ways: list[Way]) -> None:
    drawing = path(ways, EN)
    assert_sound(drawing)
    assert {*texts(drawing)} <= {*cells(drawing), ""}
    assert dashes(drawing, "circle") == ["" if step.known else "2 2" for way in ways for step in way.steps]


def test_only_a_link_that_was_told_is_drawn_through() -> None:
    steps = [Step(rank="", who="a", link="first")]
    steps += [Step(rank="", who="b", link=link) for link in ("told", "unknown", "untold")]
    assert dashes(path([Way(order="o", steps=tuple(steps))], EN), "path") == ["", "5 4", "2 4"]
