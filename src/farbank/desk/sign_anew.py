"""Have the site signed anew where no edition is released: after a kill, or when its list is about to expire.

One person proposes, another agrees, and with that it is signed: the list is fixed to the byte by what was proposed.
"""

from __future__ import annotations

from datetime import date
from hashlib import blake2b

import msgspec

from farbank import vault
from farbank.desk.editions import kept
from farbank.desk.errors import NothingReleased, OtherBytes
from farbank.desk.signed_site import Named, SignedSite, Unsigned, sign, signed_site, unsigned
from farbank.model import codec
from farbank.publish import desk_keys
from farbank.publish.manifest import expiry
from farbank.vault import Act, keyring, sign_off

KIND: vault.acts.Kind = "sign-site"
ABOUT = "site"


def propose_site(opened: vault.Vault, reason: str, on: date) -> str:
    """Ask somebody else to agree that the site be signed as it stands now, and return the act's name.

    Raises NothingReleased, NotAllowed, CompartmentClosed.
    """
    site = _prepared(opened, _last(opened), on)
    return sign_off.propose(opened, KIND, ABOUT, reason, digest=_digest(site), on=on)


def sign_anew(opened: vault.Vault, act: Act) -> None:
    """Sign the site that two people agreed to, as the second of them, inside the transaction of `agree`.

    Raises NotAllowed, OtherBytes, NothingReleased.
    """
    last = _last(opened)
    site = _prepared(opened, last, act.proposal.on or act.proposal.at.date())
    if _digest(site) != act.proposal.digest:
        raise OtherBytes(
            f"the site is not what {act.by} proposed: something was released or killed since, or farbank is another "
            f"here; withdraw {act.id} and have it proposed anew"
        )
    sign(opened, site, _whose(opened, last), _published(opened, last), sign_off.signing_key(opened, act.id))
    sign_off.done(opened, act.id)


def _last(opened: vault.Vault) -> SignedSite:
    if (last := signed_site(opened)) is None:
        raise NothingReleased("nothing is released yet, so that there is no site to sign")
    return last


def _whose(opened: vault.Vault, last: SignedSite) -> Named:
    """Whose site it was, under the key the desk signs with now."""
    return msgspec.structs.replace(last.named, key=opened.roster.desk_key.signing.hex())


def _published(opened: vault.Vault, last: SignedSite) -> dict[str, bytes]:
    """The files of the desk that were published, with the keys it has by now."""
    keys = desk_keys.encode(keyring.read(opened.folder).published)
    return {**last.published, **({desk_keys.FILE: keys} if desk_keys.FILE in last.published else {})}


def _prepared(opened: vault.Vault, last: SignedSite, on: date) -> Unsigned:
    return unsigned(opened, kept(opened), _whose(opened, last), _published(opened, last), expiry(on))


def _digest(site: Unsigned) -> bytes:
    return blake2b(codec.to_json(site.manifest), person=b"farbank site", digest_size=32).digest()
