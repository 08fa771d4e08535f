"""A film made anew: its pictures at an even pace, without its sound, and nothing that lay beside them.

The voice of whoever speaks in it is never published (F23); distorting it would not do, since distortion is undone.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from farbank.protect.media.errors import MissingExtra, SoundOnly
from farbank.protect.media.pictures import unreadable
from farbank.protect.media.traces.film import of_tags, of_tracks
from farbank.protect.media.traces.words import Trace, once
from farbank.protect.readers.pieces import Unreadable

PACE = 25
"""Pictures a second in every film published: a telephone's own uneven pace can tell its make."""
MOST_SECONDS = 600
_LONGEST = 1280
"""Pixels of the longer side published."""
_MOST_PIXELS = 9_000_000
"""Of one picture of the original: 4K has 8.3 million."""
_DECODERS = frozenset({"h264", "hevc", "mpeg4", "mjpeg", "h263", "vp8", "vp9", "libdav1d", "av1"})
_ENCODER = {"preset": "veryfast", "crf": "23"}
_NO_NOTES = "filter_units=remove_types=6"
"""Drops the units in which the encoder would write its name and settings."""


def ready() -> None:
    """Load what decodes films, turns them and writes them. Raises MissingExtra."""
    _av()
    import numpy  # noqa: F401


def anew(data: bytes, file: str = "the file") -> tuple[bytes, tuple[Trace, ...]]:
    """An MP4 of the first film track of an MP4 or MOV, and what the original gave away.

    Raises Unreadable, SoundOnly where there is no film track, or MissingExtra. No side is longer than 1280 pixels.
    """
    av = _av()
    with unreadable("it is not a whole film"), _opened(av, data) as source:
        if not source.streams.video:
            raise SoundOnly(file)
        track = source.streams.video[0]
        _check(track)
        traces = once((*of_tracks(source), *of_tags(source, data)))
        return _written(av, _evenly(source.decode(track))), traces


def traces(data: bytes, file: str = "the file") -> tuple[Trace, ...]:
    """What a film gives away besides its pictures; raises what `anew` raises."""
    av = _av()
    with unreadable("it is not a whole film"), _opened(av, data) as source:
        if not source.streams.video:
            raise SoundOnly(file)
        return once((*of_tracks(source), *of_tags(source, data)))


def _av() -> Any:
    try:
        import av
        import av.bitstream
        import av.subtitles.stream
    except ImportError:
        raise MissingExtra("films") from None
    av.logging.set_level(None)
    return av


def _opened(av: Any, data: bytes) -> Any:
    # The format is named, so that no playlist can have the decoder open other files.
    return av.open(io.BytesIO(data), format="mov", metadata_errors="replace")


def _check(track: Any) -> None:
    codec = track.codec_context
    if codec.name not in _DECODERS or not 0 < codec.width * codec.height <= _MOST_PIXELS:
        raise Unreadable("its pictures are of a kind or size that is not decoded")
    codec.thread_count = 1


def _evenly(frames: Iterator[Any]) -> Iterator[Any]:
    """Yield the picture shown at every tick of an even clock; refuse films longer than ten minutes."""
    shown, first, ticks = None, 0.0, 0
    for frame in frames:
        at = frame.time if frame.time is not None else (first if shown is None else first + ticks / PACE)
        if shown is None:
            first = at
        if not 0 <= at - first <= MOST_SECONDS or ticks > MOST_SECONDS * PACE:
            raise Unreadable("it is longer than ten minutes, or its clock runs backwards")
        while shown is not None and ticks < round((at - first) * PACE):
            yield shown
            ticks += 1
        shown = frame
    if shown is None:
        raise Unreadable("it shows nothing")
    yield shown


def _written(av: Any, frames: Iterator[Any]) -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4", options={"fflags": "+bitexact"}) as target:
        track, notes, size = None, None, (0, 0)
        for number, frame in enumerate(frames):
            picture = _upright(frame)
            if track is None:
                size = _fitting(picture.width, picture.height)
                track = target.add_stream("libx264", rate=PACE, options=_ENCODER)
                track.width, track.height, track.pix_fmt = *size, "yuv420p"
                track.codec_context.flags |= av.codec.context.Flags.bitexact
                track.codec_context.thread_count = 1
                notes = av.bitstream.BitStreamFilterContext(_NO_NOTES, track)
            fresh = _fresh(av, picture, size)
            fresh.pts = number
            _mux(target, notes, track.encode(fresh))
        _mux(target, notes, track.encode(None) if track else ())
        target.mux(notes.filter(None) if notes else ())
    return out.getvalue()


def _mux(target: Any, notes: Any, packets: Any) -> None:
    for packet in packets:
        target.mux(notes.filter(packet))


def _fresh(av: Any, picture: Any, size: tuple[int, int]) -> Any:
    """A frame of nothing but pixels: side data, captions in it and its times stay behind."""
    scaled = picture.reformat(width=size[0], height=size[1], format="yuv420p")
    return av.VideoFrame.from_ndarray(scaled.to_ndarray(), format="yuv420p")


def _upright(frame: Any) -> Any:
    """Turn a frame as the film says it is to be turned, since that note is dropped."""
    import numpy as np

    turns = round(frame.rotation / 90) % 4
    if not turns:
        return frame
    pixels = np.ascontiguousarray(np.rot90(frame.to_ndarray(format="rgb24"), turns))
    return type(frame).from_ndarray(pixels, format="rgb24")


def _fitting(width: int, height: int) -> tuple[int, int]:
    scale = min(1.0, _LONGEST / max(width, height))
    return max(2, round(width * scale) // 2 * 2), max(2, round(height * scale) // 2 * 2)
