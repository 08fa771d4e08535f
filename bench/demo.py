"""What a newcomer waits for: the demo after installation, and the command line's first answer.

`make demo` compiles the June order through a new vault: 256 MiB Argon2id four times, a fitted population, a map, two
pages, a signature. Keys: demo_s and demo_rss_mb (the child's wall time and peak resident memory), compile_s (what the
demo itself reports), help_s (median of nine runs of `farbank --help`). Held against 15 s, 600 MB and 0.3 s, the
patience of somebody trying a tool. Every run is a fresh process; the data folder is not used.
"""

from __future__ import annotations

import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench import Figures

DATA = "."
HELP_RUNS = 9


def run(data: Path, *, quick: bool) -> Figures:
    """Run the demo once in a temporary folder, then ask for help nine times (three if quick)."""
    with tempfile.TemporaryDirectory() as folder:
        demo_s, printed = _timed("demo", "--out", f"{folder}/out", "--json")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    helps = [_timed("--help")[0] for _ in range(3 if quick else HELP_RUNS)]
    return {
        "demo_s": round(demo_s, 2),
        "demo_rss_mb": round(peak, 1),
        "compile_s": json.loads(printed)["seconds"],
        "help_s": round(statistics.median(helps), 3),
    }


def _timed(*arguments: str) -> tuple[float, bytes]:
    started = time.perf_counter()
    done = subprocess.run([sys.executable, "-m", "farbank", *arguments], capture_output=True, check=True)
    return time.perf_counter() - started, done.stdout
