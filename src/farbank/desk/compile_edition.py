"""Compile a filed case into a signed edition on disk."""

from __future__ import annotations

import time
from pathlib import Path

from farbank.desk.compile_story import compile_story
from farbank.desk.file_case import Filed
from farbank.desk.report import Report, report
from farbank.desk.write_edition import write_edition


def compile_edition(filed: Filed, folder: Path, archive: Path | None = None) -> Report:
    """Compile, and if every gate is open write the signed edition to `folder`; otherwise write nothing.

    Raises what compiling raises, and FolderInUse.
    """
    started = time.perf_counter()
    compiled = compile_story(filed, archive)
    if compiled.open:
        write_edition(compiled.files, folder)
    return report(compiled, time.perf_counter() - started, str(folder) if compiled.open else None)
