"""What an image of a machine yields to whoever took it: every file read, and every key on it tried on all the rest.

Pure but for reading the image: nothing is asked of the desk, and nothing is written to what was taken.
"""

from __future__ import annotations

import stat
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from hashlib import blake2b
from pathlib import Path
from typing import Literal, get_args

import msgspec

from farbank.vault import keyring, told, unlocked
from farbank.vault.compartments import Compartment
from farbank.vault.in_plain import Words
from farbank.vault.told import Sort, Thing
from farbank.vault.unlocked import Unlocked

Looks = Literal["nothing", "text", "plain database", "noise"]
SORTS: tuple[Sort, ...] = get_args(Sort)
_PLAIN_DATABASE = b"SQLite format 3"
_START = 1 << 16
SHORTEST_IN_NOISE = 5
"""Bytes a name needs to be looked for in what is encrypted: three letters are in every megabyte of noise by chance."""


class File(msgspec.Struct, frozen=True, kw_only=True):
    """A file as it lies: where, how many bytes, its mode, and what its first bytes look like."""

    path: str
    size: int
    mode: str
    looks: Looks


class Yielded(msgspec.Struct, frozen=True, kw_only=True):
    """How many of a sort were found, the files they were read from, and those in which they lie open to a search."""

    sort: Sort
    count: int
    files: tuple[str, ...]
    as_they_lie: tuple[str, ...]


class Seizure(msgspec.Struct, frozen=True, kw_only=True):
    """What an image yields; it names nobody and quotes nothing.

    `passphrases` counts the people whose passphrase the one given is. `opened` are the files that opened, `keys` what
    was found that opens or signs something else, `planted` how many of the words given were read anywhere.
    """

    files: tuple[File, ...]
    passphrases: int
    opened: tuple[str, ...]
    keys: tuple[str, ...]
    yields: tuple[Yielded, ...]
    planted: int

    def count(self, sort: Sort) -> int:
        """How many of a sort were found."""
        return next(each.count for each in self.yields if each.sort == sort)


def scan(
    image: Path,
    *,
    passphrase: str | None = None,
    keys: Mapping[Compartment, bytes] | None = None,
    words: Collection[str] = (),
) -> Seizure:
    """Read every file of an image, open what opens, and count what can be read of each sort.

    `passphrase` is one that whoever took it knows, `keys` compartment keys they have; `words` are looked for besides.
    Raises OSError.
    """
    paths = sorted(path for path in image.rglob("*") if path.is_file() and not path.is_symlink())
    names = {path: str(path.relative_to(image)) for path in paths}
    done = unlocked.unlock(image, passphrase, keys or {})
    found: dict[Thing, set[str]] = defaultdict(set)
    for path in paths:
        for thing in _in_file(path):
            found[thing].add(names[path])
    for file, thing in _in_opened(done):
        found[thing].add(file)
    lying = _lying(paths, names, found)
    every = Words(words)
    readable = [path.read_bytes() + names[path].encode() for path in paths] + [read.body for read in done.read]
    return Seizure(
        files=tuple(_file(path, names[path]) for path in paths),
        passphrases=len(done.people),
        opened=tuple(sorted(done.opened)),
        keys=tuple(_keys(done)),
        yields=tuple(_yielded(sort, found, lying) for sort in SORTS),
        planted=len(frozenset[str]().union(*(every.found(data) for data in readable))) if words else 0,
    )


def _in_file(path: Path) -> Iterator[Thing]:
    data = path.read_bytes()
    yield from told.things(data)


def _in_opened(done: Unlocked) -> Iterator[tuple[str, Thing]]:
    for file, table, row in done.rows:
        yield from ((file, thing) for thing in told.row_things(table, row))
    for read in done.read:
        yield from ((read.file, thing) for thing in (*told.things(read.body), *told.log_things(read.place, read.body)))
        if done.opened.get(read.file) == "payments" and read.place.startswith("record "):
            yield read.file, ("payments", blake2b(read.body).hexdigest())


def _lying(paths: Iterable[Path], names: Mapping[Path, str], found: Iterable[Thing]) -> dict[Thing, set[str]]:
    """Per thing that has a name, the files in which a search of the bytes finds it."""
    named = {name: (sort, name) for sort, name in found if sort in ("people of the desk", "partners")}
    all_words, long = Words(tuple(named)), Words([name for name in named if len(name.encode()) >= SHORTEST_IN_NOISE])
    lying: dict[Thing, set[str]] = defaultdict(set)
    for path in paths:
        words = long if _looks(path) == "noise" else all_words
        for word in words.found(path.read_bytes() + names[path].encode()):
            lying[named[word]].add(names[path])
    return lying


def _yielded(sort: Sort, found: Mapping[Thing, set[str]], lying: Mapping[Thing, set[str]]) -> Yielded:
    of = [thing for thing in found if thing[0] == sort]
    return Yielded(
        sort=sort,
        count=len(of),
        files=tuple(sorted({file for thing in of for file in found[thing]})),
        as_they_lie=tuple(sorted({file for thing in of for file in lying.get(thing, ())})),
    )


def _keys(done: Unlocked) -> Iterator[str]:
    yield from (f"the key of {name}" for name in sorted(done.opened))
    own = {secret.public.sealing for secret in done.secrets}
    for roster in done.rosters:
        if any(each.public.sealing in own for each in roster):
            yield "the secret of somebody of the desk: whatever is sealed to them, and their signature"
        if roster.reading in own:
            yield "the key that reads the audit"
        if roster.root.sealing in own:
            yield "the root of the desk"
    if done.signs:
        yield "the key that signs editions"


def _file(path: Path, name: str) -> File:
    about = path.stat()
    return File(path=name, size=about.st_size, mode=stat.filemode(about.st_mode), looks=_looks(path))


def _looks(path: Path) -> Looks:
    with path.open("rb") as file:
        start = file.read(_START)
    if not start:
        return "nothing"
    if start.startswith(_PLAIN_DATABASE):
        return "plain database"
    try:
        start.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(start) - 4:  # not a letter that the end of the piece cut in two
            return "noise"
    return "text"


def whose(folder: Path, passphrase: str) -> str | None:
    """The first of the desk whose passphrase this is, None if it is nobody's. Raises what reading the keyring does."""
    return next((entry.name for entry, _ in unlocked.whose(keyring.read(folder), passphrase)), None)
