"""What others make of the table `bench adult` recodes: anjana's own recodings, and pycanon's count of ours.

Takes one line of JSON: `table` and `files`, the CSV files of the table and of each quasi-identifier's hierarchy; the
`questions` anjana is asked, pairs of k and suppression; and our `answers`. Prints one: anjana's seconds, node and rows
left out, per question; how many answers pycanon finds to be what they say, each recoded here from the text again; and
its seconds for one count of the table as it is.
"""

from __future__ import annotations

import contextlib
import json
import sys
import time
from typing import Any

import numpy as np
import pandas as pd
from anjana.anonymity._k_anonymity import k_anonymity_inner
from pycanon.anonymity import k_anonymity

Levels = dict[str, dict[int, np.ndarray]]
"""Per column and level, the value of each leaf."""


def main() -> None:
    """Ask both, print one line."""
    asked = json.loads(sys.argv[1])
    names = list(asked["files"])
    table = pd.read_csv(asked["table"], sep=";", dtype=str, keep_default_na=False)[names]
    levels = {name: _levels(file) for name, file in asked["files"].items()}
    start = time.perf_counter()
    k_anonymity(table, names)
    count_s = time.perf_counter() - start
    agrees = sum(_agrees(table, levels, answer) for answer in asked["answers"])
    with contextlib.redirect_stdout(sys.stderr):
        found = [_anjana(table, levels, k, suppression) for k, suppression in asked["questions"]]
    print(json.dumps({"anjana": found, "pycanon_agrees": agrees, "pycanon_count_s": count_s}))


def _levels(file: str) -> dict[int, np.ndarray]:
    read = pd.read_csv(file, sep=";", dtype=str, header=None, keep_default_na=False).drop_duplicates()
    return {int(level): read[level].to_numpy() for level in read}


def _anjana(table: pd.DataFrame, levels: Levels, k: int, suppression: float) -> dict[str, Any]:
    """One recoding. Hierarchies have a line per leaf: with a line per row, which it also takes, anjana never ends."""
    hierarchies = {name: dict(known) for name, known in levels.items()}
    start = time.perf_counter()
    _, left_out, reached = k_anonymity_inner(table, [], list(levels), k, 100 * suppression, hierarchies)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "node": [int(reached[name]) for name in levels], "rows_suppressed": int(left_out)}


def _agrees(table: pd.DataFrame, levels: Levels, answer: dict[str, Any]) -> bool:
    """Whether, recoded and without its small classes, the table is k-anonymous and lost as many rows as we say."""
    names = list(levels)
    recoded = pd.DataFrame(
        {
            name: table[name].map(dict(zip(levels[name][0], levels[name][level], strict=True)))
            for name, level in zip(names, answer["node"], strict=True)
        }
    )
    sizes = recoded.groupby(names)[names[0]].transform("size")
    kept = recoded[sizes >= answer["k"]].reset_index(drop=True)
    left_out = len(recoded) - len(kept)
    safe = kept.empty or k_anonymity(kept, names) >= answer["k"]
    return bool(safe and left_out == answer["rows_suppressed"] and left_out <= answer["suppression"] * len(recoded))


main()
