"""So that attacks are made on the desk that tests/desk sets up."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))
