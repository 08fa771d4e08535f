"""What the rules of the lint are told beside the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.claims import Claim
from farbank.model.exposure import Wording
from farbank.model.findings import Finding
from farbank.model.statemedia import Search, Statement
from farbank.model.story import Draft, Picture, RecordEvent
from farbank.model.text import Slug
from farbank.publish.grain import PUBLISHED


@dataclass(frozen=True)
class LintContext:
    """The pack with the case's places laid over it, and what is known of what the draft cites.

    `claims`, `statements` and `pictures` are by id, `findings` by claim, `wordings` by person. `level` is the finest
    place level to be printed.
    """

    pack: Pack
    findings: Mapping[Slug, Finding] = field(default_factory=dict)
    wordings: Mapping[Slug, Wording] = field(default_factory=dict)
    pictures: Mapping[Slug, Picture] = field(default_factory=dict)
    record: tuple[RecordEvent, ...] = ()
    claims: Mapping[Slug, Claim] = field(default_factory=dict)
    searches: tuple[Search, ...] = ()
    statements: Mapping[Slug, Statement] = field(default_factory=dict)
    level: int = PUBLISHED

    def phrases(self, draft: Draft) -> Phrases:
        """The words of the draft's language."""
        return self.pack.phrases[draft.language]
