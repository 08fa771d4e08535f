"""Run every bench and write docs/figures.md, the only place figures in the docs come from."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
import time
from pathlib import Path

import bench
from bench import _print

ROOT = Path(__file__).parent.parent
FIGURES = ROOT / "docs" / "figures.md"
HEAD = """# Figures

Printed by `make bench` on two shared cores with 24 GB; other work ran beside it, so compare rows of one table, not
tables of two days. What each key means stands in the docstring of its module under `bench/`.
"""
NO_DATA = 3
ENGINES = (("archive", "--engine", "cluster"),)
"""Benches beside those that have a name of their own."""


def section(*name: str) -> str:
    """One bench, by its name and options, as a table, or a sentence where its data is not there.

    Which it is, and how long it took, stands on stderr meanwhile. Raises CalledProcessError if it failed.
    """
    title = " ".join(name)
    command = [sys.executable, "-m", "bench", *name, "--quick", "--json"]
    print(f"{title:26}", end="", file=sys.stderr, flush=True)
    started = time.monotonic()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    seconds = time.monotonic() - started
    print(f"{seconds:5.0f} s", file=sys.stderr, flush=True)
    if done.returncode == NO_DATA:
        return f"## {title}\n\nNot measured: {done.stderr.strip()}\n"
    if done.returncode:
        print(done.stderr, file=sys.stderr)
    done.check_returncode()
    report = json.loads(done.stdout.splitlines()[-1])
    rows = [list(row) for row in _print.figures(report)]
    lines = [
        f"## {title}",
        "",
        f"`python -m bench {title} --quick`, {seconds:.0f} s",
        "",
        *table([["key", "value"], *rows], "|---|---:|"),
    ]
    for key, rows in _print.tables(report):
        lines += [f"`{key}`", "", *table(rows, "|" + "---:|" * len(rows[0]))]
    return "\n".join(lines)


def table(rows: list[list[str]], rule: str) -> list[str]:
    """Rows as lines of Markdown, the heading first, and an empty line to end it."""
    heading, *rest = (f"| {' | '.join(row)} |" for row in rows)
    return [heading, rule, *rest, ""]


def main() -> None:
    """Write the page."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")]
    asked = sorted([*((name,) for name in names), *ENGINES])
    FIGURES.write_text("\n".join([HEAD, *(section(*name) for name in asked)]), encoding="utf-8")


if __name__ == "__main__":
    main()
