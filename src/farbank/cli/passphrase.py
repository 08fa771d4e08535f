"""Ask for a passphrase: at the terminal without echo, or a line of standard input; never an argument or a variable."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from farbank.vault import Vault

DeskFolder = Annotated[Path | None, typer.Option("--desk", help="The desk's folder.")]
Person = Annotated[str | None, typer.Option("--as", help="Your name on this desk; your passphrase is asked for.")]


def ask(name: str) -> str:
    """The passphrase of `name`."""
    if sys.stdin.isatty():
        import getpass

        return getpass.getpass(f"Passphrase of {name}: ")
    return sys.stdin.readline().rstrip("\n")


def open_desk(folder: Path | None, person: str | None) -> Vault:
    """Open the desk named by --desk and --as, asking for the passphrase. Raises WrongPassphrase, UnknownMember."""
    from farbank import vault

    if folder is None or person is None:
        raise typer.BadParameter("name the desk and yourself: --desk FOLDER --as NAME")
    return vault.open(folder, person, ask(person))
