"""What speaks against showing a picture or quoting a paper."""

from __future__ import annotations

import msgspec


class Objection(msgspec.Struct, frozen=True, kw_only=True):
    """What speaks against an intended use, and whether that forbids it."""

    rule: str
    message: str
    blocking: bool = True
