"""Which invented places content speaks of: wherever it names one, and nowhere else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from farbank.model import codec
from farbank.model.case import Case

LISTS = (
    "partners", "persons", "audiences", "disclosures", "record", "contacts", "reports", "chains", "claims", "evidence",
    "coincidences", "statements", "searches", "pictures",
)  # fmt: skip
PLACES = [
    {"id": "case:shire", "level": 2, "type": "county", "parent": "qz:north", "names": {"en": "Shire"}},
    {"id": "case:mill", "level": 3, "type": "town", "parent": "case:shire", "names": {"en": "Mill"}},
    {"id": "case:mill-order", "level": 3, "type": "town", "parent": "case:shire", "names": {"en": "Order"}},
    {"id": "case:lonely", "level": 2, "type": "county", "parent": "qz:north", "names": {"en": "Lonely"}},
]
HOP = {"who": "person:wren", "how": "saw"}
CLAIM = {"id": "c", "kind": "event", "text": {"en": "It is so"}, "place": "qz", "when": "2031"}
PICTURE = {"id": "p", "file": "p.png", "what": {}, "place": "qz", "when": "2031", "vantage": {}, "credit": {}}
SEARCH = {
    "id": "s", "claims": [], "window": {"first": "2031-01-01", "last": "2031-01-02"}, "outlets": [], "languages": [],
    "result": "silent",
}  # fmt: skip
PASSAGE = {
    "article": "a", "outlet": "o", "language": "en", "date": "2031-01-01", "title": "T", "text": "t", "result": "said",
}  # fmt: skip
AUDIENCE: dict[str, Any] = {"id": "a", "name": {}, "group": {}}


def case(**parts: Any) -> Case:
    empty: dict[str, Any] = {key: [] for key in LISTS}
    top = {
        "name": "mill-order", "country": "qz", "desk": {"name": {}, "byline": {}}, "close": date(2031, 7, 19),
        "languages": ["en"], "places": PLACES, "media": {}, "stories": {},
    }  # fmt: skip
    return codec.convert({**empty, **top, **parts}, Case, "invented")


def spoken(**parts: Any) -> set[str]:
    return {place.id for place in case(**parts).spoken_places}


@pytest.mark.parametrize(
    "parts",
    [
        {"claims": [{**CLAIM, "place": "case:mill"}]},
        {"claims": [{**CLAIM, "who": "body:committee:case:mill"}]},
        {"chains": [{"id": "k", "hops": [HOP], "place": "case:mill"}]},
        {"chains": [{"id": "k", "hops": [{**HOP, "who": "body:committee:case:mill"}]}]},
        {"pictures": [{**PICTURE, "place": "case:mill"}]},
        {"audiences": [{**AUDIENCE, "group": {"place": "case:mill"}}]},
        {"audiences": [{**AUDIENCE, "sure": {"place": "case:mill/town"}}]},
        {"disclosures": [{"id": "d", "text": {}, "facts": {"place": "case:mill"}}]},
        {"persons": [{"id": "wren", "block": {"place": "case:mill"}}]},
        {"searches": [{**SEARCH, "passages": [{**PASSAGE, "places": ["case:mill"]}]}]},
        {"searches": [{**SEARCH, "note": {"en": "Nothing on case:mill."}}]},
        {"contacts": [{"id": "c", "partner": "wren", "when": "2031", "channel": "call", "told": ["of case:mill"]}]},
        {"reports": [{"id": "r", "contact": "c", "language": "en", "text": "(case:mill)"}]},
        {"stories": {"en": "---\nwhatif: {wren: [{place: case:mill}]}\n---\n"}},
        {"stories": {"en": "---\ncase:mill\n---\n"}},
        {"stories": {"en": "Of case:mill: nothing."}},
        {"desk": {"name": {}, "byline": {"en": "The desk of case:mill"}}},
    ],
)
def test_a_place_named_anywhere_is_spoken_of_and_so_is_what_lies_around_it(parts: dict[str, Any]) -> None:
    assert spoken(**parts) == {"case:mill", "case:shire"}


@pytest.mark.parametrize(
    "parts",
    [
        {},
        {"identities": [{"id": "wren", "profile": {"place": "case:mill"}, "spellings": ["case:mill"]}]},
        {"stories": {"en": "A showcase:mill, case:mills and case:mill:sub."}},
        {"media": {"p.png": b"case:mill"}},
    ],
)
def test_what_only_identities_know_or_nobody_names_is_not(parts: dict[str, Any]) -> None:
    assert spoken(**parts) == set()


def test_a_longer_id_is_another_place() -> None:
    assert spoken(stories={"en": "case:mill-order"}) == {"case:mill-order", "case:shire"}


def test_they_come_in_the_order_of_the_case() -> None:
    made = case(stories={"en": "case:lonely, case:mill"})
    assert [place.id for place in made.spoken_places] == ["case:shire", "case:mill", "case:lonely"]
