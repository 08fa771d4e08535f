"""kill -9 while a desk is set up: it is there with the key of its editions, or it is not there."""

from __future__ import annotations

from pathlib import Path

from dying import EVERY, killed

from farbank import vault
from farbank.desk.init_desk import init_desk
from farbank.vault import desk_key

NAME, WORD = "Ines Okafor", "seven grey herons wade"
PEOPLE = [vault.Member(NAME, WORD, ("safety-officer",)), vault.Member("Tomas Lindqvist", WORD, ("publisher",))]
CHEAP = vault.Cost(passes=1, memory=8192)


def test_killed_at_any_step_the_desk_is_whole_or_not_there(tmp_path: Path) -> None:
    outcomes = []
    for step in range(1, 500, EVERY):
        desk = tmp_path / str(step) / "desk"
        desk.parent.mkdir()
        going_on = killed(step, lambda desk=desk: init_desk(desk, PEOPLE, cost=CHEAP))
        if desk.exists():
            with vault.open(desk, NAME, WORD) as opened:
                opened.check()
                with opened.file("audit") as file:
                    vault.audit.verify(file, opened.roster)
                    assert len(desk_key.halves(file, opened.roster, NAME, opened.secret)) == 1
        outcomes.append(desk.exists())
        if not going_on:
            break
    assert outcomes == sorted(outcomes)
    assert outcomes.count(False) >= 15 / EVERY, "the kills did not land inside"
    assert outcomes[-1]
