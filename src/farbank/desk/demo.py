"""The June order end to end, through a real vault: what `make demo` runs."""

from __future__ import annotations

import shutil
from pathlib import Path

from nacl.utils import random

from farbank import vault
from farbank.desk.compile_edition import compile_edition
from farbank.desk.examples import example
from farbank.desk.import_case import filed, import_case
from farbank.desk.init_desk import init_desk
from farbank.desk.report import Report
from farbank.model.errors import FolderInUse

CASE = "june-order"
MARK = ".farbank-demo"
"""An empty file that says a demo made what lies beside it, and the next one may take it away."""


def demo(out: Path) -> Report:
    """File the example in a new desk under `out`, compile it with content alone, and write the edition to `out/site`.

    The safety officer files it; the editor, who holds no key to identities, compiles it. Passphrases are made for the
    occasion and thrown away, so nobody can open the demo's desk afterwards. Raises FolderInUse if `out` holds something
    that is no earlier demo.
    """
    folder, site = out / "desk", out / "site"
    _clear(out)
    officer, editor = (random(24).hex() for _ in range(2))
    members = (
        vault.Member("safety officer", officer, ("content", "identities", "ledger")),
        vault.Member("editor", editor, ("content", "ledger")),
    )
    init_desk(folder, members)
    with vault.open(folder, "safety officer", officer) as opened:
        import_case(opened, example(CASE))
    with vault.open(folder, "editor", editor) as opened:
        return compile_edition(filed(opened, CASE), site, opened=opened)


def _clear(out: Path) -> None:
    """Take away what an earlier demo left, and nothing that is not marked as a demo's."""
    held = [name for name in ("desk", "site") if (out / name).exists()]
    if held and not (out / MARK).is_file():
        raise FolderInUse(f"{out} holds a {held[0]} that no demo made; name an empty or new folder with --out")
    out.mkdir(parents=True, exist_ok=True)
    (out / MARK).touch()
    for name in held:
        shutil.rmtree(out / name)
