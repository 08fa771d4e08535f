"""What a collection missed and how a pass over a site went, kept among the raw captures: a hole is evidence too.

So that an archive built anew from its captures has the holes of the old one, and a sealed day vouches for them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

import msgspec

from farbank.model.captures import Capture, Missed, Sweep

MISSED = "application/vnd.farbank.missed+json"
SWEEP = "application/vnd.farbank.sweep+json"
AT = "urn:farbank:missed:"
"""What stands before the address of an item in that of its note."""

T = TypeVar("T", bound=msgspec.Struct)


def of_missed(missed: Missed) -> Capture:
    """An item that could not be read, as a capture."""
    headers = (("content-type", MISSED),)
    return Capture(url=f"{AT}{missed.url}", taken=missed.noticed, headers=headers, body=msgspec.json.encode(missed))


def of_sweep(sweep: Sweep) -> Capture:
    """A pass over a site, as a capture."""
    headers = (("content-type", SWEEP),)
    return Capture(
        url=f"urn:farbank:sweep:{sweep.site}", taken=sweep.started, headers=headers, body=msgspec.json.encode(sweep)
    )


def missed(capture: Capture) -> Missed | None:
    """The missed item a capture notes, None if it is no such note or one from a server."""
    return _read(capture, MISSED, Missed)


def sweep(capture: Capture) -> Sweep | None:
    """The pass over a site a capture notes, None if it is no such note or one from a server."""
    return _read(capture, SWEEP, Sweep)


def _read(capture: Capture, kind: str, noun: type[T]) -> T | None:
    if capture.status != 0 or capture.header("content-type") != kind:
        return None
    try:
        found = msgspec.json.decode(capture.body, type=noun)
        msgspec.json.encode(found)  # half a character is nothing we wrote
        fields = msgspec.structs.asdict(found)
        moments = {name: at.astimezone(UTC) for name, at in fields.items() if isinstance(at, datetime)}
    except (msgspec.DecodeError, UnicodeError, OverflowError, RecursionError):
        return None
    return msgspec.structs.replace(found, **moments)
