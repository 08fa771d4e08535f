"""What the rules of the lint are told beside the draft."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.country.tells import Tongue
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.exposure import Wording
from farbank.model.findings import Finding
from farbank.model.reports import Report
from farbank.model.statemedia import Search, Statement
from farbank.model.story import Draft, Picture, RecordEvent, Sentence, ToldBefore
from farbank.model.text import Language, Slug
from farbank.publish.grain import PUBLISHED


@dataclass(frozen=True)
class LintContext:
    """The pack with the case's places laid over it, and what is known of what the draft cites.

    `claims`, `statements`, `pictures` and `reports` are by id, `findings` by claim, `wordings` by person. `contacts`
    are the days of contact, `labels` the words on the maps per language, `before` what other stories dated otherwise.
    `unconsented` are reports whose speakers have not agreed that their words be used, `written` those that came as a
    written message. `explained` says that the page
    tells how and why its sources are unnamed, `approved` that somebody signed for using them. `level` is the finest
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
    reports: Mapping[Slug, Report] = field(default_factory=dict)
    contacts: tuple[When, ...] = ()
    labels: Mapping[Language, tuple[str, ...]] = field(default_factory=dict)
    before: tuple[ToldBefore, ...] = ()
    unconsented: frozenset[Slug] = frozenset()
    written: frozenset[Slug] = frozenset()
    explained: bool = True
    approved: bool = True
    level: int = PUBLISHED

    def phrases(self, draft: Draft) -> Phrases:
        """The words of the draft's language."""
        return self.pack.phrases[draft.language]

    def tongue(self, draft: Draft) -> Tongue | None:
        """How the draft's language writes numbers in words, where the pack knows."""
        return self.pack.tells.tongue(draft.language)

    def cited(self, sentence: Sentence) -> tuple[Claim, ...]:
        """The claims a sentence cites, as far as they are known here."""
        return tuple(self.claims[id] for id in sentence.claims if id in self.claims)

    def found(self, sentence: Sentence) -> tuple[Finding, ...]:
        """The findings of the claims a sentence cites."""
        return tuple(self.findings[id] for id in sentence.claims if id in self.findings)

    def searched(self, sentence: Sentence) -> tuple[Search, ...]:
        """The searches that looked for a claim the sentence cites; one without an outlet looked at nothing."""
        return tuple(each for each in self.searches if each.outlets and set(each.claims) & set(sentence.claims))

    def printed(self, draft: Draft) -> Iterator[Sentence]:
        """Every sentence, and the words of captions, alternative texts and maps, which cite nothing."""
        yield from draft.sentences
        for block in draft.blocks:
            picture = self.pictures.get(block.picture or "")
            for text in (picture.what, picture.vantage, picture.credit) if picture else ():
                if words := text.get(draft.language):
                    yield Sentence(text=words, role="caption", line=block.line)
        for label in self.labels.get(draft.language, ()):
            yield Sentence(text=label, role="label", line=1)
