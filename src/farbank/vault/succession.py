"""Who gets what if the newsroom closes, kept as data so that it need not be decided on the last day (F35).

Identities are nobody's to inherit: they are burned first, whatever else is decided, and so there is no line for them.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

import msgspec

from farbank.model import codec
from farbank.vault.errors import NoSuchRecord
from farbank.vault.store import Address, Vault

Part = Literal["editions", "ledger", "content", "audit", "payments", "archive"]
Fate = Literal["hand-over", "publish", "destroy"]
_AT: Address = ("content", "rule", "succession")


class Bequest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What becomes of one part of the desk: whom it is handed to, and on what terms."""

    fate: Fate
    to: str = ""
    terms: str = ""

    def __post_init__(self) -> None:
        if (self.fate == "hand-over") != bool(self.to.strip()):
            raise ValueError("what is handed over has a `to`, and nothing else has")


class Succession(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The desk's rules: a bequest for each part, who of the desk sees to it, and when it was last agreed.

    What no bequest names is destroyed.
    """

    agreed: date
    executors: Annotated[tuple[str, ...], msgspec.Meta(min_length=2)]
    parts: dict[Part, Bequest]


def decode(data: bytes, file: str) -> Succession:
    """Read succession.toml. Raises DecodeError."""
    return codec.from_toml(data, Succession, file)


def keep(opened: Vault, rules: Succession) -> None:
    """Keep the rules in the desk, in place of those before. Raises NotAssigned."""
    with opened.transaction():
        opened.put(*_AT, rules)
        opened.note("succession set", note=f"agreed {rules.agreed}")


def rules(opened: Vault) -> Succession:
    """The desk's rules. Raises NoSuchRecord."""
    compartment, kind, id = _AT
    if id not in opened.ids(compartment, kind):
        raise NoSuchRecord("this desk has not said who gets what; write a succession.toml (docs/guide/forgetting.md)")
    return codec.from_json(opened.get(*_AT), Succession, "succession")
