"""The lint of a compiled story in a file for other tools."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import farbank
from farbank import whole
from farbank.model.story import Lint
from farbank.publish.lint.sarif import sarif


def write_sarif(found: Iterable[Lint], to: Path) -> None:
    """Write what the lint found as SARIF 2.1.0, for its owner only: the messages quote the unpublished story."""
    whole.file(to, sarif(found, farbank.__version__))
