"""Which of the state's outlets a look covers, and what each is called."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from farbank.country.fold import fold
from farbank.country.outlets import WEEK, Outlet, Publishing, Weekday
from farbank.country.pack import Pack
from farbank.model.errors import MissingReference
from farbank.model.text import Language

if TYPE_CHECKING:
    from farbank.watch.engine import Archive


def known(pack: Pack, name: str) -> Outlet | None:
    """The pack's outlet of that id, name or spelling."""
    wanted = fold(name)
    for outlet in pack.outlets:
        if wanted in map(fold, (outlet.id, *outlet.name.values(), *outlet.spellings)):
            return outlet
    return None


def ids(pack: Pack | None) -> dict[str, str]:
    """The id an archive files an outlet under, by every spelling of its name, folded; so that one outlet is one.

    An outlet of none of these is filed under the name it came with.
    """
    found: dict[str, str] = {}
    for outlet in pack.outlets if pack else ():
        for spelling in (outlet.id, *outlet.name.values(), *outlet.spellings):
            found.setdefault(fold(spelling), outlet.id)
    return found


def name(pack: Pack, outlet: str, language: Language) -> str:
    """What readers of `language` know an outlet as; one the pack does not list keeps the name it has."""
    found = known(pack, outlet)
    return outlet if found is None else found.name.get(language) or found.name.get("en", outlet)


def publishing(pack: Pack, outlet: str) -> tuple[Publishing, tuple[Weekday, ...]]:
    """How often and on which days it appears; one the pack does not list counts as daily, which asks most."""
    found = known(pack, outlet)
    return (found.publishing, found.weekdays) if found else ("daily", WEEK)


def searched(archive: Archive, pack: Pack, outlets: Sequence[str] | None) -> tuple[tuple[str, Language], ...]:
    """The (outlet, language) pairs a look covers, outlets as the archive names them.

    Without `outlets` that is every pair the archive holds an own text or title of. An outlet asked for that the archive
    does not hold is listed in its first language, so that its missing days are counted. Raises MissingReference for an
    outlet that neither the pack nor the archive knows.
    """
    if outlets is None:
        return archive.holdings
    found: list[tuple[str, Language]] = []
    for asked in outlets:
        outlet = known(pack, asked)
        held = [pair for pair in archive.holdings if pair[0] == asked or (outlet and known(pack, pair[0]) == outlet)]
        if outlet is None and not held:
            raise MissingReference(f"no outlet {asked!r} in the country pack or in the archive; check the name")
        found += held or ([(asked, outlet.languages[0])] if outlet else [])
    return tuple(dict.fromkeys(found))
