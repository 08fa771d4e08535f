"""Captions and alternative texts, compiled from the record of a picture and never typed (F24, E16)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from farbank.country.pack import Pack
from farbank.model.dates import When
from farbank.model.errors import MissingReference
from farbank.model.places import PlaceId
from farbank.model.story import Picture
from farbank.model.text import Language, Text
from farbank.publish.cast import capital
from farbank.publish.grain import PUBLISHED, coarse

FILE_AFTER = timedelta(days=31)
"""Older than this before the close, a picture is a file picture: house rule, one month's grain of captions."""


def is_file_picture(picture: Picture, close: date) -> bool:
    """Whether it is older than the story it stands in."""
    latest = picture.when.latest
    return latest is not None and latest < close - FILE_AFTER


def caption(picture: Picture, close: date, pack: Pack, language: Language, reported: Sequence[PlaceId] = ()) -> str:
    """What, place no finer than the province, month and year, vantage and credit, with what a reader must not mistake.

    `reported` are the places the story is about; one that is elsewhere is said to be elsewhere.
    """
    phrases = pack.phrases[language]
    key = "caption.drawn" if picture.stands_in else "caption.shown"
    what = _in(picture.what, language, picture)
    slots = {
        "what": what if picture.stands_in else capital(what),
        "place": _place(picture, pack, language),
        "date": phrases.date(_month(picture.when)),
        "vantage": _in(picture.vantage, language, picture),
    }
    said = [phrases.say("caption.file")] if is_file_picture(picture, close) else []
    said.append(capital(phrases.say(key, **slots)))
    elsewhere = coarse(tuple(reported), pack.gazetteer)
    if elsewhere and not any(_meets(picture.place, place, pack) for place in elsewhere):
        names = phrases.join(pack.gazetteer.name(place, language) for place in elsewhere)
        said.append(phrases.say("caption.elsewhere", reported=names))
    said.append(phrases.say("caption.credit", credit=_in(picture.credit, language, picture)))
    return " ".join(said)


def alt(picture: Picture, pack: Pack, language: Language) -> str:
    """The alternative text: the kind of picture, what it shows, where and when, at the caption's grain."""
    phrases = pack.phrases[language]
    return phrases.say(
        "caption.alt-drawn" if picture.stands_in else "caption.alt",
        what=_in(picture.what, language, picture),
        place=_place(picture, pack, language),
        date=phrases.date(_month(picture.when)),
    )


def _place(picture: Picture, pack: Pack, language: Language) -> str:
    return pack.gazetteer.name(pack.gazetteer.at_level(picture.place, PUBLISHED).id, language)


def _meets(place: PlaceId, other: PlaceId, pack: Pack) -> bool:
    return pack.gazetteer.is_within(place, other) or pack.gazetteer.is_within(other, place)


def _month(when: When) -> When:
    """The months it falls in: a caption gives no day."""
    ends = [f"{end:%Y-%m}" if end else ".." for end in (when.earliest, when.latest)]
    return When((ends[0] if ends[0] == ends[1] else "/".join(ends)) + "~" * (when.approximate and ends[0] == ends[1]))


def _in(text: Text, language: Language, picture: Picture) -> str:
    try:
        return text[language]
    except KeyError:
        raise MissingReference(f"picture {picture.id!r} is not worded in {language}; add it to its record") from None
