"""Where an outlet of the state publishes, and how its pages are read."""

from __future__ import annotations

import re
from functools import cached_property
from typing import Annotated, Literal
from urllib.parse import urlsplit

import msgspec

from farbank.model.text import Language


class Start(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A page that lists items: a feed (RSS or Atom), a sitemap, or one whose `links` (a CSS selector) lead to them."""

    url: str
    kind: Literal["feed", "sitemap", "links"]
    links: str = "a"


class Site(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, dict=True):
    """One site: the outlet (an id of the pack's) whose it is, which of its addresses are items, and its rules.

    `item` is a regular expression an item's whole address matches; its group `language`, looked up in `languages`,
    says in which language version, its group `item` what the site calls the same item in every language. A site of one
    language needs no group: it has one value in `languages`. `title`, `body` and `day` are CSS selectors of the
    headline, of every paragraph, and of what holds the date; what matches one of `drop` is taken out first. Without
    `body` the page is read as one of an unknown site.

    `hosts` are where it is served, without `www.`; what is there and no item (lists, menus) is not read as an article.
    `title` and `body` should not be met by what lies around the text: a headline without any text is taken for an item
    of pictures. Selectors with `~` or `:has` compare every element with every other and are slow on hostile pages.

    It is swept whole, every `every` hours counted from midnight UTC, `gap` seconds between two requests; `robots`
    False collects it although its robots.txt asks not to.
    """

    id: str
    outlet: str
    item: str
    languages: dict[str, Language]
    hosts: tuple[str, ...] = ()
    starts: tuple[Start, ...] = ()
    title: str = ""
    body: str = ""
    day: str = ""
    drop: tuple[str, ...] = ()
    every: Annotated[int, msgspec.Meta(ge=1)] = 6
    gap: Annotated[float, msgspec.Meta(ge=0)] = 5.0
    robots: bool = True

    @cached_property
    def _item(self) -> re.Pattern[str]:
        return re.compile(self.item)

    def covers(self, url: str) -> bool:
        """Say whether `url` is on one of the site's hosts, so that a page there which is no item is no article."""
        try:
            host = urlsplit(url).hostname or ""
        except ValueError:  # an address that is none
            return False
        return host.removeprefix("www.") in self.hosts

    def match(self, url: str) -> tuple[Language, str] | None:
        """The language of the item at `url`, and what the site calls it in every language ('' if it does not say).

        None if it is no item, or one in a language that is not listed.
        """
        found = self._item.fullmatch(url)
        if found is None:
            return None
        groups = found.groupdict()
        language = self.languages.get(groups.get("language") or next(iter(self.languages)))
        return None if language is None else (language, groups.get("item") or "")
