"""A desk of five with one invented case on file, and a compiler that makes of it what a test says.

The vault, its signatures and the two who release are real.
"""

from __future__ import annotations

import dataclasses
import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from given import STORY, Unread, case, compiled, unread

from farbank import vault
from farbank.desk import release as releasing
from farbank.desk import take_step as stepping
from farbank.desk.compile_story import Compilation
from farbank.desk.correct import issued
from farbank.desk.init_desk import init_desk
from farbank.model.corrections import Reason
from farbank.vault import case_store

EDITOR, OFFICER, SECOND, PUBLISHER, LEAD = "Ryu", "Han", "Mun", "Seo", "Bak"
ROLES: dict[str, tuple[vault.Role, ...]] = {
    EDITOR: ("editor",),
    OFFICER: ("safety-officer",),
    SECOND: ("safety-officer",),
    PUBLISHER: ("publisher",),
    LEAD: ("verification-lead",),
}
NEXT = f"{STORY}-2"
NOW = datetime(2031, 8, 1, 6, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=2)


def enter(desk: Path, name: str) -> vault.Vault:
    return vault.open(desk, name, f"{name} walks by the river")


def write(desk: Path, text: str) -> None:
    with enter(desk, EDITOR) as opened:
        rewrite(opened, text)


def rewrite(opened: vault.Vault, text: str) -> None:
    case_store.save(opened, case(text))


@cache
def founded() -> Path:
    folder = Path(tempfile.mkdtemp()) / "desk"
    members = [vault.Member(name, f"{name} walks by the river", roles) for name, roles in ROLES.items()]
    init_desk(folder, members, since=date(2031, 1, 1), cost=vault.Cost(passes=1, memory=8192))
    write(folder, "The mill closed.")
    return folder


class Compiler:
    """What is compiled: how many slips there are, and what the desk says it corrects."""

    def __init__(self) -> None:
        self.slips: tuple[Any, ...] = ()
        self.why: tuple[Reason, ...] = ()
        self.meanwhile: Callable[[], object] = list

    def filed(self, opened: vault.Vault, story: str) -> Unread:
        return dataclasses.replace(unread(story, *self.why), issued=issued(opened, story))

    def compiled(self, *args: Any, **more: Any) -> Compilation:
        self.meanwhile()
        return compiled(*args, **more, slips=self.slips)

    def given(self, monkeypatch: pytest.MonkeyPatch) -> Compiler:
        for module, filed in ((releasing, "filed_in"), (stepping, "filed")):
            monkeypatch.setattr(module, filed, self.filed)
            monkeypatch.setattr(module, "compile_story", self.compiled)
        return self
