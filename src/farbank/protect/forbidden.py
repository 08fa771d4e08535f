"""What must never be printed, held so that the list shows neither names nor how many people stand behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import blake2b

import msgspec

from farbank.country.gazetteer import Gazetteer
from farbank.model.errors import FarbankError, UnknownPlace
from farbank.model.people import Identity
from farbank.protect.names import variants
from farbank.protect.readers.letters import Letters, letters_only, unspaced

LEAST = 4096
"""The list is padded to a power of two of at least this many entries (a name has some hundred spellings), so that its
size does not tell how many people it holds."""
BITS = 16
"""Bits of the head filter per entry: about one foreign head in sixteen passes, and each bit fits many heads."""


class TooShort(FarbankError):
    """A forbidden spelling is too short to be told from ordinary words; write it longer (at least two Hangul or
    Chinese characters, or four letters) or take it out."""


class WeakKey(FarbankError):
    """The key of the forbidden list must be 16 to 64 random bytes; take it from the identities compartment."""


class Hit(msgspec.Struct, frozen=True):
    """A forbidden spelling found at letter `start`; `tag` is its keyed hash and tells the same spelling again."""

    start: int
    tag: bytes


class Forbidden(msgspec.Struct, frozen=True, kw_only=True):
    """Keyed BLAKE2b hashes of every forbidden spelling, mixed with as many decoys as make the next power of two.

    `heads` is a bit map of the first letters, `lengths` how long spellings are (in folded letters), `hashes` 16 bytes
    each, sorted. Whoever holds it can still test a guess: it belongs in a compartment, never in an edition.
    """

    key: bytes
    lengths: tuple[int, ...]
    heads: bytes
    hashes: tuple[bytes, ...]


class Lookout:
    """Looks for the spellings of one list in many texts; it remembers which heads it has tried."""

    def __init__(self, forbidden: Forbidden) -> None:
        self._forbidden = forbidden
        self._hashes = frozenset(forbidden.hashes)
        self._heads: dict[str, bool] = {}

    def hits(self, letters: Letters) -> Iterator[Hit]:
        """Find every forbidden spelling in `letters`, by position."""
        text = letters.text
        known = self._heads
        heads = [text[i : i + 3] for i in range(len(text))]
        for head in set(heads) - known.keys():
            known[head] = self._passes(head)
        for start, head in enumerate(heads):
            if known[head]:
                yield from self._at(letters, start)

    def _passes(self, three: str) -> bool:
        bit = _bit(self._forbidden.key, _head(three), len(self._forbidden.heads))
        return bool(self._forbidden.heads[bit >> 3] & 1 << (bit & 7))

    def _at(self, letters: Letters, start: int) -> Iterator[Hit]:
        for length in self._forbidden.lengths:
            window = letters.text[start : start + length]
            if len(window) < length:
                return
            tag = _hash(self._forbidden.key, window)
            if tag in self._hashes and letters.stands_apart(start, length):
                yield Hit(start, tag)


def listing(spellings: Iterable[str], key: bytes) -> Forbidden:
    """Hash `spellings` under `key` (16 to 64 random bytes). Raises TooShort, WeakKey.

    The decoys come from `key` by a one-way step, so the same spellings give the same list, yet nobody can tell the
    decoys by the key the list carries.
    """
    if not 16 <= len(key) <= 64:
        raise WeakKey(WeakKey.__doc__)
    folded = sorted({_long_enough(spelling) for spelling in spellings})
    matching, padding = (blake2b(key=key, digest_size=32, person=use).digest() for use in (b"match", b"decoy"))
    size = max(LEAST, 1 << (len(folded) - 1).bit_length()) if folded else LEAST
    decoys = [blake2b(i.to_bytes(8), key=padding, digest_size=20).digest() for i in range(size - len(folded))]
    heads = bytearray(size * BITS // 8)
    bits = [_bit(matching, _head(word), len(heads)) for word in folded]
    for bit in bits + [int.from_bytes(decoy[16:]) % (len(heads) * 8) for decoy in decoys]:
        heads[bit >> 3] |= 1 << (bit & 7)
    hashes = [_hash(matching, word) for word in folded] + [decoy[:16] for decoy in decoys]
    return Forbidden(
        key=matching,
        lengths=tuple(sorted({len(word) for word in folded})),
        heads=bytes(heads),
        hashes=tuple(sorted(hashes)),
    )


def spellings(identities: Iterable[Identity], gazetteer: Gazetteer) -> set[str]:
    """Gather every spelling of each identity, and of each place of its profile finer than level 1, ids included.

    Raises UnknownPlace for a profile whose place the gazetteer does not know.
    """
    found: set[str] = set()
    for identity in identities:
        for spelling in identity.spellings:
            found |= {spelling, *filter(_is_long_enough, map(letters_only, variants(spelling)))}
        for axis, node in identity.profile.items():
            found |= _place_spellings(axis, node, gazetteer)
    return found


def _place_spellings(axis: str, node: str, gazetteer: Gazetteer) -> set[str]:
    try:
        ids = (gazetteer.place(node).id, *gazetteer.ancestors(node))
    except UnknownPlace:
        # A class of places (kp:KP02/city) is no place; anything else under `place` must be known, or it goes unchecked.
        if axis == "place" and "/" not in node:
            raise
        return set()
    fine = [place for place in ids if gazetteer.place(place).level > 1]
    broad = {letters_only(name) for place in ids if place not in fine for name in gazetteer.spellings(place)}
    written = {name for place in fine for name in (*gazetteer.spellings(place), place, place.partition(":")[2])}
    written = {name for name in written if letters_only(name) not in broad}
    checkable = {name for name in written if _is_long_enough(letters_only(name))}
    # A name shared with its province cannot be forbidden, and one of a single syllable not be searched for: the gate
    # looks for finer places by the gazetteer as well.
    return {form for name in checkable for form in _unmistaken(name, checkable, gazetteer)}


_AT = ("에", "로", "으로", "까지", "부터", "역", "읍", "시내", "지역", "일대", "주민", "사람", "출신", "광산")
"""What follows a Korean name only where it names a place."""


def _unmistaken(name: str, others: set[str], gazetteer: Gazetteer) -> tuple[str, ...]:
    """Give `name`, or, if the gazetteer knows it for an everyday word (위원 is also a committee member), how it is used
    of a place."""
    if len(name) > 2 or gazetteer.mentions(name):
        return (name,)
    typed = any(gazetteer.mentions(other) for other in others if other != name and other.startswith(name))
    return tuple(name + ending for ending in _AT) if typed and "가" <= name[0] <= "힣" else (name,)


def _long_enough(spelling: str) -> str:
    letters = letters_only(spelling)
    if not _is_long_enough(letters):
        raise TooShort(f"a forbidden spelling has only {len(letters)} letters; {_REMEDY}")
    return letters


_REMEDY = "write it longer (at least two Hangul or Chinese characters, or four letters) or take it out"


def _is_long_enough(letters: str) -> bool:
    return len(letters) >= (2 if letters and unspaced(letters[0]) else 4)


def _head(letters: str) -> str:
    return letters[:2] if unspaced(letters[0]) else letters[:3]


def _bit(key: bytes, head: str, size: int) -> int:
    digest = blake2b(head.encode("utf-8", "surrogatepass"), key=key, digest_size=8, person=b"head").digest()
    return int.from_bytes(digest) % (size * 8)


def _hash(key: bytes, word: str) -> bytes:
    return blake2b(word.encode("utf-8", "surrogatepass"), key=key, digest_size=16).digest()
