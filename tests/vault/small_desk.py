"""A desk of four with cheap keys, and one invented case with two people in it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from farbank import vault
from farbank.model import codec
from farbank.model.case import Case

CHEAP = vault.Cost(passes=1, memory=8192)
OFFICER, EDITOR, HANDLER, PAYMASTER = "Ines Okafor", "박서윤", "Tomas Lindqvist", "Mirea Holub"
WORDS = {
    OFFICER: "seven grey herons wade",
    EDITOR: "강가의 조약돌 여섯 개",
    HANDLER: "lamp under the bridge",
    PAYMASTER: "nine coins in a jar",
}
ROLES: dict[str, tuple[vault.Role, ...]] = {
    OFFICER: ("safety-officer",),
    EDITOR: ("editor",),
    HANDLER: ("handler",),
    PAYMASTER: ("paymaster",),
}


def found(folder: Path) -> vault.Founded:
    members = [vault.Member(name, WORDS[name], ROLES[name]) for name in ROLES]
    return vault.create(folder, members, since=date(2031, 1, 1), cost=CHEAP)


def enter(folder: Path, name: str) -> vault.Vault:
    return vault.open(folder, name, WORDS[name])


def case(name: str = "mill-order") -> Case:
    empty = ("audiences", "disclosures", "record", "chains", "claims", "evidence", "coincidences", "statements")
    given = {
        **{key: [] for key in (*empty, "searches", "pictures", "places")},
        "name": name,
        "country": "qz",
        "desk": {"name": {"en": "The Weir"}, "byline": {"en": "The Weir's desk"}},
        "close": date(2031, 7, 19),
        "languages": ["en"],
        "partners": [{"handle": "wren", "language": "en"}],
        "persons": [{"id": "wren"}, {"id": "stoat"}],
        "contacts": [{"id": "c1", "partner": "wren", "when": "2031-07-02", "channel": "call"}],
        "reports": [{"id": "r1", "contact": "c1", "language": "en", "text": "They closed the mill."}],
        "media": {"mill.png": b"\x89PNG not really"},
        "stories": {"en": "The mill closed."},
        "identities": [
            {"id": "wren", "profile": {"place": "qz:north"}, "spellings": ["Orla Fenwick"]},
            {"id": "stoat", "profile": {"place": "qz:north"}},
        ],
    }
    return codec.convert(given, Case, "invented")
