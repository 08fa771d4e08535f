"""What is not installed is named, and what does not end is stopped."""

from __future__ import annotations

import sys

import pytest

from farbank.protect.media import film
from farbank.protect.media.anew import anew, look
from farbank.protect.media.errors import MissingExtra, NotMedia
from tests.protect.media import corpus


@pytest.mark.parametrize(("kind", "needs"), [("heic", "pillow_heif"), ("pdf", "pypdfium2"), ("mp4", "av")])
def test_without_the_extra_a_kind_is_refused_with_the_way_out(
    kind: str, needs: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = corpus.made(kind)
    monkeypatch.setitem(sys.modules, needs, None)
    with pytest.raises(MissingExtra, match=r"pip install 'farbank\[media\]'"):
        anew(original)


def test_pictures_and_word_documents_need_no_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    for needs in ("pillow_heif", "pypdfium2", "av", "cv2"):
        monkeypatch.setitem(sys.modules, needs, None)
    for kind in ("jpeg", "png", "webp", "tiff", "docx"):
        assert corpus.leaks(anew(corpus.made(kind)).data) == []
    with pytest.raises(MissingExtra, match="suggestions of boxes"):
        look(corpus.made("jpeg"))


def test_a_film_that_does_not_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(film, "MOST_SECONDS", 0.5)
    with pytest.raises(NotMedia, match="longer than ten minutes"):
        anew(corpus.made("mp4"))
