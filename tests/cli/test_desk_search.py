"""farbank desk search: what is looked for is typed, never an argument."""

from __future__ import annotations

import io
import sys
from datetime import date
from pathlib import Path

import msgspec
import pytest

from farbank import cli, vault
from farbank.model.dates import When
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report
from farbank.vault import reports

NAME, WORD = "Ines Okafor", "seven grey herons wade"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    members = [vault.Member(NAME, WORD, ("safety-officer", "editor"))]
    vault.create(tmp_path / "desk", members, since=date(2031, 1, 1), cost=vault.Cost(passes=1, memory=8192))
    with vault.open(tmp_path / "desk", NAME, WORD) as opened:
        reports.put_partner(opened, Partner(handle="wren", language="ko"))
        reports.file_contact(opened, Contact(id="c1", partner="wren", when=When("2031-07-02"), channel="call"))
        text = "길다 " * 200 + "식량배급이 중단되였다 " + "길다 " * 200
        reports.file_report(opened, Report(id="r1", contact="c1", language="ko", text=text))
    return tmp_path / "desk"


def searched(desk: Path, words: str, monkeypatch: pytest.MonkeyPatch, *options: str) -> None:
    monkeypatch.setattr(sys, "argv", ["farbank", "desk", "search", "--desk", str(desk), "--as", NAME, *options])
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{WORD}\n{words}\n"))
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert not ended.value.code


def test_the_words_come_from_the_second_line_and_the_stretch_around_them_is_shown(
    desk: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    searched(desk, "배급", monkeypatch, "--json")
    (hit,) = msgspec.json.decode(capsys.readouterr().out)
    assert (hit["id"], hit["when"]) == ("r1", "2031-07-02")
    assert "식량배급이 중단되였다" in hit["text"]
    assert len(hit["text"]) < 310
    searched(desk, "ferry", monkeypatch)
    assert "0 passages" in capsys.readouterr().out
