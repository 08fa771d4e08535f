"""Everything the desk ever published: read from its ledger or a file, and entered where it got out another way."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from farbank import country, vault
from farbank.desk.errors import NoLedger, UnknownRelease
from farbank.desk.file_case import Filed
from farbank.intake import strict
from farbank.model import codec
from farbank.model.releases import Release


def releases(opened: vault.Vault) -> tuple[Release, ...]:
    """Everything the desk ever published, unconfirmed releases included. Raises CompartmentClosed."""
    return tuple(codec.from_json(entry.body, Release, f"ledger entry {entry.sequence}") for entry in opened.released())


class _Ledger(msgspec.Struct, frozen=True):
    releases: tuple[Release, ...]


def enter(opened: vault.Vault, ledger: Path, country_id: str = "kp") -> tuple[Release, ...]:
    """Enter in the desk's ledger what got out by another way: a talk, a caption, a price table; all of it or nothing.

    What is entered stays, so that it is held against the country pack first. Raises NoLedger, DecodeError,
    UnknownRelease, AlreadyInLedger, CompartmentClosed.
    """
    told = read_ledger(ledger)
    population = country.load(country_id).population
    nodes = {axis.id: axis.nodes for axis in population.axes}
    for release in told:
        _check(release, nodes, {satellite.id for satellite in population.satellites})
    with opened.transaction():
        for release in told:
            body = codec.to_json(release)
            opened.ledger_append(vault.LedgerEntry(kind="elsewhere", edition=release.edition, body=body))
    return told


def _check(release: Release, nodes: Mapping[str, frozenset[str]], satellites: set[str]) -> None:
    for one in release.people:
        groups = [group for audience in one.audiences for group in (audience.group, audience.sure)]
        for axis, node in (
            pair for facts in (*one.facts, one.described, *one.alike, *groups) for pair in facts.items()
        ):
            if node not in nodes.get(axis, ()):
                raise UnknownRelease(
                    f"{release.edition}: the country pack knows no {axis}={node}; correct it and enter again"
                )
        for satellite in {*one.satellites} - satellites:
            raise UnknownRelease(
                f"{release.edition}: the country pack knows no {satellite}; correct it and enter again"
            )


def held_against(filed: Filed, ledger: Path) -> Filed:
    """The case with everything published before, read from a file. Raises NoLedger, DecodeError."""
    return dataclasses.replace(filed, releases=read_ledger(ledger))


def read_ledger(ledger: Path) -> tuple[Release, ...]:
    """The releases in a file; a key nobody knows is an error. Raises NoLedger, DecodeError."""
    try:
        value = msgspec.json.decode(ledger.read_bytes(), type=dict[str, Any])
    except (OSError, msgspec.DecodeError):
        raise NoLedger(f"{ledger} is no ledger; give what `farbank protect ledger --json` printed") from None
    return strict.decode({key: value[key] for key in value if key != "hash"}, _Ledger, str(ledger)).releases
