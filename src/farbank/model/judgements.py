"""What named people of the desk decided on reading: only ever added to, and withdrawn by a later entry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Annotated, Literal

import msgspec

from farbank.model.statemedia import Result
from farbank.model.text import Slug

Digest = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{16}\Z")]
Name = Annotated[str, msgspec.Meta(pattern=r"\S", max_length=200)]
Why = Annotated[str, msgspec.Meta(max_length=2000)]

Outcome = Literal["open", "met", "unmet", "unknown"]
Question = Literal["event", "origin"]
Likeness = Literal["same", "different", "cannot-tell"]
Holds = Literal["true", "false", "never-known"]


class Judgement(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="on", tag="passage"):
    """What one person says a passage is to a claim: `silent` is no mention; None withdraws what they said before.

    `passage` is the passage's `mark`, so that it is the same in an archive built anew; `text` is what was read.
    """

    claim: Slug
    passage: Digest
    by: Name
    at: datetime
    verdict: Result | None = None
    text: str = ""


class Closing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="on", tag="promise"):
    """How one person says a promise came out, and by what; `open` opens it again. `claim` may be a statement's id."""

    claim: Slug
    outcome: Outcome
    by: Name
    at: datetime
    why: Why = ""
    evidence: tuple[Slug, ...] = ()


class Pairing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="on", tag="pair"):
    """What one person says of two reports of a claim: of one `event` or not, of one `origin` or independent.

    None withdraws what they said before. `a` comes before `b`.
    """

    claim: Slug
    a: Slug
    b: Slug
    question: Question
    by: Name
    at: datetime
    verdict: Likeness | None = None

    def __post_init__(self) -> None:
        if not self.a < self.b:
            raise ValueError(f"expected two reports in order of their ids, got {self.a!r} and {self.b!r}")


class Resolution(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, tag_field="on", tag="truth"):
    """What one person says became known of a claim since; None withdraws it. Its tellers' records count it (F11).

    `credence` is what the model by itself gave the claim then, without what other outcomes showed; None where it was
    not written down, or could not be judged.
    """

    claim: Slug
    by: Name
    at: datetime
    holds: Holds | None = None
    credence: Annotated[float, msgspec.Meta(gt=0, lt=1)] | None = None
    why: Why = ""
    evidence: tuple[Slug, ...] = ()


Judged = Judgement | Closing | Pairing | Resolution

NEAREST: tuple[Result, ...] = ("said", "contradicted", "half-said", "cannot-tell", "said-elsewhere", "silent")
"""From what forbids silence most to what forbids it not at all."""


def standing(judged: Iterable[Judged], claim: Slug) -> dict[Digest, Result]:
    """What each passage is held to be for a claim; where two people differ, the one nearer to a mention counts."""
    latest: dict[tuple[Digest, str], Result | None] = {}
    for one in judged:
        if isinstance(one, Judgement) and one.claim == claim:
            latest[one.passage, one.by] = one.verdict
    found: dict[Digest, Result] = {}
    for (passage, _), verdict in latest.items():
        if verdict is not None:
            found[passage] = min(verdict, found.get(passage, verdict), key=NEAREST.index)
    return found
