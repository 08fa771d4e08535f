"""Whoever wants to know what the desk got wrong finds all of it in one place, and from there the story."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import html
from msgspec.structs import replace
from printed import CORRECTION, edition, site

from farbank.country.pack import Pack
from farbank.publish.edition import Edition
from farbank.publish.page import Amended
from farbank.publish.render import corrected, front
from farbank.publish.render import html as story_page
from farbank.publish.render.leaf import keys
from farbank.publish.site import Card, Site, card, labels
from farbank.publish.site import site as site_of


def amended(number: int, day: date, kind: str = "Correction") -> Amended:
    return Amended(id=f"c-{number:016x}", day=day, when=f"{day}", kind=kind, text=f"{number} is right now")


def with_corrections(made: Edition, *corrections: Amended) -> Edition:
    pages = {tag: replace(page, corrections=corrections) for tag, page in made.pages.items()}
    return replace(made, pages=pages)


def desk(tiny: Pack, *cards: Card) -> Site:
    words = {tag: labels(tiny.phrases[tag]) for tag in ("en", "qtz")}
    return site_of(
        cards, list, desk={"en": "Tide", "qtz": "Tide"}, languages=("en", "qtz"), key="ab" * 32, labels=words
    )


def a_card(tiny: Pack, story: str, number: int, *corrections: Amended) -> Card:
    made = replace(with_corrections(edition(story=story), *corrections), id=f"{story}-{number}", sequence=number)
    return card(made, tiny.phrases, number)


@pytest.fixture
def cards(tiny: Pack) -> tuple[Card, ...]:
    """Of three stories the first was corrected and retracted since, the second never, the third corrected between."""
    return (
        a_card(tiny, "dues", 3, amended(3, date(2031, 8, 1), "Retracted"), amended(1, date(2031, 6, 1))),
        a_card(tiny, "boats", 1),
        a_card(tiny, "geese", 2, amended(2, date(2031, 7, 1))),
    )


@pytest.fixture
def three(tiny: Pack, cards: tuple[Card, ...]) -> Site:
    return desk(tiny, *cards)


def made(one: Site) -> dict[str, bytes]:
    return {leaf.path: leaf.make() for leaf in corrected.leaves(one)}


def test_the_newest_correction_stands_first_with_its_day_its_kind_and_the_way_to_its_story(three: Site) -> None:
    page = html.fromstring(made(three)["corrections.en.html"])
    assert [each.text_content().split()[0] for each in page.xpath("//section/p[@class='policy']")] == ["3", "2", "1"]
    assert page.xpath("//time/@datetime") == ["2031-08-01", "2031-07-01", "2031-06-01"]
    assert [each.text_content() for each in page.find_class("kind")] == ["Retracted", "Correction", "Correction"]
    assert page.xpath("//h2/a/@href")[0] == f"s/dues/en.html#c-{3:016x}"


def test_the_way_leads_to_the_correction_on_the_page_of_the_story(tiny: Pack) -> None:
    (link,) = html.fromstring(made(site(tiny.phrases, stories=1))["corrections.en.html"]).xpath("//h2/a/@href")
    page = html.fromstring(story_page.files(edition())["en.html"])
    assert link.partition("#")[2] == CORRECTION and page.xpath(f"//*[@id='{CORRECTION}']")


def test_where_nothing_was_corrected_it_says_so(tiny: Pack, cards: tuple[Card, ...]) -> None:
    page = made(desk(tiny, cards[1]))["corrections.en.html"].decode()
    assert tiny.phrases["en"].say("site.corrections-none") in page


def test_a_story_that_is_not_in_a_language_is_not_among_its_corrections(tiny: Pack, cards: tuple[Card, ...]) -> None:
    only = desk(tiny, *(replace(each, languages=("en",)) for each in cards))
    assert corrected.told(only, "qtz") == [] and len(corrected.told(only, "en")) == 3


def test_many_corrections_are_shelved_by_the_year(tiny: Pack) -> None:
    many = [amended(n, date(2031 + n % 3, 1 + n % 12, 1)) for n in range(corrected.LISTED + 10)]
    full = desk(tiny, a_card(tiny, "dues", 2, *sorted(many, key=lambda each: each.day, reverse=True)))
    pages = made(full)
    first = html.fromstring(pages["corrections.en.html"])
    assert len(first.xpath("//section")) == corrected.LISTED
    years = first.xpath("//nav[@class='shelves']//a/@href")
    assert years == [f"corrections/{year}.en.html" for year in (2033, 2032, 2031)]
    told = [link for path in years for link in html.fromstring(pages[path]).xpath("//h2/a/@href")]
    assert len(set(told)) == len(many) and all(link.startswith("../s/dues/en.html#") for link in told)


def test_a_correction_makes_another_page_of_its_year_and_of_no_other(tiny: Pack) -> None:
    dues, boats = ([amended(year + n, date(year, 1, 1)) for n in range(corrected.LISTED)] for year in (2031, 2032))
    still = a_card(tiny, "boats", 2, *boats)
    before = desk(tiny, a_card(tiny, "dues", 2, *dues), still)
    after = desk(tiny, a_card(tiny, "dues", 3, amended(1, date(2031, 2, 1)), *dues), still)
    old, new = (keys(each, corrected.leaves(each)) for each in (before, after))
    assert old["corrections/2031.en.html"] != new["corrections/2031.en.html"]
    assert old["corrections/2032.en.html"] == new["corrections/2032.en.html"]


def test_a_corrected_story_says_so_wherever_it_is_listed(three: Site) -> None:
    pages = {leaf.path: leaf for leaf in front.leaves(three)}
    latest = html.fromstring(pages["en.html"].make())
    assert [each.text_content() for each in latest.find_class("kind")] == ["Retracted", "Correction"]


def test_a_story_leads_to_the_page_of_corrections_once_it_is_out() -> None:
    out = html.fromstring(story_page.files(edition())["en.html"])
    assert out.xpath("//header//a/@href") == ["qtz.html", "../../corrections.en.html"]
    demo = story_page.files(replace(edition(), sequence=0))["en.html"]
    assert b"corrections.en.html" not in demo
