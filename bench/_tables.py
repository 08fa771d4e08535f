"""Tables and their hierarchies as the recoding data lays them out.

`NAME.csv.gz` with a heading, and per quasi-identifier `NAME_hierarchy_COLUMN.csv` (or `.csv.gz`) in the same folder or
one below, a line per leaf; a semicolon between values. A column without a hierarchy is no quasi-identifier: it is
neither made vaguer nor part of what rows look like.
"""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench import MissingData
from farbank.model.errors import DecodeError
from farbank.protect.recoding.hierarchy import Hierarchy, Ints, hierarchy

Lines = list[list[str]]


@dataclass(frozen=True, eq=False)
class Table:
    """A table of leaf numbers, (rows, columns), the hierarchy of each column by its name, and where both were read."""

    codes: Ints
    hierarchies: dict[str, Hierarchy]
    file: Path
    files: dict[str, Path]


def read(folder: Path) -> Table:
    """Read the table of a folder. Raises MissingData, DecodeError, NotAHierarchy, UnknownLeaf."""
    for file in sorted((*folder.glob("*.csv.gz"), *folder.glob("*.csv"))):
        mark = f"{_stem(file)}_hierarchy_"
        found = {_stem(one).removeprefix(mark): one for one in sorted(folder.rglob(f"{mark}*")) if one.is_file()}
        if found:
            return _coded(file, found)
    raise MissingData(f"there is no table with hierarchies in {folder}; give the folder that holds one with --data")


def _coded(file: Path, found: dict[str, Path]) -> Table:
    heading, *rows = _lines(file)
    for number, row in enumerate(rows, 2):
        if len(row) != len(heading):
            raise DecodeError(file.name, f"line {number}", f"{len(row)} values where the heading has {len(heading)}")
    columns = dict(zip(heading, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(heading, ())
    files = {name: found[name] for name in heading if name in found}
    hierarchies = {name: hierarchy(_lines(one), one.name) for name, one in files.items()}
    codes = [known.codes(columns[name]) for name, known in hierarchies.items()]
    return Table(np.array(codes, np.int64).reshape(len(codes), len(rows)).T, hierarchies, file, files)


def _lines(file: Path) -> Lines:
    """The lines of a file that are not empty."""
    read = file.read_bytes()
    text = (gzip.decompress(read) if file.suffix == ".gz" else read).decode("utf-8-sig")
    return [line for line in csv.reader(text.splitlines(), delimiter=";") if line]


def _stem(file: Path) -> str:
    return file.name.removesuffix(".gz").removesuffix(".csv")
