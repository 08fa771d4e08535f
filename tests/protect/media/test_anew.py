"""Nothing planted in any kind of file is left in its published copy, and the original is as it was."""

from __future__ import annotations

import hashlib
import io
from typing import get_args

import pytest
from PIL import Image

from farbank.model.pictures import Box
from farbank.protect.media.anew import FACSIMILE, RETYPE, VOICE, Copy, anew, look
from farbank.protect.media.errors import NotMedia, SoundOnly
from farbank.protect.media.traces.words import Trace
from farbank.protect.readers import read
from tests.protect.media import corpus

KINDS = list(corpus.MAKERS)
WHO_WHERE_WHEN = {"author", "GPS position", "time of taking"}
GIVEN_AWAY = {
    "jpeg": {
        *WHO_WHERE_WHEN,
        *("camera serial number", "camera make and model", "owner of the camera", "maker's notes", "camera settings"),
        *("place name", "comment", "camera credentials (C2PA)", "film after the picture", "bytes after its end"),
    },
    "png": {*WHO_WHERE_WHEN, "camera serial number", "text", "camera credentials (C2PA)", "place name"},
    "webp": {*WHO_WHERE_WHEN, "camera serial number", "camera make and model", "place name"},
    "tiff": {*WHO_WHERE_WHEN, "camera serial number", "further pictures"},
    "heic": {*WHO_WHERE_WHEN, "camera serial number", "camera make and model", "place name"},
    "pdf": {
        *WHO_WHERE_WHEN,
        *("program", "attached files", "scripts or macros", "notes on the page", "earlier versions", "selectable text"),
    },
    "docx": {
        *("author", "last editor", "company", "time of taking", "time of changing", "tracked changes", "comments"),
        *("hidden text", "headers and footers", "pictures in the text", "thumbnail", "editing history"),
        *("invisible characters", "links"),
    },
    "mp4": {*WHO_WHERE_WHEN, "sound", "camera serial number", "camera make and model", "comment", "program"},
    "mov": {*WHO_WHERE_WHEN, "sound", "camera serial number", "camera make and model", "comment", "program"},
}
SUFFIX = {"image/jpeg": "jpg", "image/png": "png", "application/pdf": "pdf", "text/plain": "txt", "video/mp4": "mp4"}


def copied(kind: str) -> Copy:
    return anew(corpus.made(kind), f"a.{kind}")


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_planted_is_left_and_the_original_is_as_it_was(kind: str) -> None:
    original = corpus.made(kind)
    before = hashlib.sha256(original).hexdigest()
    # What is packed is not found by looking at bytes, so at least one word has to be: the search is no formality.
    assert corpus.leaks(original) or kind == "docx"
    copy = copied(kind)
    assert corpus.leaks(copy.data) == []
    assert copy.original == before == hashlib.sha256(original).hexdigest()


@pytest.mark.parametrize("kind", KINDS)
def test_what_was_removed_is_named_in_words_without_its_value(kind: str) -> None:
    removed = copied(kind).removed
    assert set(removed) >= GIVEN_AWAY[kind]
    assert set(removed) <= set(get_args(Trace))
    assert not corpus.leaks(" ".join(removed).encode())


@pytest.mark.parametrize("kind", KINDS)
def test_the_gate_passes_the_copy_and_not_the_original(kind: str) -> None:
    copy = copied(kind)
    found = list(read(SUFFIX[copy.media_type], copy.data))
    assert all(not hasattr(each, "hint") for each in found)
    assert not look(corpus.made(kind)).passes
    if copy.media_type != "text/plain":
        again = look(copy.data)
        assert again.passes
        assert again.carries == ()


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "heic"])
def test_pictures_carry_nothing_when_read_again(kind: str) -> None:
    copy = copied(kind)
    picture = Image.open(io.BytesIO(copy.data))
    assert picture.size == (160, 120)
    assert not picture.getexif()
    assert not {"exif", "xmp", "comment", "icc_profile", "photoshop", "dpi"} & set(picture.info)
    assert abs(picture.getpixel((50, 50))[0] - 200) < 12


def test_a_pdf_becomes_pictures_of_its_pages() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    copy = copied("pdf")
    again = pdfium.PdfDocument(copy.data)
    assert len(again) == 1 and not any(again.get_metadata_dict().values())
    assert again.count_attachments() == 0 and again[0].get_textpage().count_chars() == 0
    assert again[0].get_size() == pytest.approx((200, 120), abs=1)
    assert again[0].render().to_pil().convert("L").getextrema()[0] < 128  # the line of text is drawn
    assert copy.notes == (FACSIMILE,)


def test_a_word_document_becomes_the_text_that_is_shown() -> None:
    copy = copied("docx")
    assert copy.data.decode() == "Shown heading\n\nShown inserted" + "word marked\n"
    assert copy.notes == (RETYPE,)


@pytest.mark.parametrize("kind", ["mp4", "mov"])
def test_a_film_loses_its_voice_and_keeps_its_pace(kind: str) -> None:
    av = pytest.importorskip("av")
    copy = copied(kind)
    assert copy.notes == (VOICE,)
    with av.open(io.BytesIO(copy.data)) as film:
        assert [track.type for track in film.streams] == ["video"]
        assert not set(film.metadata) - {"major_brand", "minor_version", "compatible_brands"}
        frames = list(film.decode(video=0))
    assert len(frames) == 25  # a second, at the pace of every film published


def test_a_film_of_sound_alone_is_not_published() -> None:
    with pytest.raises(SoundOnly, match=r"^call\.wav holds sound and nothing else; .*re-spoken by another$"):
        anew(b"RIFF\0\0\0\0WAVEfmt ", "call.wav")


@pytest.mark.parametrize(
    "start",
    [
        b"ID3\4",
        b"OggS",
        b"fLaC",
        b"#!AMR\n",
        b"caff",
        b"\xff\xfb",
        b"\xff\xf3",
        b"\xff\xfa",
        b"\xff\xf9",
        b"\0\0\0\x18ftypM4A ",
    ],
)
def test_sound_of_every_kind_is_refused_with_the_advice_to_have_it_spoken_again(start: bytes) -> None:
    for open_ in (anew, look):
        with pytest.raises(SoundOnly, match=r"re-spoken by another$"):
            open_(start + b"\0" * 64, "call")


def test_a_telephone_film_without_pictures_is_sound() -> None:
    av = pytest.importorskip("av")
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as target:
        track = target.add_stream("aac", rate=8000, layout="mono")
        silence = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        silence.sample_rate = 8000
        for plane in silence.planes:
            plane.update(bytes(plane.buffer_size))
        target.mux(track.encode(silence))
        target.mux(track.encode(None))
    with pytest.raises(SoundOnly, match=r"^call\.mp4"):
        anew(out.getvalue(), "call.mp4")


def test_what_is_covered_is_gone() -> None:
    box = Box(left=20, top=20, width=60, height=60)
    picture = Image.open(io.BytesIO(anew(corpus.made("png"), "a.png", [box]).data))
    inside = picture.crop((20, 20, 80, 80)).getcolors()
    assert inside == [(3600, (0, 0, 0))]
    with pytest.raises(NotMedia, match="only pictures can be covered"):
        anew(corpus.made("docx"), "a.docx", [box])


@pytest.mark.parametrize("kind", KINDS)
def test_the_same_file_gives_the_same_copy(kind: str) -> None:
    assert copied(kind) == copied(kind)
