"""Compile a case into an edition on disk that is marked unreleased: to look at, never to publish."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from farbank import whole
from farbank.desk.compile_story import compile_story
from farbank.desk.errors import NoEditionName, NotYet
from farbank.desk.file_case import Filed
from farbank.desk.report import Report, report
from farbank.desk.write_edition import write_edition
from farbank.model.text import Slug, is_slug
from farbank.publish.manifest import edition_dated
from farbank.watch.archives import Places


def compile_edition(
    filed: Filed,
    folder: Path,
    archive: Places | None = None,
    *,
    edition: Slug | None = None,
    on: date | None = None,
) -> Report:
    """Compile, and if every gate is open write the edition to `folder`; otherwise write nothing.

    It is marked unreleased, signed with a key made for the occasion, and in no ledger; `desk.release` makes one that is
    released. `edition` is its name, that of the case unless given; `on` the day it goes out, the first that will do
    unless given. Raises what compiling raises, FolderInUse, NoEditionName, NotYet.
    """
    started = time.perf_counter()
    name = edition_name(edition or filed.case.name)
    if on is not None and on > date.today():
        raise NotYet(f"an edition is written on the day it goes out; {on} is still to come, compile it then")
    whole.assert_free(folder)
    compiled = compile_story(filed, archive, edition=name, on=on)
    if not compiled.open:
        return report(compiled, time.perf_counter() - started)
    write_edition(compiled.files, folder, edition_dated(compiled.files))
    return report(compiled, time.perf_counter() - started, site=str(folder))


def edition_name(name: str) -> Slug:
    """The name, if an edition can have it. Raises NoEditionName."""
    if not is_slug(name):
        raise NoEditionName(f"{name!r} cannot be the name of an edition; use lower-case letters, digits and hyphens")
    return name
