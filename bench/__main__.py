"""Run one bench, or list them."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
from importlib.util import find_spec
from pathlib import Path

import bench
from bench import _print
from farbank.model.errors import FarbankError

ROOT = Path(__file__).parent.parent
NO_DATA = 3
"""Exit status when the data is not there: not a failure of what is measured."""


def main() -> int:
    """Print the figures of a bench as a table, then as one line of JSON."""
    names = [module.name for module in pkgutil.iter_modules(bench.__path__) if not module.name.startswith("_")]
    parser = argparse.ArgumentParser(prog="python -m bench", description="Measure one bar.")
    parser.add_argument("name", nargs="?", choices=names, help="which bench; none lists them")
    parser.add_argument("--data", type=Path, help="folder of the data it measures on")
    parser.add_argument("--json", action="store_true", help="print the line of JSON only")
    parser.add_argument("--quick", action="store_true", help="the size for every commit")
    parser.add_argument("--engine", help="which engine of the archive: cluster; none is the embedded one")
    parser.add_argument("--url", help="an empty database to measure a shared desk on: postgresql://HOST/DATABASE")
    asked = parser.parse_args()
    if asked.name is None:
        for name in names:
            print(f"{name:12} {(importlib.import_module(f'bench.{name}').__doc__ or '').partition(chr(10))[0]}")
        return 0
    variant = "shared" if asked.url else asked.engine
    name = f"_{asked.name}_{variant}" if variant else asked.name
    if find_spec(f"bench.{name}") is None:
        parser.error(f"{asked.name} has no {'--url' if asked.url else f'engine {asked.engine!r}'}")
    module = importlib.import_module(f"bench.{name}")
    shared = Path(os.environ.get("FARBANK_SHARED_DATA", ROOT.parent / "shared" / "data"))
    try:
        where = asked.url or asked.data or shared / module.DATA
        report: bench.Report = module.run(where, quick=asked.quick)
    except bench.MissingData as missing:
        print(f"bench {asked.name}: {missing}", file=sys.stderr)
        return NO_DATA
    except FarbankError as wrong:
        print(f"bench {asked.name}: {wrong}", file=sys.stderr)
        return 1
    if not asked.json:
        _show(report)
    print(json.dumps(report))
    return 0


def _show(report: bench.Report) -> None:
    for key, value in _print.figures(report):
        print(f"{key:28} {value:>14}")
    for key, lines in _print.tables(report):
        print(f"\n{key}")
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        for line in lines:
            print("  ".join(f"{text:>{width}}" for text, width in zip(line, widths, strict=True)))


if __name__ == "__main__":
    sys.exit(main())
