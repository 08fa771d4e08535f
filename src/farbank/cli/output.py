"""What every command prints: one table, one sentence, or one JSON object."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer

from farbank.model.codec import to_json
from farbank.model.text import Text

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
"""What would move a terminal's cursor, colour it, or turn the order of letters round."""

Json = Annotated[bool, typer.Option("--json", help="Print one JSON object instead of a table.")]


def as_json(value: object) -> None:
    """Print `value` as one line of JSON."""
    sys.stdout.write(to_json(value).decode() + "\n")


def answer(json: bool, facts: object, text: str) -> None:
    """Print `facts` as JSON where that was asked for, else one sentence."""
    if json:
        as_json(facts)
    else:
        sentence(text)


def sentence(text: str) -> None:
    """Print one sentence; a text from outside cannot steer the terminal."""
    sys.stdout.write(plain(text) + "\n")


def english(text: Text) -> str:
    """A text in the desk's own language, else in whichever it has."""
    return text.get("en") or next(iter(text.values()), "")


def plain(text: str) -> str:
    """`text` with `�` for every character that a terminal would obey instead of showing it."""
    return _UNSEEN.sub("�", text)


def table(title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, wrap: str = "") -> None:
    """Print rows under plain column heads; where they are too wide, only the column named `wrap` is broken."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(
        title=title,
        box=SIMPLE_HEAD,
        padding=(0, 1, 0, 0),
        pad_edge=False,
        title_justify="left",
        title_style="bold",
        header_style="dim",
    )
    for column in columns:
        drawn.add_column(column, overflow="fold", no_wrap=column != wrap)
    for row in rows:
        drawn.add_row(*(Text(plain(cell)) for cell in row))
    Console().print(drawn)


NARROW = 72
"""Below so many columns of a terminal, two texts are read one under the other."""


def side_by_side(*texts: tuple[str, str]) -> None:
    """Print texts, each under its heading, next to each other; one under the other where the terminal is narrow."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for each in [texts] if console.width >= NARROW else [[text] for text in texts]:
        beside = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold", expand=True)
        for heading, _ in each:
            beside.add_column(Text(plain(heading)), overflow="fold", ratio=1)
        beside.add_row(*(Text(plain(text)) for _, text in each))
        console.print(beside)


@contextmanager
def progress(label: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Show a bar on standard error while long work runs; the function given takes how many more are done."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.advance(task, done)
