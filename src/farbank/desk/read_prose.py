"""Read the prose of a story for what it gives away, and account for all of it to whoever reads the pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import lru_cache

from farbank.country.pack import Pack
from farbank.desk.file_case import Filed
from farbank.model.exposure import Wording
from farbank.model.given_away import GivenAway
from farbank.model.statemedia import Search
from farbank.model.story import Draft
from farbank.protect.accounted import Accounted, accounted
from farbank.protect.detect.prose import Parts
from farbank.protect.detect.tie import tie


def read_prose(filed: Filed, drafts: Iterable[Draft]) -> tuple[GivenAway, ...]:
    """Everything the drafts give away, tied to people; a sentence read before is not read again."""
    parts, axes = parts_of(filed.pack, filed.case.close), filed.pack.population.axes
    return tuple(each for draft in drafts for each in tie(draft, filed.case, parts, axes))


def account(
    filed: Filed,
    drafts: Collection[Draft],
    wordings: Iterable[Wording],
    searches: Sequence[Search],
    days: Collection[date],
    said: Collection[str] = (),
) -> Accounted:
    """What the pages made of these may say, and the days and words the desk says of itself."""
    parts, axes = parts_of(filed.pack, filed.case.close), filed.pack.population.axes
    return accounted(drafts, filed.case, wordings, searches, parts, axes, days, said)


@lru_cache(maxsize=4)  # as many packs as are fitted at once; the sentences read are kept by these parts
def parts_of(pack: Pack, close: date) -> Parts:
    """What of a pack reading needs, the same object for the same pack and close."""
    return Parts(pack.tells, pack.gazetteer, pack.phrases, close)
