"""Import a case, and die at a chosen step or when told to; run by test_vault_kill.py."""

from __future__ import annotations

import sys
from pathlib import Path

from dying import die_at

from farbank import vault
from farbank.model import codec
from farbank.model.case import Case
from farbank.vault import case_store

WORD = "seven grey herons wade"


def main(desk: Path, case_file: Path, number: int) -> None:
    """Save the case in `case_file` and die on the way; exits 0 if `number` is beyond the last step."""
    case = codec.from_json(case_file.read_bytes(), Case, "case")
    with vault.open(desk, "Ines Okafor", WORD) as opened:
        die_at(number)
        case_store.save(opened, case, forbidden=case.name.encode() + str(case.close).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
