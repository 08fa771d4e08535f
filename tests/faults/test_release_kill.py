"""kill -9 while an edition is released: what is on the disk is in the ledger, and what is confirmed is on the disk.

What the compiler would make is given, since only the order of the writes is tested.
"""

from __future__ import annotations

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from dying import killed

sys.path.insert(0, str(Path(__file__).parent.parent / "desk"))  # what is compiled is shared with that room

from given import DAY, STORY, case, compiled, unread

from farbank import vault
from farbank.desk import release as room
from farbank.desk import take_step
from farbank.desk.init_desk import init_desk
from farbank.publish import manifest
from farbank.vault import sign_off

FIRST, SECOND, WORD, EDITION = "Ines Okafor", "Tomas Lindqvist", "seven grey herons wade", STORY


@pytest.fixture
def proposed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, str]:
    filed: Any = unread(EDITION)
    for module, name in ((room, "filed_in"), (take_step, "filed")):
        monkeypatch.setattr(module, name, lambda *_: filed)
        monkeypatch.setattr(module, "compile_story", compiled)
    people = [vault.Member(FIRST, WORD, ("safety-officer",)), vault.Member(SECOND, WORD, ("publisher",))]
    init_desk(tmp_path / "fresh", people, since=DAY, cost=vault.Cost(passes=1, memory=8192))
    with vault.open(tmp_path / "fresh", FIRST, WORD) as opened:
        opened.put("content", "case", EDITION, case())  # of which neither of the two is the author
        for event in ("submit", "clear"):
            take_step.take_step(opened, EDITION, event, now=datetime.now(UTC), reason="it is read")
        act = room.propose_release(opened, filed, on=DAY, reason="it is checked").act
    assert act is not None
    return tmp_path / "fresh", act


def agree(desk: Path, act: str, site: Path) -> None:
    with vault.open(desk, SECOND, WORD) as opened:
        room.agree_release(opened, act, site)


def state(desk: Path, act: str, site: Path) -> tuple[bool, bool, bool, bool, bool]:
    """Whether it is agreed, its intent in the ledger, the edition on the disk, confirmed, and done."""
    with vault.open(desk, FIRST, WORD) as opened:
        opened.check()
        with opened.file("audit") as file:
            vault.audit.verify(file, opened.roster)
        kinds = [entry.kind for entry in opened.ledger_entries()]
        assert [entry.edition for entry in opened.released()] == [EDITION] * ("intent" in kinds)
        key = opened.roster.desk_key.signing.hex()
        stands = sign_off.look(opened, act)
    if site.exists():
        assert manifest.verify({path.name: path.read_bytes() for path in site.iterdir()}, key=key).sequence == 1
    return stands.agreed is not None, "intent" in kinds, site.exists(), "confirmation" in kinds, stands.over == "done"


def test_killed_at_any_step_the_ledger_knows_at_least_what_is_out(proposed: tuple[Path, str], tmp_path: Path) -> None:
    fresh, act = proposed
    states = []
    for step in range(1, 500):
        desk, site = tmp_path / f"desk-{step}", tmp_path / f"site-{step}"
        shutil.copytree(fresh, desk)
        going_on = killed(step, lambda desk=desk, site=site: agree(desk, act, site))
        states.append(state(desk, act, site))
        if not going_on:
            break
    assert states == sorted(states), "never an edition without its intent, nor a confirmation without its edition"
    assert set(states) == {tuple(n < reached for n in range(5)) for reached in range(6)}, "a kill landed in every gap"
    # What was begun is refused from now on; what was only agreed to is taken up again by whoever agreed.
    begun = states.index((True, True, False, False, False)) + 1
    with pytest.raises(vault.AlreadyInLedger, match="was begun and never confirmed"):
        agree(tmp_path / f"desk-{begun}", act, tmp_path / "again")
    assert not (tmp_path / "again").exists()
    for name, reached in (("untouched", (False,) * 5), ("agreed", (True, False, False, False, False))):
        desk = tmp_path / f"desk-{states.index(reached) + 1}"
        agree(desk, act, tmp_path / name)
        assert state(desk, act, tmp_path / name) == (True,) * 5
