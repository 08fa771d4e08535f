from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from farbank.model.statemedia import Article, Window
from farbank.watch import coverage

FIRST = date(2031, 7, 7)  # a Monday
WINDOW = Window(first=FIRST, last=FIRST + timedelta(6))
TEXT = "The ferry of Brask left with forty sacks of grain on board."


def item(number: int, day: int, body: str = "Calm {}.", **more: str) -> Article:
    fields = {"outlet": "Wire", "lang": "en", "title": f"Report {number}"} | more
    return Article(id=f"a{number}", date=FIRST + timedelta(day), body=body.format(number), **fields)


ITEMS = (
    item(1, 0),
    item(2, 0),
    item(3, 1, " \n"),
    item(4, 2, kind="press_summary"),
    item(5, 4, lang="qtz"),
    item(6, 5, TEXT),
    item(7, 5, TEXT),
    item(8, 9, outlet="Gazette"),
    item(1, 0),
)


def test_only_full_texts_of_the_outlet_itself_hold_a_day(filed: Callable) -> None:  # type: ignore[type-arg]
    with filed()(ITEMS) as opened:
        held = coverage(opened, "Wire", "en", WINDOW)
        assert (held.days_held, held.titles_only) == (2, 1)
        assert held.days_missing == tuple(FIRST + timedelta(n) for n in (1, 2, 3, 4, 6))
        assert [(one.day.day, one.bodies) for one in opened.store.days("Wire", "en", WINDOW) if one.bodies] == [
            (7, 2),
            (12, 1),  # the same text twice is one
        ]
        assert coverage(opened, "Nobody", "en", WINDOW).days_held == 0
        assert (
            coverage(opened, "Gazette", "en", WINDOW, "weekly").days_missing
            == coverage(opened, "Nobody", "en", WINDOW).days_missing
        )
        assert opened.holdings == (("Gazette", "en"), ("Wire", "en"), ("Wire", "qtz"))
        assert opened.languages == ("en", "qtz")
        extent = opened.extent
        assert (extent.articles, extent.bodies, extent.titles_only, extent.folded, extent.versions) == (8, 5, 1, 1, 0)
        assert (extent.passages, extent.first, extent.last) == (15, FIRST, FIRST + timedelta(9))


def test_building_again_adds_and_moves_nothing(filed: Callable) -> None:  # type: ignore[type-arg]
    keep = filed()
    needle = [{"en": (("calm",),)}]
    window = Window(first=FIRST, last=FIRST + timedelta(30))
    with keep([item(1, 0), item(2, 1)]) as opened:
        before = {key: opened.store.article(key >> 16) for key in opened.index.find(needle, window)}
        with keep([item(2, 1), item(3, 2)]) as again:
            after = {key: again.store.article(key >> 16) for key in again.index.find(needle, window)}
            assert before.items() <= after.items()
            assert sorted(article.id for article in after.values()) == ["a1", "a2", "a3"]
            assert [one.day for one in again.store.days("Wire", "en", window)] == [
                FIRST + timedelta(n) for n in range(3)
            ]
        assert opened.index.find(needle, window).keys() == before.keys()
    with keep([item(1, 0), item(3, 2)]) as same:
        assert {key: same.store.article(key >> 16) for key in same.index.find(needle, window)} == after


def test_another_text_under_an_id_is_another_version_and_both_are_found(filed: Callable) -> None:  # type: ignore[type-arg]
    with filed()([item(1, 0, "The dam holds."), item(1, 0, "The dam broke.")]) as opened:
        assert len(opened.index.find([{"en": (("dam",),)}], WINDOW)) == 2
        assert (opened.extent.articles, opened.extent.versions) == (1, 1)
        assert coverage(opened, "Wire", "en", WINDOW).bodies == 1


def test_an_empty_archive_finds_nothing(filed: Callable) -> None:  # type: ignore[type-arg]
    with filed()([]) as opened:
        assert opened.index.find([{"en": (("calm",),)}], WINDOW) == {}
        assert (opened.holdings, opened.languages, opened.extent.articles, opened.extent.first) == ((), (), 0, None)
        assert coverage(opened, "Wire", "en", WINDOW).days_held == 0


SPEECH = " ".join(
    f"The mill at Brask ground sack {n} of rye before noon, and the wind stayed in the west." for n in range(9)
)


def test_a_text_in_several_places_is_one_and_says_where(filed_whole: Callable) -> None:  # type: ignore[type-arg]
    items = (
        item(1, 0, SPEECH, url="http://wire.example/1"),
        item(2, 1, SPEECH, outlet="Gazette", url="http://gazette.example/2"),
        item(3, 2, SPEECH.replace("stayed in the west", "stood in the west", 1), url="http://wire.example/3"),
        item(4, 2, SPEECH.replace("sack 3", "sack 300"), url="http://wire.example/4"),
        item(5, 0, "Färj i Bräsk.", lang="qtz", item="77", url="http://wire.example/5"),
        item(6, 0, "A ferry at Brask.", item="77", url="http://wire.example/6"),
        item(7, 3, "Calm again."),
        item(7, 3, "Calm no more."),
        item(8, 4, "", title="Only a title"),
        item(9, 4, "", title="Only a title"),
    )
    with filed_whole()(items) as opened:
        store = opened.store

        def outlet(number: int) -> str:
            return "Gazette" if number == 2 else "Wire"

        groups = {
            (one, other)
            for one in range(1, 10)
            for other in range(1, one)
            if store.same(outlet(one), f"a{one}") == store.same(outlet(other), f"a{other}")
        }
        assert groups == {(2, 1), (3, 1), (3, 2), (6, 5)}
        assert [(one.outlet, one.date.day, one.url) for one in store.copies("Wire", "a3")] == [
            ("Wire", 7, "http://wire.example/1"),
            ("Gazette", 8, "http://gazette.example/2"),
        ]
        assert [one.language for one in store.copies("Wire", "a6")] == ["qtz"]
        assert store.copies("Wire", "a7") == store.copies("Wire", "a9") == []
        assert (opened.extent.articles, opened.extent.folded, opened.extent.versions) == (9, 3, 1)


def test_the_id_of_one_outlet_says_nothing_of_another(filed_whole: Callable) -> None:  # type: ignore[type-arg]
    items = (
        item(1, 0, "The dam holds."),
        item(1, 0, "The ferry sank.", outlet="Gazette"),
        item(2, 1, SPEECH),
        item(2, 1, SPEECH, outlet="Gazette"),
        item(3, 2, ""),
        item(3, 2, "", outlet="Gazette"),
        item(3, 2, "The mill turns.", outlet="Gazette"),
    )
    keep = filed_whole()
    with keep(items) as opened:
        store = opened.store
        assert (opened.extent.articles, opened.extent.versions, opened.extent.folded) == (6, 1, 1)
        assert (opened.extent.bodies, opened.extent.titles_only) == (5, 1)
        assert store.same("Wire", "a1") != store.same("Gazette", "a1")
        assert store.same("Wire", "a2") == store.same("Gazette", "a2")
        assert store.copies("Wire", "a1") == store.copies("Gazette", "a3") == []
        assert [one.outlet for one in store.copies("Wire", "a2")] == ["Gazette"]
        assert [(one.bodies, one.titles) for one in store.days("Wire", "en", WINDOW)] == [(1, 0), (1, 0), (0, 1)]
        assert [(one.bodies, one.titles) for one in store.days("Gazette", "en", WINDOW)] == [(1, 0), (1, 0), (1, 0)]
    with keep(items) as again:
        assert (again.extent.articles, again.extent.versions) == (6, 1)


def test_two_outlets_may_file_the_same_text_under_the_same_id(filed: Callable) -> None:  # type: ignore[type-arg]
    with filed()([item(1, 0, "Calm."), item(1, 0, "Calm.", outlet="Gazette")]) as opened:
        assert opened.holdings == (("Gazette", "en"), ("Wire", "en"))
        assert opened.extent.articles == 2
