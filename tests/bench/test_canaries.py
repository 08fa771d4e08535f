"""What the search for planted words is worth: it finds each of them, and nothing where nothing is."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from bench import _canaries
from bench._canaries import COUNT, Found
from bench.canaries import LEAKS
from farbank.intake import case_folder


def test_every_word_is_planted_once_and_found_alone() -> None:
    names, said, look = _canaries.names(), _canaries.said(), Found()
    assert len({*names, *said}) == 2 * COUNT
    for name, word in zip(names, said, strict=True):
        assert look.names(name.encode()) == {name}
        assert look.said(word.encode("utf-16-le")) == {word}
        assert not look.names(word.encode()) and not look.said(name.encode())


@pytest.mark.parametrize("leak", LEAKS)
@pytest.mark.parametrize("number", [0, 1])
def test_each_way_of_leaking_is_found_in_both_alphabets(leak: str, number: int) -> None:
    noise = random.Random(number).randbytes(100_000)
    name, word = _canaries.names()[number], _canaries.said()[number]
    assert Found().names(noise + LEAKS[leak](name) + noise) == {name}
    assert Found().said(noise + LEAKS[leak](word) + noise) == {word}
    assert not Found().names(noise) and not Found().said(noise)


def test_the_planted_case_reads_and_holds_all_of_it(tmp_path: Path) -> None:
    case = case_folder.read(_canaries.case(tmp_path / "june-order"))
    spellings = {spelling for identity in case.identities for spelling in identity.spellings}
    assert {*_canaries.names()} <= spellings
    text = " ".join(report.text for report in case.reports)
    assert all(word in text for word in _canaries.said())
