"""The lint of a compiled story in a file for other tools."""

from __future__ import annotations

from pathlib import Path

import farbank
from farbank import whole
from farbank.desk.report import Report
from farbank.publish.lint.sarif import sarif


def write_sarif(report: Report, to: Path) -> None:
    """Write what the lint found as SARIF 2.1.0, for its owner only: the messages quote the unpublished story."""
    whole.file(to, sarif(report.lint, farbank.__version__))
