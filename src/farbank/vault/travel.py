"""Notes sealed on a device that can open none: it has one public key, made for one journey, and nothing else.

The key is spelled as age spells it, and a note is an age file, so that the device needs no farbank: any age program
seals to it. No name, handle or address is on the device but what somebody types, and that is nowhere kept.
"""

from __future__ import annotations

import re
from functools import partial
from hashlib import blake2b

import pyrage
from nacl.utils import random
from pyrage import x25519

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.reports import Contact, Report
from farbank.vault import age, burn
from farbank.vault.case_store import partner_scope
from farbank.vault.errors import NoteNotOpened, NoteOnFile
from farbank.vault.keypair import Secret
from farbank.vault.store import Vault

JOURNEY = "journey"
PADDED = 4096
"""Bytes to a multiple of which a note is filled up, so that a sealed one tells little of its length."""

FORM = "partner: HANDLE\nwhen: 2031-07-02\nchannel: call\nlanguage: ko\n\nwhat was said"
_HEAD = ("partner", "when", "channel", "language")


def begin(opened: Vault) -> tuple[str, str]:
    """Make the key of a journey: its name, for the desk, and the public key, for the device. Raises NotAssigned."""
    name, secret = random(4).hex(), Secret.new()
    with opened.transaction():
        opened.put("content", JOURNEY, name, secret.seed)
        opened.note("journey begun", about=name)
    return name, age.recipient(secret.public)


def end(opened: Vault, name: str) -> None:
    """Erase the key of a journey: notes not opened by now are lost, wherever they lie. Raises NoSuchRecord."""
    with opened.transaction():
        opened.get("content", JOURNEY, name)
        opened.erase("content", JOURNEY, name)
        burn.mark(opened, "content")
        opened.note("journey over", about=name)
    opened.after_commit(partial(burn.purge, opened))


def seal(text: str, key: str) -> bytes:
    """A note sealed to a journey's key. Raises DecodeError if it would not be read at home, ValueError for no key."""
    read(text)
    data = text.strip().encode() + b"\n"
    try:
        to = x25519.Recipient.from_str(key.strip())
    except pyrage.RecipientError:
        raise ValueError("this is no key of a journey; it begins with age1") from None
    return bytes(pyrage.encrypt(data + b"\n" * (-len(data) % PADDED), [to]))


def open(opened: Vault, sealed: bytes) -> tuple[Contact, Report]:
    """Open a note with whichever journey's key fits and file it under its partner's scope.

    Raises NoteNotOpened, DecodeError, NotAssigned for a partner nobody speaks with, NoteOnFile.
    """
    data = next((found for found in (age.open(sealed, each) for each in _journeys(opened)) if found is not None), None)
    if data is None:
        raise NoteNotOpened("no journey's key opens this note: it was cut or altered, or its journey is over")
    id = f"note-{blake2b(sealed, digest_size=8).hexdigest()}"
    contact, report = read(data.decode("utf-8", "replace"), id)
    scope = partner_scope(contact.partner)
    with opened.transaction():
        if id in opened.ids("content", "report"):
            raise NoteOnFile(f"this note was opened before and is on file as {id}")
        opened.put("content", "contact", id, contact, scope=scope)
        opened.put("content", "report", id, report, scope=scope)
        opened.note("note opened", about=id)
    return contact, report


def read(text: str, id: str = "note") -> tuple[Contact, Report]:
    """The contact and the report a note tells of. Raises DecodeError naming the line."""
    head, _, said = re.sub(r"\r\n?", "\n", text).strip().partition("\n\n")
    told: dict[str, str] = {}
    for number, line in enumerate(head.splitlines(), 1):
        name, colon, value = (part.strip() for part in line.partition(":"))
        if not colon or name not in _HEAD or name in told:
            raise DecodeError(
                "note", f"line {number}", f"expected one of {', '.join(_HEAD)}, each once, as in {FORM!r}"
            )
        told[name] = value
    missing = [name for name in _HEAD if name not in told]
    if missing or not said.strip():
        raise DecodeError("note", "", f"it lacks {', '.join(missing) or 'a text after an empty line'}")
    contact = {"id": id, **{name: told[name] for name in ("partner", "when", "channel")}}
    report = {"id": id, "contact": id, "language": told["language"], "text": said.strip()}
    return codec.convert(contact, Contact, "note"), codec.convert(report, Report, "note")


def _journeys(opened: Vault) -> list[Secret]:
    return [Secret(seed) for seed in opened.all("content", JOURNEY).values()]
