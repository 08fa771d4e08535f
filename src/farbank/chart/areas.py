"""The readers' map of a story: the areas it is reported from and confirmed in, and never where the desk has nobody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec

from farbank.chart.land import Area, land
from farbank.country.gazetteer import Gazetteer
from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.drawings import Drawing, Table
from farbank.model.places import PlaceId
from farbank.model.text import Language


class Told(msgspec.Struct, frozen=True, kw_only=True):
    """Where a story was told from, and where all of what was told from there is confirmed, as of a day."""

    reported: tuple[PlaceId, ...] = ()
    confirmed: tuple[PlaceId, ...] = ()
    as_of: date | None = None


def told_map(pack: Pack, told: Told, language: Language) -> Drawing:
    """Draw where a story was told from.

    Places finer than level 1 are drawn as their level-1 area; the country itself hatches nothing. With a day, a line
    says that nothing could be confirmed elsewhere as of it, whatever was asked where. The same arguments give the same
    bytes.
    """
    phrases = pack.phrases[language]
    confirmed = at_grain(told.confirmed, pack.gazetteer)
    shown = dict.fromkeys(at_grain(told.reported, pack.gazetteer), "reported") | dict.fromkeys(confirmed, "confirmed")
    named = [(pack.gazetteer.name(place, language), phrases.say(f"chart.{how}")) for place, how in shown.items()]
    table = Table(
        caption=_caption([name for name, _ in named], phrases),
        heads=phrases.several("chart.map-heads"),
        rows=tuple(named),
        note=phrases.say("chart.elsewhere", date=phrases.date(told.as_of)) if told.as_of else "",
    )
    drawn = {
        place: Area("hatch-confirmed" if how == "confirmed" else "hatch", (phrases.say(f"chart.{how}"),))
        for place, how in shown.items()
    }
    return Drawing(shows="map", language=language, svg=land(pack, drawn, table, language), table=table)


def _caption(names: Sequence[str], phrases: Phrases) -> str:
    return phrases.say("chart.title", places=phrases.join(names)) if names else phrases.say("chart.nowhere")


def at_grain(places: Sequence[PlaceId], gazetteer: Gazetteer) -> list[PlaceId]:
    """The level-1 areas the places are or lie in, each once, sorted; the country is none."""
    return sorted({gazetteer.at_level(place, 1).id for place in places if gazetteer.place(place).level >= 1})
