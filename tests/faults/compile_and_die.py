"""Compile an edition and die on the way; run by test_compile_kill.py.

What the compiler would make is given, since only the order of the writes is tested.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from dying import die_at

from farbank import vault
from farbank.desk import compile_edition as room
from farbank.desk.compile_story import Compilation
from farbank.desk.timed import Timed
from farbank.model.exposure import Gate, Record, Timing
from farbank.model.releases import Release, Released

NAME, WORD = "Ines Okafor", "seven grey herons wade"

DAY = date(2031, 7, 19)
COMPILED = Compilation(
    case="mill-order", close=DAY, languages=("en",), findings=(), sentences={}, wordings=(), disclosures=(), ways=(),
    signed={}, weighed=True, given=(), lint=(), dues=(), places={}, gate=Gate(open=True, files=2, slips=()),
    files={"en.html": b"page", "index.html": b"index"},
    record=Record(
        case="mill-order", on=DAY, seed=0, threshold=1000, population="", ledger="", releases=0, disclosures="",
        persons=(),
    ),
    release=Release(
        edition="mill-order", published=DAY, people=(Released(token="wren", facts=({"place": "qz:north"},)),)
    ),
    timed=Timed(on=DAY, embargoes=(), timing=Timing(not_before=DAY, reason="")),
)  # fmt: skip


@dataclass(frozen=True)
class Unread:
    """As much of a filed case as the order of the writes needs."""

    case: Any
    releases: tuple[Release, ...] = ()


def main(desk: Path, site: Path, number: int) -> None:
    """Write the edition to `site` and die before step `number`; exits 0 if that is beyond the last step."""
    filed: Any = Unread(SimpleNamespace(name="mill-order"))
    room.compile_story = lambda *_, **__: COMPILED  # type: ignore[assignment]
    with vault.open(desk, NAME, WORD) as opened:
        die_at(number)
        room.compile_edition(filed, site, opened=opened)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))
