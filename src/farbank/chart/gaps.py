"""The desk's map of a story: what is told from where, and why nothing is from everywhere else. Never for readers."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Literal

from farbank.chart.areas import at_grain
from farbank.chart.land import Area, land
from farbank.country.pack import Pack
from farbank.model.drawings import Drawing, Table
from farbank.model.places import PlaceId
from farbank.model.text import Language

State = Literal["confirmed", "reported", "silent", "cut", "refused", "nothing", "unasked"]
"""confirmed, reported: told from there, by two origins or by one. silent: a partner there fell silent. cut: nobody
there could be reached. refused: they would not say. nothing: asked, and nobody knew. unasked: nobody was ever asked."""

STATES: tuple[State, ...] = ("confirmed", "reported", "silent", "cut", "refused", "nothing", "unasked")
"""The first that holds of an area hatches it; all that hold are written in it."""
_HATCH: dict[State, str] = {"confirmed": "hatch-confirmed", "reported": "hatch"}


def gaps(pack: Pack, known: Mapping[PlaceId, Collection[State]], as_of: date, language: Language) -> Drawing:
    """Draw every level-1 area with all that holds of it; one of which nothing is known was never asked.

    Each hatch is explained under the map, as some areas are too small for the words.
    """
    phrases = pack.phrases[language]
    held: dict[PlaceId, set[State]] = {place.id: set() for place in pack.gazetteer if place.level == 1}
    for place, states in known.items():
        for area in at_grain([place], pack.gazetteer):
            held[area] |= {*states}
    ordered = {area: [s for s in STATES if s in states] or [STATES[-1]] for area, states in sorted(held.items())}
    worded = {area: tuple(phrases.say(f"chart.{s}") for s in states) for area, states in ordered.items()}
    table = Table(
        caption=phrases.say("chart.gaps", date=phrases.date(as_of)),
        heads=phrases.several("chart.map-heads"),
        rows=tuple((pack.gazetteer.name(area, language), " · ".join(said)) for area, said in worded.items()),
        note=phrases.say("chart.desk-only"),
    )
    shown = {
        area: Area(_hatch(states[0]), worded[area], keyed=states[0] == "unasked") for area, states in ordered.items()
    }
    key = [(_hatch(s), phrases.say(f"chart.{s}")) for s in STATES if any(first[0] == s for first in ordered.values())]
    return Drawing(shows="map", language=language, svg=land(pack, shown, table, language, key), table=table)


def _hatch(state: State) -> str:
    return _HATCH.get(state, f"hatch-{state}")
