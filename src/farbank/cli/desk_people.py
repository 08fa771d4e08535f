"""farbank desk: who joins and leaves, the root on paper, the keys editions are signed with."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from farbank.cli.output import Json, answer, as_json, sentence
from farbank.cli.passphrase import DeskFolder, Person, ask, ask_new, ask_share, open_desk

if TYPE_CHECKING:
    from farbank.desk.root_shares import Scheme
    from farbank.vault import Member, Secret

app = typer.Typer()

Name = Annotated[str, typer.Argument(help="The name of somebody of the desk.")]
Member_ = Annotated[str, typer.Argument(metavar="NAME=ROLE,…", help="A name and what they do: Ada=editor,publisher.")]
On = Annotated[
    datetime | None, typer.Option("--on", formats=["%Y-%m-%d"], help="The day from which; today unless given.")
]


@app.command()
def join(member: Member_, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Take somebody into the desk. Asks for your passphrase, shares of the root, and theirs."""
    from farbank.vault import Member, people

    new = as_member(member)
    with open_desk(desk, person) as opened:
        root = _root()
        people.join(opened, Member(new.name, ask_new(new.name), new.roles), root)
    told = f"{new.name} is of the desk. Older profiles are handed on with farbank desk hand-on."
    answer(json, {"person": new.name, "roles": new.roles}, told)


@app.command()
def leave(name: Name, on: On = None, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Take every key of somebody away, and replace what they could open."""
    from farbank.vault import people

    with open_desk(desk, person) as opened:
        people.leave(opened, name, _root(), on=_day(on))
    told = f"{name} opens nothing here any more. What they copied before they may still have."
    answer(json, {"person": name, "roles": ()}, told)


@app.command()
def roles(member: Member_, on: On = None, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Give somebody other roles, and the keys that go with them."""
    from farbank.vault import people

    changed = as_member(member)
    with open_desk(desk, person) as opened:
        people.change_roles(opened, changed.name, changed.roles, _root(), on=_day(on))
    told = f"{changed.name} is {', '.join(changed.roles)} now."
    answer(json, {"person": changed.name, "roles": changed.roles}, told)


@app.command()
def passphrase(
    of: Annotated[str | None, typer.Option(help="Somebody who lost theirs; takes shares of the root.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Change your passphrase, or give somebody who lost theirs a new one."""
    from farbank.vault import people, ways

    with open_desk(desk, person) as opened:
        if of is None:
            ways.change_passphrase(opened, ask_new(f"{opened.person}, the new one"))
        else:
            root = _root()
            people.give_passphrase(opened, of, ask_new(of), root)
    told = f"The passphrase of {of or person} is changed. An older copy of the keyring still opens with the old one."
    answer(json, {"person": of or person, "changed": True}, told)


@app.command("rotate-key")
def rotate_key(on: On = None, desk: DeskFolder = None, person: Person = None, json: Json = False) -> None:
    """Have the desk sign with a new key; what the old one signed before still counts."""
    from farbank.vault import rotation

    with open_desk(desk, person) as opened:
        key = rotation.rotate(opened, _root(), since=_day(on)).signing.hex()
    _say_key(key, json)


@app.command("revoke-key")
def revoke_key(
    key: Annotated[str, typer.Argument(help="The public key, 64 hexadecimal digits.")],
    on: On = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Declare that nothing this key signs counts from a day on; if it is the key in use, the desk gets a new one."""
    from farbank.vault import rotation

    try:
        named = bytes.fromhex(key)
    except ValueError:
        raise typer.BadParameter(f"{key}: expected 64 hexadecimal digits") from None
    with open_desk(desk, person) as opened:
        now = rotation.revoke(opened, _root(), named, on=_day(on)).signing.hex()
    _say_key(now, json)


@app.command()
def keys(desk: DeskFolder = None, json: Json = False) -> None:
    """Print desk.json: every key the desk signed with, under its root, for readers. Takes no passphrase."""
    from farbank.publish import desk_keys
    from farbank.vault import keyring

    if desk is None:
        raise typer.BadParameter("name the desk: --desk FOLDER")
    ring = keyring.read(desk)
    sys.stdout.write(desk_keys.encode(ring.published).decode())


@app.command()
def recover(
    folder: Annotated[Path, typer.Argument(help="The desk's folder.")],
    member: Annotated[
        str, typer.Argument(metavar="NAME[=ROLE,…]", help="Who is let in; a colleague keeps their roles.")
    ],
    json: Json = False,
) -> None:
    """Let somebody into a recoverable desk that nobody can open, with shares of its root."""
    from farbank.vault import Member, keyring, recovery

    name, _, given = member.partition("=")
    known = keyring.read(folder).roster.colleague(keyring.spelt(name))
    if not given and known is None:
        raise typer.BadParameter(f"{name} is not of this desk: say what they are to do, as in {name}=safety-officer")
    new = as_member(member) if given else as_member(f"{name}={','.join(known.roles if known else ())}")
    shares = _shares()
    recovery.recover(folder, shares, Member(new.name, ask_new(new.name), new.roles))
    answer(json, {"person": new.name, "roles": new.roles}, f"{new.name} can open the desk again.")


@app.command()
def shares(
    split: Annotated[str, typer.Argument(metavar="K-of-N", help="How many shares are needed, of how many: 2-of-3.")],
    qr: Annotated[Path | None, typer.Option(help="A new folder for the same as QR codes, to be printed.")] = None,
    json: Json = False,
) -> None:
    """Split the root into other shares. The old ones stay valid: burn the paper."""
    from farbank import whole
    from farbank.desk.root_shares import shares as split_root
    from farbank.vault import words

    wanted = _scheme(split)
    printed = split_root(_root(), wanted)
    if qr is not None:
        with whole.folder(qr) as building:
            for number, share in enumerate(printed, 1):
                (building / f"share-{number}.svg").write_text(words.qr(share))
    if json:
        as_json({"needed": wanted.needed, "shares": printed})
    else:
        _show(printed, wanted.needed)


@app.command("hand-on")
def hand_on(
    name: Name,
    agreeing: Annotated[str | None, typer.Option("--with", help="Who is to agree; makes the proposal.")] = None,
    act: Annotated[str | None, typer.Option(help="The proposal that was agreed to; carries it out.")] = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Let somebody take part in opening profiles that are older than they: propose, have it agreed to, carry out."""
    from farbank.vault import case_store
    from farbank.vault import hand_on as handing

    if (agreeing is None) == (act is None):
        raise typer.BadParameter("say --with NAME to propose it, or --act ID to carry out what was agreed to")
    with open_desk(desk, person) as opened:
        handlers = case_store.handlers_by_profile(opened)
        if agreeing is not None:
            id = handing.propose(opened, name, agreeing, f"so that {name} takes part", handlers)
            told = f"Proposed as {id}. Once {agreeing} has agreed: farbank desk hand-on {name} --act {id}"
            answer(json, {"act": id}, told)
        elif act is not None:
            done = handing.carry_out(opened, act, handlers)
            answer(json, {"profiles": done}, f"{name} now takes part in opening {done} profiles.")


@app.command()
def renew(
    older: Annotated[Path, typer.Argument(help="The folder of a desk that an older farbank made.")],
    folder: Annotated[Path, typer.Argument(help="A folder that is empty or new, for the desk as it is kept now.")],
    member: Annotated[list[str], typer.Option("--member", help="NAME=ROLE,…; once per person.")],
    person: Person = None,
    split: Annotated[str, typer.Option("--root", help="How the new root is split: K-of-N.")] = "2-of-3",
    recoverable: Annotated[
        bool, typer.Option(help="The root opens everything; choose it only if it is split.")
    ] = False,
    json: Json = False,
) -> None:
    """Move a desk that an older farbank made; the old folder stays as it is, for you to destroy."""
    from farbank import whole
    from farbank.desk.root_shares import shares as split_root
    from farbank.vault import Member
    from farbank.vault import older as before

    if person is None:
        raise typer.BadParameter("name yourself, as the older desk knows you: --as NAME")
    unasked = [as_member(each) for each in member]
    whole.assert_free(folder)
    wanted = _scheme(split)
    read = before.read(older, person, ask(person))
    people = [Member(each.name, ask_new(each.name), each.roles) for each in unasked]
    founded = before.move(read, folder, people, by=person, since=date.today(), recoverable=recoverable)
    shares = split_root(founded.root, wanted)
    if json:
        as_json({"folder": str(folder), "key": founded.key.hex(), "needed": wanted.needed, "shares": shares})
        return
    _show(shares, wanted.needed)
    sentence(f"The desk is in {folder}. It has a new public key: {founded.key.hex()}")


def _scheme(split: str) -> Scheme:
    from farbank.desk.root_shares import scheme

    try:
        return scheme(split)
    except ValueError:
        raise typer.BadParameter(f"{split}: write it as 2-of-3; two or more of up to sixteen, or 1-of-1") from None


def _show(shares: Sequence[str], needed: int) -> None:
    for number, share in enumerate(shares, 1):
        sentence(f"Share {number} of {len(shares)}, {needed} of which are needed: {share}")
    sentence("They are shown this once. Write each on paper of its own, for people who live apart.")


def _say_key(key: str, json: bool) -> None:
    if json:
        as_json({"key": key})
    else:
        sentence(f"The desk signs with {key}. Publish the new list of its keys: farbank desk keys")


def _day(given: datetime | None) -> date:
    return date.today() if given is None else given.date()


def as_member(entry: str) -> Member:
    """Somebody and what they do, from NAME=ROLE,…; without a passphrase."""
    from farbank.vault import Member

    name, _, roles = entry.partition("=")
    try:
        return Member(name, "", tuple(filter(None, roles.split(","))))  # type: ignore[arg-type]
    except ValueError as error:
        raise typer.BadParameter(f"{entry}: {error}, as in NAME=editor,publisher") from None


def _root() -> Secret:
    from farbank.vault import words

    return words.join(_shares())


def _shares() -> list[str]:
    from farbank.vault import words

    typed = [ask_share(1)]
    while len(typed) < words.needed(typed[0]):
        typed.append(ask_share(len(typed) + 1))
    return typed
