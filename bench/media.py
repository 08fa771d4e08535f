"""A file from outside made fit to publish, in the child process that does it: how long, and with how much memory.

Measured on files the bench makes: a 12-megapixel JPEG as a telephone writes it (Exif with a position and a serial
number, a thumbnail, XMP), the same as PNG, WebP, TIFF and HEIC at the same size, a PDF of ten A4 pages of text, a Word
document of 2,000 paragraphs, and ten seconds of 1280×720 film. It matters because an editor clears pictures one after
the other before a close, and because whoever can send a file chooses what it costs: the child is capped, so what it
needs for honest files has to lie far below the cap. `clean_s` is the median of five runs for the JPEG with the start of
the child, limit 0.6 s; `inside_s` the same work without a child; `start_s` the child on a picture of 50×50.
`rss_mb` is the most that the child held on the JPEG, limit 400 MB; `rss_all_mb` on any of the files. `<kind>_s` is one
run each, and 0 where the extra `media` is not installed. `planted` counts the planted words found in the copies.

A second use of a picture is to be known again, so invented photographs are hashed, changed and hashed again:
`seen_<change>` is the share known after JPEG of quality 40, at half the edge, with 5 % off two edges, mirrored, and
after all four; `false_seen` the share of pairs of different photographs taken for one, `false_pages` of different
printed pages, which look alike from afar. `bits_nearest` is the least distance of two different photographs, held
against a threshold of 56 bits of 255. `hash_ms` and `sizes_ms` are the work inside the child for one photograph,
`smallest_kb` the larger file of the smallest size, limit 40 kB.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from itertools import combinations
from pathlib import Path
from threading import Event, Thread

import numpy as np
from PIL import Image, ImageDraw

from bench import Figures, _clock, _pictures
from farbank.desk.clean_media import clean_media
from farbank.model.sightings import Fingerprint
from farbank.protect.media import MissingExtra
from farbank.protect.media.anew import anew
from farbank.protect.media.fingerprint import ALIKE, alike, distance, fingerprint
from farbank.protect.media.sizes import sized
from farbank.protect.readers import pages

DATA = "."
SIZE, QUICK_SIZE = (4000, 3000), (1600, 1200)
RUNS = 5
EVERY = 0.005
"""Seconds between two looks at a child, which lives for half of one."""
WHO, WHICH = "Orun Velkmar", "SN-774411903"
XMP = f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><dc:creator>{WHO}</dc:creator></x:xmpmeta>'.encode()
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def run(data: Path, *, quick: bool) -> Figures:
    """Measure; `data` is not read, everything is made here."""
    photograph = _photograph(QUICK_SIZE if quick else SIZE)
    jpeg = _saved(photograph, "JPEG", quality=92, exif=_exif(photograph), xmp=XMP)
    tiny = _saved(Image.new("RGB", (50, 50)), "PNG")
    with _watched() as held:
        clean = _clock.median(lambda: clean_media(jpeg, "bench.jpg"), RUNS)
    figures: Figures = {
        "megapixels": photograph.width * photograph.height / 1e6,
        "jpeg_mb": round(len(jpeg) / 1e6, 2),
        "clean_s": round(clean, 3),
        "inside_s": round(_clock.median(lambda: anew(jpeg), RUNS), 3),
        "start_s": round(_clock.median(lambda: clean_media(tiny, "bench.png"), RUNS), 3),
        "rss_mb": held[0],
    }
    planted = _planted(clean_media(jpeg, "bench.jpg").data)
    for kind, make in _others(photograph, quick=quick).items():
        with _watched() as more:
            seconds, found = _once(make, kind)
        figures[f"{kind}_s"] = round(seconds, 3)
        planted += found
        held += more
    known = _known_again(12 if quick else 80)
    return figures | {"rss_all_mb": max(held), "planted": planted} | known | _sizes(photograph)


def _known_again(count: int) -> Figures:
    """Shares of photographs known again, and of different ones taken for the same."""
    scenes = [_pictures.scene(seed) for seed in range(count)]
    started = time.process_time()
    prints = [_print(scene) for scene in scenes]
    figures: Figures = {"hash_ms": round(1000 * (time.process_time() - started) / count, 1)}
    for name, change in _pictures.CHANGES.items():
        known = sum(alike(mine, _print(change(scene))) is not None for mine, scene in zip(prints, scenes, strict=True))
        figures[f"seen_{name}"] = round(known / count, 4)
    distances = _distances(prints)
    pages = _distances([_print(_pictures.page(seed)) for seed in range(count // 2)])
    return figures | {
        "false_seen": round(sum(bits <= ALIKE for bits in distances) / len(distances), 5),
        "false_pages": round(sum(bits <= ALIKE for bits in pages) / len(pages), 5),
        "bits_nearest": min(distances),
        "pairs": len(distances),
    }


def _print(picture: Image.Image) -> Fingerprint:
    made = fingerprint(picture)
    if made is None:
        raise ValueError("an invented photograph is too plain")
    return made


def _distances(prints: Sequence[Fingerprint]) -> list[int]:
    pairs = combinations(prints, 2)
    return [min(distance(one, other), distance(one, other, mirrored=True)) for one, other in pairs]


def _sizes(photograph: Image.Image) -> Figures:
    started = time.process_time()
    copies = sized(photograph)
    seconds = time.process_time() - started
    smallest = [len(copy.data) for copy in copies if copy.width == copies[0].width]
    return {"sizes_ms": round(1000 * seconds, 1), "smallest_kb": round(max(smallest) / 1000, 1)}


def _once(make: Callable[[], bytes], kind: str) -> tuple[float, int]:
    """Seconds for one file, and the planted words in its copy."""
    try:
        original = make()
        started = time.perf_counter()
        copy = clean_media(original, f"bench.{kind}")
    except (ImportError, KeyError, MissingExtra):
        return 0.0, 0
    return time.perf_counter() - started, _planted(copy.data)


def _planted(data: bytes) -> int:
    return sum(word.encode(code) in data for word in (WHO, WHICH) for code in ("utf-8", "utf-16-le", "utf-16-be"))


@contextmanager
def _watched() -> Iterator[list[float]]:
    """Append to the list it gives, at the end, the most megabytes that any child held, as the kernel kept count.

    What `getrusage` says of children will not do: it counts the pages of this process that a child has before it
    becomes another program.
    """
    peak: list[float] = []
    most = [0]
    done = Event()

    def look() -> None:
        while not done.wait(EVERY):
            most[0] = max([most[0], *map(_high_water, _children())])

    watcher = Thread(target=look, daemon=True)
    watcher.start()
    yield peak
    done.set()
    watcher.join()
    peak.append(round(most[0] / 1024, 1))


def _children() -> list[str]:
    """Ids of the children of every thread; a thread may end while it is asked."""
    try:
        return [pid for task in Path("/proc/self/task").iterdir() for pid in (task / "children").read_text().split()]
    except OSError:
        return []


def _high_water(pid: str) -> int:
    """Kilobytes that a process held at most, 0 where it is gone or has not become another program yet."""
    try:
        started = b"media_child" in (Path("/proc") / pid / "cmdline").read_bytes()
        lines = (Path("/proc") / pid / "status").read_text().splitlines() if started else []
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), 0)


def _photograph(size: tuple[int, int]) -> Image.Image:
    """Soft shapes with the grain of a small sensor, which is what makes a photograph dear to encode."""
    random = np.random.default_rng(12)
    shapes = Image.fromarray(random.integers(0, 255, (30, 40, 3), dtype=np.uint8)).resize(
        size, Image.Resampling.BICUBIC
    )
    grain = random.normal(0, 4, (size[1], size[0], 1))
    return Image.fromarray(np.clip(np.asarray(shapes) + grain, 0, 255).astype(np.uint8))


def _exif(picture: Image.Image) -> bytes:
    tags = Image.Exif()
    tags[0x0110], tags[0x013B] = "Ferndal K9", WHO
    tags.get_ifd(0x8769)[0xA431] = WHICH
    tags.get_ifd(0x8825)[2] = (40.0, 7.0, 24.0)
    thumbnail = _saved(picture.resize((160, 120)), "JPEG")
    return tags.tobytes() + thumbnail


def _saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    picture.save(out, kind, **how)
    return out.getvalue()


def _others(photograph: Image.Image, *, quick: bool) -> dict[str, Callable[[], bytes]]:
    return {
        "png": lambda: _saved(photograph, "PNG", compress_level=1, exif=_exif(photograph)),
        "webp": lambda: _saved(photograph, "WEBP", method=0, exif=_exif(photograph)),
        "tiff": lambda: _saved(photograph, "TIFF", tiffinfo={0x013B: WHO}),
        "heic": lambda: _heic(photograph),
        "pdf": lambda: _pdf(2 if quick else 10),
        "docx": lambda: _docx(200 if quick else 2000),
        "film": lambda: _film(1 if quick else 10),
    }


def _heic(photograph: Image.Image) -> bytes:
    from pillow_heif import register_heif_opener

    register_heif_opener()
    return _saved(photograph, "HEIF", quality=60, exif=_exif(photograph))


def _pdf(count: int) -> bytes:
    page = Image.new("RGB", (1240, 1754), "white")
    for line in range(50):
        ImageDraw.Draw(page).text(
            (100, 100 + 30 * line), "the quota of the third quarter is to be met " * 3, fill="black"
        )
    bound = pages.write([pages.PageImage(_saved(page, "JPEG"), *page.size)] * count)
    return bound.replace(b"%PDF-1.4\n", b"%PDF-1.4\n%" + WHO.encode() + b"\n")


def _docx(paragraphs: int) -> bytes:
    line = f"<w:p><w:r><w:t>the quota is to be met by the third quarter</w:t></w:r><w:del w:author='{WHO}'/></w:p>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", f'<w:document xmlns:w="{WORD}">{line * paragraphs}</w:document>')
    return out.getvalue()


def _film(seconds: int) -> bytes:
    import av

    out = io.BytesIO()
    wide = np.asarray(_photograph((1280 + 8 * 30 * seconds, 720)))
    with av.open(out, "w", format="mp4", options={"movflags": "use_metadata_tags"}) as target:
        target.metadata["artist"] = WHO
        track = target.add_stream("libx264", rate=30, options={"preset": "ultrafast"})
        track.width, track.height, track.pix_fmt = 1280, 720, "yuv420p"
        for number in range(30 * seconds):
            seen = np.ascontiguousarray(wide[:, 8 * number : 8 * number + 1280])
            target.mux(track.encode(av.VideoFrame.from_ndarray(seen, format="rgb24")))
        target.mux(track.encode(None))
    return out.getvalue()
