"""What a sentence says of state media is not what the search found (F16, E57).

To name them beside a claim they were silent on, with no word of silence nor of the desk's reading, is to make them
speak.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.model.story import Draft
from farbank.publish.lint import reading, state_media
from farbank.publish.lint.context import LintContext

RULE = "state-media-result"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of silence where something was found, and of a report where nothing was."""
    phrases = context.phrases(draft)
    for sentence in draft.sentences:
        results = {finding.claim: finding.state_media for finding in context.found(sentence)}
        named = state_media.named(sentence.text, draft, context) if context.searched(sentence) else None
        if named is None or sentence.role == "quote" or reading.hits(sentence.text, phrases, "not-looked"):
            continue
        told = "; ".join(f"{claim}: {result}" for claim, result in results.items())
        quiet = reading.hits(sentence.text, phrases, "silence")
        if quiet and not any(result == "silent" for result in results.values()):
            yield sentence.line, f"{quiet[0].words!r}, but the search does not show silence ({told}); say what it found"
        spoke = [hit.words for hit in reading.hits(sentence.text, phrases, "reporting")]
        if phrases.several("slips.looked") and not reading.hits(sentence.text, phrases, "looked"):
            spoke.append(named)
        if spoke and not quiet and all(result == "silent" for result in results.values()):
            yield sentence.line, f"{spoke[0]!r}, but the search found no mention ({told}); say so"
