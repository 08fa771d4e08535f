"""Commands typed one after another in this process: what a process of its own costs is its start, the rest is the same.

What the process itself answers for (cores, signals, terminals, what is loaded) is tested in processes of their own.
"""

from __future__ import annotations

import contextlib
import functools
import io
import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import typer.main

from farbank import cli, vault
from farbank.desk.init_desk import init_desk

ROOT = Path(__file__).parents[2]
CHEAP = vault.Cost(passes=1, memory=8192)
Run = Callable[..., CompletedProcess[str]]
command_of = functools.cache(typer.main.get_command)
"""Made once: a process of its own makes all its commands anew, and a test runs a hundred of them."""


@pytest.fixture(scope="session")
def run() -> Run:
    """Run a command as `farbank` does; its exit code and what it wrote, as from a process of its own."""
    return ran


def ran(*arguments: object, cwd: Path = ROOT, typed: str = "", columns: int = 80) -> CompletedProcess[str]:
    """Run a command in a folder, with what is typed, on so many columns; a desk it makes has cheap passphrases."""
    argv = ["farbank", *map(str, arguments)]
    out, err = (io.TextIOWrapper(io.BytesIO(), "utf-8", newline="") for _ in range(2))
    with pytest.MonkeyPatch.context() as patch, contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        patch.chdir(cwd)
        patch.setenv("COLUMNS", str(columns))
        patch.setattr(sys, "argv", argv)
        patch.setattr(typer.main, "get_command", command_of)
        patch.setattr(sys, "stdin", io.StringIO(typed))
        patch.setattr(cli, "no_dumps", lambda: None)  # what it does, it does to the process for good
        patch.setitem(init_desk.__kwdefaults__, "cost", CHEAP)
        with pytest.raises(SystemExit) as ended:
            cli.main()
    return CompletedProcess(argv, int(ended.value.code or 0), *(written(stream) for stream in (out, err)))


def written(stream: io.TextIOWrapper) -> str:
    stream.flush()
    raw = stream.buffer
    assert isinstance(raw, io.BytesIO)
    return raw.getvalue().decode()
