"""Exif, which is a TIFF of its own: which tags it holds, read without decoding a single value."""

from __future__ import annotations

from collections.abc import Iterator

from farbank.protect.media.traces.words import Trace

_MOST = 1000
"""Entries in one directory, and directories in one block, before the rest is left unread."""
_BELOW = {0x8769: "exif", 0x8825: "gps", 0x014A: "sub"}
"""Tags whose value is the place of another directory."""
_PIXELS = frozenset(
    {0xFE, 0xFF, 0x100, 0x101, 0x102, 0x103, 0x106, 0x10A, 0x111, 0x112, 0x115, 0x116, 0x117, 0x118, 0x119, 0x11C}
    | {0x128, 0x13D, 0x140, 0x142, 0x143, 0x144, 0x145, 0x152, 0x153, 0x15B, 0x200, 0x212, 0x213, 0x8769, 0x8825}
    | {0xA005, 0x9000, 0x9101, 0x9102, 0xA000, 0xA001, 0xA002, 0xA003}
)
"""Tags that say how pixels lie, where another directory is, or which version of Exif this is."""
_TAGS: dict[int, Trace] = {
    0x010D: "title or caption",
    0x010E: "title or caption",
    0x010F: "camera make and model",
    0x0110: "camera make and model",
    0x011A: "resolution",
    0x011B: "resolution",
    0x0131: "program",
    0x0132: "time of changing",
    0x013B: "author",
    0x013C: "program",
    0x02BC: "other editing data (XMP)",
    0x0201: "thumbnail",
    0x0202: "thumbnail",
    0x8298: "copyright notice",
    0x83BB: "other press data (IPTC)",
    0x8649: "other press data (IPTC)",
    0x8773: "colour profile",
    0x9003: "time of taking",
    0x9004: "time of taking",
    0x9286: "comment",
    0x927C: "maker's notes",
    0x9C9B: "title or caption",
    0x9C9C: "comment",
    0x9C9D: "author",
    0x9C9E: "keywords",
    0x9C9F: "title or caption",
    0xA420: "document number",
    0xA430: "owner of the camera",
    0xA431: "camera serial number",
    0xA433: "lens",
    0xA434: "lens",
    0xA435: "lens",
    0xA437: "author",
    0xC614: "camera make and model",
    0xC62F: "camera serial number",
    0xCD41: "camera credentials (C2PA)",
}
_SETTINGS = frozenset({0x829A, 0x829D, 0x8822, 0x8827, *range(0x9201, 0x920B), *range(0xA401, 0xA40D), 0xA432})
_TIMES = range(0x9010, 0x9015)
_FRACTIONS = range(0x9290, 0x9293)


def traces(block: bytes) -> Iterator[Trace]:
    """Yield what the tags of an Exif block or of a TIFF file give away; damage ends the list, it never raises."""
    for directory, tag in _tags(block.removeprefix(b"Exif\0\0")):
        if directory == "gps":
            yield "GPS position"
        elif tag in _TAGS:
            yield _TAGS[tag]
        elif tag in _SETTINGS:
            yield "camera settings"
        elif tag in _TIMES or tag in _FRACTIONS:
            yield "time of taking"
        elif tag not in _PIXELS:
            yield "other camera data (Exif)"


def is_raw(tiff: bytes) -> bool:
    """Say whether a TIFF is a camera's raw picture, whose first directory holds a preview only."""
    return any(tag == 0xC612 for _, tag in _tags(tiff))


def pictures(tiff: bytes) -> int:
    """Count the directories of a TIFF that follow one another, each a picture of its own."""
    return len({directory for directory, _ in _tags(tiff) if directory.isdecimal()})


def _tags(tiff: bytes) -> Iterator[tuple[str, int]]:
    """Yield directory (`0`, `1` … for the chain, else its name) and number of every tag."""
    order = {b"II*\0": "little", b"MM\0*": "big"}.get(tiff[:4])
    if order is None:
        return

    def number(at: int, size: int) -> int:
        return int.from_bytes(tiff[at : at + size], "little" if order == "little" else "big")

    left, seen = [("0", number(4, 4))], set[int]()
    while left and len(seen) < _MOST:
        name, at = left.pop()
        if not 8 <= at < len(tiff) - 2 or at in seen:
            continue
        seen.add(at)
        count = min(number(at, 2), _MOST, (len(tiff) - at - 2) // 12)
        for entry in range(at + 2, at + 2 + 12 * count, 12):
            tag = number(entry, 2)
            yield name, tag
            if tag in _BELOW:
                left.append((_BELOW[tag], number(entry + 8, 4)))
        if name.isdecimal():
            left.append((str(int(name) + 1), number(at + 2 + 12 * count, 4)))
