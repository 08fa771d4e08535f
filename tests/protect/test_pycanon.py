"""Where the questions coincide, an independent package counts the same: the least hidden of a table of people."""

from __future__ import annotations

import csv
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from invented import AXES, grown

from bench._peers import PYTHON, peer
from farbank.protect.sight import Sight, where


@pytest.mark.skipif(not PYTHON.is_file(), reason="pycanon is not installed here; `make peers` installs it")
@pytest.mark.parametrize("seed", range(4))
def test_the_least_hidden_of_a_table_is_the_least_hidden_of_the_cube(seed: int, tmp_path: Path) -> None:
    cube = np.random.default_rng(seed).integers(0, 40, (3, 3, 2))
    population = grown(cube)
    leaves = [axis.leaves for axis in AXES]
    with (tmp_path / "people.csv").open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow([axis.id for axis in AXES])
        for cell, people in zip(product(*leaves), cube.ravel(), strict=True):
            table.writerows([cell] * int(people))
    for asked in (("place",), ("place", "body"), ("body", "sex"), ("place", "body", "sex")):
        found = peer("pycanon_k", str(tmp_path / "people.csv"), ",".join(asked))
        ways = product(*(axis.leaves for axis in AXES if axis.id in asked))
        counts = [where(population, Sight((dict(zip(asked, way, strict=True)),))).sum() for way in ways]
        assert found is not None and found["k"] == min(count for count in counts if count > 0)
