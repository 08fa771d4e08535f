"""A desk with cheap keys, and an invented case that uses every part a case has."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from nacl.signing import SigningKey

from farbank import vault
from farbank.model import codec
from farbank.model.case import Case
from farbank.vault import case_store, identities, sign_off
from farbank.vault.identities import Private

CHEAP = vault.Cost(passes=1, memory=8192)
LEAD, EDITOR, HANDLER = "Ines Okafor", "박서윤", "Tomas Lindqvist"
WORDS = {LEAD: "seven grey herons wade", EDITOR: "강가의 조약돌 여섯 개", HANDLER: "lamp under the bridge"}
ROLES: dict[str, tuple[vault.Role, ...]] = {LEAD: ("safety-officer",), EDITOR: ("editor",), HANDLER: ("handler",)}
SINCE = date(2031, 1, 1)

INVENTED = {
    "name": "mill-order",
    "country": "qz",
    "desk": {"name": {"en": "The Weir"}, "byline": {"en": "The Weir's desk"}},
    "close": date(2031, 7, 19),
    "languages": ["en"],
    "partners": [{"handle": "wren", "language": "en"}],
    "persons": [{"id": "wren", "block": {"place": "qz:north"}}, {"id": "stoat"}],
    "audiences": [{"id": "clerks", "name": {"en": "clerks"}, "group": {"place": "case:millford"}}],
    "disclosures": [{"id": "line", "text": {"en": "By phone."}, "facts": {"place": "qz"}}],
    "places": [
        {"id": "case:upper", "level": 2, "type": "county", "parent": "qz:north", "names": {"en": "Upper"}},
        {"id": "case:hidden-mill", "level": 3, "type": "town", "parent": "case:upper", "names": {"en": "Hidden Mill"}},
        {"id": "case:millford", "level": 2, "type": "city", "parent": "qz:north", "names": {"en": "Millford"}},
        {"id": "case:mill", "level": 3, "type": "town", "parent": "case:millford", "names": {"en": "Mill"}},
    ],
    "record": [{"id": "session", "name": {"en": "the session"}, "when": "2031-06"}],
    "contacts": [{"id": "c1", "partner": "wren", "when": "2031-07-02", "channel": "call", "minutes": 4.5}],
    "reports": [{"id": "r1", "contact": "c1", "language": "en", "text": "They closed the mill."}],
    "chains": [
        {"id": "k1", "hops": [{"who": "person:wren", "how": "was-told", "source": "person:stoat"}], "reports": ["r1"]}
    ],
    "claims": [
        {
            "id": "closed",
            "kind": "event",
            "text": {"en": "The mill closed"},
            "place": "case:millford",
            "when": "2031-06~",
            "chains": ["k1"],
        }
    ],
    "evidence": [{"claim": "closed", "kind": "report", "ref": "r1", "bearing": "supports"}],
    "coincidences": [{"a": "person:wren", "b": "person:stoat", "probability": 0.25}],
    "statements": [
        {"id": "s1", "outlet": "qz-daily", "language": "en", "published": "2031-06-19", "text": {"en": "All is well"}}
    ],
    "searches": [],
    "pictures": [],
    "media": {"mill.png": b"\x89PNG not really", "weir.png": b"\x89PNG neither"},
    "stories": {"en": "---\nshow: {wren: [place]}\n---\nThe mill closed. [@closed]"},
    "identities": [
        {"id": "wren", "profile": {"place": "case:hidden-mill", "occupation": "miller"}, "spellings": ["Orla Fenwick"]},
        {"id": "stoat", "profile": {"place": "case:mill"}},
    ],
}


@pytest.fixture
def case() -> Case:
    return codec.convert(INVENTED, Case, "invented")


@pytest.fixture(scope="session")
def members() -> list[vault.Member]:
    return [vault.Member(name, WORDS[name], ROLES[name]) for name in ROLES]


@pytest.fixture
def founded(tmp_path: Path, members: list[vault.Member]) -> vault.Founded:
    """The root and the public key of the desk in `desk`."""
    return vault.create(tmp_path / "desk", members, since=SINCE, cost=CHEAP)


@pytest.fixture
def desk(tmp_path: Path, founded: vault.Founded) -> Path:
    return tmp_path / "desk"


@pytest.fixture
def enter(desk: Path) -> Callable[[str], vault.Vault]:
    """Open the desk as one of its people: enter(LEAD)."""
    return lambda name: vault.open(desk, name, WORDS[name])


@pytest.fixture
def desk_key(enter: Callable[[str], vault.Vault]) -> SigningKey:
    """The key the desk signs with, as two people get it: the officer proposes a release and the editor agrees."""
    with enter(LEAD) as one:
        act = sign_off.propose(one, "release", "an edition", "it is ready")
    with enter(EDITOR) as other:
        sign_off.agree(other, act)
        return sign_off.signing_key(other, act)


@pytest.fixture
def opened_by_two(enter: Callable[[str], vault.Vault]) -> Callable[[str], tuple[Private, ...]]:
    """The sealed profiles of a case, as the officer opens them once the editor has agreed."""

    def opened(name: str) -> tuple[Private, ...]:
        with enter(LEAD) as officer:
            sealed = case_store.people(officer, name)
            keys = tuple(each.about for each in sealed)
            act = sign_off.propose(officer, "open-identity", name, "to check a place", keys=keys)
            with enter(EDITOR) as other:
                sign_off.agree(other, act)
            return tuple(identities.open(officer, each, act) for each in sealed)

    return opened


@pytest.fixture(scope="session")
def lead() -> str:
    """The safety officer."""
    return LEAD


@pytest.fixture
def editor() -> str:
    return EDITOR


@pytest.fixture
def handler() -> str:
    """Who speaks with partners, and is assigned none."""
    return HANDLER


@pytest.fixture(scope="session")
def words() -> dict[str, str]:
    return WORDS


@pytest.fixture(scope="session")
def cheap() -> vault.Cost:
    return CHEAP


@pytest.fixture(scope="session")
def since() -> date:
    """The day the desk began to sign."""
    return SINCE
