"""What to do about each sort of thing the prose gives away."""

from __future__ import annotations

from farbank.model.detections import Sort
from farbank.model.given_away import Stand

_DO: dict[Sort, str] = {
    "absence": "drop it, or tell of nobody in particular that people stayed away: the attendance list has the names",
    "anecdote": "drop it, move it to the third person, or merge it with others: a list of the state has the names",
    "clock": "say the part of the week or month instead of the hour",
    "date": "say the month: the day is one of a contact",
    "income": "leave out what hints at how they live: few have such means, or such need",
    "kinship": "leave the relative out: registers list everybody by family",
    "other": "leave it out: whoever knows them knows who that is",
    "serial": "leave the number out: every copy may be marked, and its holder is known",
    "person": "leave the name out",
    "place": "leave the landmark or the distance out: it leads to the door",
    "quantity": "leave the number out, or say of how many units it was asked: it names the unit",
    "rank": "leave the rank out, or let the page describe them",
}
_FINER = "says more of them than the description; leave it out, or let `show` and the page say it"
_LOOK = "look whether it is of somebody behind the story; if so, {do}"


def advice(sort: Sort, stand: Stand, *, fact: bool) -> str:
    """One sentence for the editor; empty where nothing is to be done."""
    if stand in ("agrees", "accepted"):
        return ""
    do = _FINER if fact else _DO.get(sort, "leave it out")
    return _LOOK.format(do=do) if stand == "unsure" else do
