"""What a verdict rests on, kept so that it can be found again, and the finding again."""

from __future__ import annotations

import dataclasses
import hashlib
import math
from collections.abc import Iterator
from pathlib import Path

import msgspec

from farbank import whole
from farbank.desk.drafts import drafts_of
from farbank.desk.errors import NoRecord
from farbank.desk.file_case import Filed, fitted
from farbank.desk.shield import SEED, Shielded, shield
from farbank.model import codec
from farbank.model.exposure import Counted, Record
from farbank.model.releases import prefix_hash

NEAR = 1e-6
"""Sizes this near are the same: another processor adds the same numbers up in another order."""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """Whether the same verdict was found again; `differs` names what is not as recorded."""

    holds: bool
    differs: tuple[str, ...]


def record(filed: Filed, shielded: Shielded) -> Record:
    """What the verdicts on a story rest on."""
    released = filed.releases or ()
    return Record(
        case=filed.case.name,
        on=filed.case.close,
        seed=SEED,
        threshold=filed.case.desk.threshold,
        population=fitted(filed.pack).hash,
        ledger=prefix_hash(released),
        releases=len(released),
        disclosures=hashlib.sha256(codec.to_json(shielded.disclosures)).hexdigest(),
        persons=tuple(
            Counted(
                person=wording.person,
                facts=wording.facts,
                size=wording.exposure.size,
                verdict=wording.exposure.verdict,
            )
            for wording in shielded.wordings
        ),
    )


def read(file: Path) -> Record:
    """Read a record. Raises NoRecord, DecodeError."""
    try:
        return codec.from_json(file.read_bytes(), Record, str(file))
    except FileNotFoundError:
        raise NoRecord(f"there is no record at {file}; name what `farbank protect show --record` wrote") from None


def write(record: Record, file: Path) -> None:
    """Write a record, whole or not at all, readable by its owner only."""
    whole.file(file, codec.to_json(record))


def verify(filed: Filed, kept: Record) -> Verified:
    """Find the verdict again from the same part of the ledger, and compare."""
    before = None if filed.releases is None else filed.releases[: kept.releases]
    as_then = dataclasses.replace(filed, releases=before)
    differs = tuple(_differences(kept, record(as_then, shield(as_then, drafts_of(filed.case)))))
    return Verified(holds=not differs, differs=differs)


def _differences(kept: Record, found: Record) -> Iterator[str]:
    for field in Record.__struct_fields__:
        if field != "persons" and getattr(kept, field) != getattr(found, field):
            yield field
    now = {counted.person: counted for counted in found.persons}
    for each in kept.persons:
        there = now.pop(each.person, None)
        if there is None or not _same(each, there):
            yield f"verdict on {each.person}"
    yield from (f"{person} is not in the record" for person in now)


def _same(one: Counted, other: Counted) -> bool:
    ends = zip(msgspec.structs.astuple(one.size), msgspec.structs.astuple(other.size), strict=True)
    near = all(math.isclose(a, b, rel_tol=NEAR, abs_tol=NEAR) for a, b in ends)
    return near and (one.facts, one.verdict) == (other.facts, other.verdict)
