"""kill -9 while an edition is written: what is on the disk is in the ledger, and what is confirmed is on the disk."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

from farbank import vault
from farbank.desk.init_desk import init_desk

NAME, WORD, EDITION = "Ines Okafor", "seven grey herons wade", "mill-order"
COMPILE = Path(__file__).with_name("compile_and_die.py")


def run(desk: Path, site: Path, step: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(COMPILE), str(desk), str(site), str(step)]
    return subprocess.run(command, capture_output=True, text=True)


def state(desk: Path, site: Path) -> tuple[bool, bool, bool]:
    """Whether the intent is in the ledger, the edition on the disk, and its confirmation in the ledger."""
    with vault.open(desk, NAME, WORD) as opened:
        opened.check()
        kinds = [entry.kind for entry in opened.ledger_entries()]
        assert [entry.edition for entry in opened.released()] == [EDITION] * ("intent" in kinds)
    if site.exists():
        assert {path.name: path.read_bytes() for path in site.iterdir()} == {"en.html": b"page", "index.html": b"index"}
    return "intent" in kinds, site.exists(), "confirmation" in kinds


def test_killed_at_any_step_the_ledger_knows_at_least_what_is_out(tmp_path: Path) -> None:
    everything: tuple[vault.Compartment, ...] = ("content", "identities", "ledger")
    init_desk(tmp_path / "fresh", [vault.Member(NAME, WORD, everything)], cost=vault.Cost(passes=1, memory=8192))
    states = []
    for step in range(1, 100):
        desk, site = tmp_path / f"desk-{step}", tmp_path / f"site-{step}"
        shutil.copytree(tmp_path / "fresh", desk)
        code = run(desk, site, step).returncode
        assert code in (0, -signal.SIGKILL)
        states.append(state(desk, site))
        if code == 0:
            break
    assert states == sorted(states), "never an edition without its intent, nor a confirmation without its edition"
    assert set(states) == {
        (False, False, False),
        (True, False, False),
        (True, True, False),
        (True, True, True),
    }, "a kill landed in every gap"
    # What was begun is refused from now on, and what was not is compiled as if nothing had been.
    begun, untouched = states.index((True, False, False)) + 1, 1
    again = run(tmp_path / f"desk-{begun}", tmp_path / "again", 999)
    assert again.returncode == 1
    assert "AlreadyInLedger: edition mill-order was begun and never confirmed" in again.stderr
    assert not (tmp_path / "again").exists()
    assert run(tmp_path / f"desk-{untouched}", tmp_path / "again", 999).returncode == 0
    assert state(tmp_path / f"desk-{untouched}", tmp_path / "again") == (True, True, True)
