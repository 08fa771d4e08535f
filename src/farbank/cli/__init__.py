"""The desk in a terminal: parse, call the desk, print.

Exit codes: 0 done; 1 the answer is no (a gate closed, a signature did not hold); 2 the command was not understood;
3 the input is not what it should be, and nothing was written.
"""

from __future__ import annotations

import sys

import typer

from farbank.cli import case, claim, demo, desk, edition, protect, story, watch
from farbank.model.errors import FarbankError

app = typer.Typer(
    help="Verified news out of closed countries, without anyone being found.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
for group in (desk, case, claim, watch, protect, story, edition):
    app.add_typer(group.app)


def main() -> None:
    """Run the command line; an error a user can put right is one sentence, never a traceback."""
    try:
        app()
    except FarbankError as error:
        _refuse(str(error))
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        _refuse(f"{where}{(error.strerror or str(error)).lower()}; check the path, its permissions and the space left")


def _refuse(sentence: str) -> None:
    sys.stderr.write(f"farbank: {' '.join(sentence.split())}\n")
    sys.exit(3)
