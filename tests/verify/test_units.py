"""One spelling a unit, and no conversion that is not exact."""

from __future__ import annotations

from fractions import Fraction

import pytest

from farbank.verify.units import normal


@pytest.mark.parametrize(
    "unit, name, factor",
    [
        ("animals", "animal", 1), (" Animal ", "animal", 1), ("kinds", "kind", 1), ("people", "people", 1),
        ("persons", "people", 1), ("t", "kg", 1000), ("tonnes", "kg", 1000), ("kg", "kg", 1), ("ＫＧ", "kg", 1),
        ("metric tons", "kg", 1000), ("tons", "ton", 1), ("1,000 won", "kpw", 1000), ("thousand won", "kpw", 1000),
        ("KPW/kg", "kpw/kg", 1), ("won per kg", "kpw/kg", 1), ("1000 won/t", "kpw/kg", 1), ("won/sack", "kpw/sack", 1),
        ("won/500 g", "kpw/kg", 2), ("0 won", "0 won", 1), ("glass", "glass", 1), ("bus", "bus", 1), ("", "", 1),
    ],
)  # fmt: skip
def test_spellings_and_exact_factors(unit: str, name: str, factor: int) -> None:
    assert normal(unit) == (name, Fraction(factor))


def test_a_gram_is_a_thousandth_exactly() -> None:
    assert normal("g") == ("kg", Fraction(1, 1000))
