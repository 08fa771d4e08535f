"""The desk in a terminal: parse, call the desk, print.

Exit codes: 0 done; 1 the answer is no (a gate closed, a signature did not hold); 2 the command was not understood;
3 the input is not what it should be, and nothing was written; 4 a fault of farbank itself; 130 stopped by ctrl-C.
"""

from __future__ import annotations

import os
import sys
from io import TextIOWrapper
from pathlib import Path
from traceback import walk_tb
from typing import NoReturn

import typer

from farbank.cli import (
    backup,
    case,
    chart,
    claim,
    claim_resolve,
    claim_review,
    demo,
    desk,
    desk_acts,
    desk_audit,
    desk_end,
    desk_seize,
    desk_shared,
    edition,
    forget,
    identity,
    media,
    note,
    partner,
    protect,
    publish,
    story,
    story_steps,
    watch,
)
from farbank.cli.errors import sentence_of
from farbank.cli.no_dumps import no_dumps
from farbank.model.errors import FarbankError

REFUSED, FAULT, STOPPED = 3, 4, 130

app = typer.Typer(
    help="Verified news out of closed countries, without anyone being found.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
app.command("demo")(demo.demo)
app.command("publish")(publish.publish)
for kept in (backup.backup, backup.backups, backup.restore, backup.export, desk_end.succession, desk_end.destroy):
    desk.app.command()(kept)
for away in (note.travel, note.travelled):
    desk.app.command()(away)
for command in (desk_acts.acts, desk_acts.agree, desk_acts.withdraw, desk_audit.audit, desk_seize.seize):
    desk.app.command()(command)
desk.app.command("sign-site")(publish.sign_site)
for shared in (desk_shared.share, desk_shared.fetch, desk_shared.conflicts):
    desk.app.command()(shared)
desk.app.add_typer(desk_shared.bundles)
for taken in (story_steps.state, story_steps.step, story_steps.cancel):
    story.app.command()(taken)
claim.app.command("review")(claim_review.review)
claim.app.command("resolve")(claim_resolve.resolve)
for group in (desk, case, partner, note, forget, identity, claim, watch, protect, media, story, chart, edition):
    app.add_typer(group.app)


def main() -> None:
    """Run the command line; whatever goes wrong is one sentence, never a traceback."""
    no_dumps()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that knows no Hangul is no reason to stop
    # Our matrix products are small: on shared cores the threads of BLAS wait for each other longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app(prog_name="farbank")
    except SystemExit as end:
        if end.code == STOPPED:
            sys.stderr.write("\n")  # off the line of the prompt or of the bar
            _say("stopped, and nothing is left half done; farbank desk status names a release that was begun", STOPPED)
        raise
    except FarbankError as error:
        _say(str(error), REFUSED)
    except OSError as error:
        _say(sentence_of(error), REFUSED)
    except ModuleNotFoundError as error:
        extra = "postgres" if error.name == "psycopg" else "collect"
        _say(
            f"{error.name} is not installed; what this command needs comes with: pip install 'farbank[{extra}]'",
            REFUSED,
        )
    except Exception as error:  # its message may quote what nobody should see, so only where it happened is told
        *_, (frame, line) = walk_tb(error.__traceback__)
        where = f"{type(error).__name__} at {Path(frame.f_code.co_filename).name}:{line}"
        _say(f"this is a fault of farbank, not yours ({where}); report it together with the command", FAULT)


def _say(sentence: str, code: int) -> NoReturn:
    sys.stderr.write(f"farbank: {' '.join(sentence.split())}\n")
    sys.exit(code)
