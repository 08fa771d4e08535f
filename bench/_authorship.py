"""Problems of authorship verification as PAN lays them out: known texts, one unknown, `truth.txt` with Y or N."""

from __future__ import annotations

import json
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from bench import MissingData
from farbank.model.errors import DecodeError

LANGUAGES = {"english": "en", "dutch": "nl"}


class Problem(NamedTuple):
    """Whether one mouth said both; `group` is shared by problems that share a text."""

    known: tuple[str, ...]
    unknown: str
    same: bool
    group: int


class Problems(NamedTuple):
    """One set; the name of a training set is without `_train`."""

    name: str
    language: str
    problems: list[Problem]

    @property
    def sealed(self) -> bool:
        """Scored with weights fitted on the training sets, never fitted on."""
        return self.name.endswith("_test")


def read_sets(folder: Path) -> list[Problems]:
    """Every set in a folder, packed or not. Raises MissingData, DecodeError."""
    files = dict(_files(folder))
    found = [_set(path.parent, files) for path in sorted(files) if path.name == "truth.txt"]
    if not found:
        raise MissingData(f"no truth.txt in {folder} or in a .tar.gz there; give a folder of PAN problems with --data")
    return found


def _files(folder: Path) -> Iterator[tuple[PurePosixPath, str]]:
    wanted = (".txt", ".json")
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(".tar.gz"):
            with tarfile.open(path) as packed:
                for member in packed:
                    if member.isfile() and member.name.endswith(wanted) and (opened := packed.extractfile(member)):
                        yield PurePosixPath(member.name), opened.read().decode("utf-8-sig")
        elif path.suffix in wanted:
            yield PurePosixPath(path.relative_to(folder).as_posix()), path.read_text("utf-8-sig")


def _set(home: PurePosixPath, files: dict[PurePosixPath, str]) -> Problems:
    contents = files.get(home / "contents.json")
    if contents is None:
        raise DecodeError(str(home), "contents.json", "is missing; it names the language")
    language = str(json.loads(contents)["language"]).lower()
    texts: dict[str, dict[str, str]] = {}
    for path, text in files.items():
        if path.parent.parent == home and path.suffix == ".txt":
            texts.setdefault(path.parent.name, {})[path.stem] = " ".join(text.split())
    rows = [line.split() for line in files[home / "truth.txt"].splitlines() if line.strip()]
    bare = [(_known(texts[name]), texts[name]["unknown"], answer == "Y") for name, answer in rows]
    groups = _groups([(*known, unknown) for known, unknown, _ in bare])
    problems = [Problem(*each, group) for each, group in zip(bare, groups, strict=True)]
    name = "_".join(part for part in home.parts if part not in ("/", "."))
    return Problems(name.removesuffix("_train"), LANGUAGES.get(language, language), problems)


def _known(texts: dict[str, str]) -> tuple[str, ...]:
    return tuple(text for stem, text in sorted(texts.items()) if stem != "unknown")


def _groups(texts: Sequence[tuple[str, ...]]) -> list[int]:
    """Problems that share a text are one group, directly or through others."""
    of = list(range(len(texts)))
    first: dict[str, int] = {}
    for number, each in enumerate(texts):
        for text in each:
            old, new = of[first.setdefault(text, number)], of[number]
            of = [old if group == new else group for group in of]
    return of
