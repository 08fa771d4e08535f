"""What the rules of the lint are told beside the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.exposure import Wording
from farbank.model.findings import Finding
from farbank.model.story import Draft, Picture, RecordEvent
from farbank.model.text import Slug
from farbank.publish.grain import PUBLISHED


@dataclass(frozen=True)
class LintContext:
    """The pack with the case's places laid over it, and what is known of what the draft cites.

    `findings` are by claim, `wordings` by person, `pictures` by id. `level` is the finest place level to be printed.
    """

    pack: Pack
    findings: Mapping[Slug, Finding] = field(default_factory=dict)
    wordings: Mapping[Slug, Wording] = field(default_factory=dict)
    pictures: Mapping[Slug, Picture] = field(default_factory=dict)
    record: tuple[RecordEvent, ...] = ()
    level: int = PUBLISHED

    def phrases(self, draft: Draft) -> Phrases:
        """The words of the draft's language."""
        return self.pack.phrases[draft.language]
