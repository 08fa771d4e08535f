"""What a state's server sees of a sweep is the same whatever the desk has heard."""

from __future__ import annotations

import ast
import inspect
from datetime import timedelta
from pathlib import Path

import gazette
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from served import Clock, serve

from farbank.model.captures import Seen
from farbank.watch.collect import sweep as module
from farbank.watch.collect.fetch import Fetcher
from farbank.watch.collect.sweep import sweep

ITEMS = [f"/{language}/article/{number}" for language in ("en", "ko") for number in range(6)]
SOME = st.lists(st.sampled_from(ITEMS), unique=True, max_size=8)
AGES = st.dictionaries(st.sampled_from(ITEMS), st.sampled_from([timedelta(hours=6), timedelta(days=20)]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(listed=SOME, mapped=SOME, held=AGES, again=SOME)
def test_requests_are_the_listings_then_what_is_listed_and_new_or_fresh_then_what_is_due(
    listed: list[str], mapped: list[str], held: dict[str, timedelta], again: list[str]
) -> None:
    clock = Clock()
    with serve({}, clock) as served:
        served.pages |= {path: gazette.article("T", path) for path in ITEMS}
        served.pages["/sitemap.xml"] = (200, gazette.XML, gazette.sitemap(served.url + path for path in mapped))
        served.pages["/ko/"] = (200, gazette.HTML, gazette.links(listed))
        served.pages["/feed.xml"] = (200, gazette.XML, gazette.feed(served, []))
        seen = {
            served.url + path: Seen(url=path, first=clock() - age, last=clock() - age + timedelta(days=8))
            for path, age in held.items()
        }
        site = gazette.site(served)
        fetch = Fetcher(site, clock=clock, sleep=clock.sleep)
        began = clock()
        list(sweep(site, fetch, seen.get, [served.url + path for path in again], began))

        shown = list(dict.fromkeys(mapped + listed))
        due = [path for path in shown if held.get(path) != timedelta(days=20)]
        expected = ["/robots.txt", "/feed.xml", "/sitemap.xml", "/ko/", *dict.fromkeys(due + again)]
        assert served.paths() == expected
        assert [asked.at for asked in served.log] == [
            began + timedelta(seconds=5 * n) for n in range(1, len(expected) + 1)
        ]
        assert len({asked.headers for asked in served.log}) == 1


def test_a_sweep_is_handed_a_site_and_what_was_collected_and_nothing_else() -> None:
    assert list(inspect.signature(sweep).parameters) == ["site", "fetch", "known", "again", "now"]


def test_no_file_of_the_room_knows_a_noun_that_bears_on_a_claim() -> None:
    allowed = ("farbank.country.sites", "farbank.model.captures", "farbank.watch.collect", "farbank.watch.errors")
    for file in Path(module.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            names += [name.name for name in node.names] if isinstance(node, ast.Import) else []
            for name in names:
                assert not name.startswith("farbank") or name.startswith(allowed), (file.name, name)
