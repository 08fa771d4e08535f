"""Fit the weights of `farbank.protect.detect.hints`: python scripts/train_hints.py FOLDER

FOLDER holds the `dev.jsonl.gz` of attr-inference-synthetic. Writes `en/weights.csv` beside the lexicon: a line per
group of cues or single cue, with its weight for each attribute and, last, for nothing.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from bench import _leak_fit as fitting
from farbank.protect.detect.hints.lexicon import ATTRIBUTES

WEIGHTS = Path(__file__).parent.parent / "src/farbank/protect/detect/hints/en/weights.csv"


def main() -> None:
    """Fit on all replies and write the weights."""
    replies, neutral = fitting.replies(Path(sys.argv[1]) / "dev.jsonl.gz"), fitting.neutral()
    rows = [fitting.present(text) for text in [*(reply.text for reply in replies), *neutral]]
    answers = [*(ATTRIBUTES.index(reply.leaks) for reply in replies), *[len(ATTRIBUTES)] * len(neutral)]
    weights = fitting.fit(rows, answers, fitting.prior())
    with WEIGHTS.open("w", encoding="utf-8", newline="") as file:
        lines = csv.writer(file, lineterminator="\n")
        lines.writerow(["cue", *ATTRIBUTES, "nothing"])
        lines.writerows([name, *(f"{value:.2f}" for value in values)] for name, values in weights.items())
    print(len(weights), "weights a kind, from", len(replies), "replies and", len(neutral), "neutral texts")


if __name__ == "__main__":
    main()
