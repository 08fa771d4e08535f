"""Everything the demo writes or prints, searched byte by byte for what must never be seen again."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from farbank.desk.examples import example


@dataclass(frozen=True)
class Traces:
    """What one run left: its output folder, the temporary folder it was given, and what it printed."""

    out: Path
    files: dict[str, bytes]


def secrets() -> tuple[str, ...]:
    """The invented town in every spelling, and every name in the private profiles."""
    folder = example("june-order")
    places = tomllib.loads((folder / "case.toml").read_text("utf-8"))["places"]
    people = tomllib.loads((folder / "persons.toml").read_text("utf-8"))["identities"]
    towns = [word for place in places.values() for word in (*place["names"].values(), *place["spellings"])]
    return tuple(sorted({*towns, *(name for person in people for name in person.get("spellings", ())), *places}))


@pytest.fixture(scope="module")
def traces(tmp_path_factory: pytest.TempPathFactory) -> Traces:
    base = tmp_path_factory.mktemp("demo")
    out, scratch = base / "out", base / "scratch"
    scratch.mkdir()
    environment = {**os.environ, "TMPDIR": str(scratch), "HOME": str(scratch), "XDG_CACHE_HOME": str(scratch)}
    ran = subprocess.run(
        [sys.executable, "-m", "farbank", "demo", "--out", "out"], cwd=base, env=environment, capture_output=True
    )
    assert ran.returncode == 0, ran.stderr.decode()
    files = {str(path.relative_to(base)): path.read_bytes() for path in base.rglob("*") if path.is_file()}
    return Traces(out, files | {"standard output": ran.stdout, "standard error": ran.stderr})


def found(files: dict[str, bytes], words: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Every file that holds one of the words, in any letter case, composed or decomposed, UTF-8 or UTF-16."""
    for name, data in files.items():
        lower = data.lower()
        for word in words:
            forms = {unicodedata.normalize(form, word).lower() for form in ("NFC", "NFD")}
            if any(form.encode(coding).lower() in lower for form in forms for coding in ("utf-8", "utf-16-le")):
                yield name, word


def test_no_town_and_no_identity_anywhere(traces: Traces) -> None:
    assert any(name.startswith("out/site/") for name in traces.files)
    assert any(name.startswith("out/desk/") for name in traces.files)
    assert list(found(traces.files, secrets())) == []


def test_no_code_word_and_no_path_in_what_is_published(traces: Traces) -> None:
    site = {name: data for name, data in traces.files.items() if name.startswith("out/site/")}
    assert list(found(site, ("heron", "alder", str(traces.out.parent), str(Path.home()), "/tmp/", "file://"))) == []


def test_no_plaintext_of_the_case_in_the_vault(traces: Traces) -> None:
    vault = {name: data for name, data in traces.files.items() if name.startswith("out/desk/")}
    assert list(found(vault, ("heron", "alder", "self-criticism", "자기비판서", "SQLite format 3", "kp:KP02"))) == []


def test_nothing_is_left_in_the_temporary_folder(traces: Traces) -> None:
    assert [name for name in traces.files if name.startswith("scratch/")] == []


@pytest.mark.parametrize("coding", ["utf-8", "utf-16-le"])
def test_the_search_itself_finds_what_is_planted(traces: Traces, coding: str) -> None:
    words = [unicodedata.normalize("NFD", word).upper() for word in secrets()]
    planted = {f"planted {n}": b"\x00\x01" + word.encode(coding) + b"\xff" for n, word in enumerate(words)}
    assert {name for name, _ in found(traces.files | planted, secrets())} == set(planted)
