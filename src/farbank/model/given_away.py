"""What the prose of a story gives away, and of whom."""

from __future__ import annotations

from typing import Literal

import msgspec

from farbank.model.detections import Detection, Sort
from farbank.model.story import Role
from farbank.model.text import Slug

Why = Literal["named", "speaker", "teller", "paragraph", "chain", "document", "nobody", "unread"]
"""Why it is tied to somebody: they are `named` in the sentence, are the `speaker` of the quotation, are the `teller`
from whom the one named had it, are the last named in the `paragraph`, stand in the `chain` of a claim it cites, or are
behind the `document` it is quoted from.
`nobody` stands behind it; `unread` says that the sentence could not be read at all."""

Stand = Literal["agrees", "finer", "told", "accepted", "unsure"]
"""How it stands to what the editor declared: it says no more (`agrees`), more than the description and the claims
(`finer`), something no description holds (`told`), something the editor took on with a reason (`accepted`), or it is
shown and neither counted nor in the way (`unsure`)."""


class GivenAway(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing the prose gives away, where it stands, and whose it is, as far as the rules can tell.

    `words` are the words themselves. `person` is None where it is tied to nobody. `axis` and `node` are the fact it
    states, None where no axis of the population has one. `advice` says what to do.
    """

    file: str
    line: int
    role: Role
    words: str
    detection: Detection
    why: Why
    stand: Stand
    person: Slug | None = None
    axis: str | None = None
    node: str | None = None
    advice: str = ""

    @property
    def sort(self) -> Sort:
        """What kind of thing it is."""
        return self.detection.sort

    @property
    def blocking(self) -> bool:
        """Whether the story may not go out with it."""
        return self.why == "unread" or self.stand in ("finer", "told")
