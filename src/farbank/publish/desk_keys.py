"""Which keys the desk signs editions with, as its root says: read from `desk.json`, and held to a date."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from nacl.exceptions import BadSignatureError
from nacl.signing import VerifyKey

from farbank.model import codec
from farbank.model.desk_keys import DeskKeys, signed_bytes
from farbank.model.errors import DecodeError
from farbank.publish.errors import KeyNotCertified

FILE = "desk.json"


def encode(listed: DeskKeys) -> bytes:
    """The list as the file that is published."""
    return codec.to_json(listed) + b"\n"


def read(data: bytes, root: str) -> DeskKeys:
    """The list, if the root whose public key (hexadecimal) the reader knows signed it. Raises KeyNotCertified."""
    try:
        listed = codec.from_json(data, DeskKeys, FILE)
        if listed.root != root.strip().lower():
            raise KeyNotCertified(f"{FILE} is signed by another root, {listed.root}; trust none of it")
        VerifyKey(bytes.fromhex(listed.root)).verify(signed_bytes(listed), bytes.fromhex(listed.signature))
    except DecodeError as error:
        raise KeyNotCertified(f"{error}; fetch {FILE} again from the desk") from None
    except (BadSignatureError, ValueError):
        raise KeyNotCertified(f"{FILE} is not as the desk's root signed it; trust none of it") from None
    return listed


def signed_between(expires: date, lasts: timedelta) -> tuple[date, date]:
    """The first and last day on which an edition was signed that expires at the end of a month, `lasts` later."""
    return expires.replace(day=1) - lasts, expires - lasts


def assert_certified(listed: DeskKeys, key: str, first: date, last: date) -> None:
    """Check that the desk signed with `key` (hexadecimal) on a day from `first` to `last`, both included.

    An edition does not tell the day it was signed, only the month. A key counts from its own day to the next one's; one
    that was revoked on any day up to `last` does not count. Raises KeyNotCertified.
    """
    found = next((each for each in listed.keys if each.key == key), None)
    if found is None:
        raise KeyNotCertified(f"the desk's root never certified the key {key}; trust none of this edition")
    if found.revoked is not None and found.revoked <= last:
        raise KeyNotCertified(f"the key {key} was revoked on {found.revoked}; trust nothing signed with it since")
    after = next((later.since for each, later in pairwise(listed.keys) if each.key == key), None)
    if found.since > last or (after is not None and after < first):
        until = "" if after is None else f" until {after}"
        raise KeyNotCertified(f"the desk signed with the key {key} from {found.since}{until}, not when this was signed")
