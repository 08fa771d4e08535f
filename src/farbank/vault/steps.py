"""The steps of every edition on its way to readers: only ever added to, each signed by whoever took it.

They lie in one log a story, so that machines that were apart join them by union; each is known by a hash of all it
says.
"""

from __future__ import annotations

from hashlib import blake2b

import msgspec

from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.model.steps import Event, Step, StepId
from farbank.model.text import Slug
from farbank.vault.case_store import CASE, ORIGINALS, STEPS, names
from farbank.vault.errors import NoSuchRecord
from farbank.vault.roles import Role
from farbank.vault.roster import Colleague
from farbank.vault.store import LOG_KEY, Vault

_DOMAIN = b"farbank step 1\n"
_DESK: frozenset[Role] = frozenset({"editor", "verification-lead", "safety-officer", "publisher"})
_MAY: dict[Event, frozenset[Role]] = {
    "clear": frozenset({"safety-officer"}),
    "kill": frozenset({"editor", "safety-officer", "publisher"}),
}
"""Who may take a step that not everybody who reads all of the desk's may."""


class Signed(msgspec.Struct, frozen=True, kw_only=True):
    """A step as it lies there: its bytes, and the signature over them."""

    body: bytes
    signature: bytes


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """The steps of one story whose signatures hold, and a sentence on each entry that is none."""

    steps: dict[StepId, Step]
    forged: tuple[str, ...] = ()


def add(vault: Vault, story: Slug, step: Step) -> StepId:
    """Write down a step, signed by this person. Raises CompartmentClosed, NotAssigned, RecordErased."""
    body = codec.to_json(step)
    vault.append("content", f"{STEPS}:{story}", Signed(body=body, signature=vault.secret.sign(_signed(story, body))))
    return _id(story, body)


def kept(vault: Vault, story: Slug) -> Kept:
    """Every step of a story, every signature checked. Raises CompartmentClosed, VaultDamaged.

    One that somebody forged does not stand in the way of all others, so that it is told of and left out.
    """
    steps: dict[StepId, Step] = {}
    forged: list[str] = []
    for number, entry in enumerate(vault.log("content", f"{STEPS}:{story}"), 1):
        step, body = _read(vault, story, entry, f"{STEPS}/{story}/{number}")
        if step is None:
            forged.append(f"entry {number} of the steps of {story} bears no signature of whoever it names")
        else:
            steps[_id(story, body)] = step
    return Kept(steps=steps, forged=tuple(forged))


def stories(vault: Vault) -> tuple[Slug, ...]:
    """Every story a step was ever taken with, and every case on file, by name."""
    begun = (id.partition(":") for id in vault.ids("content", LOG_KEY))
    return tuple(sorted({*names(vault), *(story for topic, _, story in begun if topic == STEPS)}))


def words_of(vault: Vault, story: Slug) -> str:
    """A hash of the case as it stands, its pictures included, and what was decided on it left out; empty without one.

    Whoever clears an edition clears what they read: another place in a chain, or another byline, is another text.
    """
    case, pictures = _held(vault, CASE, story), _held(vault, ORIGINALS, story)
    if case is None:
        return ""
    return blake2b(case + b"\n" + (pictures or b""), person=b"farbank words", digest_size=16).hexdigest()


def refusal(event: Event, who: Colleague, *, handles: bool, wrote: bool) -> str | None:
    """Why somebody may not take a step, None if they may; a kill asks nobody what else they did."""
    roles = _MAY.get(event, _DESK)
    if not roles & {*who.roles}:
        return f"it takes one of: {', '.join(sorted(roles))}"
    if event == "clear" and handles:
        return f"{who.name} speaks with a source it is about; it takes somebody else"
    if event == "clear" and wrote:
        return f"{who.name} wrote it; it takes somebody else"
    return None


def _held(vault: Vault, kind: str, id: str) -> bytes | None:
    try:
        return vault.get("content", kind, id)
    except NoSuchRecord:
        return None


def _read(vault: Vault, story: Slug, entry: bytes, place: str) -> tuple[Step | None, bytes]:
    try:
        signed = codec.from_json(entry, Signed, place)
        step = codec.from_json(signed.body, Step, place)
    except DecodeError:
        return None, b""
    holds = vault.roster.signed(step.by, _signed(story, signed.body), signed.signature)
    return (step if holds else None), signed.body


def _id(story: Slug, body: bytes) -> StepId:
    return blake2b(_signed(story, body), person=b"farbank step", digest_size=16).hexdigest()


def _signed(story: Slug, body: bytes) -> bytes:
    return _DOMAIN + story.encode() + b"\n" + body
