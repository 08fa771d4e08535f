"""How the pictures of each case look from afar, with what their records say: compared with later ones, never published.

They lie beside the case and not in it, so that no edition and no export of a case can carry them.
"""

from __future__ import annotations

from datetime import date

import msgspec

from farbank.model import codec
from farbank.model.dates import When
from farbank.model.pictures import Sha256
from farbank.model.places import PlaceId
from farbank.model.sightings import Fingerprint
from farbank.model.text import Slug
from farbank.vault.store import Vault

FINGERPRINTS = "fingerprints"


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """One picture as it was filed: `place` is one of the country pack, `fingerprint` None where it could have none."""

    picture: Slug
    original: Sha256
    place: PlaceId
    when: When
    close: date
    fingerprint: Fingerprint | None


class Pictures(msgspec.Struct, frozen=True):
    """The pictures of one case."""

    kept: tuple[Kept, ...]


def keep(vault: Vault, case: Slug, kept: tuple[Kept, ...]) -> None:
    """Write down the pictures of a case, in place of those of its last filing."""
    if kept:
        vault.put("content", FINGERPRINTS, case, Pictures(kept))
    else:
        vault.delete("content", FINGERPRINTS, case)


def kept(vault: Vault) -> dict[Slug, tuple[Kept, ...]]:
    """The pictures of every case on file, by its name. Raises VaultDamaged."""
    return {
        case: codec.from_json(data, Pictures, f"{FINGERPRINTS}/{case}").kept
        for case, data in vault.all("content", FINGERPRINTS).items()
    }
