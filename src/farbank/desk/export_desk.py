"""The whole desk as a plain folder that a person reads offline without farbank; identities stay behind (F35)."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import msgspec
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from farbank import vault, whole
from farbank.intake import case_folder
from farbank.model import codec
from farbank.model.case import Case
from farbank.vault import as_lines
from farbank.vault.errors import NoSuchRecord
from farbank.vault.ledger import LedgerEntry
from farbank.vault.succession import Succession

_TEMPLATES = Path(__file__).parent / "templates"
_LOOSE = {"partner": "partners", "contact": "contacts", "report": "reports"}
"""The kinds of record outside a case that are word of partners; the rest are keys and the desk's own notes."""


class Exported(msgspec.Struct, frozen=True, kw_only=True):
    """What was written: cases by name, records outside them, entries of the ledger, and the audit as it was checked."""

    cases: tuple[str, ...]
    loose: tuple[str, ...]
    ledger: int
    audit: vault.Checked


def export_desk(opened: vault.Vault, folder: Path, on: date, editions: Path | None = None) -> Exported:
    """Write everything of the desk but identities, payments and keys to `folder`; `editions` is taken along as it is.

    The ledger and the audit are checked first. Raises FolderInUse, CompartmentClosed, VaultDamaged, AuditBroken.
    """
    with whole.folder(folder) as building, opened.transaction():
        ledger = opened.ledger_entries()
        with opened.file("audit") as file:
            checked = vault.audit.verify(file, opened.roster)
        cases = [vault.case_store.load(opened, name) for name in vault.case_store.names(opened)]
        (building / "cases").mkdir()
        for case in cases:
            case_folder.write(case, building / "cases" / case.name, identities=False)
        loose = tuple(_loose(opened, building))
        for name, lines in (("ledger", as_lines.ledger), ("audit", as_lines.audit), ("audit-signed", as_lines.heads)):
            with (building / f"{name}.jsonl").open("wb") as file_of_lines:
                file_of_lines.writelines(lines(opened))
        whole.file(building / "roster.json", codec.to_json(opened.roster))
        if editions is not None:
            shutil.copytree(editions, building / "editions")
        page = _page(on, cases, loose, ledger, checked, _succession(opened), editions is not None)
        whole.file(building / "index.html", page)
        opened.note("desk exported", note=f"{len(cases)} cases")
    return Exported(cases=tuple(case.name for case in cases), loose=loose, ledger=len(ledger), audit=checked)


def _loose(opened: vault.Vault, building: Path) -> Iterator[str]:
    for kind, folder in _LOOSE.items():
        for id, body in opened.all("content", kind).items():
            path = building / folder / f"{quote(id, safe='')}.json"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(msgspec.json.format(body, indent=2) + b"\n")
            yield str(path.relative_to(building))


def _page(
    on: date,
    cases: list[Case],
    loose: tuple[str, ...],
    ledger: tuple[LedgerEntry, ...],
    audit: vault.Checked,
    succession: Succession | None,
    editions: bool,
) -> bytes:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return (
        environment.get_template("desk.html.j2")
        .render(on=on, cases=cases, loose=loose, ledger=ledger, audit=audit, succession=succession, editions=editions)
        .encode()
    )


def _succession(opened: vault.Vault) -> Succession | None:
    try:
        return vault.succession.rules(opened)
    except NoSuchRecord:
        return None
