"""A whole table recoded so that nobody stands in it alone: every answer the best there is, and how long that takes.

Measured on Adult (30,162 rows, 9 quasi-identifiers, 12,960 ways to recode; `--data` takes any table laid out like it,
see `bench/_tables.py`). Asked are k = 2, 3, 5, 10, 20, 50, 100 with no row left out, at most 2 % and at most 5 %.
`answers` is a row per question: `node`, the level of each column in the table's order, `loss` as `protect.recode`
defines it, and `rows_suppressed`; both are empty where no node suffices. `seconds` is for all answers on one core, the
median of five runs, from numbered leaves, and `cpu_s` what that core spent on them; `read_s` is reading and numbering,
`nodes` the size of the lattice. It matters because a table that is vaguer than it has to be will be asked for again,
and two tables of the same people are less safe than one.

Held against the optimum of every node counted, which tests/protect/test_recode.py repeats to five places, and 2 s.
Beside us anjana, which climbs greedily, a call per question: all of them, or those of k = 5 if quick.
`peer_anjana_least` says how many of its `peer_anjana_questions` end in a node of least loss, `peer_anjana_loss` and
`loss_same` its mean loss and ours over them, `peer_anjana_seconds` and `seconds_same` the time for them all, and
`ratio_anjana` ours over its. pycanon counts every answer again from the text: `peer_pycanon_agrees` of
`peer_pycanon_answers`; one count of the table as it is takes it `peer_pycanon_count_s`.
"""

from __future__ import annotations

import json
import resource
import statistics
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import Figures, Report, Row, _tables
from bench._peers import peer
from farbank.protect.recoding.lattice import Lattice
from farbank.protect.recoding.recode import Recoding, recode

DATA = "benchmarks/adult"
KS = (2, 3, 5, 10, 20, 50, 100)
LIMITS = (0.0, 0.02, 0.05)
QUICK = (5,)
RUNS = 5

Answers = dict[tuple[int, float], Recoding | None]


def run(data: Path, *, quick: bool) -> Report:
    """Measure; `data` is the folder of a table. Raises MissingData, or what is wrong with the table."""
    start = time.perf_counter()
    table = _tables.read(data)
    read_s = time.perf_counter() - start
    lattice = Lattice(table.codes, tuple(table.hierarchies.values()))
    cpu = time.process_time()
    seconds, answers = _ours(table, KS)
    cpu_s = (time.process_time() - cpu) / RUNS
    ours: Figures = {
        "rows": lattice.rows,
        "quasi_identifiers": len(lattice.shape),
        "nodes": lattice.losses.size,
        "read_s": round(read_s, 3),
        "seconds": round(seconds, 3),
        "cpu_s": round(cpu_s, 3),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }
    return ours | _peers(table, lattice, answers, QUICK if quick else KS) | {"answers": _rows(answers)}


def _ours(table: _tables.Table, ks: Sequence[int]) -> tuple[float, Answers]:
    """Median seconds and the answers."""
    spent = []
    for _ in range(RUNS):
        start = time.perf_counter()
        answers = recode(table.codes, tuple(table.hierarchies.values()), ks=ks, limits=LIMITS)
        spent.append(time.perf_counter() - start)
    return statistics.median(spent), answers


def _rows(answers: Answers) -> list[Row]:
    return [
        {
            "k": k,
            "suppression": limit,
            "loss": found.loss if found else None,
            "node": list(found.node) if found else None,
            "rows_suppressed": found.suppressed if found else None,
        }
        for (k, limit), found in answers.items()
    ]


def _peers(table: _tables.Table, lattice: Lattice, answers: Answers, ks: Sequence[int]) -> Figures:
    """Nothing where the peers are not installed or there is nothing to ask them."""
    rows = [row for row in _rows(answers) if row["node"] is not None]
    questions = [question for question, found in answers.items() if question[0] in ks and found]
    files = {name: str(file) for name, file in table.files.items()}
    asked = {"table": str(table.file), "files": files, "questions": questions, "answers": rows}
    told = peer("anjana_adult", json.dumps(asked)) if questions else None
    if told is None:
        return {}
    same, _ = _ours(table, ks)
    return _anjana(told["anjana"], lattice, [answers[question] for question in questions], same) | {
        "peer_pycanon_answers": len(rows),
        "peer_pycanon_agrees": told["pycanon_agrees"],
        "peer_pycanon_count_s": round(told["pycanon_count_s"], 3),
    }


def _anjana(theirs: list[dict[str, Any]], lattice: Lattice, ours: list[Recoding | None], same: float) -> Figures:
    losses = [float(lattice.loss(tuple(one["node"]), one["rows_suppressed"])) for one in theirs]
    least = [found.loss for found in ours if found]
    seconds = sum(one["seconds"] for one in theirs)
    return {
        "seconds_same": round(same, 3),
        "loss_same": round(statistics.mean(least), 5),
        "peer_anjana_questions": len(theirs),
        "peer_anjana_seconds": round(seconds, 2),
        "peer_anjana_loss": round(statistics.mean(losses), 5),
        "peer_anjana_least": sum(loss <= best for loss, best in zip(losses, least, strict=True)),
        "ratio_anjana": round(same / seconds, 4),
    }
