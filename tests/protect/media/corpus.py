"""One file of every kind, with planted words in every place a word can lie; nobody and nowhere in them is real."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

import pytest
from PIL import Image, ImageDraw, PngImagePlugin

AUTHOR, SERIAL, PLACE, DEVICE, WHEN = (
    "Orun Velkmar",
    "SN-774411903",
    "돌마루 Dolmaru",
    "Ferndal K9",
    "2021:07:02 11:20:05",
)
SECRET = "the hidden sentence about Dolmaru"
PLANTED = (AUTHOR, SERIAL, PLACE, DEVICE, WHEN, SECRET, "2021-07-02T11:20:05", "+40.1234+127.5678/")
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
GPS = (40.0, 7.0, 24.24)

XMP = (
    '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>'
    f"<rdf:Description><dc:creator>{AUTHOR}</dc:creator><aux:SerialNumber>{SERIAL}</aux:SerialNumber>"
    f"<photoshop:City>{PLACE}</photoshop:City><exif:GPSLatitude>40,7.4</exif:GPSLatitude>"
    "<xmp:CreateDate>2021-07-02T11:20:05</xmp:CreateDate></rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()


def leaks(data: bytes) -> list[str]:
    """The planted words found in `data`, in any encoding."""
    return [word for word in PLANTED if any(word.encode(encoding) in data for encoding in ENCODINGS)]


def scene(size: tuple[int, int] = (160, 120)) -> Image.Image:
    """A picture with something to see in every corner."""
    picture = Image.linear_gradient("L").resize(size).convert("RGB")
    ImageDraw.Draw(picture).ellipse((20, 20, 80, 80), fill=(200, 30, 30))
    return picture


def exif() -> Image.Exif:
    tags = Image.Exif()
    tags[0x010F], tags[0x0110], tags[0x013B], tags[0x0132] = DEVICE, DEVICE, AUTHOR, WHEN
    inner = tags.get_ifd(0x8769)
    inner[0x9003], inner[0xA431], inner[0xA430], inner[0x927C] = WHEN, SERIAL, AUTHOR, SERIAL.encode()
    inner[0x829A] = 0.01
    place = tags.get_ifd(0x8825)
    place[1], place[2], place[3], place[4], place[0x1B] = "N", GPS, "E", GPS, PLACE.encode()
    tags[0x8769], tags[0x8825] = dict(inner), dict(place)  # without these, Pillow leaves them out of a TIFF
    return tags


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def _segment(marker: int, body: bytes) -> bytes:
    return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2) + body


def jpeg() -> bytes:
    """Exif with a thumbnail, XMP, IPTC, a comment, camera credentials, and a film after its end."""
    record = AUTHOR.encode()
    records = b"\x1c\x02\x50" + len(record).to_bytes(2) + record + b"\x1c\x02\x5a\x00\x04Dolm"
    iptc = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + len(records).to_bytes(4) + records
    credentials = b"JP\0\1\0\0\0\1" + b"jumbc2pa" + SERIAL.encode()
    whole = saved(scene(), "JPEG", exif=exif(), xmp=XMP, comment=SECRET.encode(), dpi=(72, 72))
    return (
        whole[:2]
        + _segment(0xED, iptc)
        + _segment(0xEB, credentials)
        + whole[2:]
        + b"\0\0\0\x18ftypmp42"
        + SECRET.encode()
    )


def png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", AUTHOR)
    notes.add_itxt("Place", PLACE)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    whole = saved(scene(), "PNG", pnginfo=notes, exif=exif())
    body = SERIAL.encode()
    chunk = len(body).to_bytes(4) + b"caBX" + body + zlib.crc32(b"caBX" + body).to_bytes(4)
    return whole[:33] + chunk + whole[33:]


def webp() -> bytes:
    return saved(scene(), "WEBP", exif=exif(), xmp=XMP)


def tiff() -> bytes:
    return saved(scene(), "TIFF", exif=exif(), save_all=True, append_images=[Image.new("RGB", (9, 9))])


def heic() -> bytes:
    heif = pytest.importorskip("pillow_heif", reason="needs the extra media: pip install 'farbank[media]'")
    heif.register_heif_opener()
    return saved(scene(), "HEIF", exif=exif().tobytes(), xmp=XMP)


def pdf() -> bytes:
    """Author, XMP, an attachment, a script, a note, a second version after the first, and a line of text."""
    pytest.importorskip("pypdfium2", reason="needs the extra media: pip install 'farbank[media]'")
    text = b"BT /F 18 Tf 20 90 Td (a seven day quota) Tj ET"
    attached = SECRET.encode()
    objects = [
        b"<</Type/Catalog/Pages 2 0 R/Metadata 6 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>"
        b"/Names<</EmbeddedFiles<</Names[(a) 7 0 R]>>>>>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 120]/Contents 4 0 R/Annots[9 0 R]"
        b"/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
        b"<</Length %d>>\nstream\n%b\nendstream" % (len(text), text),
        b"<</Author(%b)/CreationDate(D:20210702112005)/Producer(%b)>>" % (AUTHOR.encode(), DEVICE.encode()),
        b"<</Type/Metadata/Subtype/XML/Length %d>>\nstream\n%b\nendstream" % (len(XMP), XMP),
        b"<</Type/Filespec/F(a)/EF<</F 8 0 R>>>>",
        b"<</Type/EmbeddedFile/Length %d>>\nstream\n%b\nendstream" % (len(attached), attached),
        b"<</Type/Annot/Subtype/Text/Rect[0 0 9 9]/Contents(%b)>>" % SECRET.encode(),
    ]
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 10\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"trailer\n<</Size 10/Root 1 0 R/Info 5 0 R%b>>\nstartxref\n%d\n%%%%EOF\n"
    out += trailer % (b"", start)
    return bytes(out + trailer % (b"/Prev %d" % start, start))


WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BODY = f"""<w:document xmlns:w="{WORD}"><w:body>
<w:p w:rsidR="00A1B2C3"><w:pPr><w:pStyle w:val="Heading1"/></w:pPr><w:r><w:t>Shown heading</w:t></w:r></w:p>
<w:p><w:r><w:t xml:space="preserve">Shown </w:t></w:r><w:ins w:author="{AUTHOR}" w:date="2021-07-02T11:20:05">
<w:r><w:t>inserted</w:t></w:r></w:ins><w:del w:author="{AUTHOR}"><w:r><w:delText>{SECRET}</w:delText></w:r></w:del>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>{SECRET}</w:t></w:r>
<w:r><w:rPr><w:rStyle w:val="Deep"/></w:rPr><w:t>{SECRET}</w:t></w:r>
<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>{SECRET}</w:t></w:r><w:r><w:commentReference w:id="1"/></w:r>
<w:r><w:t>w\u200bord\u00a0marked</w:t></w:r></w:p>
<w:p><w:r><w:fldChar/><w:instrText>AUTHOR {AUTHOR}</w:instrText></w:r></w:p>
</w:body></w:document>"""
STYLES = f"""<w:styles xmlns:w="{WORD}"><w:style w:styleId="Under"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:styleId="Deep"><w:basedOn w:val="Under"/></w:style></w:styles>"""
CORE = f"""<cp:coreProperties xmlns:cp="c" xmlns:dc="d"><dc:creator>{AUTHOR}</dc:creator>
<cp:lastModifiedBy>{AUTHOR}</cp:lastModifiedBy><dcterms:created xmlns:dcterms="t">2021-07-02T11:20:05</dcterms:created>
</cp:coreProperties>"""


def docx(body: str = BODY) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", body)
        packed.writestr("word/styles.xml", STYLES)
        packed.writestr("word/comments.xml", f"<c>{SECRET}</c>")
        packed.writestr("word/header1.xml", f"<h>{PLACE}</h>")
        packed.writestr("word/media/image1.jpg", jpeg())
        packed.writestr("docProps/core.xml", CORE)
        packed.writestr("docProps/app.xml", f"<Properties><Company>{PLACE}</Company></Properties>")
        packed.writestr("docProps/thumbnail.jpeg", jpeg())
    return out.getvalue()


def film(kind: str = "mp4", *, sound: bool = True, frames: int = 30) -> bytes:
    av = pytest.importorskip("av", reason="needs the extra media: pip install 'farbank[media]'")
    import numpy as np

    out = io.BytesIO()
    with av.open(out, "w", format=kind, options={"movflags": "use_metadata_tags"}) as target:
        target.metadata.update(
            {"location": "+40.1234+127.5678/", "artist": AUTHOR, "com.apple.quicktime.make": DEVICE}
            | {"com.apple.quicktime.serial": SERIAL, "comment": SECRET, "creation_time": "2021-07-02T11:20:05Z"}
        )
        track = target.add_stream("libx264", rate=30)
        track.width, track.height, track.pix_fmt = 160, 120, "yuv420p"
        voice = target.add_stream("aac", rate=8000, layout="mono") if sound else None
        for number in range(frames):
            pixels = np.full((120, 160, 3), number * 5 % 255, np.uint8)
            target.mux(track.encode(av.VideoFrame.from_ndarray(pixels, format="rgb24")))
        target.mux(track.encode(None))
        if voice is not None:
            heard = av.AudioFrame.from_ndarray(np.zeros((1, 8000), np.float32), format="fltp", layout="mono")
            heard.rate = 8000
            target.mux(voice.encode(heard))
            target.mux(voice.encode(None))
    return out.getvalue()


MAKERS: dict[str, Callable[[], bytes]] = {
    "jpeg": jpeg,
    "png": png,
    "webp": webp,
    "tiff": tiff,
    "heic": heic,
    "pdf": pdf,
    "docx": docx,
    "mp4": film,
    "mov": lambda: film("mov"),
}


@cache
def made(kind: str) -> bytes:
    """The file of a kind, made once."""
    return MAKERS[kind]()
