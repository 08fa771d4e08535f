"""File a case: reduce every exact profile to its block, list what must never be printed, put identities aside."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import msgspec
from nacl.utils import random

from farbank import country
from farbank.country.pack import Pack
from farbank.model import codec
from farbank.model.case import Case
from farbank.model.errors import UnknownPlace
from farbank.model.people import Facts, Identity, Person
from farbank.model.places import PlaceId
from farbank.protect import forbidden, partition, population
from farbank.protect.forbidden import Forbidden


class Filed(msgspec.Struct, frozen=True):
    """A case as content keeps it: blocks instead of profiles, no identities, and the keyed list for the byte gate."""

    case: Case
    forbidden: Forbidden


def file_case(case: Case) -> Filed:
    """Reduce `case` to what content may know.

    Every person of every chain gets the block of their profile; somebody without a profile keeps the block the case
    declares, or none, and then the gate stays closed. Raises UnknownPlace naming where the place is used.
    """
    pack = country.overlay(country.load(case.country), case.places)
    _check_places(case, pack)
    profiles = {identity.id: identity for identity in case.identities}
    persons = tuple(_reduced(person, profiles.get(person.id), pack, case.desk.threshold) for person in _people(case))
    listed = forbidden.listing(forbidden.spellings(case.identities, pack.gazetteer), random(32))
    return Filed(content_of(msgspec.structs.replace(case, persons=persons)), listed)


def content_of(case: Case) -> Case:
    """The case without identities, and without the invented places that only identities speak of."""
    content = msgspec.structs.replace(case, identities=())
    parents = {place.id: place.parent for place in case.places}
    spoken: set[PlaceId] = set()
    for _, place in _places(content):
        around: PlaceId | None = place
        while around in parents:
            spoken.add(around)
            around = parents[around]
    return msgspec.structs.replace(content, places=tuple(place for place in case.places if place.id in spoken))


def _people(case: Case) -> Iterator[Person]:
    """Everyone in a chain and every partner, each once, with what the case declares of them."""
    declared = {person.id: person for person in case.persons}
    handles = [partner.handle for partner in case.partners]
    in_chains = [person for chain in case.chains for person in chain.people]
    for name in dict.fromkeys([*handles, *in_chains, *declared]):
        yield declared.get(name, Person(id=name))


def _reduced(person: Person, identity: Identity | None, pack: Pack, threshold: int) -> Person:
    if identity is None:
        return person
    return Person(id=person.id, block=partition.block(identity.profile, fitted(pack), threshold))


@lru_cache(maxsize=4)
def fitted(pack: Pack) -> population.Population:
    """The population of a pack, fitted once in a process."""
    return population.fit(pack.population)


def _check_places(case: Case, pack: Pack) -> None:
    for where, place in _places(case):
        try:
            pack.gazetteer.place(place)
        except UnknownPlace as error:
            raise UnknownPlace(f"{where}: {error}") from None


def _places(case: Case) -> Iterator[tuple[str, PlaceId]]:
    yield from ((f"claim {claim.id}", claim.place) for claim in case.claims)
    yield from ((f"chain {chain.id}", chain.place) for chain in case.chains if chain.place is not None)
    yield from ((f"picture {picture.id}", picture.place) for picture in case.pictures)
    groups: list[tuple[str, Facts]] = [(f"audience {audience.id}", audience.group) for audience in case.audiences]
    groups += [(f"person {identity.id} (persons.toml)", identity.profile) for identity in case.identities]
    yield from ((where, facts["place"].partition("/")[0]) for where, facts in groups if "place" in facts)


def encode_forbidden(listed: Forbidden) -> bytes:
    """The byte gate's list as the vault keeps it."""
    return codec.to_json(listed)


def decode_forbidden(data: bytes) -> Forbidden:
    """The byte gate's list as it was filed."""
    return codec.from_json(data, Forbidden, "forbidden")
