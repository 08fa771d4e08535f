"""Does the desk's root vouch for the key an edition is signed with?"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from farbank.model.desk_keys import DeskKeys
from farbank.publish import desk_keys
from farbank.publish.errors import KeyNotCertified


def assert_vouched(
    edition: Path, key: str, *, root: str, first: date, last: date, listed: Path | None = None
) -> DeskKeys:
    """Check that the root (hexadecimal) certified `key` for a day from `first` to `last`, on which it was used.

    `listed` is the newest `desk.json` the reader has; the one in the folder of the edition is as old as the edition and
    may lack what was revoked since. Returns the list it was checked by. Raises KeyNotCertified.
    """
    path = listed or edition / desk_keys.FILE
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise KeyNotCertified(f"there is no {path}; fetch {desk_keys.FILE} from the desk and name it") from None
    found = desk_keys.read(data, root)
    desk_keys.assert_certified(found, key, first, last)
    return found
