"""Every raw capture read back from where it is kept, and compared with what was noted of it."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from farbank.model.captures import Capture
from farbank.watch import captures
from farbank.watch.captures import Record
from farbank.watch.errors import DamagedArchive
from farbank.watch.store import Raw, Store


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A raw capture: as the catalogue has it, as it is kept, None if that is not what was filed, and what is wrong."""

    raw: Raw
    capture: Capture | None
    wrong: tuple[str, ...] = ()


def each(store: Store, folder: Path) -> Iterator[Kept]:
    """Every raw capture of a catalogue, in the order of filing; `folder` is where the records lie."""
    for raw in store.raw():
        try:
            record = captures.opened(captures.read(folder, raw.kept))
        except (DamagedArchive, ValueError, zlib.error):
            lost = f"its record in {captures.path(folder, raw.kept.file).name} is missing or damaged"
            yield Kept(raw=raw, capture=None, wrong=(lost,))
            continue
        body = _body(store, folder, raw, record)
        wrong = _wrong(raw, record, body)
        same = body is not None and not wrong
        yield Kept(raw=raw, capture=_capture(raw, record, body) if same and body is not None else None, wrong=wrong)


def _body(store: Store, folder: Path, raw: Raw, record: Record) -> bytes | None:
    """The body of a record, that of an earlier one if it came again; None if that is not there."""
    if record.body is not None or record.status == captures.NOT_MODIFIED:
        return record.body or b""
    whole = store.whole(raw)
    try:
        return captures.opened(captures.read(folder, whole)).body if whole else None
    except (DamagedArchive, ValueError, zlib.error):
        return None


def _wrong(raw: Raw, record: Record, body: bytes | None) -> tuple[str, ...]:
    wrong: list[str] = []
    if (record.url, record.date) != (captures.address(raw.url), captures.date(raw.taken)):
        wrong.append("its address or time is not the one that was filed")
    noted = (raw.status, raw.etag, raw.modified, raw.whole)
    if noted != (record.status, record.header("etag"), record.header("last-modified"), not record.cut):
        wrong.append("its status, or what the server said of its state, is not the one that was filed")
    if body is None:
        wrong.append("the earlier capture it points to is not there")
    elif hashlib.sha256(body).digest() != raw.sha256:
        wrong.append("its body is not the one that was filed")
    return tuple(wrong)


def _capture(raw: Raw, record: Record, body: bytes) -> Capture:
    return Capture(
        url=raw.url, taken=raw.taken, status=record.status, headers=record.headers, body=body, cut=record.cut
    )
