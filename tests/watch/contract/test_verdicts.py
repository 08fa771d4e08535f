from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from farbank.country.pack import Pack
from farbank.model.claims import Claim, Query
from farbank.model.dates import When
from farbank.model.statemedia import Article, Window
from farbank.watch import check
from farbank.watch.engine import Archive

WINDOW = Window(first=date(2031, 7, 25), last=date(2031, 8, 10))
LATER = Window(first=date(2031, 8, 20), last=date(2031, 8, 24))


def item(name: str, day: str, title: str, *paragraphs: str, lang: str = "en", outlet: str = "Tarquell Wire") -> Article:
    when = date.fromisoformat(day)
    return Article(id=name, outlet=outlet, lang=lang, date=when, title=title, body="\n".join(paragraphs))


def quiet() -> Iterator[Article]:
    """One dull article a day in both languages, so that the window is held."""
    for n in range((WINDOW.last - WINDOW.first).days + 1):
        day = str(WINDOW.first + timedelta(n))
        yield item(f"q{n}", day, f"Concert {n}", f"Concert {n} took place in the park.")
        yield item(f"r{n}", day, f"Könsärt {n}", f"Könsärt {n} i pörken.", lang="qtz")


ARTICLES = (
    *quiet(),
    item("varrow", "2031-07-31", "Gale Over Varrow", "A gale hit the island.", "The ferry of Hoam drowned."),
    item("brask", "2031-08-01", "Rain", "A storm reached Brask.", "Two men died that night."),
    item("denied", "2031-08-02", "After the Storm", "No death was caused by the storm in Liskey."),
    item("skembry", "2031-08-03", "Nöt", "Färj stängd i Skembrï.", lang="qtz"),
    item("spring", "2031-05-02", "Spring", "The lockdown of Tindlewick Ward was lifted."),
    item("korea", "2031-08-04", "Korea", "A lockdown began in Thailand."),
)
ASKED = (
    ("tq:V", ("storm",), (), "said", {"varrow", "denied"}),
    ("tq:V1", ("storm",), (), "half-said", {"varrow"}),
    ("tq:V", ("storm",), ("ferry",), "half-said", {"varrow", "denied"}),
    ("tq:V2", ("death", "storm"), (), "contradicted", {"denied"}),
    ("tq:O1", ("storm",), (), "said", {"brask"}),
    ("tq:O1", ("death", "storm"), (), "cannot-tell", {"brask"}),
    ("tq:S", ("ferry",), (), "said", {"skembry"}),
    ("tq:S", ("ferry", "lockdown"), (), "said", {"skembry"}),
    ("tq:O2", ("lockdown",), (), "said-elsewhere", {"spring", "korea", "skembry"}),
    ("tq:O2", ("ferry", "death"), (), "said-elsewhere", {"varrow"}),
    ("tq:O2", ("order",), (), "silent", set()),
)


@pytest.fixture(scope="module")
def written(filed: Callable) -> Iterator[Archive]:  # type: ignore[type-arg]
    with filed()(ARTICLES) as opened:
        yield opened


def claim(place: str, event: tuple[str, ...], detail: tuple[str, ...] = ()) -> Claim:
    query = Query(event=event, detail=detail)
    return Claim(id="c", kind="event", text={"en": "It was"}, place=place, when=When("2031-08"), query=query)


@pytest.mark.parametrize(("place", "event", "detail", "result", "articles"), ASKED)
def test_every_engine_gives_the_same_verdict_and_shows_the_same_passages(
    written: Archive,
    tiny: Pack,
    place: str,
    event: tuple[str, ...],
    detail: tuple[str, ...],
    result: str,
    articles: set[str],
) -> None:
    search = check(claim(place, event, detail), written, tiny, WINDOW)
    assert (search.result, {one.article for one in search.passages if one.result == result}) == (result, articles)
    assert search.languages == ("en", "qtz")
    assert all(not one.days_missing for one in search.coverage)


def test_days_that_are_not_held_forbid_silence(written: Archive, tiny: Pack) -> None:
    search = check(claim("tq:O", ("death",)), written, tiny, LATER)
    assert (search.result, len(search.coverage[0].days_missing)) == ("cannot-tell", 5)
