"""A movement told to the hour, the stop or the day: it says where somebody stood, and for ever (F17, F18, E20, E21).

Whether or not the embargo is open: what stands in a paragraph that cites a movement, or part of one, is read for clock
times, for stops and for days finer than state media printed; so are the margin beside it and its pictures.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from farbank.model.claims import Claim
from farbank.model.movements import line
from farbank.model.story import Draft, Sentence
from farbank.model.text import Text
from farbank.publish import days
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "movement-detail"
BLOCKING = True
_WHY = {
    "clock": "tells the hour of a movement; cut it: early, mid or late and the month is as fine as it gets",
    "stop": "tells where a movement stopped; cut it, or name the province",
    "day": "tells the day of a movement, which state media did not print; write early, mid or late and the month",
}


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of everything too fine that is printed beside a movement."""
    cited = False
    for sentences in reading.paragraphs(draft):
        claims = _moving(sentences, context)
        cited = cited or bool(claims)
        public = days.public(
            claims, context.claims, context.searches, context.statements, context.pack.phrases, draft.close
        )
        texts = [(sentence.line, sentence.text) for sentence in sentences]
        texts += [(sentences[0].line, text.get(draft.language, "")) for text in _margin(claims, context)]
        for at, text in texts if claims else ():
            for kind in ("clock", "stop"):
                yield from _told(at, text, kind, draft, context)
            for written in days.finer(text, context.phrases(draft), draft.close, public):
                yield at, f"{written!r} {_WHY['day']}"
        yield from _windows(sentences[0].line, claims, context)
    for block in draft.blocks if cited else ():
        picture = context.pictures.get(block.picture or "")
        for words in (picture.what, picture.vantage) if picture else ():
            for kind in ("clock", "stop"):
                yield from _told(block.line, words.get(draft.language, ""), kind, draft, context)


def _moving(sentences: Sequence[Sentence], context: LintContext) -> tuple[Claim, ...]:
    """The cited claims that show a movement or are part of one."""
    cited = dict.fromkeys(claim for sentence in sentences for claim in sentence.claims)
    known = [context.claims[id] for id in cited if id in context.claims]
    return tuple(claim for claim in known if line(claim, context.claims))


def _margin(claims: Sequence[Claim], context: LintContext) -> Iterator[Text]:
    """What people have written that the margin prints: the claims, and the notes to the searches for them."""
    ids = {claim.id for claim in claims}
    yield from (claim.text for claim in claims)
    yield from (search.note for search in context.searches if ids & set(search.claims))


def _told(at: int, text: str, kind: str, draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    plain, end = days.plain(text), 0
    matches = [match for pattern in days.patterns(context.phrases(draft), kind) for match in pattern.finditer(plain)]
    for match in sorted(matches, key=lambda match: (match.start(), -match.end())):
        if match.start() >= end:
            end = match.end()
            yield at, f"{match.group().strip()!r} {_WHY[kind]}"


def _windows(at: int, claims: Sequence[Claim], context: LintContext) -> Iterator[tuple[int, str]]:
    """The days a search looked at are in print too: a window that begins or ends with the movement tells its day."""
    for claim in claims:
        first, last = claim.when.padded
        if first is None or last is None or (last - first).days + 1 >= days.COARSE:
            continue
        around = claim.when.vague
        for search in context.searches:
            begins, ends = search.window.first, search.window.last
            if claim.id in search.claims and (
                (first <= begins <= last and begins != around.earliest) or (first <= ends <= last)
            ):
                yield (
                    at,
                    (
                        f"the days of the search {search.id!r} are printed and tell the day of {claim.id!r}; "
                        f"search from {around.earliest} on"
                    ),
                )
