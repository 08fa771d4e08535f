"""The newest stories as Atom (RFC 4287), a feed a language; a corrected story comes again under the same name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from farbank.model.text import Language
from farbank.publish import identifiers
from farbank.publish.render import feeds
from farbank.publish.render.leaf import Leaf, shown
from farbank.publish.site import Card, Site

ENDING = "atom"
_SPACE = "http://www.w3.org/2005/Atom"
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters no XML document may hold, not even written as numbers."""


def leaves(site: Site) -> Iterator[Leaf]:
    """`feed.<language>.atom` for each language with stories; a feed without any would have no date."""
    for tag in site.languages:
        if newest := feeds.newest(site, tag):
            yield Leaf(feeds.feed(tag, ENDING), shown(newest), partial(feed, site, tag))


def feed(site: Site, language: Language) -> bytes:
    """The feed of one language. Its links are from the root of the site where the desk has no address."""
    cards = site.cards(feeds.newest(site, language))
    made = Element("feed", {"xmlns": _SPACE, "xml:lang": language})
    _say(made, "title", site.desk[language])
    _say(made, "id", identifiers.desk(site.desk[language], language))
    _say(made, "updated", feeds.updated(cards[0].close))
    _say(SubElement(made, "author"), "name", site.desk[language])
    own = site.home + feeds.feed(language, ENDING)
    SubElement(made, "link", {"rel": "self", "type": "application/atom+xml", "href": own})
    SubElement(made, "link", {"rel": "alternate", "type": "text/html", "href": f"{site.home}{language}.html"})
    for card in cards:
        _entry(SubElement(made, "entry"), card, site, language)
    indent(made)
    data: bytes = tostring(made, encoding="utf-8", xml_declaration=True)
    return data + b"\n"


def _entry(entry: Element, card: Card, site: Site, language: Language) -> None:
    _say(entry, "title", card.headlines[language])
    _say(entry, "id", identifiers.story(site.desk[language], card.story, language))
    _say(entry, "updated", feeds.updated(card.close))
    _say(entry, "summary", card.summaries[language])
    # One link alone: some readers of feeds follow the last, whatever language it says it is in.
    address = site.home + feeds.story(card, language)
    SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "hreflang": language, "href": address})
    for area in card.areas[language]:
        SubElement(entry, "category", {"term": _sound(area)})


def _say(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _sound(text)


def _sound(text: str) -> str:
    return _NO_XML.sub("\ufffd", text)
