"""What was done with an edition on its way to readers: one step each, in the words of the state table."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from farbank.model.captures import Moment
from farbank.model.text import Slug

Event = Literal[
    "edit", "submit", "send-back", "clear", "embargo", "lift", "schedule", "hold-back", "sign", "release",
    "correct", "supersede", "retract", "unpublish", "kill", "resurrect",
]  # fmt: skip
Flag = Literal[
    "embargo", "early", "stale", "frozen", "gate-closed", "legal-hold", "no-ledger",
    "harm-record", "signed", "lift-agreed",
]  # fmt: skip
StepId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}\Z")]
"""What a step is known by: a hash of all it says."""


class Step(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step of one edition: who took it, when, and why.

    `words` is a hash of the case as it stood, so that whatever is written afterwards is an edit. `until` is the moment
    an embargo or a schedule names, `flags` are those that were set. `after` are the steps it follows, none for the
    first, which says what the edition `corrects`; `act` is what two people agreed to, where it took two.
    """

    edition: Slug
    event: Event
    by: str
    at: Moment
    reason: str
    words: str = ""
    until: Moment | None = None
    flags: tuple[Flag, ...] = ()
    corrects: Slug | None = None
    act: str = ""
    after: tuple[StepId, ...] = ()
