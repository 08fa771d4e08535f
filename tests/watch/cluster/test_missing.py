from __future__ import annotations

import os
import subprocess
import sys

HIDDEN = """
import sys
sys.modules["daft"] = sys.modules["lance"] = None
import farbank.watch.check, farbank.watch.archive
from farbank.model.errors import FarbankError
try:
    import farbank.watch.cluster
except FarbankError as error:
    print(error)
"""


def test_without_what_it_needs_it_says_how_to_get_it_and_nothing_else_breaks() -> None:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([sys.executable, "-c", HIDDEN], capture_output=True, text=True, env=environment)
    assert done.stdout.startswith("daft, lance: ") and "farbank[cluster]" in done.stdout, done.stderr
