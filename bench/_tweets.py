"""Tweets and the claims they make, as CheckThat! 2020 task 2 lays them out.

`verified_claims.docs.tsv` with the columns of a number (its heading empty), `vclaim` and `title`; in each of the
folders `train`, `dev` and `test` that are there, `tweets.queries.tsv` (a number, `tweet_content`) and
`tweet-vclaim-pairs.qrels` (query, 0, claim, relevance). Any file may be compressed (`.gz`).

What is cleaned belongs to tweets and stays here: links go, `@` and `#` go from what they mark, and the words run
together in it are parted where a capital letter begins one (`#IranProtests`). The name, handle and date a tweet ends
with stay.
"""

from __future__ import annotations

import csv
import gzip
import re
from dataclasses import dataclass
from pathlib import Path

from bench import MissingData
from farbank.model.errors import DecodeError

SPLITS = ("train", "dev", "test")

_LINK = re.compile(r"(?:https?://|pic\.twitter\.com/)\S+")
_MARKED = re.compile(r"[@#](\w+)")
_WITHIN = re.compile(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])|_")


@dataclass(frozen=True)
class Query:
    """A tweet as it stands, and the places of the claims it makes among all claims."""

    tweet: str
    right: frozenset[int]

    @property
    def claim(self) -> str:
        """The tweet as a sentence."""
        parted = _MARKED.sub(lambda found: f" {_WITHIN.sub(' ', found[1])} ", _LINK.sub(" ", self.tweet))
        return " ".join(parted.split())


@dataclass(frozen=True)
class Tweets:
    """Title and sentence of every claim, and the queries of every split found."""

    texts: list[tuple[str, str]]
    splits: dict[str, list[Query]]


def read(folder: Path) -> Tweets:
    """Read a folder. Raises MissingData, DecodeError."""
    claims = _file(folder / "verified_claims.docs.tsv")
    if claims is None:
        raise MissingData(f"there is no verified_claims.docs.tsv(.gz) in {folder}; give its folder with --data")
    rows = _rows(claims, ("", "vclaim", "title"))
    places = {row[""]: place for place, row in enumerate(rows)}
    splits = {name: found for name in SPLITS if (found := _split(folder / name, places))}
    if not splits:
        raise MissingData(f"there are no queries in {folder}; it should hold {', '.join(SPLITS)}, or one of them")
    return Tweets([(row["title"], row["vclaim"]) for row in rows], splits)


def _split(folder: Path, places: dict[str, int]) -> list[Query]:
    """The queries of a split that have a right claim; none where the split is not there."""
    tweets, pairs = _file(folder / "tweets.queries.tsv"), _file(folder / "tweet-vclaim-pairs.qrels")
    if tweets is None or pairs is None:
        return []
    right: dict[str, set[int]] = {}
    for number, line in enumerate(_text(pairs).splitlines(), 1):
        if not line.strip():
            continue
        try:
            query, _, claim, relevance = line.split()
            if int(relevance) > 0:
                right.setdefault(query, set()).add(places[claim])
        except KeyError as unknown:
            raise DecodeError(pairs.name, f"line {number}", f"there is no claim {unknown}") from unknown
        except ValueError as wrong:
            raise DecodeError(pairs.name, f"line {number}", "query, 0, claim and relevance expected") from wrong
    rows = _rows(tweets, ("", "tweet_content"))
    return [Query(row["tweet_content"], frozenset(right[row[""]])) for row in rows if row[""] in right]


def _rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    reader = csv.DictReader(_text(file).splitlines(keepends=True), delimiter="\t")
    if missing := [column for column in columns if column not in (reader.fieldnames or ())]:
        raise DecodeError(file.name, "heading", f"no column {missing[0]!r}")
    return [{column: row[column] or "" for column in columns} for row in reader]


def _text(file: Path) -> str:
    read = file.read_bytes()
    return (gzip.decompress(read) if file.suffix == ".gz" else read).decode("utf-8-sig")


def _file(plain: Path) -> Path | None:
    return next((file for file in (plain.with_name(f"{plain.name}.gz"), plain) if file.is_file()), None)
