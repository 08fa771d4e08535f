"""Where backups of the desk are, and which of them still hold keys of what was burned since."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import msgspec
from sqlalchemy import func, select

from farbank.model import codec
from farbank.vault.compartments import Compartment
from farbank.vault.schema import record
from farbank.vault.store import Vault

PLACE, PROOF = "backup-place", "backup-proof"


class Noted(msgspec.Struct, frozen=True, kw_only=True):
    """When a compartment was backed up to a place, and the number of the last change in it."""

    made: datetime
    changed: int


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """A place, when each compartment was last backed up to it, and those for which it still holds burned keys."""

    place: str
    made: dict[Compartment, datetime]
    holds_burned: tuple[Compartment, ...]


def note(opened: Vault, place: Path, marks: Mapping[Compartment, Mapping[str, int]]) -> None:
    """Write down that a backup was made."""
    with opened.transaction():
        for compartment, at in marks.items():
            if "record" in at:
                opened.put(
                    compartment, PLACE, str(place.resolve()), Noted(made=datetime.now(UTC), changed=at["record"])
                )
        opened.note("backed up", note=", ".join(marks))


def note_proof(opened: Vault, place: Path, proof: bytes) -> None:
    """Write down, where only those who hold what this person does can read it, what of a place was proved."""
    opened.put(_home(opened), PROOF, _proof_of(opened, place.resolve()), proof)


def proof(opened: Vault, place: Path) -> bytes | None:
    """What this person noted of a place, None if nothing."""
    home, name = _home(opened), _proof_of(opened, place.resolve())
    return opened.get(home, PROOF, name) if name in opened.ids(home, PROOF) else None


def places(opened: Vault) -> tuple[Place, ...]:
    """Every place a backup was made to, as far as the compartments this person holds tell.

    Copies somebody made of a place are not known here: what they hold stays there until they are destroyed.
    """
    made: dict[str, dict[Compartment, datetime]] = {}
    burned: dict[str, list[Compartment]] = {}
    for compartment in opened.compartments:
        if compartment in ("ledger", "audit"):
            continue
        last = _last_burned(opened, compartment)
        for place, body in opened.all(compartment, PLACE).items():
            noted = codec.from_json(body, Noted, place)
            made.setdefault(place, {})[compartment] = noted.made
            if noted.changed < last:
                burned.setdefault(place, []).append(compartment)
    return tuple(
        Place(place=place, made=when, holds_burned=tuple(burned.get(place, ()))) for place, when in sorted(made.items())
    )


def destroyed(opened: Vault, place: str) -> None:
    """Say that a place is no more, so that it is not listed."""
    with opened.transaction():
        for compartment in opened.compartments:
            if compartment not in ("ledger", "audit"):
                opened.delete(compartment, PLACE, place)
                opened.delete(compartment, PROOF, _proof_of(opened, Path(place)))
        opened.note("backup destroyed")


def _home(opened: Vault) -> Compartment:
    return next(each for each in opened.compartments if each not in ("ledger", "audit"))


def _proof_of(opened: Vault, place: Path) -> str:
    return f"{opened.person}/{place}"


def _last_burned(opened: Vault, compartment: Compartment) -> int:
    with opened.records(compartment) as file:
        return file.scalar(select(func.max(record.c.changed)).where(record.c.gone == "erased")) or 0
