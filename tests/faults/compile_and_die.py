"""Compile an edition and die on the way; run by test_compile_kill.py.

What the compiler would make is given, since only the order of the writes is tested.
"""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dying import die_at

from farbank import vault
from farbank.desk import compile_edition as room
from farbank.desk.compile_story import Compilation
from farbank.model.exposure import Disclosure, Gate

NAME, WORD = "Ines Okafor", "seven grey herons wade"

COMPILED = Compilation(
    case="mill-order", close=date(2031, 7, 19), languages=("en",), findings=(), sentences={}, wordings=(),
    disclosures=(Disclosure(person="wren", axis="place", node="qz:north", said_in="story"),), lint=(), dues=(),
    gate=Gate(open=True, files=2, slips=()), files={"en.html": b"page", "index.html": b"index"}, places={},
)  # fmt: skip


def main(desk: Path, site: Path, number: int) -> None:
    """Write the edition to `site` and die before step `number`; exits 0 if that is beyond the last step."""
    filed: Any = SimpleNamespace(case=SimpleNamespace(name="mill-order"))
    room.compile_story = lambda *_, **__: COMPILED  # type: ignore[assignment]
    with vault.open(desk, NAME, WORD) as opened:
        die_at(number)
        room.compile_edition(filed, site, opened=opened)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
