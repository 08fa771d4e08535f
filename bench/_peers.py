"""Peers run in an environment of their own (`make peers`), because some pin old versions of what we use."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
PYTHON = HERE.parent / ".venv-peers" / "bin" / "python"


def peer(script: str, *arguments: str) -> dict[str, Any] | None:
    """What `bench/peers/<script>.py` printed as its last line of JSON, or None where the peers are not installed.

    Raises CalledProcessError if it failed.
    """
    if not PYTHON.is_file():
        return None
    done = subprocess.run(
        [PYTHON, "-I", HERE / "peers" / f"{script}.py", *arguments], capture_output=True, text=True, check=True
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
