"""kill -9 at any point of filing: the archive opens, nothing committed is lost, nothing is there twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FILE = Path(__file__).with_name("file_and_die.py")
KILLS = int(os.environ.get("FARBANK_KILLS", "40"))


def test_no_kill_loses_or_doubles_anything(tmp_path: Path) -> None:
    (tmp_path / "archive").mkdir()
    command = [sys.executable, str(FILE), str(tmp_path / "archive"), str(KILLS), "1"]
    ran = subprocess.run(command, capture_output=True, text=True)
    assert ran.returncode == 0, ran.stderr[-2000:]
    assert int(ran.stdout) > KILLS / 4  # enough of them came while something was being written
