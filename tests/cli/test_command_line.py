"""The command line: quick to answer, documented by itself, one JSON object when asked for one."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.main import get_command

from farbank.cli import app
from tests.cli.conftest import ROOT, Run

JUNE = str(ROOT / "examples" / "june-order")


def test_the_reference_says_what_the_commands_say() -> None:
    checked = subprocess.run(
        [sys.executable, "scripts/reference.py", "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stderr


def test_asking_for_help_loads_nothing_heavy() -> None:
    heavy = ("numpy", "sqlalchemy", "tantivy", "vl_convert", "PIL", "edtf", "nacl", "jinja2", "markdown_it", "rich")
    code = (
        "import sys; sys.argv = ['farbank', '--help']\n"
        "from farbank.cli import main\n"
        "try: main()\n"
        "except SystemExit: pass\n"
        f"print('loaded:', [name for name in {heavy} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "loaded: []"


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command that does something, with the words that call it."""
    below = getattr(command, "commands", {})
    if not below:
        yield path, command
    for name, each in below.items():
        yield from leaves(each, (*path, name))


def test_every_command_has_json() -> None:
    commands = list(leaves(get_command(app)))
    assert len(commands) >= 12
    assert [path for path, command in commands if "json" not in {each.name for each in command.params}] == []


TINY = (str(ROOT / "tests/cases/tiny-ferry"), "--pack", str(ROOT / "tests/packs/tiny"))


@pytest.mark.parametrize("command", [("story", "check"), ("protect", "show"), ("case", "check")])
def test_a_case_folder_is_judged_by_a_pack_that_does_not_ship(run: Run, command: tuple[str, ...]) -> None:
    assert run(*command, *TINY).returncode == 0
    without = run(*command, TINY[0])
    assert without.returncode == 3
    assert "no country pack tq" in without.stderr


def test_a_pack_that_does_not_ship_serves_claims_archives_and_editions(run: Run, tmp_path: Path) -> None:
    case, *pack = TINY
    claim = tomllib.loads((Path(case) / "claims.toml").read_text("utf-8"))["claims"][0]["id"]
    shown = run("claim", "show", case, claim, *pack, "--json", cwd=tmp_path)
    assert json.loads(shown.stdout)["claim"]["id"] == claim
    line = '{"id":"a1","outlet":"x","lang":"en","date":"2031-01-02","title":"T","body":"Water rose."}\n'
    (tmp_path / "one.jsonl").write_text(line)
    assert run("watch", "ingest", "one.jsonl", "--archive", "archive", cwd=tmp_path).returncode == 0
    checked = run("watch", "check", case, claim, *pack, "--archive", "archive", "--json", cwd=tmp_path)
    assert json.loads(checked.stdout)["search"]["claims"] == [claim]
    assert run("story", "compile", *TINY, "--out", "site", cwd=tmp_path).returncode == 0
    assert run("edition", "verify", "site", cwd=tmp_path).returncode == 0


def test_a_filed_case_takes_no_pack(run: Run, tmp_path: Path) -> None:
    refused = run("story", "check", "june-order", *TINY[1:], "--desk", "desk", "--as", "Han", cwd=tmp_path)
    assert refused.returncode == 2
    assert "leave --pack" in refused.stderr


@pytest.fixture(scope="module")
def checked(run: Run) -> subprocess.CompletedProcess[str]:
    """What checking the June order says."""
    return run("case", "check", JUNE, "--json")


def assert_one_object(done: subprocess.CompletedProcess[str]) -> None:
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n") == 1
    json.loads(done.stdout)


@pytest.mark.parametrize(
    "arguments", [("claim", "show", JUNE, "order"), ("protect", "show", JUNE), ("story", "check", JUNE)]
)
def test_json_is_one_object_on_standard_output(run: Run, arguments: tuple[str, ...]) -> None:
    assert_one_object(run(*arguments, "--json"))


def test_the_report_is_one_object_with_the_keys_the_desk_was_promised(
    checked: subprocess.CompletedProcess[str],
) -> None:
    assert_one_object(checked)
    report = json.loads(checked.stdout)
    assert {"claims", "persons", "gates", "lint", "site", "seconds"} <= set(report)
    claim = {"id", "standing", "origins", "credence", "reported_in", "confirmed_in", "as_of", "state_media", "sentence"}
    assert all(claim <= set(each) for each in report["claims"])
    assert set(report["claims"][0]["sentence"]["reader"]) == {"en", "ko", "ja", "zh"}
    person = {"id", "published_as", "k_low", "k_mid", "k_high", "effective", "threshold", "safe", "narrowest"}
    assert all(person <= set(each) for each in report["persons"])


def test_the_people_are_shown_with_what_a_knowing_reader_is_left_with(run: Run) -> None:
    people = json.loads(run("protect", "show", JUNE, "--json").stdout)["persons"]
    table = run("protect", "show", JUNE).stdout
    assert "effective" in table
    for person in people:
        (row,) = [line for line in table.splitlines() if line.strip().startswith(f"{person['id']} ")]
        assert f"{person['effective']:,}" in row


def test_an_edition_verifies_until_a_byte_is_changed(run: Run, tmp_path: Path) -> None:
    bare = run("story", "compile", JUNE, "--out", "site", cwd=tmp_path)
    assert bare.returncode == 0
    assert "a key made for the occasion" in bare.stdout
    assert run("edition", "verify", "site", cwd=tmp_path).returncode == 0
    wrong = run("edition", "verify", "site", "--key", "00" * 32, cwd=tmp_path)
    assert wrong.returncode == 1
    page = tmp_path / "site" / "en.html"
    page.write_bytes(page.read_bytes().replace(b"North Hamgyong", b"South Hamgyong", 1))
    changed = run("edition", "verify", "site", cwd=tmp_path)
    assert changed.returncode == 1
    assert "en.html" in changed.stdout


def test_two_of_the_desk_release_an_edition_once_and_with_its_own_key(run: Run, tmp_path: Path) -> None:
    word = "correct horse battery\n"

    def as_(name: str, *arguments: str, then: str = "") -> subprocess.CompletedProcess[str]:
        return run(*arguments, "--desk", "desk", "--as", name, cwd=tmp_path, typed=word + then)

    people = ("--member", "Han=safety-officer", "--member", "Ryu=editor", "--member", "Seo=safety-officer,publisher")
    made = json.loads(
        run("desk", "init", "desk", *people, "--qr", "paper", "--json", cwd=tmp_path, typed=3 * word).stdout
    )
    assert [len(share.split()) for share in made["root"]] == [33, 33, 33]
    assert sorted(path.name for path in (tmp_path / "paper").iterdir()) == [f"share-{n}-of-3.svg" for n in (1, 2, 3)]
    assert as_("Han", "case", "import", JUNE).returncode == 0
    bare = as_("Ryu", "story", "compile", "june-order", "--out", "bare")
    assert bare.returncode == 0 and "Not released" in bare.stdout
    assert as_("Han", "story", "release", "june-order", then="it is mine\n").returncode == 3
    early = as_("Ryu", "story", "release", "june-order", then="it is checked\n")
    assert early.returncode == 3 and "submit it and have it cleared first" in early.stderr
    assert as_("Ryu", "story", "step", "june-order", "submit", then="it is written\n").returncode == 0
    assert as_("Ryu", "story", "step", "june-order", "clear", then="it is mine\n").returncode == 3
    cleared = as_("Seo", "story", "step", "june-order", "clear", then="nobody is exposed\n")
    assert cleared.stdout == "june-order is cleared.\n", cleared.stderr
    late = as_("Ryu", "story", "step", "june-order", "schedule", "--at", "2031-06-01T06:00", then="then\n")
    assert late.returncode == 3 and "has no zone" in late.stderr
    proposed = json.loads(as_("Ryu", "story", "release", "june-order", "--json", then="it is checked\n").stdout)
    waiting = json.loads(as_("Seo", "desk", "acts", "--json").stdout)["acts"]
    assert [(act["id"], act["proposal"]["reason"]) for act in waiting] == [(proposed["act"], "it is checked")]
    released = as_("Seo", "story", "agree", proposed["act"], "--out", "site")
    assert released.returncode == 0, released.stderr
    assert "in its ledger as edition 1" in released.stdout
    assert run("edition", "verify", "site", "--key", made["key"], cwd=tmp_path).returncode == 0
    late = run("edition", "verify", "site", "--on", "2099-01-01", cwd=tmp_path)
    assert late.returncode == 0 and "It expired on" in late.stdout
    again = as_("Ryu", "story", "release", "june-order", then="once more\n")
    assert again.returncode == 3
    assert "--edition june-order-2" in again.stderr
    seen = json.loads(as_("Ryu", "desk", "status", "--json").stdout)
    assert (seen["released"], seen["unconfirmed"], seen["waiting"]) == (["june-order"], [], [])
    stands = as_("Ryu", "story", "state", "june-order")
    assert stands.returncode == 0 and "june-order is published. Next: Nothing, unless it is wrong" in stands.stdout
    (line,) = json.loads(as_("Ryu", "story", "state", "--json").stdout)["editions"]
    assert (line["edition"], line["state"], line["waits"]) == ("june-order", "published", "")
    audit = as_("Han", "desk", "audit", "--read", "--who", "Seo")
    assert audit.returncode == 0 and "release agreed" in audit.stdout and "case filed" not in audit.stdout


def test_an_identity_is_shown_once_and_a_partner_has_a_handler(run: Run, tmp_path: Path) -> None:
    word = "correct horse battery\n"

    def as_(name: str, *arguments: str, then: str = "") -> subprocess.CompletedProcess[str]:
        return run(*arguments, "--desk", "desk", "--as", name, cwd=tmp_path, typed=word + then)

    people = ("--member", "Han=safety-officer", "--member", "Ryu=editor", "--member", "Cho=handler")
    assert run("desk", "init", "desk", *people, "--root", "1-of-1", cwd=tmp_path, typed=3 * word).returncode == 0
    assert as_("Han", "case", "import", JUNE).returncode == 0
    assert as_("Han", "partner", "assign", "heron", "--to", "Cho").returncode == 0
    (partner,) = json.loads(as_("Ryu", "partner", "list", "--json").stdout)["partners"]
    assert partner == {"handle": "heron", "cases": ["june-order"], "handlers": ["Cho"]}
    act = json.loads(as_("Han", "identity", "propose", "june-order", "alder", "--json", then="why\n").stdout)["act"]
    assert as_("Ryu", "desk", "agree", act).returncode == 0
    shown = as_("Han", "identity", "open", act)
    assert shown.returncode == 0 and "alder" in shown.stdout
    assert as_("Han", "identity", "open", act).returncode == 3
    out = as_("Ryu", "case", "export", "june-order", "out", "--json")
    assert json.loads(out.stdout) == {"case": "june-order", "folder": "out", "identities": False}


def test_a_folder_with_other_files_is_never_written_over(run: Run, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "notes.txt").write_text("mine")
    refused = run("story", "compile", JUNE, "--out", "site", cwd=tmp_path)
    assert refused.returncode == 3
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["notes.txt"]


def test_a_demo_never_takes_away_a_desk_it_did_not_make(run: Run, tmp_path: Path) -> None:
    (tmp_path / "out" / "desk").mkdir(parents=True)
    (tmp_path / "out" / "desk" / "keyring.json").write_text("somebody's keys")
    refused = run("demo", "--out", "out", cwd=tmp_path)
    assert refused.returncode == 3
    assert (tmp_path / "out" / "desk" / "keyring.json").read_text() == "somebody's keys"


def test_a_demo_replaces_its_own_leavings(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        assert run("demo", "--out", "out", cwd=tmp_path).returncode == 0
    assert run("edition", "verify", "out/site", cwd=tmp_path).returncode == 0
    assert run("edition", "verify", "nowhere", cwd=tmp_path).returncode == 3


def test_a_case_without_a_story_says_so(run: Run, tmp_path: Path) -> None:
    shutil.copytree(JUNE, tmp_path / "case")
    for story in (tmp_path / "case").glob("story.*.md"):
        story.unlink()
    refused = run("case", "check", "case", cwd=tmp_path)
    assert refused.returncode == 3
    assert "story.en.md" in refused.stderr
    assert "Traceback" not in refused.stderr
