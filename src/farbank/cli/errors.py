"""What the command line refuses by itself, and what an error of the system means to whoever typed."""

from __future__ import annotations

import errno

from farbank.model.errors import FarbankError


class PassphrasesDiffer(FarbankError):
    """The passphrase was not typed the same way twice; nothing was made, run the command again."""


class NoSuchCase(FarbankError):
    """There is no case folder of that name; for a filed case name the desk and yourself."""


_IN_THE_WAY = "there is a file where a folder is needed; name another folder"
_NOT_YOURS = "you may not read or change it; check its permissions, or name another"
_FULL = "there is no space left; free some and run the command again"
_MEANT = {
    errno.ENOENT: "there is no such file or folder; check the spelling",
    errno.EEXIST: _IN_THE_WAY,
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: "this is a folder where a file is expected; name a file in it",
    errno.EACCES: _NOT_YOURS,
    errno.EPERM: _NOT_YOURS,
    errno.EROFS: _NOT_YOURS,
    errno.ENOSPC: _FULL,
    errno.EDQUOT: _FULL,
}


def sentence_of(error: OSError) -> str:
    """What the system refused, and what to do about it."""
    other = f"{(error.strerror or str(error)).lower()}; check the path, its permissions and the space left"
    where = f"{error.filename}: " if error.filename else ""
    return where + _MEANT.get(error.errno or 0, other)
