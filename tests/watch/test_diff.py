"""What reads as changed: edits and disappearances, whatever order their captures are taken in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from farbank.country.sites import Site
from farbank.model import codec
from farbank.model.captures import Capture, Missed
from farbank.model.statemedia import Article, Window
from farbank.watch import archive, diff, filing, notes
from farbank.watch.diff import Change
from farbank.watch.prepare import prepare
from farbank.watch.sources import lines

MAY = Window(first=date(2031, 5, 1), last=date(2031, 5, 31))
START = datetime(2031, 5, 12, 6, tzinfo=UTC)
SITE = Site(
    id="varn", outlet="varn", item=r"https?://varn\.example/(?P<item>\d+)", languages={"en": "en"},
    hosts=("varn.example",), title="h1", body="article p", day="time",
)  # fmt: skip
URL = "http://varn.example/1"


def at(hour: float) -> datetime:
    return START + timedelta(hours=hour)


def page(hour: float, text: str, url: str = URL, title: str = "Bridge at Varn") -> Capture:
    html = f"<h1>{title}</h1><time>2031-05-12</time><article><p>{text}</p></article>"
    return Capture(url=url, taken=at(hour), status=200, headers=(("content-type", "text/html"),), body=html.encode())


def answer(hour: float, status: int, location: str = "", url: str = URL) -> Capture:
    headers = (("location", location),) if location else ()
    return Capture(url=url, taken=at(hour), status=status, headers=headers)


def listed(hour: float, title: str = "Varn’s bridge", url: str = URL) -> Capture:
    return notes.of_missed(
        Missed(
            url=url,
            outlet="varn",
            language="en",
            noticed=at(hour),
            why="it answered 403",
            title=title,
            day=START.date(),
        )
    )


def file(folder: Path, found: Iterable[Capture], sites: Sequence[Site] = (SITE,)) -> Path:
    with filing.filing(folder) as opened:
        for one in found:
            opened.file(prepare(one, sites))
    return folder


def changes(folder: Path, *found: Capture) -> list[Change]:
    with archive.open(file(folder, found)) as opened:
        return diff.changes(opened.store, MAY)


def hours(change: Change) -> tuple[float, float]:
    return ((change.last - START) / timedelta(hours=1), (change.noticed - START) / timedelta(hours=1))


def test_a_title_whose_text_is_read_later_is_not_edited(tmp_path: Path) -> None:
    assert changes(tmp_path / "listed", listed(0), page(6, "Carts crossed.")) == []
    assert changes(tmp_path / "pictures", page(0, ""), page(6, "Carts crossed.")) == []


def test_a_title_in_a_file_of_headlines_is_no_text_taken_down(tmp_path: Path) -> None:
    full = Article(id="1", outlet="varn", lang="en", date=MAY.first, title="Bridge", body="Carts crossed.")
    headline = Article(id="1", outlet="varn", lang="en", date=MAY.first, title="Bridge at Varn")
    found = [lines.capture(one, codec.to_json(one), at(n)) for n, one in enumerate((full, headline))]
    assert changes(tmp_path, *found) == []


def test_a_headline_that_changes_and_a_text_that_is_taken_out_are_edits(tmp_path: Path) -> None:
    first, second = changes(tmp_path, page(0, "", title="One"), page(1, "", title="Two"), page(2, "All.", title="Two"),
                            page(3, "", title="Two"))  # fmt: skip
    assert [hours(one) for one in (first, second)] == [(0, 1), (2, 3)]
    assert second.words == (("Two All.", "Two"),)


def test_a_text_that_comes_back_was_edited_twice(tmp_path: Path) -> None:
    found = changes(
        tmp_path, page(0, "Two were hurt."), page(6, "Two were hurt."), page(12, "Seven were hurt."),
        page(18, "Two were hurt."), page(24, "Two were hurt."),
    )  # fmt: skip
    assert [(one.kind, hours(one)) for one in found] == [("edited", (6, 12)), ("edited", (12, 18))]
    assert [one.words[0][0].split()[-3] for one in found] == ["Two", "Seven"]


def test_a_page_that_was_not_modified_was_seen_as_it_was(tmp_path: Path) -> None:
    found = changes(tmp_path, page(0, "Two."), answer(6, 304), page(12, "Seven."), answer(18, 304), answer(24, 404))
    assert [(one.kind, hours(one)) for one in found] == [("edited", (6, 12)), ("vanished", (18, 24))]


def test_an_answer_that_nothing_is_there_counts_whenever_it_is_taken_in(tmp_path: Path) -> None:
    (found,) = changes(tmp_path, answer(6, 404), answer(12, 410), page(0, "Carts crossed."))
    assert (found.kind, hours(found), found.leads) == ("vanished", (0, 6), "")


def test_what_was_not_there_before_it_was_seen_has_not_vanished(tmp_path: Path) -> None:
    assert changes(tmp_path, answer(0, 404), page(6, "Carts crossed.")) == []


@pytest.mark.parametrize("target", ["/", "http://varn.example/notice.html", "http://elsewhere.example/"])
def test_an_item_that_leads_to_none_has_vanished_and_says_where_to(tmp_path: Path, target: str) -> None:
    (found,) = changes(tmp_path, page(0, "Carts crossed."), answer(6, 302, target))
    assert (found.kind, hours(found)) == ("vanished", (0, 6))
    assert found.leads.endswith(target)


@pytest.mark.parametrize("target", ["/2", "https://varn.example/1", "http://www.varn.example/1"])
def test_an_item_that_leads_to_one_has_not(tmp_path: Path, target: str) -> None:
    assert changes(tmp_path, page(0, "Carts crossed."), answer(6, 301, target)) == []


def test_a_redirect_of_what_was_never_read_says_nothing(tmp_path: Path) -> None:
    assert changes(tmp_path, answer(0, 302, "/"), page(6, "Carts crossed.", URL[:-1] + "2")) == []


def test_a_file_handed_over_later_does_not_bring_an_article_back(tmp_path: Path) -> None:
    saved = page(12, "Carts crossed.")
    handed = Capture(url=URL, taken=saved.taken, headers=saved.headers, body=saved.body + b" ")
    (found,) = changes(tmp_path, page(0, "Carts crossed."), answer(6, 404), handed)
    assert hours(found) == (0, 6)


def test_an_edit_of_the_date_itself_is_found_by_either(tmp_path: Path) -> None:
    later = page(6, "Carts crossed.")
    moved = Capture(
        url=URL, taken=later.taken, status=200, headers=later.headers,
        body=later.body.replace(b"2031-05-12", b"2031-04-12").replace(b"Carts", b"Few carts"),
    )  # fmt: skip
    (found,) = changes(tmp_path, page(0, "Carts crossed."), moved)
    assert found.kind == "edited"


def test_two_outlets_with_one_id_are_no_versions_of_each_other(tmp_path: Path) -> None:
    articles = [
        Article(id="1", outlet=outlet, lang="en", date=MAY.first, title="Bridge", body=f"Carts of {outlet}.")
        for outlet in ("Wire", "Gazette")
    ]
    archive.build(articles, tmp_path)
    with archive.open(tmp_path) as opened:
        assert diff.changes(opened.store, MAY) == []


TEXTS = ("", "Carts crossed at dawn.", "Carts were stopped at dawn.")
SEEN = st.one_of(
    st.tuples(st.just("page"), st.sampled_from(TEXTS)),
    st.sampled_from([("gone", ""), ("away", "/"), ("moved", "/2"), ("same", ""), ("listed", "")]),
)
LOOKS = st.lists(
    st.tuples(st.integers(0, 30), st.sampled_from(["1", "2"]), st.sampled_from(["http", "https"]), SEEN),
    max_size=9, unique_by=lambda look: look[:1],
)  # fmt: skip


def capture(look: tuple[int, str, str, tuple[str, str]]) -> Capture:
    hour, item, scheme, (kind, what) = look
    url = f"{scheme}://varn.example/{item}"
    if kind == "page":
        return page(hour, what, url)
    if kind == "listed":
        return listed(hour, "Bridge at Varn", url)
    status = {"gone": 404, "away": 302, "moved": 301, "same": 304}[kind]
    return answer(hour, status, what, url)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(looks=LOOKS, data=st.data())
def test_the_order_in_which_files_are_given_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, looks: list[tuple[int, str, str, tuple[str, str]]], data: st.DataObject
) -> None:
    told = []
    for found in (looks, data.draw(st.permutations(looks))):
        folder = file(tmp_path_factory.mktemp("archive"), map(capture, found))
        with archive.open(folder) as opened:
            held = (opened.store.days("varn", "en", MAY), opened.store.missed("varn", "en", MAY))
            told.append((diff.changes(opened.store, MAY), held if len({look[2] for look in looks}) == 1 else ()))
    assert told[0] == told[1]
