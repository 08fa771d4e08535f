"""What a pack says of how its places are read in running text."""

from __future__ import annotations

import msgspec

from farbank.model.places import PlaceId


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """What a reader of the country's papers knows about names that look like words.

    `ambiguous` names count only with a type word. `skip` are patterns to pass over, such as datelines (`^` is a line's
    start). `broken` maps an ending to the characters that, following it, make it another word (`시` + `간`), unless one
    of the `bodies` stands there: what a Korean name runs into where it names a place (`회령` + `보위부`). `longer` are
    endings after a hyphen that make it the name of somewhere else (`-ri`). `together` are phrases that name several
    places at once (`North and South Hamgyong`): each is mentioned, at the same span.

    A wary reader also guesses, but never at `common` words that only look or sound like one of the places, nor at
    the names in `public`, which everybody prints. After a word of `where` (“in”) it takes an `ambiguous` name of the
    Latin alphabet for the place, unless a number follows as behind a missile's.
    """

    ambiguous: tuple[str, ...] = ()
    skip: tuple[str, ...] = ()
    broken: dict[str, str] = {}
    bodies: tuple[str, ...] = ()
    longer: tuple[str, ...] = ()
    together: dict[str, tuple[PlaceId, ...]] = {}
    common: tuple[str, ...] = ()
    public: tuple[str, ...] = ()
    where: tuple[str, ...] = ()


Found = tuple[int, int, tuple[PlaceId, ...]]
"""Where a name starts and ends, and the places it fits."""
