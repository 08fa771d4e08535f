"""Who the desk is: its people, what each may do, and the keys it signs editions with, signed by its offline root.

The root is one more pair of keys. Its secret is on paper, in shares, and in no file: somebody who takes a laptop, a
server and every key on them can still not make themselves one of the desk's people or give it another key to sign with.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model import codec
from farbank.vault.keypair import Key, Public, Secret
from farbank.vault.roles import ROLES, Role

_DOMAIN = b"farbank roster 1\n"
ROOT = " root"
"""What the root goes by where it stands among people; nobody has this name, for names bear no space around them."""


class Colleague(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One person of the desk; the name is theirs, never a partner's. Whoever left has no roles and stays in it.

    `former` are the keys of a passphrase that was lost: what they signed still counts, nothing new is taken from them.
    """

    name: Annotated[str, msgspec.Meta(min_length=1)]
    roles: tuple[Role, ...]
    public: Public
    former: tuple[Public, ...] = ()

    def __post_init__(self) -> None:
        if tuple(role for role in ROLES if role in self.roles) != self.roles:
            raise ValueError("roles stand once each and in their order")


class DeskKey(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A public key the desk signs editions with; `revoked` is the day from which nothing it signs counts."""

    signing: Key
    since: date
    revoked: date | None = None


class Roster(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The desk as its root last signed it; `sequence` grows by one with every change.

    Whatever a `recoverable` desk seals it seals to its root as well.
    """

    root: Public
    sequence: Annotated[int, msgspec.Meta(ge=1)]
    colleagues: Annotated[tuple[Colleague, ...], msgspec.Meta(min_length=1)]
    desk_keys: Annotated[tuple[DeskKey, ...], msgspec.Meta(min_length=1)]
    reading: Key
    """Public key that bodies of the audit are sealed to; safety officers hold its secret half."""
    recoverable: bool = False
    version: Literal[1] = 1

    def __iter__(self) -> Iterator[Colleague]:
        return iter(self.colleagues)

    def colleague(self, name: str) -> Colleague | None:
        """Somebody of the desk by name."""
        return next((each for each in self.colleagues if each.name == name), None)

    def works_here(self, name: str) -> bool:
        """Whether somebody of this name is of the desk now."""
        return any(each.name == name and each.roles for each in self.colleagues)

    def public(self, name: str) -> Public | None:
        """The public keys somebody has now, or the root's; None for nobody's name."""
        who = self.colleague(name)
        return self.root if name == ROOT else None if who is None else who.public

    def signed(self, name: str, data: bytes, signature: bytes) -> bool:
        """Whether somebody who is or was of the desk, or its root, signed this, with a key of now or of before."""
        who = self.colleague(name)
        former = () if who is None else who.former
        return any(key is not None and key.signed(data, signature) for key in (self.public(name), *former))

    def signs_now(self, name: str, data: bytes, signature: bytes) -> bool:
        """Whether somebody who is of the desk now signed this with the key they have now."""
        who = self.colleague(name)
        return who is not None and bool(who.roles) and who.public.signed(data, signature)

    def having(self, permits: Callable[[Colleague], bool]) -> tuple[Colleague, ...]:
        """Those of the desk for whom `permits` holds."""
        return tuple(filter(permits, self.colleagues))

    @property
    def desk_key(self) -> DeskKey:
        """The key to sign with now."""
        return self.desk_keys[-1]


def sign(roster: Roster, root: Secret) -> bytes:
    """The root's signature over a roster."""
    return root.sign(_DOMAIN + codec.to_json(roster))


def signed(roster: Roster, signature: bytes) -> bool:
    """Whether the root the roster names signed it; whether that is the desk's root is for its reader to know."""
    return roster.root.signed(_DOMAIN + codec.to_json(roster), signature)
