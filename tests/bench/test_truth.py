"""The bench of truth discovery takes any folder laid out like the four sets, whichever gold is in it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench._authors import authors
from bench._truth_sets import read_sets
from farbank.verify.discovery import Item

ROOT = Path(__file__).parent.parent.parent


def packed(path: Path, *rows: str) -> None:
    path.parent.mkdir(exist_ok=True)
    with gzip.open(path, "wt") as file:
        file.write("".join(f"{row}\n" for row in rows))


def sets(folder: Path) -> Path:
    """A book and a city of which three sources tell; no flights, no weather."""
    told = ("Pak, Chol; Ri, Su", "Pak", "Chol Pak, Su Ri")
    lines = (f"shop{at}\t0000000000\tA Title\t{names}" for at, names in enumerate(told))
    packed(folder / "book" / "book.txt.gz", *lines, "shop9\t0000000000\tNo authors\t")
    (folder / "book" / "book_sealed.txt").write_text("9780000000002\tchol pak; su ri\n9789999999999\tnobody at all\n")
    packed(
        folder / "population" / "claims.csv.gz",
        '"ObjectID","PropertyID","PropertyValue","SourceID","TimeStamp"',
        *(f'"a town","Population2000","{count}","{at}: editor","null"' for at, count in enumerate((931, 905, 931))),
    )
    gold = ('"ObjectID","PropertyID","PropertyValue"', '"a town","Population2000","931"', '"elsewhere","x","1"')
    packed(folder / "population" / "truth_half.csv.gz", *gold)
    return folder


def test_sets_and_gold_that_are_there_are_measured(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "truth", "--quick", "--data", str(sets(tmp_path))]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    figures = json.loads(done.stdout.splitlines()[-1])
    assert (figures["book"], figures["population"], figures["mean"]) == (1.0, 1.0, 1.0)
    assert (figures["book_items"], figures["population_items"]) == (1, 1)
    assert figures["vote"] == {"book": 1.0, "population": 1.0, "mean": 1.0}
    assert "weather" not in figures
    assert figures["world"] > figures["world_vote"]


def test_a_folder_without_a_set_is_missing_data(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bench", "truth", "--data", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 3
    assert "book" in done.stderr


def test_only_gold_of_which_somebody_told_counts(tmp_path: Path) -> None:
    assert list(read_sets(sets(tmp_path))["population"].gold) == [Item("a town", "Population2000")]


@pytest.mark.parametrize(
    ("texts", "read"),
    [
        (["Pak, Chol; Ri, Su"], ["pak c; ri s"]),
        (["Chol Pak, Su Ri"], ["pak c; ri s"]),
        (["Pak, Chol S./ Ri, Su (Author)"], ["pak c; ri s"]),
        (["Pak, Chol", "PAK CHOL", "Chol Pak"], ["pak c", "pak c", "pak c"]),
        (["Pak, Chol", "Ri, Su", "PAK, CHOL RI, SU"], ["pak c", "ri s", "pak c; ri s"]),
        (["By (author) Pak, Chol Ph.D."], ["pak c"]),
        (["Pak &amp; Ri"], ["pak; ri"]),
        (["Jan van der Berg"], ["van-der-berg j"]),
        (["Not Available"], [""]),
    ],
)
def test_authors_are_read_however_they_are_written(texts: list[str], read: list[str]) -> None:
    assert authors(texts) == read
