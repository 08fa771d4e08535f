"""A place spelt otherwise than the house does: Yanggang for Ryanggang, Hamkyung for Hamgyong (F27, E29).

Two spellings of one province read as two provinces.
"""

from __future__ import annotations

from collections.abc import Iterator

from farbank.country.spellings import PlaceType, stem
from farbank.model.story import Draft
from farbank.publish.lint import reading
from farbank.publish.lint.context import LintContext

RULE = "place-spelling"
BLOCKING = False


def find(draft: Draft, context: LintContext) -> Iterator[tuple[int, str]]:
    """Line and message of every variant of a name that is printed."""
    gazetteer, together = context.pack.gazetteer, context.pack.about.reading.together
    for sentence in context.printed(draft):
        for mention in reading.places(sentence.text, gazetteer):
            place = gazetteer.place(mention.place)
            if len(mention.places) > 1 or place.level == 0 or mention.spelling in together:
                continue
            kind = context.pack.about.places.types.get(place.type, PlaceType())
            house = _house(gazetteer.name(place.id, draft.language), kind)
            if mention.spelling not in house and sentence.role != "quote":
                yield (
                    sentence.line,
                    f"{mention.spelling!r} is written {gazetteer.name(place.id, draft.language)!r} here",
                )


def _house(name: str, kind: PlaceType) -> set[str]:
    """The name, and the name with and without its type words; southern spellings are not among them."""
    bare = stem(name, kind)
    return {name, bare, *(bare + suffix for suffix in kind.suffixes)}
