"""The Admiralty pair and the reader's word, each from its own ground."""

from __future__ import annotations

import pytest

from farbank.model.people import Record
from farbank.verify.credence.doubt import invents
from farbank.verify.credence.scales import credibility, likelihood_word, reliability


@pytest.mark.parametrize(
    ("right", "wrong", "letter"), [(0, 0, "F"), (30, 0, "A"), (9, 1, "B"), (6, 3, "C"), (3, 3, "D"), (0, 5, "E")]
)
def test_reliability_is_the_record_alone(right: int, wrong: int, letter: str) -> None:
    assert reliability([Record(right=right, wrong=wrong)]) == letter


def test_reliability_is_that_of_the_best_and_f_without_any() -> None:
    assert reliability([Record(right=0, wrong=5), Record(right=30), Record()]) == "A"
    assert reliability([]) == "F"


def test_confirmed_demands_two_origins() -> None:
    assert credibility(0.95, 0.99, 0.995, 2) == 1
    assert credibility(0.95, 0.99, 0.995, 1) == 2
    assert credibility(0.9, 0.94, 0.99, 2) == 2
    assert credibility(0.95, 0.99, 0.995, 2, own=0.94) == 2
    assert [credibility(mid - 0.05, mid, mid + 0.05, 3) for mid in (0.8, 0.5, 0.3, 0.1)] == [2, 3, 4, 5]
    assert credibility(0.05, 0.5, 0.95, 2) == 6


@pytest.mark.parametrize(
    ("probability", "word"),
    [(0.01, "almost-no-chance"), (0.1, "very-unlikely"), (0.3, "unlikely"), (0.5, "roughly-even-chance"),
     (0.6, "likely"),
     (0.9, "very-likely"), (0.97, "almost-certain")],
)  # fmt: skip
def test_the_word_is_of_one_row(probability: float, word: str) -> None:
    assert likelihood_word(probability, 50) == word
    assert likelihood_word(probability, 49) is None


def test_a_good_record_makes_invention_unlikely_and_a_bad_one_likely() -> None:
    records = [Record(right=right, wrong=wrong) for right, wrong in ((30, 0), (10, 0), (0, 0), (2, 8), (0, 30))]
    chances = [invents(record).middle for record in records]
    assert chances == sorted(chances)
    assert chances[0] < 0.04
    assert chances[-1] > 0.5
