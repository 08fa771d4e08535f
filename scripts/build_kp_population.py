"""Write the counted part of kp's population (sex and age, census of 2008) from the source data.

Usage: python scripts/build_kp_population.py DATA > src/farbank/country/kp/population/census.csv
"""

from __future__ import annotations

import csv
import io
import sys
from pathlib import Path

SOURCE = "Central Bureau of Statistics, DPR Korea 2008 Population Census, small extract"


def build(data: Path) -> str:
    """The text of `census.csv`: axis, node, people, basis, year, source; `data` is the folder with `census/`."""
    national = {row["measure"]: row for row in _rows(data / "census" / "national_2008.csv")}
    rows = [("sex", f"sex:{sex}", national[sex]["value"], _basis(national[sex])) for sex in ("female", "male")]
    for row in _rows(data / "census" / "age_2008.csv"):
        band = row["age_group"].replace("+", "-plus")
        rows.append(("age", f"age:{band}", row["population"], _basis(row)))
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("axis", "node", "people", "basis", "year", "source"))
    writer.writerows((*row, 2008, SOURCE) for row in rows)
    return out.getvalue()


def _basis(row: dict[str, str]) -> str:
    """The first word decides; a remainder of recalled figures is no better than recalled."""
    return "page" if row["basis"].startswith("page") else "recalled"


def _rows(file: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(file.read_text("utf-8"), newline="")))


if __name__ == "__main__":
    sys.stdout.write(build(Path(sys.argv[1])))
