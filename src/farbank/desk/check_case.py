"""Run the whole flow in memory, and write nothing."""

from __future__ import annotations

import time
from datetime import date
from pathlib import Path

from farbank.desk.compile_story import compile_story
from farbank.desk.file_case import Filed, file_case
from farbank.desk.report import Report, report
from farbank.intake import case_folder
from farbank.model.text import Slug
from farbank.watch.archives import Places


def file_folder(folder: Path, pack: Path | None = None) -> Filed:
    """Read a case folder and file it in memory; `pack` is the folder of a country pack that does not ship."""
    return file_case(case_folder.read(folder), pack)


def check_filed(
    filed: Filed, archive: Places | None = None, on: date | None = None, edition: Slug | None = None
) -> Report:
    """Compile a filed case and report, without writing; `on` is the day it would go out.

    `edition` is its name, that of the case unless given.
    """
    started = time.perf_counter()
    return report(compile_story(filed, archive, edition=edition, on=on), time.perf_counter() - started)


def check_case(folder: Path, archive: Places | None = None, pack: Path | None = None) -> Report:
    """Read, file and compile a case folder; `archive` is a state-media archive to check the claims against."""
    started = time.perf_counter()
    return report(compile_story(file_folder(folder, pack), archive), time.perf_counter() - started)
