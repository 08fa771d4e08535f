"""A place, a what-if or a name for somebody finer than what is published: it undoes the number of people who fit
(F19, F24, E43).

Three ways it happens: a town named in the prose, a what-if written out, and a person called by a finer body than their
wording has. The words of a picture's record are printed in its caption, so they are read too.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country.phrases import Phrases
from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "finer-than-allowed"
BLOCKING = True


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of everything named too finely."""
    for line, text in _printed(draft, context):
        for mention in reading.finer_places(text, context.pack.gazetteer, context.level):
            around = context.pack.gazetteer.at_level(mention.place, context.level).id
            yield (
                line,
                f"{mention.spelling!r} is finer than an edition names a place; write "
                f"{context.pack.gazetteer.name(around, draft.language)!r} or say less",
            )
    for person, node, named in _what_ifs(draft, context):
        for sentence in draft.sentences:
            if named.casefold() in sentence.text.casefold():
                yield sentence.line, _too_fine(person, node, named)
    for sentence in draft.sentences:
        for person in sentence.sources:
            for node, named in _finer_nodes(person, draft, context):
                if named.casefold() in sentence.text.casefold():
                    yield sentence.line, _too_fine(person, node, named)


def _too_fine(person: str, node: str, named: str) -> str:
    return f"{named!r} ({node}) says more of @{person} than is safe; write @{person} and let the page describe them"


def _printed(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    for sentence in draft.sentences:
        yield sentence.line, sentence.text
    for block in draft.blocks:
        picture = context.pictures.get(block.picture or "")
        if picture is not None:
            for text in (picture.what, picture.vantage, picture.credit):
                yield block.line, text.get(draft.language, "")


def _what_ifs(draft: Draft, context: LintContext) -> Iterator[tuple[str, str, str]]:
    """Person, node and printed words of every fact the editor only wanted judged; what is published anyway is not."""
    for person, alternatives in draft.whatif.items():
        wording = context.wordings.get(person)
        published = wording.facts if wording else {}
        for axis, node in {pair for facts in alternatives for pair in facts.items()}:
            if published.get(axis) != node:
                for named in _spoken(axis, node, draft, context):
                    yield person, node, named


def _finer_nodes(person: str, draft: Draft, context: LintContext) -> Iterator[tuple[str, str]]:
    """Nodes below the ones a person is described by, and their words; places are found by the gazetteer."""
    wording = context.wordings.get(person)
    for axis in context.pack.population.axes if wording else ():
        top = wording.facts.get(axis.id) if wording else None
        if axis.id == "place" or top is None:
            continue
        for node in axis.names:
            above = axis.parents.get(node)
            while above is not None and above != top:
                above = axis.parents.get(above)
            if above == top:
                for named in _spoken(axis.id, node, draft, context):
                    yield node, named


def _spoken(axis: str, node: str, draft: Draft, context: LintContext) -> Iterator[str]:
    """The words a node is printed with, without their article."""
    phrases = context.phrases(draft)
    if axis == "place":
        if "/" in node:
            yield _bare(phrases.place(node, context.pack), phrases)
        return
    for known in context.pack.population.axes:
        if known.id == axis and node in known.names:
            named = known.names[node].get(draft.language)
            if named:
                yield _bare(named, phrases)


def _bare(named: str, phrases: Phrases) -> str:
    for article in phrases.several("page.indefinite"):
        if named.startswith(article):
            return named.removeprefix(article)
    return named
