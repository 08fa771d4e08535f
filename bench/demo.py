"""What a newcomer waits for: the demo after installation, and the command line's first answer.

`make demo` releases the June order through a new vault: 256 MiB Argon2id six times, a fitted population, a map, two
pages made twice, a signature. Keys: demo_s and demo_rss_mb (the child's wall time and peak resident memory), compile_s
(what the demo reports: from the proposal to the edition on disk), help_s (median of nine runs of `farbank --help`).
Held against 15 s, 600 MB and 0.3 s, the patience of somebody trying a tool. Every run is a fresh process; the data
folder is not used.

Then the parts an editor waits for, medians of five in this process: fit_s (the population of the shipped country),
expose_ms (one person under three facts, the channel line and an audience), gate_s (the whole June edition), mentions_ms
(places in 5,000 characters of mixed English and Korean).
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

from bench import Figures
from bench._clock import median
from farbank import country
from farbank.desk.check_case import file_folder
from farbank.desk.compile_story import compile_story
from farbank.desk.drafts import drafts_of
from farbank.desk.examples import example
from farbank.desk.read_prose import account
from farbank.protect import gate, population
from farbank.protect.expose import expose
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.unaccounted import unaccounted
from farbank.publish.grain import printable

DATA = "."
HELP_RUNS = 9
PARTS_RUNS = 5


def run(data: Path, *, quick: bool) -> Figures:
    """Run the demo once in a temporary folder, then ask for help nine times (three if quick)."""
    with tempfile.TemporaryDirectory() as folder:
        demo_s, printed = _timed("demo", "--out", f"{folder}/out", "--json")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    helps = [_timed("--help")[0] for _ in range(3 if quick else HELP_RUNS)]
    parts = _parts()
    return {
        "demo_s": round(demo_s, 2),
        "demo_rss_mb": round(peak, 1),
        "compile_s": json.loads(printed)["seconds"],
        "help_s": round(statistics.median(helps), 3),
        **parts,
    }


def _timed(*arguments: str) -> tuple[float, bytes]:
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "farbank", *arguments], capture_output=True, check=True)
    return time.perf_counter() - started, done.stdout


def _parts() -> Figures:
    pack = country.load("kp")
    filed = file_folder(example("june-order"))
    compiled = compile_story(filed)
    known = account(filed, drafts_of(filed.case).values(), compiled.wordings, filed.case.searches, ())
    details = partial(unaccounted, known=known)
    fitted = population.fit(pack.population)
    allowed = printable(pack.gazetteer)
    wary = partial(pack.gazetteer.mentions, wary=True)
    facts = {"place": "kp:KP02", "organisation": "org:party", "sex": "sex:male"}
    heard = tuple(Heard(audience) for audience in filed.case.audiences)
    question = Question("x", Reader(population=fitted, on=filed.case.close, threshold=1000), (), ("phone",), heard)
    text = ("Workers of Hoeryong City and of Kim Jong Suk County, 함경북도 회령시에서 말했다. " * 100)[:5000]

    def one_check() -> object:
        return expose(question, facts, pack.phrases["en"])

    def check() -> object:
        return gate.check(compiled.files, filed.forbidden, mentions=wary, allowed=allowed, unaccounted=details)

    return {
        "fit_s": round(median(lambda: population.fit(pack.population), PARTS_RUNS), 3),
        "expose_ms": round(median(one_check, PARTS_RUNS) * 1000, 1),
        "gate_s": round(median(check, PARTS_RUNS), 3),
        "mentions_ms": round(median(lambda: pack.gazetteer.mentions(text), PARTS_RUNS) * 1000, 2),
    }
