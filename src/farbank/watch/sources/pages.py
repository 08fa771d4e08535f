"""A folder of HTML pages somebody saved."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from farbank.model.captures import Capture
from farbank.watch.errors import UnreadableSource
from farbank.watch.extract import charset, page
from farbank.watch.sources import MOST


def read(folder: Path, taken: datetime) -> Iterator[Capture]:
    """Yield every page in `folder` and the folders in it, in order of their names; links are not followed.

    What is no HTML is passed over. The address is the one the page calls its canonical one, or else names the file
    from `folder` on. Raises UnreadableSource if there is no page at all.
    """
    none = True
    for path in _files(folder):
        with path.open("rb") as file:
            if not page.is_html(file.peek(page.HEAD)[: page.HEAD]):
                continue
            body = file.read(MOST + 1)
        none = False
        capture = Capture(url="", taken=taken, body=body[:MOST], cut=len(body) > MOST)
        document = page.parse(charset.text(capture))
        url = page.canonical(document) if document is not None else ""
        named = quote(os.fsencode(path.relative_to(folder).as_posix()))
        yield Capture(url=url or f"urn:farbank:file:{named}", taken=taken, body=capture.body, cut=capture.cut)
    if none:
        raise UnreadableSource(f"{folder}: {UnreadableSource.__doc__}")


def _files(folder: Path) -> Iterator[Path]:
    """Plain files, walked without recursion: a folder may be nested deeper than the stack."""
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        if here.is_dir() and (here == folder or not here.is_symlink()):
            waiting += sorted(here.iterdir(), reverse=True)
        elif here.is_file() and not here.is_symlink():
            yield here
