"""What goes wrong when a file is made anew."""

from __future__ import annotations

from farbank.model.errors import FarbankError


class NotAPicture(FarbankError):
    """A file is not a picture farbank can read; save it as a whole PNG or JPEG of at most 64 megapixels."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} is not a picture farbank can read; save it as a whole PNG or JPEG of at most 64 megapixels"
        )


class NotMedia(FarbankError):
    """A file cannot be made anew, for the reason given; ask for another copy, or retype what it shows."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(f"{file} cannot be published: {reason}; ask for another copy, or retype what it shows")


class SoundOnly(FarbankError):
    """A file holds sound and nothing else, and no original voice is published; have it re-spoken by another."""

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} holds sound and nothing else; no original voice is published, have it re-spoken by another"
        )


class MissingExtra(FarbankError):
    """A kind of file needs what does not come with the base installation: pip install 'farbank[media]'."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} need what is not installed; run: pip install 'farbank[media]'")
