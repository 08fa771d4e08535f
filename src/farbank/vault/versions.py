"""What became of one record on several machines: the versions nobody replaced, and those somebody did.

A version is known by the hash of what it says, of those it replaces, and of who said it. Joining is a union: the order,
the number of times and the clocks of the machines do not matter (a join semilattice; Shapiro et al., INRIA RR-7687).
Two versions that remain, neither of which replaces the other, are a conflict, and stay one until somebody settles it.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b
from typing import Annotated

import msgspec

from farbank.model import codec

Id = Annotated[bytes, msgspec.Meta(min_length=32, max_length=32)]


class Version(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One state of a record: whoever changed it, or '' for one that was there before anybody counted.

    `digest` is of the body, None where the version says that the record was deleted.
    """

    scope: str
    digest: Id | None
    by: str = ""
    replaces: tuple[Id, ...] = ()

    def id(self, kind: str, name: str) -> bytes:
        """What this version of the record `name` of a kind is known by."""
        said = [kind, name, self.scope, self.digest and self.digest.hex(), self.by, [id.hex() for id in self.replaces]]
        return blake2b(codec.to_json(said), person=b"farbank version", digest_size=32).digest()


class Versions(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Every version of one record that remains, by id, and the ids of all that were replaced.

    Once `erased`, nothing remains and nothing comes back.
    """

    remaining: dict[Id, Version] = {}
    replaced: frozenset[Id] = frozenset()
    erased: bool = False


NONE = Versions()
"""A record nobody has heard of."""
ERASED = Versions(erased=True)
"""A record of which nothing may ever come back."""


def joined(one: Versions, other: Versions) -> Versions:
    """What both know together: commutative, associative, idempotent; `NONE` changes nothing, `ERASED` wins."""
    if one.erased or other.erased:
        return ERASED
    replaced = one.replaced | other.replaced
    both = {**one.remaining, **other.remaining}
    return Versions(remaining={id: both[id] for id in sorted(both) if id not in replaced}, replaced=replaced)


def said(known: Versions, kind: str, name: str, version: Version) -> Versions:
    """What is known once `version` was said, which names those it replaces."""
    new = Versions(remaining={version.id(kind, name): version}, replaced=frozenset(version.replaces))
    return joined(known, new)


def sound(known: Versions, kind: str, name: str) -> bool:
    """Whether each version bears its own id and names, in order, only what is known to be replaced."""
    if known.erased:
        return known == ERASED
    return bool(known.remaining) and all(
        id == each.id(kind, name)
        and id not in known.replaced
        and known.replaced.issuperset(each.replaces)
        and each.replaces == ordered(each.replaces)
        for id, each in known.remaining.items()
    )


def ordered(ids: Iterable[bytes]) -> tuple[bytes, ...]:
    """Ids once each, in the order a version names them."""
    return tuple(sorted({*ids}))


def digest(body: bytes) -> bytes:
    """What a version knows its body by."""
    return blake2b(body, person=b"farbank body", digest_size=32).digest()
