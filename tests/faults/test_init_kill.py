"""kill -9 while a desk is set up: it is there with the key of its editions, or it is not there."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

from farbank import vault
from farbank.vault import desk_key

NAME, WORD = "Ines Okafor", "seven grey herons wade"
INIT = Path(__file__).with_name("init_and_die.py")


def test_killed_at_any_step_the_desk_is_whole_or_not_there(tmp_path: Path) -> None:
    outcomes = []
    for step in range(1, 200):
        desk = tmp_path / str(step) / "desk"
        desk.parent.mkdir()
        code = subprocess.run([sys.executable, str(INIT), str(desk), str(step)]).returncode
        assert code in (0, -signal.SIGKILL)
        if desk.exists():
            with vault.open(desk, NAME, WORD) as opened:
                opened.check()
                with opened.file("audit") as file:
                    vault.audit.verify(file, opened.roster)
                    assert len(desk_key.halves(file, opened.roster, NAME, opened.secret)) == 1
        outcomes.append(desk.exists())
        if code == 0:
            break
    assert outcomes == sorted(outcomes)
    assert outcomes.count(False) >= 15, "the kills did not land inside"
    assert outcomes[-1]
