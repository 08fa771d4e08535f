"""The four sets of the truth bench, read as claims and gold: book, population, flights, weather."""

from __future__ import annotations

import csv
import gzip
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import MissingData
from bench._authors import authors
from farbank.verify.discovery import Item, Told

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

UNKNOWN = re.compile(r"\W*|.*not (provided|available).*|.*contact airline.*|n/?a\.?", re.I)
"""What says that nothing is said."""


@dataclass(frozen=True)
class TruthSet:
    """What was told, and what holds, by item; only items of which somebody told something."""

    told: list[Told]
    gold: Mapping[Item, str]


def read_sets(data: Path) -> dict[str, TruthSet]:
    """The sets in `data`, by name; raises MissingData where there are none."""
    found = {name: read(data / name) for name, read in READERS.items() if (data / name).is_dir()}
    if not found:
        raise MissingData(f"no folder of {', '.join(READERS)} in {data}")
    return found


def _book(folder: Path) -> TruthSet:
    lines = [line.split("\t") for line in _lines(folder / "book.txt.gz")]
    texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for line in lines:
        if len(line) > 3 and line[3].strip():
            texts[_isbn13(line[1])].append((line[0], line[3]))
    told = [
        Told(source, Item(isbn, "authors"), value)
        for isbn, pairs in texts.items()
        for (source, _), value in zip(pairs, authors(text for _, text in pairs), strict=True)
        if value
    ]
    gold = {}
    for path in _golds(folder, "book_"):
        for isbn, names in (line.split("\t")[:2] for line in _lines(path)):
            gold[Item(_isbn13(isbn), "authors")] = authors([names])[0]
    return _covered(told, gold)


def _population(folder: Path) -> TruthSet:
    return _table(folder, lambda attribute, value: value)


def _flights(folder: Path) -> TruthSet:
    return _table(folder, lambda attribute, value: _gate(value) if attribute.endswith("Gate") else value)


def _weather(folder: Path) -> TruthSet:
    return _table(folder, lambda attribute, value: value)


READERS: Mapping[str, Callable[[Path], TruthSet]] = {
    "book": _book, "population": _population, "flights": _flights, "weather": _weather,
}  # fmt: skip


def _table(folder: Path, normal: Callable[[str, str], str]) -> TruthSet:
    told = []
    for path in _golds(folder, "claims"):
        for thing, attribute, value, source, time in _rows(path):
            if not UNKNOWN.fullmatch(value):
                told.append(Told(source, Item(thing, attribute), normal(attribute, value), _seconds(time)))
    gold = {
        Item(thing, attribute): normal(attribute, value)
        for path in _golds(folder, "truth")
        for thing, attribute, value in _rows(path)
    }
    return _covered(told, gold)


def _covered(told: list[Told], gold: Mapping[Item, str]) -> TruthSet:
    items = {one.item for one in told}
    return TruthSet(told, {item: value for item, value in gold.items() if item in items})


def _golds(folder: Path, start: str) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.name.startswith(start))


def _rows(path: Path) -> Iterator[list[str]]:
    rows = csv.reader(_lines(path))
    next(rows)
    yield from rows


def _lines(path: Path) -> Iterator[str]:
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            yield line.rstrip("\n")


def _isbn13(isbn: str) -> str:
    if len(isbn) != 10:
        return isbn
    digits = f"978{isbn[:9]}"
    return f"{digits}{-sum((1, 3)[at % 2] * int(digit) for at, digit in enumerate(digits)) % 10}"


def _gate(text: str) -> str:
    """The gate alone: `Terminal 8 - 31C` and `31C/8` are 31C."""
    return re.sub(r"^term(inal)?\.? \w+ *- *", "", text.split("/")[0].strip(), flags=re.I)


def _seconds(text: str) -> float:
    """`fri jan 29 08:45:00 2010` in seconds of its year; 0 where there is no time of day."""
    parts = text.split()
    if len(parts) != 5:
        return 0.0
    hour, minute, second = (int(part) for part in parts[3].split(":"))
    return ((MONTHS.index(parts[1].lower()) * 31 + int(parts[2])) * 24 + hour) * 3600.0 + minute * 60 + second
