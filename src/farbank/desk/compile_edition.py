"""Compile a filed case into a signed edition on disk, with the ledger told before and after."""

from __future__ import annotations

import dataclasses
import time
from datetime import date
from itertools import count
from pathlib import Path

from farbank import vault, whole
from farbank.desk.compile_story import Compilation, compile_story
from farbank.desk.errors import NoEditionName, NotYet
from farbank.desk.file_case import Filed
from farbank.desk.init_desk import desk_key
from farbank.desk.ledger import releases
from farbank.desk.report import Report, report
from farbank.desk.write_edition import write_edition
from farbank.model import codec
from farbank.model.text import Slug, is_slug
from farbank.watch.archives import Places


def compile_edition(
    filed: Filed,
    folder: Path,
    archive: Places | None = None,
    *,
    opened: vault.Vault | None = None,
    edition: Slug | None = None,
    on: date | None = None,
) -> Report:
    """Compile, and if every gate is open write the signed edition to `folder`; otherwise write nothing anywhere.

    With `opened`, the vault it is filed in, the desk's key signs, and the ledger takes the intent before the edition is
    written and the confirmation after; without one, a key made for the occasion signs. `edition` is its name, that of
    the case unless given; `on` the day it goes out, with a vault today, without one the first day that will do.

    Raises what compiling raises, FolderInUse, NoEditionName, NotYet, and with a vault AlreadyInLedger and
    CompartmentClosed.
    """
    started = time.perf_counter()
    name = edition or filed.case.name
    if not is_slug(name):
        raise NoEditionName(f"{name!r} cannot be the name of an edition; use lower-case letters, digits and hyphens")
    if on is not None and on > date.today():
        raise NotYet(f"an edition is written on the day it goes out; {on} is still to come, compile it then")
    whole.assert_free(folder)  # a slip of the pen must not use up an edition
    if opened is None:
        number, compiled = 0, compile_story(filed, archive, edition=name, on=on)
    else:
        number, compiled = _begin(opened, filed, archive, name, on or date.today())
    if not compiled.open:
        return report(compiled, time.perf_counter() - started)
    write_edition(compiled.files, folder)
    if opened is not None:
        opened.ledger_append(vault.LedgerEntry(kind="confirmation", edition=name))
    return report(compiled, time.perf_counter() - started, site=str(folder), number=number)


def _begin(opened: vault.Vault, filed: Filed, archive: Places | None, name: Slug, on: date) -> tuple[int, Compilation]:
    """Compile, and if every gate is open put the intent in the ledger: from then on the edition counts as released."""
    with opened.transaction():  # so that no two editions get one number
        _assert_new(opened, filed.case.name, name)
        told = releases(opened)  # another story may be out since the case was fetched
        number = 1 + sum(release.means in ("edition", "correction") for release in told)
        filed = dataclasses.replace(filed, releases=told)
        compiled = compile_story(filed, archive, key=desk_key(opened), edition=name, sequence=number, on=on)
        if compiled.open:
            body = codec.to_json(compiled.release)
            opened.ledger_append(vault.LedgerEntry(kind="intent", edition=name, body=body))
    return number, compiled


def _assert_new(opened: vault.Vault, case: Slug, name: Slug) -> None:
    released = {entry.edition for entry in opened.released()}
    if name not in released:
        return
    state = "is released and is never changed"
    if name in opened.unconfirmed():
        state = "was begun and never confirmed, so it counts as released; look whether it is out"
    free = next(f"{case}-{number}" for number in count(2) if f"{case}-{number}" not in released)
    raise vault.AlreadyInLedger(f"edition {name} {state}; publish a correction as a new one: --edition {free}")
