from __future__ import annotations

import re

import pytest

from farbank.country.pack import Pack, Sites
from farbank.country.sites import Site
from farbank.model import codec
from farbank.model.errors import DecodeError
from farbank.watch.extract import page


def test_every_rule_of_the_pack_can_be_used(kp: Pack) -> None:
    document = page.parse("<p>rain</p>")
    assert document is not None
    assert len({site.id for site in kp.sites}) == len(kp.sites) > 3
    for site in kp.sites:
        outlet = kp.outlet(site.outlet)
        assert outlet.id == site.outlet
        assert set(site.languages.values()) <= set(outlet.languages)
        assert {"language", "item"} >= re.compile(site.item).groupindex.keys()
        assert all(site.covers(start.url) for start in site.starts)
        for selector in (site.title, site.body, site.day, *site.drop, *(start.links for start in site.starts)):
            if selector:
                document.query_selector_all(selector)  # raises where it does not parse


@pytest.mark.parametrize(
    ("url", "site", "language"),
    [
        ("http://www.kcna.kp/kp/article/q/0a1b2c3d4e5f60718293a4b5c6d7e8f9.kcmsf", "kcna", "ko"),
        ("http://kcna.kp/es/article/detail/0a1b2c3d4e5f60718293a4b5c6d7e8f9", "kcna", "es"),
        ("http://www.kcna.co.jp/item/2011/201102/news01/20110201-01ee.html", "kcna-japan", "en"),
        ("http://www.kcna.co.jp/item/2012/201203/2012-03-04ss.html", "kcna-japan", "es"),
        ("http://www.kcna.co.jp/item/2004/200410/news10/27.htm", "kcna-japan", "en"),
        ("http://www.rodong.rep.kp/cn/index.php?MTJAMjAyNi0wMi0xOS0wMDNAMUAxQEAwQDhA==", "rodong-sinmun", "zh"),
        ("http://www.rodong.rep.kp/ko/index.php?OEAyMDI2LTA4LTIwLTAwMUA=", "rodong-sinmun", "ko"),
        ("http://rodong.rep.kp/en/index.php?strPageID=SF01_02_01&newsID=2021-09-12-0009", "rodong-sinmun", "en"),
        ("http://www.uriminzokkiri.com/index.php?lang=eng&ptype=cfonew&mtype=view&no=7", "uriminzokkiri", "en"),
        ("http://www.uriminzokkiri.com/index.php?ptype=cfonew&mtype=view&no=7", "uriminzokkiri", "ko"),
    ],
)
def test_addresses_of_items_tell_site_and_language(kp: Pack, url: str, site: str, language: str) -> None:
    assert [(one.id, found[0]) for one in kp.sites if (found := one.match(url))] == [(site, language)]


@pytest.mark.parametrize(
    "url",
    [
        "http://www.kcna.kp/en/category/articles.kcmsf",
        "http://www.rodong.rep.kp/ko/index.php?MkBAMkAxQA==",
        "http://www.kcna.co.jp/item/2019/calendar-2019e.html",
        "http://www.uriminzokkiri.com/index.php?ptype=cmusic",
    ],
)
def test_lists_are_on_a_site_and_no_items(kp: Pack, url: str) -> None:
    assert not any(site.match(url) for site in kp.sites)
    assert any(site.covers(url) for site in kp.sites)


@pytest.mark.parametrize("url", ["http://paper.example/", "http://[", "urn:farbank:a1", ""])
def test_other_addresses_are_on_no_site(url: str) -> None:
    site = Site(id="s", outlet="paper", item="x", languages={"en": "en"}, hosts=("kcna.kp",))
    assert not site.covers(url)


SITE = """
[[sites]]
id = "gazette"
outlet = "ollen-gazette"
item = ".*"
languages = { en = "en" }
"""


@pytest.mark.parametrize("rule", ["every = 0", "every = -6", "every = 1.5", "gap = -1.0", "gap = nan"])
def test_a_site_without_a_schedule_or_a_gap_is_refused(rule: str) -> None:
    assert codec.from_toml(SITE.encode(), Sites, "sites.toml").sites[0].every == 6
    with pytest.raises(DecodeError, match=r"sites.toml"):
        codec.from_toml((SITE + rule).encode(), Sites, "sites.toml")
