"""The affairs whose outcome is known come out as they should, and the docs print what the bench does."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import _print, affairs

DOCS = Path(__file__).parents[3] / "docs" / "method" / "origins.md"


@pytest.mark.parametrize("affair", affairs.read(), ids=lambda affair: affair.id)
def test_origins_and_standing_come_out_as_known(affair: affairs.Affair) -> None:
    before, after = affairs.judged(affair)
    assert affairs.Expected(before.origins, before.standing, after.standing) == affair.expected


def test_what_came_out_false_never_had_two_sure_origins() -> None:
    found = {affair.id: (affair.came_out, affairs.judged(affair)[0].standing) for affair in affairs.read()}
    assert {standing for came_out, standing in found.values() if came_out != "true"} == {"single-origin"}
    assert found["exchange"] == ("true", "corroborated")


def test_the_remark_of_an_official_who_had_read_it_is_seldom_a_second_origin() -> None:
    operation = next(affair for affair in affairs.read() if affair.id == "operation")
    assert affairs.judged(operation)[0].origins_p == pytest.approx((0, 0.9, 0.1))


def test_the_docs_print_the_table_of_the_bench() -> None:
    ((_, rows),) = _print.tables(affairs.run(Path()))
    heading, *lines = (f"| {' | '.join(row)} |" for row in rows)
    table = "\n".join([heading, "|" + "---|" * len(rows[0]), *lines])
    assert f"<!-- printed by python -m bench affairs -->\n{table}\n<!-- end -->" in DOCS.read_text("utf-8")
