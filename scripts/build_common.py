"""Count in how many passages of state media each common word stands: python scripts/build_common.py FILE.jsonl.gz ...

Writes `src/farbank/country/kp/common/<language>.csv`: words in a thousandth of the passages or more, commonest first.
What stands in every text says little of what one is about.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

from farbank.country.tokens import tokens
from farbank.watch.passages import passages
from farbank.watch.prepare import plain
from farbank.watch.sources import lines

TO = Path(__file__).parent.parent / "src/farbank/country/kp/common"
LANGUAGE = "en"
LEAST = 0.001
"""Of all passages."""


def main(files: list[Path]) -> None:
    """Count, and write the table."""
    found: Counter[str] = Counter()
    total = 0
    for file in files:
        for article in map(plain, lines.articles(file)):
            if article.lang == LANGUAGE and article.body:
                for text in passages(article):
                    found.update(set(tokens(text, LANGUAGE)))
                    total += 1
    TO.mkdir(exist_ok=True)
    with (TO / f"{LANGUAGE}.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("word", "share"))
        for word, count in sorted(found.items(), key=lambda pair: (-pair[1], pair[0])):
            if count >= LEAST * total:
                writer.writerow((word, f"{count / total:.5f}"))


if __name__ == "__main__":
    main([Path(name) for name in sys.argv[1:]])
