"""Ask for a passphrase: at the terminal without echo, or a line of standard input; never an argument or a variable."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.errors import PassphrasesDiffer

if TYPE_CHECKING:
    from farbank.vault import Vault

DeskFolder = Annotated[Path | None, typer.Option("--desk", help="The desk's folder.")]
Person = Annotated[str | None, typer.Option("--as", help="Your name on this desk; your passphrase is asked for.")]


def ask(name: str) -> str:
    """The passphrase of `name`."""
    if sys.stdin.isatty():
        return _typed(f"Passphrase of {name}: ")
    return sys.stdin.readline().rstrip("\n")


def ask_database() -> str:
    """The password of one's database role, where a shared desk's server wants one."""
    if sys.stdin.isatty():
        return _typed("Password of your database role: ")
    return sys.stdin.readline().rstrip("\n")


def ask_new(name: str) -> str:
    """The passphrase `name` will have; at the terminal it is typed twice, unseen as it is. Raises PassphrasesDiffer."""
    passphrase = ask(name)
    if sys.stdin.isatty() and _typed(f"Passphrase of {name} again: ") != passphrase:
        raise PassphrasesDiffer(f"the two passphrases of {name} differ; nothing was made, run the command again")
    return passphrase


def ask_share(number: int) -> str:
    """The words of one share of the root, as they stand on paper."""
    if sys.stdin.isatty():
        return _typed(f"Words of share {number}: ")
    return sys.stdin.readline().rstrip("\n")


def ask_line(prompt: str) -> str:
    """A line typed where it can be seen, or the next line of standard input; kept out of the shell's history."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    try:
        return str(typer.prompt(prompt, prompt_suffix="", default="", show_default=False, err=True))
    except typer.Abort:
        raise KeyboardInterrupt from None


def _typed(prompt: str) -> str:
    import getpass

    try:
        return getpass.getpass(prompt)
    except EOFError:  # ctrl-D at the prompt means the same as ctrl-C
        raise KeyboardInterrupt from None


def open_desk(folder: Path | None, person: str | None) -> Vault:
    """Open the desk named by --desk and --as, asking for the passphrase. Raises WrongPassphrase, UnknownMember."""
    from farbank import vault

    if folder is None or person is None:
        raise typer.BadParameter("name the desk and yourself: --desk FOLDER --as NAME")
    passphrase = ask(person)
    try:
        return vault.open(folder, person, passphrase)
    except vault.PasswordWanted:
        return vault.open(folder, person, passphrase, database_password=ask_database())
