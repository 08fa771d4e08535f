"""Which words of the master a version renders: a hash of what it says, and the line that pins a version to it."""

from __future__ import annotations

import hashlib
import re

from farbank.model import codec
from farbank.model.story import Draft

_OF = re.compile(r"^of:.*\n", re.MULTILINE)
_CLOSE = re.compile(r"^close:.*\n", re.MULTILINE)


def revision(master: Draft) -> str:
    """16 hexadecimal digits over everything a reader is told and what it rests on.

    Left out are the lines of the file and what only the desk reads (`show`, `whatif`, `fit`, `link`, `accept`), so that
    neither makes a version stale.
    """
    said = [
        str(master.close),
        [[sentence.role, sentence.text, sentence.claims] for sentence in master.sentences],
        [[block.kind, block.report, block.document, block.picture, len(block.sentences)] for block in master.blocks],
    ]
    return hashlib.sha256(codec.to_json(said)).hexdigest()[:16]


def pinned(markdown: str, of: str) -> str:
    """A version with `of` in its front matter, in place of the one it had; in quotes, for it may be all digits."""
    front, fence, body = markdown.partition("\n---")
    front = _OF.sub("", f"{front}\n")
    return _CLOSE.sub(lambda close: f'{close.group()}of: "{of}"\n', front, count=1).removesuffix("\n") + fence + body
