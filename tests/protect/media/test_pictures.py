"""Pictures made fit to publish."""

from __future__ import annotations

import contextlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from farbank.protect.media import NotAPicture, clean
from farbank.protect.readers.pictures import extras

RED, BLUE = (200, 30, 30), (30, 30, 200)


def halves(mode: str = "RGB") -> Image.Image:
    """A picture 80 wide and 40 high, red on the left and blue on the right."""
    picture = Image.new("RGB", (80, 40), RED)
    picture.paste(BLUE, (40, 0, 80, 40))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def exif(orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[0x0112] = orientation
    tags[0x0110] = "Invented Phone 4"
    tags[0x0132] = "2021:07:02 11:20:00"
    tags.get_ifd(0x8825)[2] = (40.0, 7.0, 1.0)
    return tags


def near(a: tuple[int, ...], b: tuple[int, ...]) -> bool:
    return all(abs(x - y) < 20 for x, y in zip(a, b, strict=True))


def test_a_jpeg_loses_everything_but_its_pixels() -> None:
    original = (
        saved(halves(), "JPEG", exif=exif(), comment=b"from Dolmaru", icc_profile=b"x" * 200, xmp=b"<x:xmpmeta/>")
        + b"MORE"
    )
    result = clean(original)
    assert set(result.removed) == {
        *("GPS position", "camera make and model", "time of changing", "comment", "colour profile"),
        *("other editing data (XMP)", "bytes after its end"),
    }
    assert (result.media_type, result.width, result.height) == ("image/jpeg", 80, 40)
    assert extras(result.data) == ()
    again = Image.open(io.BytesIO(result.data))
    assert again.format == "JPEG" and not again.getexif() and "icc_profile" not in again.info
    assert b"Dolmaru" not in result.data and b"Phone" not in result.data


def test_a_png_loses_everything_but_its_pixels() -> None:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "someone")
    notes.add_itxt("Place", "돌마루", zip=True)
    notes.add_text("Long", "hidden " * 50, zip=True)
    result = clean(saved(halves(), "PNG", pnginfo=notes, dpi=(72, 72), exif=exif()))
    assert set(result.removed) == {
        *("author", "text", "resolution", "GPS position", "camera make and model", "time of changing"),
    }
    assert result.media_type == "image/png"
    assert extras(result.data) == ()
    assert Image.open(io.BytesIO(result.data)).tobytes() == halves().tobytes()


def test_orientation_is_applied_before_it_is_dropped() -> None:
    result = clean(saved(halves(), "JPEG", exif=exif(orientation=6)))
    assert (result.width, result.height) == (40, 80)
    turned = Image.open(io.BytesIO(result.data))
    assert near(turned.getpixel((20, 10)), RED) and near(turned.getpixel((20, 70)), BLUE)


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "L", "LA", "P", "1", "I;16"])
def test_every_kind_of_png_comes_out_as_plain_colour(mode: str) -> None:
    picture = Image.new("I;16", (8, 8), 40_000) if mode == "I;16" else halves(mode)
    result = clean(saved(picture, "PNG"))
    out = Image.open(io.BytesIO(result.data))
    assert out.mode == "RGB" and extras(result.data) == ()
    if mode == "I;16":
        assert near(out.getpixel((0, 0)), (156, 156, 156))


def test_transparency_is_laid_on_white() -> None:
    result = clean(saved(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), "PNG"))
    assert Image.open(io.BytesIO(result.data)).getpixel((1, 1)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["CMYK", "L"])
def test_every_kind_of_jpeg_comes_out_as_plain_colour(mode: str) -> None:
    assert Image.open(io.BytesIO(clean(saved(halves(mode), "JPEG")).data)).mode == "RGB"


def test_a_second_picture_inside_the_file_is_left_behind() -> None:
    several = saved(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (80, 40), "black")])
    result = clean(several)
    assert {"further pictures", "bytes after its end"} <= set(result.removed)
    assert extras(result.data) == () and near(Image.open(io.BytesIO(result.data)).getpixel((5, 5)), RED)


def test_the_same_picture_gives_the_same_bytes() -> None:
    assert clean(saved(halves(), "JPEG", exif=exif())).data == clean(saved(halves(), "JPEG", comment=b"x")).data


WHOLE = saved(halves(), "PNG")
BROKEN = {
    "nothing": b"",
    "text": b"not a picture",
    "gif": saved(halves("P"), "GIF"),
    "pdf": b"%PDF-1.4",
    "cut webp": saved(halves(), "WEBP")[:-40],
    "cut tiff": saved(halves(), "TIFF")[:-200],
    "svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "cut png": WHOLE[:-40],
    "cut jpeg": saved(halves(), "JPEG")[:-60],
    "png of 10 gigapixels": WHOLE[:16] + (100_000).to_bytes(4) * 2 + WHOLE[24:],
    "png of 70 megapixels": saved(Image.new("1", (10_000, 7_000)), "PNG"),
}


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_what_is_no_whole_picture_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(NotAPicture, match=r"^levee\.png is not a picture farbank can read; save it as"):
        clean(data, "levee.png")


@given(
    st.binary(max_size=200), st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", WHOLE[:40], WHOLE[:-12]])
)
def test_hostile_bytes_are_refused_not_fatal(junk: bytes, start: bytes) -> None:
    with contextlib.suppress(NotAPicture):
        assert extras(clean(start + junk).data) == ()
