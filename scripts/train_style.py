"""Fit what `farbank.protect.style` weighs: python scripts/train_style.py PROBLEMS

PROBLEMS is a folder of PAN authorship problems (`bench/_authorship.py`). Those sets are for research and no part of
farbank: what is kept of them are twenty-nine coefficients written to weights.json, no word of any text. The same
folder gives the same file.
"""

from __future__ import annotations

import sys
from pathlib import Path

import msgspec

from bench._authorship import read_sets
from bench._style_fit import fit, measured
from farbank.protect.style.ratio import TABLE

if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    open_sets = [each for each in read_sets(Path(sys.argv[1])) if not each.sealed]
    weights = fit([measured(each) for each in open_sets])
    TABLE.write_bytes(msgspec.json.format(msgspec.json.encode(weights), indent=1) + b"\n")
    print(weights)
