"""The commands of the guide to the archive at scale print what it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run
from tests.cli.test_archive_guide import printed

for needed in ("daft", "lance"):
    pytest.importorskip(needed, reason="needs farbank[cluster]")

GUIDE = (ROOT / "docs" / "guide" / "archive-at-scale.md").read_text("utf-8")
BLOCKS = re.findall(r"^```\n\$ \.venv/bin/farbank (.+)\n((?:.*\n)*?)```$", GUIDE, re.MULTILINE)


def test_the_commands_on_real_articles_print_what_the_guide_shows(run: Run, tmp_path: Path, shared_data: Path) -> None:
    (tmp_path / "here").mkdir()
    (tmp_path / "shared").mkdir()
    (tmp_path / "shared" / "data").symlink_to(shared_data)
    assert len(BLOCKS) == GUIDE.count("$ .venv/bin/farbank ") == 4
    for command, shown in BLOCKS:
        assert printed(run, command, tmp_path / "here") == shown
