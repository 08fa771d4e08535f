"""What can be wrong with a case folder as a folder; what its files say wrongly is DecodeError or MissingReference."""

from __future__ import annotations

from farbank.model.errors import FarbankError


class UnsafePath(FarbankError):
    """A name or link in a case folder could lead outside it; take it out, a case folder holds plain files only."""


class TooLarge(FarbankError):
    """A file or folder is larger than a case may be; make the picture smaller, or split the case in two."""


class NotACaseFolder(FarbankError):
    """This is not a case folder, or holds something it may not; compare it with docs/case-format.md."""
