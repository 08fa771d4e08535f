"""Import a case and die at a chosen statement, as if the plug were pulled; run by test_vault_kill.py."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, event

from farbank import vault
from farbank.model import codec
from farbank.model.case import Case
from farbank.vault import case_store

WORD = "seven grey herons wade"


def die_at(number: int) -> None:
    """Kill this process, without any clean-up, before its `number`-th database statement."""
    left = [number]

    @event.listens_for(Engine, "before_cursor_execute")
    def count(*_: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def main(desk: Path, case_file: Path, number: int) -> None:
    """Save the case in `case_file` and die on the way; exits 0 if `number` is beyond the last statement."""
    case = codec.from_json(case_file.read_bytes(), Case, "case")
    with vault.open(desk, "Ines Okafor", WORD) as opened:
        die_at(number)
        case_store.save(opened, case, forbidden=case.name.encode() + str(case.close).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
