"""Check a published edition: is every file the one the desk signed?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import msgspec

from farbank.desk.errors import NoEdition
from farbank.desk.vouch import assert_vouched
from farbank.publish import desk_keys, manifest
from farbank.publish.errors import EditionNotWhole, KeyNotCertified


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether it holds, in one sentence; `key` is the signing key found, `pinned` whether it was the one asked for.

    One that holds may still be `stale`: signed by the desk, and older than the desk lets a site become. `vouched` says
    that the desk's root certified the key for the time it signed.
    """

    holds: bool
    sentence: str
    key: str | None = None
    pinned: bool = False
    files: int = 0
    status: str | None = None
    expires: date | None = None
    stale: bool = False
    vouched: bool = False


def verify_edition(
    folder: Path,
    key: str | None = None,
    on: date | None = None,
    *,
    root: str | None = None,
    keys: Path | None = None,
) -> Verdict:
    """Read the edition in `folder` and check it against its manifest, and against `key` and a day where they are given.

    With `root`, the public key the desk pinned once and for all, the key it is signed with has to be in the list the
    root signed: in `keys`, the newest `desk.json` the reader has, or else in the edition's own. Raises NoEdition if
    there is no such folder.
    """
    files = read_edition(folder)
    try:
        signed = manifest.verify(files, key=key)
        if root is not None:
            first, last = desk_keys.signed_between(signed.expires, manifest.LASTS)
            assert_vouched(folder, signed.key, root=root, first=first, last=last, listed=keys)
    except (EditionNotWhole, KeyNotCertified) as error:
        return Verdict(holds=False, sentence=str(error))
    pinned = key is not None
    how = "with the key you named" if pinned else "with the key it carries; compare it with the desk's published key"
    if root is not None:
        how = "with a key the desk's root certified"
    stale = on is not None and on > signed.expires
    old = f" It expired on {signed.expires}: ask the desk, another way, for what it published since." if stale else ""
    return Verdict(
        holds=True,
        sentence=f"All {len(signed.files)} files are as signed {how}: {signed.key}. Status: {signed.status}.{old}",
        key=signed.key,
        pinned=pinned,
        files=len(signed.files),
        status=signed.status,
        expires=signed.expires,
        stale=stale,
        vouched=root is not None,
    )


def read_edition(folder: Path) -> dict[str, bytes]:
    """Every file in `folder` by its path there, unchecked. Raises NoEdition if there is no such folder."""
    if not folder.is_dir():
        raise NoEdition(f"{folder} is not a folder; name the folder that holds manifest.json")
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.is_symlink()
    }
