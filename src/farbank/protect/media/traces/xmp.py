"""XMP and IPTC, which editing programs and agencies write: which fields are filled in, not with what."""

from __future__ import annotations

import re
from collections.abc import Iterator

from farbank.protect.media.traces.words import Trace

_FIELD = re.compile(rb"\b([A-Za-z0-9]{2,20}):([A-Z][A-Za-z0-9]{2,40}|[a-z][A-Za-z0-9]{2,40})\b")
_FIELDS: dict[str, Trace] = {
    "dc:creator": "author",
    "dc:title": "title or caption",
    "dc:description": "title or caption",
    "dc:subject": "keywords",
    "dc:rights": "copyright notice",
    "aux:SerialNumber": "camera serial number",
    "exifEX:BodySerialNumber": "camera serial number",
    "exifEX:LensSerialNumber": "lens",
    "aux:LensSerialNumber": "lens",
    "aux:Lens": "lens",
    "aux:OwnerName": "owner of the camera",
    "exifEX:CameraOwnerName": "owner of the camera",
    "tiff:Make": "camera make and model",
    "tiff:Model": "camera make and model",
    "tiff:Artist": "author",
    "exif:DateTimeOriginal": "time of taking",
    "photoshop:DateCreated": "time of taking",
    "photoshop:City": "place name",
    "photoshop:State": "place name",
    "photoshop:Country": "place name",
    "photoshop:CaptionWriter": "last editor",
    "xmp:CreateDate": "time of taking",
    "xmp:ModifyDate": "time of changing",
    "xmp:MetadataDate": "time of changing",
    "xmp:CreatorTool": "program",
    "pdf:Producer": "program",
    "pdf:Keywords": "keywords",
    "xmpMM:History": "editing history",
    "xmpMM:DerivedFrom": "editing history",
    "xmpMM:DocumentID": "document number",
    "xmpMM:InstanceID": "document number",
    "xmpMM:OriginalDocumentID": "document number",
    "xmp:Thumbnails": "thumbnail",
    "GCamera:MicroVideo": "film after the picture",
    "GCamera:MotionPhoto": "film after the picture",
    "dcterms:provenance": "camera credentials (C2PA)",
}
_STARTS: tuple[tuple[str, Trace], ...] = (
    ("exif:GPS", "GPS position"),
    ("Iptc4xmpCore:Location", "place name"),
    ("Iptc4xmpExt:Location", "place name"),
    ("crs:", "editing history"),
)
_RECORDS: dict[int, Trace] = {
    5: "title or caption",
    25: "keywords",
    55: "time of taking",
    60: "time of taking",
    65: "program",
    80: "author",
    85: "author",
    90: "place name",
    92: "place name",
    95: "place name",
    101: "place name",
    105: "title or caption",
    110: "author",
    115: "author",
    116: "copyright notice",
    120: "title or caption",
    122: "last editor",
}
_THUMBNAILS = (b"8BIM\x04\x09", b"8BIM\x04\x0c")


def xmp(packet: bytes) -> Iterator[Trace]:
    """Yield what the fields of an XMP packet give away; of one in UTF-16, only that it is there."""
    found: set[Trace] = set()
    for field in _FIELD.finditer(packet):
        name = b":".join(field.groups()).decode("ascii")
        known = _FIELDS.get(name) or next((trace for start, trace in _STARTS if name.startswith(start)), None)
        if known:
            found.add(known)
    yield from sorted(found)
    yield "other editing data (XMP)"


def iptc(block: bytes) -> Iterator[Trace]:
    """Yield what a Photoshop block with IPTC records gives away."""
    if any(sign in block for sign in _THUMBNAILS):
        yield "thumbnail"
    for record in re.finditer(rb"\x1c\x02(.)", block, re.DOTALL):
        yield _RECORDS.get(record.group(1)[0], "other press data (IPTC)")
    yield "other press data (IPTC)"
