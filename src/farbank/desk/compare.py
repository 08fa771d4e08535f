"""What the state's outlets changed after they published it."""

from __future__ import annotations

from pathlib import Path

from farbank.model.statemedia import Window
from farbank.watch import archive, diff
from farbank.watch.diff import Change


def compare(folder: Path, window: Window) -> list[Change]:
    """Every article dated in the window that was edited or that is gone. Raises NoArchive."""
    with archive.open(folder) as opened:
        return diff.changes(opened.store, window)
