"""Invented photographs, and what becomes of a photograph on its way through other hands."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageOps

SIZE = (640, 480)

CHANGES: dict[str, Callable[[Image.Image], Image.Image]] = {
    "q40": lambda picture: _encoded(picture, 40),
    "half": lambda picture: picture.resize((picture.width // 2, picture.height // 2)),
    "crop": lambda picture: picture.crop((picture.width // 20, picture.height // 20, *picture.size)),
    "mirror": ImageOps.mirror,
    "all": lambda picture: _encoded(CHANGES["half"](CHANGES["crop"](CHANGES["mirror"](picture))), 40),
}
"""JPEG of quality 40, half the edge, 5 % off two edges, left and right changed, and all four at once."""


def scene(seed: int, size: tuple[int, int] = SIZE) -> Image.Image:
    """A ground with the statistics of landscapes (1/f), a paler sky and a few buildings; another one for each seed."""
    random = np.random.default_rng(seed)
    width, height = size
    horizon = int(height * random.uniform(0.3, 0.7))
    picture = _ground(random).resize(size, Image.Resampling.BICUBIC).convert("RGB")
    sky = Image.new("RGB", (width, horizon), tuple(int(level) for level in random.integers(150, 230, 3)))
    picture.paste(Image.blend(picture.crop((0, 0, width, horizon)), sky, 0.75), (0, 0))
    drawing = ImageDraw.Draw(picture)
    for _ in range(random.integers(3, 9)):
        left, low = int(random.integers(0, width)), horizon + int(random.integers(-height // 8, height // 5))
        wide, high = (int(edge) for edge in random.integers(width // 40, width // 5, 2))
        colour = tuple(int(level) for level in random.integers(0, 255, 3))
        draw = drawing.rectangle if random.random() < 0.6 else drawing.ellipse
        draw((left, low - high, left + wide, low), fill=colour)
    return picture


def page(seed: int) -> Image.Image:
    """A printed page: from afar one looks much like another."""
    random = np.random.default_rng(seed)
    picture = Image.new("RGB", (620, 877), "white")
    drawing, down = ImageDraw.Draw(picture), int(random.integers(40, 100))
    for _ in range(random.integers(1, 5)):
        for _ in range(random.integers(3, 15)):
            letters = "".join(random.choice(list("abcdefghij   "), random.integers(40, 90)))
            drawing.text((50, down), letters, fill="black", font_size=11)
            down += 15
        down += int(random.integers(10, 60))
    return picture


def _ground(random: np.random.Generator) -> Image.Image:
    frequency = np.hypot(np.fft.fftfreq(120)[:, None], np.fft.fftfreq(160)[None])
    frequency[0, 0] = 1
    levels = np.fft.ifft2(np.fft.fft2(random.normal(size=(120, 160))) / frequency**1.1).real
    return Image.fromarray(np.clip(128 + 45 * (levels - levels.mean()) / levels.std(), 0, 255).astype(np.uint8))


def _encoded(picture: Image.Image, quality: int) -> Image.Image:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return Image.open(io.BytesIO(out.getvalue())).convert("RGB")
