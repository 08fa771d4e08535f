"""Every ground of a credence is said in words, the largest first, with the way it moved the odds."""

from __future__ import annotations

from typing import get_args

from farbank.cli.why import how_sure, reasons
from farbank.model.credence import Credence, Ground, Influence


def test_every_ground_has_its_words_and_its_way() -> None:
    grounds = get_args(Ground)
    told = tuple(
        Influence(ground=ground, factor=3.14 if number % 2 else 0.25, about=f"about-{number}")
        for number, ground in enumerate(grounds)
    )
    known = Credence(low=0.5, mid=0.75, high=0.875, reliability="C", credibility=2, influences=told)
    lines = list(reasons(known))
    assert len({line.split("  ", 1)[1] for line in lines}) == len(grounds)
    assert [line.split()[0] for line in lines] == ["×3.1" if n % 2 else "÷4.0" for n in range(len(grounds))]
    assert not any("{" in line for line in lines)
    assert how_sure(known) == "50% to 88%, middle 75%; source C, item 2"
    assert how_sure(None) == "cannot be judged"
