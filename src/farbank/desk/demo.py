"""The June order end to end, through a real vault: what `make demo` runs."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

from nacl.utils import random

from farbank import vault
from farbank.desk.examples import example
from farbank.desk.file_case import content_of
from farbank.desk.import_case import filed, keep_case
from farbank.desk.init_desk import init_desk
from farbank.desk.release import agree_release, propose_release
from farbank.desk.report import Report
from farbank.desk.take_step import take_step
from farbank.intake import case_folder
from farbank.model.errors import FolderInUse
from farbank.model.steps import Event

CASE = "june-order"
MARK = ".farbank-demo"
"""An empty file that says a demo made what lies beside it, and the next one may take it away."""


def demo(out: Path) -> Report:
    """File the example in a new desk under `out`, release it as three people do, and write the edition to `out/site`.

    The editor files the story and what it rests on, and submits it; the safety officer adds who the people are, clears
    the edition and proposes it; the publisher agrees, and with that the desk's key signs. Passphrases and root are made
    for the occasion and thrown away, so nobody can open the demo's desk afterwards. Raises FolderInUse if `out` holds
    something that is no earlier demo, StepRefused where a gate is closed.
    """
    folder, site = out / "desk", out / "site"
    _clear(out)
    editor, officer, publisher = (random(24).hex() for _ in range(3))
    members = (
        vault.Member("editor", editor, ("editor",)),
        vault.Member("safety officer", officer, ("safety-officer",)),
        vault.Member("publisher", publisher, ("publisher",)),
    )
    init_desk(folder, members)
    case = case_folder.read(example(CASE))
    with vault.open(folder, "editor", editor) as opened:
        keep_case(opened, content_of(case))
    with vault.open(folder, "safety officer", officer) as opened:
        keep_case(opened, case, replace=True)
    with vault.open(folder, "editor", editor) as opened:
        _step(opened, "submit", "it is written")
    with vault.open(folder, "safety officer", officer) as opened:
        _step(opened, "clear", "nobody is exposed by it")
        proposed = propose_release(opened, filed(opened, CASE), reason="the June order, as the demo tells it")
    if proposed.act is None:
        return proposed.report
    with vault.open(folder, "publisher", publisher) as opened:
        return agree_release(opened, proposed.act, site)


def _step(opened: vault.Vault, event: Event, reason: str) -> None:
    take_step(opened, CASE, event, now=datetime.now(UTC), reason=reason)


def _clear(out: Path) -> None:
    """Take away what an earlier demo left, and nothing that is not marked as a demo's."""
    held = [name for name in ("desk", "site") if (out / name).exists()]
    if held and not (out / MARK).is_file():
        raise FolderInUse(f"{out} holds a {held[0]} that no demo made; name an empty or new folder with --out")
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()
    for name in held:
        shutil.rmtree(out / name)
