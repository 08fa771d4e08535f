"""Affairs whose outcome is known: how many origins stood behind how many voices, and what the desk would have said.

Synthetic siblings (`known/affairs.toml`: invented people and outlets, the shape of who told whom kept) of five resolved
affairs and a currency exchange: three dead who reappeared, one of them in a picture of state media, a satirical post
gone round the world, an operation that an official's remark seemed to confirm (E26 to E28). What a reader counts is
voices; what counts is origins.

Keys: right (affairs whose sure origins and standing, before and after, are as expected), affairs (how many there are);
`table` (voices; origins, sure; several, how likely there are two or more; standing before it was resolved, and once
what `later` came was in; came_out).
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from bench import Report, Row
from farbank import country
from farbank.model import codec
from farbank.model.chains import Chain, Coincidence, Seed
from farbank.model.claims import Claim, Evidence
from farbank.model.dates import When
from farbank.model.findings import Finding, Standing
from farbank.verify.find import find

DATA = "."
KNOWN = Path(__file__).parent / "known" / "affairs.toml"
DAY = date(2031, 3, 1)


class Expected(msgspec.Struct, frozen=True):
    """What must come out."""

    origins: int
    standing: Standing
    later: Standing


class Affair(msgspec.Struct, frozen=True):
    """What was told, what came later, and how it came out; `picture` says that a picture contradicted it."""

    id: str
    title: str
    came_out: str
    expected: Expected
    chains: tuple[Chain, ...]
    later: tuple[Chain, ...] = ()
    seeds: tuple[Seed, ...] = ()
    coincidences: tuple[Coincidence, ...] = ()
    picture: bool = False


class Affairs(msgspec.Struct, frozen=True):
    """The file."""

    affairs: tuple[Affair, ...]


def run(data: Path, *, quick: bool = False) -> Report:
    """Find each; `data` and `quick` change nothing."""
    rows, right = [], 0
    for affair in read():
        before, after = judged(affair)
        found = Expected(before.origins, before.standing, after.standing)
        right += found == affair.expected
        rows.append(_row(affair, before, after))
    return {"right": right, "affairs": len(rows), "table": rows}


def read() -> tuple[Affair, ...]:
    """The known affairs."""
    return codec.from_toml(KNOWN.read_bytes(), Affairs, KNOWN.name).affairs


def judged(affair: Affair) -> tuple[Finding, Finding]:
    """What is found before an affair is resolved, and after."""
    picture = [Evidence(claim="affair", kind="picture", ref="concert", bearing="contradicts")] if affair.picture else []
    return _found(affair, affair.chains, []), _found(affair, (*affair.chains, *affair.later), picture)


def _found(affair: Affair, chains: tuple[Chain, ...], evidence: list[Evidence]) -> Finding:
    claim = Claim(
        id="affair",
        kind="event",
        text={"en": affair.title},
        place="kp",
        when=When(DAY.isoformat()),
        chains=tuple(chain.id for chain in chains),
    )
    return find(
        claim,
        {chain.id: chain for chain in chains},
        (),
        country.load("kp").gazetteer,
        DAY,
        coincidences=affair.coincidences,
        evidence=evidence,
        seeds=affair.seeds,
    )


def _row(affair: Affair, before: Finding, after: Finding) -> Row:
    return {
        "affair": affair.id,
        "voices": len(affair.chains),
        "origins": before.origins,
        "several": round(sum(before.origins_p[2:]), 3),
        "standing": before.standing,
        "later": after.standing,
        "came_out": affair.came_out,
    }
