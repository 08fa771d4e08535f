"""Write docs/reference.md from the command line's own help, or check that it still says the same (--check)."""

from __future__ import annotations

import contextlib
import io
import sys
from pathlib import Path
from typing import Any

from typer.main import get_command

from farbank.cli import app

REFERENCE = Path(__file__).parent.parent / "docs" / "reference.md"
HEAD = """# Command reference

Printed by the commands themselves; `make docs` fails when this page no longer agrees with them.

Exit codes: **0** done; **1** the answer is no (a gate closed, a signature did not hold); **2** the command was not
understood; **3** the input is not what it should be, and nothing was written; **4** a fault of farbank itself; **130**
stopped by ctrl-C.
"""


def helped(root: Any, path: tuple[str, ...]) -> str:
    """What `farbank … --help` prints."""
    shown = io.StringIO()
    with contextlib.redirect_stdout(shown), contextlib.suppress(SystemExit):
        root.main([*path, "--help"], prog_name="farbank", terminal_width=100)
    return shown.getvalue().strip()


def sections(root: Any, command: Any, path: tuple[str, ...]) -> list[str]:
    """The help of a command and of every command under it, in order of their names."""
    own = f"## `{' '.join(('farbank', *path))}`\n\n```\n{helped(root, path)}\n```\n"
    below = [sections(root, command.commands[name], (*path, name)) for name in sorted(getattr(command, "commands", {}))]
    return [own, *(section for group in below for section in group)]


def main() -> int:
    """Write the page, or with --check compare it."""
    root = get_command(app)
    page = HEAD + "\n" + "\n".join(sections(root, root, ()))
    if "--check" in sys.argv[1:]:
        if REFERENCE.read_text(encoding="utf-8") == page:
            return 0
        sys.stderr.write("docs/reference.md is out of date; run: .venv/bin/python scripts/reference.py\n")
        return 1
    REFERENCE.write_text(page, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
