"""What must never be printed, held so that the list shows neither names nor how many people stand behind it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from functools import lru_cache
from hashlib import blake2b
from itertools import compress

import msgspec

from farbank.model.errors import FarbankError
from farbank.protect import near
from farbank.protect.readers.letters import Letters, letters_only, unspaced

LEAST = 16384
"""The list is padded to a power of two of at least this many entries (a name has some hundred spellings and slips), so
that its size does not tell how many people it holds."""
BITS = 16
"""Bits of the head filter per entry: about one foreign head in sixteen passes, and each bit fits many heads."""
KEPT = 1 << 18
"""Stretches of letters a look-out remembers of each kind before it begins anew: those of some ten editions."""
STRETCH = 3
"""Letters by which a name may grow in another system of romanisation, or by a slip."""


class TooShort(FarbankError):
    """A forbidden spelling is too short to be told from ordinary words; write it longer (at least two Hangul or
    Chinese characters, or four letters) or take it out."""


class WeakKey(FarbankError):
    """The key of the forbidden list must be 16 to 64 random bytes; take it from the identities compartment."""


class Hit(msgspec.Struct, frozen=True):
    """A forbidden spelling found in letters `start` to `end`; `tag` is its keyed hash and tells the same word again.

    `near` if it is not written there, but sounds so or is one slip of the pen away.
    """

    start: int
    end: int
    tag: bytes
    near: bool = False


class Forbidden(msgspec.Struct, frozen=True, kw_only=True):
    """Keyed BLAKE2b hashes of every forbidden spelling and its slips, with as many decoys as make a power of two.

    `heads` is a bit map of the first letters, `lengths` how long spellings are (in folded letters), `hashes` 16 bytes
    each, sorted. Whoever holds it can still test a guess: it belongs in a compartment, never in an edition.
    """

    key: bytes
    lengths: tuple[int, ...]
    heads: bytes
    hashes: tuple[bytes, ...]


class Lookout:
    """Looks for the spellings of one list in many texts; it remembers which heads and words it has tried."""

    def __init__(self, forbidden: Forbidden) -> None:
        self._forbidden = forbidden
        self._hashes = frozenset(forbidden.hashes)
        self._hash = _hasher(forbidden.key)
        self._heads: dict[str, bool] = {}
        self._begins: dict[str, tuple[tuple[int, bytes], ...]] = {}
        self._tried: tuple[dict[str, bool], dict[str, bool]] = ({}, {})
        self._longest = max(forbidden.lengths, default=0) + STRETCH

    def hits(self, letters: Letters) -> Iterator[Hit]:
        """Find every forbidden spelling in `letters`, then what only reads like one, each by position."""
        for known in (self._heads, self._begins, *self._tried):
            if len(known) > KEPT:
                known.clear()
        taken: list[Hit] = []
        for hit in (*self._written(letters), *self._read(letters)):
            if not hit.near or not any(hit.start < other.end and other.start < hit.end for other in taken):
                taken.append(hit)
                yield hit

    def _written(self, letters: Letters) -> Iterator[Hit]:
        text = letters.text
        known = self._heads
        heads = [text[i : i + 3] for i in range(len(text))]
        for head in set(heads) - known.keys():
            known[head] = self._passes(head)
        for start in compress(range(len(heads)), map(known.__getitem__, heads)):
            yield from self._at(letters, start)

    def _read(self, letters: Letters) -> Iterator[Hit]:
        for start, window, parted in near.windows(letters, self._longest):
            known = self._tried[parted]
            listed = known.get(window)
            if listed is None:
                tries = near.tries(window, parted=parted)
                listed = known[window] = not self._hashes.isdisjoint(map(self._hash, tries))
            end = start + len(window)
            if listed and (window.isascii() or len(window) > near.SYLLABLES or letters.closes(end)):
                yield Hit(start, end, self._hash(window), near=True)

    def _passes(self, three: str) -> bool:
        bit = _bit(self._forbidden.key, _head(three), len(self._forbidden.heads))
        return bool(self._forbidden.heads[bit >> 3] & 1 << (bit & 7))

    def _at(self, letters: Letters, start: int) -> Iterator[Hit]:
        window = letters.text[start : start + self._longest]
        listed = self._begins.get(window)
        if listed is None:
            listed = self._begins[window] = tuple(self._listed(window))
        for length, tag in listed:
            if letters.stands_apart(start, length):
                yield Hit(start, start + length, tag)

    def _listed(self, window: str) -> Iterator[tuple[int, bytes]]:
        """The spellings that a stretch of letters begins with."""
        for length in self._forbidden.lengths:
            if length > len(window):
                return
            tag = self._hash(window[:length])
            if tag in self._hashes:
                yield length, tag


@lru_cache(maxsize=2)  # an edition is looked through when it is proposed, and again when somebody agrees
def lookout(forbidden: Forbidden) -> Lookout:
    """The look-out for a list, the same for the same list."""
    return Lookout(forbidden)


def listing(
    names: Collection[str],
    key: bytes,
    *,
    variants: Collection[str] = (),
    exact: Collection[str] = (),
    public: Collection[str] = (),
) -> Forbidden:
    """Hash spellings under `key` (16 to 64 random bytes), with all that reads like them. Raises TooShort, WeakKey.

    `names` are looked for with every slip of the pen, `variants` of them with what sounds like them, `exact` as they
    stand: a code word is an ordinary word, and one slip from others. What reads like a `public` name, which everybody
    prints, is left out.

    The decoys come from `key` by a one-way step, so the same spellings give the same list, yet nobody can tell the
    decoys by the key the list carries.
    """
    if not 16 <= len(key) <= 64:
        raise WeakKey(WeakKey.__doc__)
    folded = sorted({_checked(spelling) for spelling in (*names, *variants, *exact)})
    slips = sorted(_slips(names, variants, public))
    matching, padding = (blake2b(key=key, digest_size=32, person=use).digest() for use in (b"match", b"decoy"))
    own = list(map(_hasher(matching), (*folded, *slips)))
    size = max(LEAST, 1 << (len(own) - 1).bit_length()) if own else LEAST
    decoys = [blake2b(i.to_bytes(8), key=padding, digest_size=20).digest() for i in range(size - len(folded))]
    heads = bytearray(size * BITS // 8)
    bits = [_bit(matching, _head(word), len(heads)) for word in folded]
    for bit in bits + [int.from_bytes(decoy[16:]) % (len(heads) * 8) for decoy in decoys]:
        heads[bit >> 3] |= 1 << (bit & 7)
    return Forbidden(
        key=matching,
        lengths=tuple(sorted({len(word) for word in folded})),
        heads=bytes(heads),
        hashes=tuple(sorted(own + [decoy[:16] for decoy in decoys[len(slips) :]])),
    )


def _slips(names: Collection[str], variants: Collection[str], public: Collection[str]) -> set[str]:
    """Every pattern of every spelling but those a public name answers to."""
    listed = {(letters_only(name), " " in name.strip()): True for name in names}
    listed = {(letters_only(name), " " in name.strip()): False for name in variants} | listed
    found: set[str] = set()
    for (letters, parted), written in listed.items():
        found |= near.patterns(letters, written=written, parted=parted)
    known = set(map(letters_only, public)) - {letters for letters, _ in listed}
    return found.difference(*(near.tries(name, parted=parted) for name in known for parted in (False, True)))


def _checked(spelling: str) -> str:
    letters = letters_only(spelling)
    if not long_enough(letters):
        raise TooShort(f"a forbidden spelling has only {len(letters)} letters; {_REMEDY}")
    return letters


_REMEDY = "write it longer (at least two Hangul or Chinese characters, or four letters) or take it out"


def long_enough(letters: str) -> bool:
    """Say whether so many letters can be told from ordinary words."""
    return len(letters) >= (2 if letters and unspaced(letters[0]) else 4)


def _head(letters: str) -> str:
    return letters[:2] if unspaced(letters[0]) else letters[:3]


def _bit(key: bytes, head: str, size: int) -> int:
    digest = blake2b(head.encode("utf-8", "surrogatepass"), key=key, digest_size=8, person=b"head").digest()
    return int.from_bytes(digest) % (size * 8)


def _hasher(key: bytes) -> Callable[[str], bytes]:
    """The keyed hash; the key is taken in once, which halves the time of a short word."""
    keyed = blake2b(key=key, digest_size=16)

    def digest(word: str) -> bytes:
        hashing = keyed.copy()
        hashing.update(word.encode("utf-8", "surrogatepass"))
        return hashing.digest()

    return digest
