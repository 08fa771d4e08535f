"""Everything that would name a person or the place of a profile, gathered when a case is filed."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from farbank.country.gazetteer import Gazetteer
from farbank.model.errors import UnknownPlace
from farbank.model.people import Identity
from farbank.model.places import PlaceId
from farbank.protect.forbidden import long_enough
from farbank.protect.names import in_hangul, variants
from farbank.protect.near import SYLLABLES
from farbank.protect.readers.letters import letters_only

_HANGUL = re.compile("[가-힣]")
_AT = ("에", "로", "으로", "까지", "부터", "역", "읍", "시내", "지역", "일대", "주민", "사람", "출신", "광산")
"""What follows a Korean name only where it names a place."""


class Spelled(NamedTuple):
    """Spellings by how they are looked for: `names` and every slip of them; `variants` in other systems and with type
    words, and what sounds like them; `exact` as they stand, being guesses or everyday words."""

    names: set[str]
    variants: set[str]
    exact: set[str]


def spelled(identities: Iterable[Identity], gazetteer: Gazetteer) -> Spelled:
    """Gather every spelling of each identity, and of each place of its profile finer than level 1, ids included.

    A name known in Latin letters only is also looked for in the Hangul it may stand for. Raises UnknownPlace for a
    profile whose place the gazetteer does not know.
    """
    found = Spelled(set(), set(), set())
    for identity in identities:
        found.names.update(identity.spellings)
        for spelling in identity.spellings:
            found.variants.update(other for other in variants(spelling) if long_enough(letters_only(other)))
        found.exact.update(_guesses(identity.spellings))
        for around in _places(identity, gazetteer):
            names = _names(around, gazetteer)
            words = {name: at for name in names if (at := _at(name, names, gazetteer))}
            found.exact.update(*words.values())
            names -= words.keys()
            found.variants.update(names)
            for place in map(gazetteer.place, around):
                if place.level > 1:
                    found.names.update(names.intersection((*place.names.values(), *place.spellings)))
                    found.exact.update(_guesses(gazetteer.spellings(place.id)))
    return found


def _guesses(spellings: Collection[str]) -> set[str]:
    """Hangul for names that have none, where it is long enough to be told from words."""
    if any(map(_HANGUL.search, spellings)):
        return set()
    return {hangul for name in spellings for hangul in in_hangul(name) if len(hangul) >= SYLLABLES}


def _places(identity: Identity, gazetteer: Gazetteer) -> Iterator[tuple[PlaceId, ...]]:
    """Each place of a profile with all it lies in. Raises UnknownPlace."""
    for axis, node in identity.profile.items():
        try:
            yield (gazetteer.place(node).id, *gazetteer.ancestors(node))
        except UnknownPlace:
            # A class of places (kp:KP02/city) is no place; anything else under `place` must be known, or it goes
            # unchecked.
            if axis == "place" and "/" not in node:
                raise


def _names(around: tuple[PlaceId, ...], gazetteer: Gazetteer) -> set[str]:
    """The spellings and ids of those finer than level 1 that can be searched for.

    A name shared with the province cannot be forbidden, and one of a single syllable not be searched for: the gate
    looks for finer places by the gazetteer as well.
    """
    fine = [place for place in around if gazetteer.place(place).level > 1]
    broad = {letters_only(name) for place in around if place not in fine for name in gazetteer.spellings(place)}
    written = {name for place in fine for name in (*gazetteer.spellings(place), place, place.partition(":")[2])}
    return {name for name in written if letters_only(name) not in broad and long_enough(letters_only(name))}


def _at(name: str, others: set[str], gazetteer: Gazetteer) -> tuple[str, ...]:
    """How a name is used of a place that the gazetteer knows for an everyday word (위원 is also a committee member);
    empty for any other."""
    if len(name) > 2 or not "가" <= name[0] <= "힣" or gazetteer.mentions(name):
        return ()
    typed = any(gazetteer.mentions(other) for other in others if other != name and other.startswith(name))
    return tuple(name + ending for ending in _AT) if typed else ()
