"""A story as ninjs 2.1, one file a language, for newsrooms that take it in by machine (E49).

No note to editors is ever among it, nor a source: what a subscriber gets is what a reader gets.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Literal

from farbank.model import codec
from farbank.model.text import Language
from farbank.publish import identifiers
from farbank.publish.edition import Edition
from farbank.publish.errors import EmbargoWithoutZone
from farbank.publish.page import Page, Placed
from farbank.publish.render import prose

PubStatus = Literal["usable", "withheld", "canceled"]
_STANDARD = {
    "name": "ninjs",
    "version": "2.1",
    "schema": "http://www.iptc.org/std/ninjs/ninjs-schema_2.1.json",
}


def files(edition: Edition) -> dict[str, bytes]:
    """`<language>.ninjs.json` for each language."""
    return {f"{tag}.ninjs.json": codec.to_json(item(edition, tag)) for tag in edition.languages}


def item(
    edition: Edition, language: Language, status: PubStatus | None = None, embargoed: datetime | None = None
) -> dict[str, Any]:
    """The story in one language; `embargoed` is a time with its zone, the edition's own unless given.

    Unless `status` is given, a released edition is usable and a demonstration withheld. Raises EmbargoWithoutZone.
    """
    page = edition.pages[language]
    return {
        **_about(edition, language, status or ("usable" if edition.status == "released" else "withheld")),
        **_embargo(embargoed or edition.embargoed),
        "representationtype": "full",
        "versioncreated": _midnight(edition.close),
        "by": page.byline,
        "copyrightholder": page.desk,
        "slugline": edition.story,
        "headlines": [{"role": "main", "contenttype": "text/plain", "value": page.headline}],
        "descriptions": _descriptions(page),
        "bodies": [
            {"role": "main", "contenttype": "text/html", "value": prose.marked(page)},
            {"role": "plain", "contenttype": "text/plain", "value": prose.plain(page)},
        ],
        "places": [{"name": area.names[language], "rel": "about", "literal": area.id} for area in edition.areas],
        "associations": [_picture(placed, number) for number, placed in enumerate(prose.placed(page), 1)],
    }


def message(edition: Edition, language: Language, status: Literal["withheld", "canceled"], on: date) -> dict[str, Any]:
    """What asks subscribers to hold a story back, or to take it out; `on` is the day it is sent.

    It names the story and repeats not one word of it: what is taken out may be why.
    """
    return {**_about(edition, language, status), "representationtype": "partial", "versioncreated": _midnight(on)}


def _about(edition: Edition, language: Language, status: PubStatus) -> dict[str, Any]:
    return {
        "uri": identifiers.story(edition.pages[language].desk, edition.story, language),
        "type": "text",
        "version": str(edition.sequence),
        "language": language,
        "pubstatus": status,
        "altids": [{"role": "edition", "value": edition.id}],
        "standard": _STANDARD,
    }


def _embargo(until: datetime | None) -> dict[str, str]:
    if until is None:
        return {}
    if until.tzinfo is None:
        raise EmbargoWithoutZone(f"{until} has no zone; say which midnight is meant, such as {until.isoformat()}+09:00")
    return {"embargoed": until.isoformat()}


def _descriptions(page: Page) -> list[dict[str, str]]:
    """How it is known goes with it: a story reprinted without its limits is another story."""
    said = {"summary": page.summary, "how-we-know": " ".join(page.note.lines), "as-of": page.as_of}
    return [{"role": role, "contenttype": "text/plain", "value": text} for role, text in said.items() if text]


def _picture(placed: Placed, number: int) -> dict[str, Any]:
    """A picture; its files are named by their path in the edition, which lies wherever it is mirrored."""
    return {
        "name": f"picture-{number}",
        "uri": identifiers.file(placed.files[-1].path),
        "type": "picture",
        "descriptions": [
            {"role": "caption", "contenttype": "text/plain", "value": placed.caption},
            {"role": "alternative", "contenttype": "text/plain", "value": placed.alt},
        ],
        "renditions": [
            {"name": file.path, "contenttype": file.media_type, "width": file.width, "height": file.height}
            for file in placed.files
        ],
    }


def _midnight(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"
