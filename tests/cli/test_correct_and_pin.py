"""At the command line: pinning the versions of a story, and following one by its log."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from farbank import cli
from farbank.desk.examples import example
from farbank.model import codec
from farbank.model.corrections import Issued, Reason
from farbank.publish import corrections

Run = Callable[..., tuple[int, str]]
TEXTS = [{"en": ("Dues doubled.\n", "Brask pays.\n")}, {"en": ("Dues tripled.\n", "Brask pays.\n")}]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    def ran(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["farbank", *map(str, arguments)])
        try:
            cli.main()
            code = 0
        except SystemExit as ended:
            code = int(ended.code or 0)
        said = capsys.readouterr()
        return code, said.out if not code else said.err

    return ran


def test_pinning_writes_the_masters_revision_into_every_version_and_nothing_else(run: Run, tmp_path: Path) -> None:
    case = Path(shutil.copytree(example("june-order"), tmp_path / "june"))
    before = {file.name: file.read_bytes() for file in case.glob("story.*.md")}
    code, said = run("story", "pin", case, "--json")
    assert code == 0 and set(json.loads(said)) == {"ko", "ja", "zh"}
    assert {file.name: file.read_bytes() for file in case.glob("story.*.md")} == before, "they are pinned already"

    master = case / "story.en.md"
    master.write_text(master.read_text("utf-8").replace("two pages long", "two pages in length"), "utf-8")
    new = set(json.loads(run("story", "pin", case, "--json")[1]).values())
    assert len(new) == 1 and not any(pin in before["story.ko.md"].decode() for pin in new)
    for name in ("story.ko.md", "story.ja.md", "story.zh.md"):
        old, now = before[name].decode().splitlines(), (case / name).read_text("utf-8").splitlines()
        assert [line for line in now if line not in old] == [f'of: "{pin}"' for pin in new]


@pytest.fixture
def editions(tmp_path: Path) -> list[Path]:
    """Two editions of an invented story, as far as their log goes."""
    out: list[Issued] = []
    folders = []
    for number, texts in enumerate(TEXTS, 1):
        name = f"tide-{number}"
        why = Reason(edition=name, kind="correction", what={"en": "The dues tripled."})
        entry = corrections.entry("tide", name, date(2031, 6, number), out, texts, [why])
        out.append(Issued(entry=entry, texts=texts, claims=()))
        folder = tmp_path / name
        folder.mkdir()
        log = corrections.log("tide", [each.entry for each in out], texts)
        (folder / corrections.FILE).write_bytes(codec.to_json(log))
        (folder / corrections.TEXT).write_bytes(corrections.text_file("tide", name, texts))
        folders.append(folder)
    return folders


def test_a_story_is_followed_from_one_edition_to_the_next(run: Run, editions: list[Path]) -> None:
    code, said = run("edition", "follow", *editions)
    assert code == 0 and "The dues tripled." in said and "from tide-1 to tide-2, to the letter" in said
    followed = json.loads(run("edition", "follow", *editions, "--json")[1])
    assert [each["kind"] for each in followed["corrections"]] == ["correction"]


def test_a_text_changed_on_the_way_is_named(run: Run, editions: list[Path]) -> None:
    text = editions[1] / corrections.TEXT
    text.write_bytes(text.read_bytes().replace(b"tripled", b"fell"))
    code, said = run("edition", "follow", *editions)
    assert code == 3 and "leads to another text" in said
    code, said = run("edition", "follow", editions[0], editions[0].parent / "nowhere")
    assert code == 3 and "cannot be read" in said
