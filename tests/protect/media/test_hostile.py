"""Hostile files: refused by the one error or made anew, whatever their bytes, and never with a planted word."""

from __future__ import annotations

import contextlib
import io
import zipfile
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from farbank.protect.media.anew import anew, look
from farbank.protect.media.errors import NotMedia, SoundOnly
from tests.protect.media import corpus

CHUNK = b"\0\0\0\1tEXta" + zlib.crc32(b"tEXta").to_bytes(4)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in parts.items():
            packed.writestr(f"word/{name}.xml", data)
    return out.getvalue()


def doctype(body: str) -> bytes:
    return ('<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + body).encode()


def twice(name: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed, pytest.warns(UserWarning, match="Duplicate"):
        packed.writestr(name, corpus.BODY)
        packed.writestr(name, corpus.BODY)
    return out.getvalue()


def plain_png() -> bytes:
    return corpus.saved(corpus.scene(), "PNG")


HOSTILE = {
    "nothing": lambda: b"",
    "a page": lambda: b"<!doctype html><p>Dolmaru</p>",
    "svg": lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "picture with an archive behind it": lambda: corpus.saved(corpus.scene(), "JPEG") + zipped(a=b"x"),
    "png with a page behind it": lambda: plain_png() + b"<html><script>1</script></html>",
    "page before a pdf": lambda: b"%PDF-1.7 <html><script>1</script> " + corpus.made("pdf"),
    "pdf with a page behind it": lambda: corpus.made("pdf") + b"<html><p>Dolmaru</p></html>",
    "pdf inside the start of a picture": lambda: plain_png()[:8] + b"\0\0\0\5tEXt%PDF-" + plain_png()[8:],
    "cut jpeg": lambda: corpus.made("jpeg")[:2000],
    "cut png": lambda: corpus.made("png")[:-60],
    "cut heic": lambda: corpus.made("heic")[:-900],
    "cut film": lambda: corpus.made("mp4")[:-700],
    "png of 10 gigapixels": lambda: plain_png()[:16] + (100_000).to_bytes(4) * 2 + plain_png()[24:],
    "png of 70 megapixels": lambda: corpus.saved(Image.new("1", (10_000, 7_000)), "PNG"),
    "png of no pixels": lambda: plain_png()[:16] + bytes(8) + plain_png()[24:],
    "raw picture of a camera": lambda: corpus.saved(corpus.scene(), "TIFF", tiffinfo={0xC612: b"\1\4\0\0"}),
    "locked or broken pdf": lambda: b"%PDF-1.7\n" + bytes(400),
    "archive and no document": lambda: zipped(other=b"<a/>"),
    "document that unpacks to 60 MB": lambda: zipped(document=b" " * (60 << 20)),
    "document of many large parts": lambda: zipped(
        document=corpus.BODY.encode(), **{f"p{number}": b" " * (20 << 20) for number in range(5)}
    ),
    "document of 3,000 parts": lambda: zipped(**{f"p{number}": b"" for number in range(3000)}),
    "document that declares entities": lambda: zipped(document=doctype("<d>&b;</d>")),
    "document that is no XML": lambda: zipped(document=b"<w:document>"),
    "document twice": lambda: twice("word/document.xml"),
    "playlist called a film": lambda: b"\0\0\0\x08free#EXTM3U\nfile:///etc/passwd\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_hostile_is_refused_by_name(name: str) -> None:
    with pytest.raises(NotMedia, match=r"^levee cannot be published: .*; ask for another copy, or retype"):
        anew(HOSTILE[name](), "levee")


def test_a_hundred_thousand_notes_in_a_png_are_left_behind_or_refused() -> None:
    whole = plain_png()
    with contextlib.suppress(NotMedia):
        assert anew(whole[:33] + CHUNK * 100_000 + whole[33:]).removed == ("text",)


def test_a_telephone_picture_with_a_film_behind_it_is_no_trick() -> None:
    assert "film after the picture" in anew(corpus.made("jpeg")).removed


@pytest.mark.parametrize("kind", corpus.MAKERS)
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bent_and_cut_files_are_refused_or_clean(kind: str, data: st.DataObject) -> None:
    bent = bytearray(corpus.made(kind))
    places = st.integers(0, len(bent) - 1)
    for at in data.draw(st.lists(places, max_size=6)):
        bent[at] ^= data.draw(st.integers(1, 255))
    cut = bytes(bent[: data.draw(st.one_of(st.just(len(bent)), places))])
    with contextlib.suppress(NotMedia, SoundOnly):
        assert corpus.leaks(anew(cut).data) == []
        look(cut)
