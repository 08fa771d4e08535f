from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta

import pytest

from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.dates import When
from farbank.model.statemedia import Article, Search, Window
from farbank.watch import archive, check
from farbank.watch.engine import Archive

FIRST = date(2031, 7, 1)
WINDOW = Window(first=FIRST, last=FIRST + timedelta(29))
WORDS = ("grain", "quay", "park", "bread", "mill", "storm", "night", "wind")
PLACES = ("", "", "", " in Varrow", " in Hoam", " in Brask", " in Liskey", " in Thailand")


def many() -> list[Article]:
    """More that may mention a storm than a look reads, of all lengths, so that their scores lie far apart."""
    chance = random.Random(7)

    def item(number: int) -> Article:
        about = " ".join(chance.choices(WORDS, k=chance.randrange(40)))
        texts = [f"A storm{chance.choice(PLACES)}: {about} {number}.", f"The ferry waited; {about} {number} men died."]
        day = FIRST + timedelta(chance.randrange(-200, 230))
        title = f"Report{chance.choice(PLACES)} {number}"
        return Article(id=f"a{number}", outlet="Wire", lang="en", date=day, title=title, body="\n".join(texts))

    return [item(number) for number in range(3000)]


def looks(opened: Archive, pack: Pack) -> list[Search]:
    places = ("tq", "tq:V", "tq:V1", "tq:V2", "tq:O1", "tq:S")
    return [
        check(_claim(place, event), opened, pack, WINDOW)
        for place in places
        for event in (("storm",), ("death", "storm"), ("ferry", "death"), ("ferry", "order"))
    ]


def _claim(place: str, event: Sequence[str]) -> Claim:
    query = Query(event=tuple(event))
    return Claim(id="c", kind="event", text={"en": "It was"}, place=place, when=When("2031-07"), query=query)


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, tiny: Pack) -> Iterator[list[Search]]:
    folder = tmp_path_factory.mktemp("one")
    archive.build(many(), folder)
    with archive.open(folder) as opened:
        yield looks(opened, tiny)


def test_what_is_read_of_too_much_hangs_on_what_it_says_alone(
    filed: Callable,  # type: ignore[type-arg]
    tiny: Pack,
    expected: list[Search],
) -> None:
    articles = many()
    random.Random(8).shuffle(articles)
    with filed()(articles) as opened:
        assert looks(opened, tiny) == expected
    assert len({search.result for search in expected}) > 2
