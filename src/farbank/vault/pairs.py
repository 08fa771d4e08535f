"""What nobody opens alone: a key sealed to one person inside a seal to another.

For each pair allowed, the outer seal is to whoever agrees and the inner one to whoever opens. Agreeing takes the outer
seal off, and what is left only the other can open: it can lie anywhere. Where no pair is allowed, none was ever sealed,
so that who may not agree cannot, whatever program they run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from farbank.model import codec
from farbank.vault.keypair import Public, Secret
from farbank.vault.roster import ROOT


class Pair(msgspec.Struct, frozen=True, kw_only=True):
    """A key to what `about` names, for `opening` to open once `agreeing` has agreed."""

    about: str
    agreeing: str
    opening: str
    sealed: bytes


class Half(msgspec.Struct, frozen=True, kw_only=True):
    """What agreeing leaves: the key to what `about` names, under the seal to `opening` alone."""

    about: str
    opening: str
    sealed: bytes


def seal(about: str, key: bytes, allowed: Iterable[tuple[str, str]], people: Mapping[str, Public]) -> tuple[Pair, ...]:
    """Seal `key` for every (agreeing, opening) pair of two different people."""
    return tuple(
        Pair(
            about=about,
            agreeing=agreeing,
            opening=opening,
            sealed=people[agreeing].seal(
                people[opening].seal(key, _purpose("open", about, opening)), _purpose("agree", about, agreeing)
            ),
        )
        for agreeing, opening in allowed
        if agreeing != opening
    )


def seal_to_root(about: str, key: bytes, root: Public) -> Pair:
    """Seal `key` for the root, which several people put together and nobody is."""
    return Pair(about=about, agreeing=ROOT, opening=ROOT, sealed=root.seal(key, _purpose("root", about, ROOT)))


def open_as_root(sealed: bytes, about: str, root: Secret) -> bytes | None:
    """The key, for the root; None if it was sealed to another or for something else."""
    return root.open(sealed, _purpose("root", about, ROOT))


def agree(pair: Pair, secret: Secret) -> Half | None:
    """Take the outer seal off; None if it is not this person's to take off, or not about what it says."""
    inner = secret.open(pair.sealed, _purpose("agree", pair.about, pair.agreeing))
    return None if inner is None else Half(about=pair.about, opening=pair.opening, sealed=inner)


def open(half: bytes, about: str, name: str, secret: Secret) -> bytes | None:
    """The key, from what agreeing left; None if it is not for this person or about something else."""
    return secret.open(half, _purpose("open", about, name))


def _purpose(step: str, about: str, name: str) -> bytes:
    return codec.to_json(["pair", step, about, name])
