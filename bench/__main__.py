"""Run one bench, or list them."""

from __future__ import annotations

import argparse
import importlib
import json
import os
import pkgutil
import sys
from pathlib import Path

import bench

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
    asked = parser.parse_args()
    if asked.name is None:
        for name in names:
            print(f"{name:12} {(importlib.import_module(f'bench.{name}').__doc__ or '').partition(chr(10))[0]}")
        return 0
    module = importlib.import_module(f"bench.{asked.name}")
    shared = Path(os.environ.get("FARBANK_SHARED_DATA", ROOT.parent / "shared" / "data"))
    try:
        figures: bench.Figures = module.run(asked.data or shared / module.DATA, quick=asked.quick)
    except bench.MissingData as missing:
        print(f"bench {asked.name}: {missing}", file=sys.stderr)
        return NO_DATA
    if not asked.json:
        for key, value in figures.items():
            print(f"{key:28} {value:>14,}" if isinstance(value, int | float) else f"{key:28} {value:>14}")
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
