"""Who decides, and which key they press."""

from __future__ import annotations

import sys
from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from farbank.vault import Vault

By = Annotated[str | None, typer.Option("--by", help="Who decides; with --desk it is whoever opened it.")]

Why = Annotated[
    str, typer.Option("--why", help="What it rests on, in a sentence; - asks for it, so that no shell remembers it.")
]

Evidence = Annotated[
    list[str] | None, typer.Option("--evidence", help="A report, statement, search or picture of the case.")
]


def who(by: str | None, vault: Vault | None) -> str:
    """The name a decision is kept with."""
    name = by if vault is None else vault.person
    if name is None:
        raise typer.BadParameter("say who decides: --by NAME")
    return name


def reason(why: str) -> str:
    """What a decision rests on; for `-` it is asked for at the terminal, or the next line of standard input."""
    if why == "-":
        why = _asked()
    if not why.strip():
        raise typer.BadParameter("say what it rests on, in a sentence", param_hint="--why")
    return why.strip()


def asked_reason() -> str:
    """Why, asked for at the terminal, or the next line of standard input: no shell remembers it."""
    why = _asked()
    if not why.strip():
        raise typer.BadParameter("say why, in a sentence: it is asked for, or read from standard input")
    return why.strip()


def _asked() -> str:
    return str(typer.prompt("What it rests on", default="")) if sys.stdin.isatty() else sys.stdin.readline()


def key_of(meant: Collection[str]) -> str:
    """The next key that is `meant`, or q: to stop, at ctrl-D, and at the end of what is piped in."""
    while True:
        try:
            key = typer.getchar() if sys.stdin.isatty() else sys.stdin.read(1) or "q"
        except EOFError:
            return "q"
        if key in meant or key == "q":
            return key
