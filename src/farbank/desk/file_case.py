"""File a case: reduce every exact profile to its block, list what must never be printed, put identities aside."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path

import msgspec
from nacl.utils import random

from farbank import country
from farbank.country.pack import Pack
from farbank.desk.errors import AudienceUncounted, InventedTooWide, WrongPack
from farbank.model import codec
from farbank.model.case import Case
from farbank.model.corrections import Issued
from farbank.model.errors import UnknownPlace
from farbank.model.exposure import Lift
from farbank.model.people import Audience, Facts, Identity, Person, Record
from farbank.model.places import Place, PlaceId
from farbank.model.releases import Release
from farbank.model.story import UNKNOWN, ToldBefore
from farbank.model.text import Slug
from farbank.protect import forbidden, partition, population
from farbank.protect.forbidden import Forbidden
from farbank.protect.spelled import spelled
from farbank.publish.grain import printable
from farbank.verify.credence.learned import Outcome

SHORTEST = 4
"""Letters a code word needs to be told from ordinary words by the byte gate; shorter ones are not looked for."""


@dataclass(frozen=True)
class Known:
    """The record of every teller, by the token that is the same in every case, and how many claims were resolved.

    `given` are those of them whose credence was kept, and how they came out.
    """

    records: Mapping[Slug, Record] = field(default_factory=dict)
    outcomes: int = 0
    given: tuple[Outcome, ...] = ()


@dataclass(frozen=True)
class Filed:
    """A case as content keeps it: blocks instead of profiles, no identities, and the keyed list for the byte gate.

    `pack` is its country pack with the invented places content speaks of. `listed` are the people whose spellings the
    list holds: of anybody else nothing is known to look for, so nobody else is counted as safe.
    """

    case: Case
    pack: Pack
    forbidden: Forbidden
    listed: frozenset[Slug]
    releases: tuple[Release, ...] | None = ()
    """Everything published before, in the ledger's order; None where there is a ledger and it could not be opened."""
    known: Known = field(default_factory=Known)
    """What became known of the desk's other cases; of a case folder there are none."""
    lifts: tuple[Lift, ...] = ()
    """Embargoes that two people of the desk lifted; of a case folder there are none."""
    void: tuple[str, ...] = ()
    """Why what looks like a lift is none."""
    issued: tuple[Issued, ...] = ()
    """The editions of the case that are out; of a case folder none are known."""
    before: tuple[ToldBefore, ...] = ()
    """What other stories of the desk date; of a case folder there are none."""


def file_case(case: Case, pack_folder: Path | None = None) -> Filed:
    """Reduce `case` to what content may know; `pack_folder` is for a country pack that does not ship.

    Every person of every chain gets the block of their profile; somebody without a profile keeps the block the case
    declares, or none, and then the gate stays closed. Raises UnknownPlace naming where the place is used.
    """
    pack = pack_of(case, pack_folder)
    _check_places(case, pack)
    profiles = {identity.id: identity for identity in case.identities}
    persons = tuple(_reduced(person, profiles.get(person.id), pack, case.desk.threshold) for person in _people(case))
    code_words = {person.id for person in persons if len(country.fold(person.id)) >= SHORTEST}
    found = spelled(case.identities, pack.gazetteer)
    listed = forbidden.listing(
        found.names, random(32), variants=found.variants, exact=found.exact | code_words, public=_public(pack)
    )
    audiences = tuple(_tokened(audience, case.name) for audience in case.audiences)
    content = content_of(msgspec.structs.replace(case, persons=persons, audiences=audiences))
    return Filed(content, pack_of(content, pack_folder), listed, frozenset(profiles))


def _public(pack: Pack) -> set[str]:
    """Names an edition prints whoever stands behind it: leaders, provinces, and words that only look like names."""
    broad = map(pack.gazetteer.spellings, printable(pack.gazetteer))
    return {*pack.about.reading.public, *pack.about.reading.common}.union(*broad)


def pack_of(case: Case, folder: Path | None = None) -> Pack:
    """The case's country pack with its invented places. Raises UnknownPack, WrongPack, UnknownPlace."""
    pack = country.load(folder or case.country)
    if pack.id != case.country:
        raise WrongPack(
            f"the case is about {case.country!r}, the pack in {folder} about {pack.id!r}; name the right one"
        )
    return _overlaid(pack, msgspec.msgpack.encode(case.places)) if case.places else pack


@lru_cache(maxsize=4)  # as many as are fitted at once: of the same places one pack, so that it is fitted once
def _overlaid(pack: Pack, places: bytes) -> Pack:
    return country.overlay(pack, msgspec.msgpack.decode(places, type=tuple[Place, ...]))


def content_of(case: Case) -> Case:
    """The case without identities, and without the invented places that content does not speak of."""
    return msgspec.structs.replace(case, identities=(), places=case.spoken_places)


def _people(case: Case) -> Iterator[Person]:
    """Everyone in a chain or behind a camera and every partner, each once, with what the case declares of them."""
    declared = {person.id: person for person in case.persons}
    handles = [partner.handle for partner in case.partners]
    in_chains = [person for chain in case.chains for person in chain.people]
    taken = [picture.photographer for picture in case.pictures]
    behind_cameras = [photographer for photographer in taken if photographer not in (None, UNKNOWN)]
    for name in dict.fromkeys([*handles, *in_chains, *behind_cameras, *declared]):
        yield declared.get(name, Person(id=name))


def _reduced(person: Person, identity: Identity | None, pack: Pack, threshold: int) -> Person:
    if identity is None:
        return person
    block = partition.block(identity.profile, fitted(pack), threshold)
    return Person(id=person.id, block=block, token=identity.token or person.token)


def _tokened(audience: Audience, case: Slug) -> Audience:
    """The audience with a token by which later stories know it again; two cases never share one unless they say so."""
    made = blake2b(f"{case}/{audience.id}".encode(), digest_size=8, person=b"audience").hexdigest()
    return msgspec.structs.replace(audience, token=audience.token or f"k-{made}")


@lru_cache(maxsize=4)
def fitted(pack: Pack) -> population.Population:
    """The population of a pack, fitted once in a process."""
    return population.fit(pack.population)


def _check_places(case: Case, pack: Pack) -> None:
    for made in case.places:
        if made.level < 2 or made.parent is None or made.level <= pack.gazetteer.place(made.parent).level:
            raise InventedTooWide(
                f"[places] {made.id}: an invented place lies below level 1 and below its parent; correct its level"
            )
    _check_villages(case, pack)
    for where, place in _places(case):
        try:
            pack.gazetteer.place(place)
        except UnknownPlace as error:
            if "(persons.toml)" in where:  # where somebody lives is no text for a terminal
                raise UnknownPlace(f"{where}: the country pack has no such place; correct it in the file") from None
            raise UnknownPlace(f"{where}: {error}") from None


def _check_villages(case: Case, pack: Pack) -> None:
    """A place invented inside a unit counts as all of the unit, so an audience of it has to say how many they are."""
    leaves = {*pack.population.axis("place").leaves}
    inside = {place.id for place in case.places} - leaves
    for audience in case.audiences:
        if audience.size is None and {audience.group.get("place"), audience.sure.get("place")} & inside:
            raise AudienceUncounted(
                f"audience {audience.id}: nobody can count who lives in {audience.group.get('place')}; give it a size"
            )


def _places(case: Case) -> Iterator[tuple[str, PlaceId]]:
    yield from ((f"claim {claim.id}", claim.place) for claim in case.claims)
    yield from ((f"chain {chain.id}", chain.place) for chain in case.chains if chain.place is not None)
    yield from ((f"picture {picture.id}", picture.place) for picture in case.pictures)
    yield from ((f"inquiry about {asked.claim}", asked.place) for asked in case.inquiries)
    groups: list[tuple[str, Facts]] = [(f"audience {audience.id}", audience.group) for audience in case.audiences]
    groups += [(f"audience {audience.id}", audience.sure) for audience in case.audiences]
    groups += [(f"suspicion {each.id}", each.group) for each in case.suspicions]
    groups += [(f"bystanders {each.id}", each.group) for each in case.bystanders]
    groups += [(f"person {identity.id} (persons.toml)", identity.profile) for identity in case.identities]
    yield from ((where, facts["place"].partition("/")[0]) for where, facts in groups if "place" in facts)


class Listing(msgspec.Struct, frozen=True):
    """What the vault keeps for the byte gate: the list, and whose spellings it holds."""

    forbidden: Forbidden
    people: tuple[Slug, ...]


def encode_listing(filed: Filed) -> bytes:
    """The byte gate's list as the vault keeps it."""
    return codec.to_json(Listing(filed.forbidden, tuple(sorted(filed.listed))))


def decode_listing(data: bytes) -> Listing:
    """The byte gate's list as it was filed."""
    return codec.from_json(data, Listing, "forbidden")
