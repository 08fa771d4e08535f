"""Editions that were released, kept whole in the vault, so that the site can be put anywhere again without any key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from farbank import vault
from farbank.country.phrases import Phrases
from farbank.model import codec
from farbank.model.text import Language, Slug
from farbank.publish import manifest, site_manifest
from farbank.publish.edition import PUBLIC, Edition
from farbank.publish.site import Card, Entry, card
from farbank.publish.site_manifest import ListedEdition

EDITION, CARD, KILLED, SITE = "edition", "edition-card", "edition-killed", "site"
ENTRIES = "entries"


class Kept(Entry, frozen=True, kw_only=True):
    """What the site needs to know of every edition: its entry, and the SHA-256 of its manifest."""

    sha256: str

    @property
    def listed(self) -> ListedEdition:
        """The edition as the site lists it."""
        return ListedEdition(story=self.story, edition=self.edition, sequence=self.sequence, sha256=self.sha256)


def keep(opened: vault.Vault, files: Mapping[str, bytes], phrases: Mapping[Language, Phrases]) -> tuple[Kept, ...]:
    """Keep a signed edition, and return all there are by now. Raises CompartmentClosed, MissingPhrase."""
    edition = codec.from_json(files[PUBLIC], Edition, PUBLIC)
    before = kept(opened)
    number = 1 + sum(each.story == edition.story for each in before)
    one = site_manifest.entry(edition.story, edition.id, edition.sequence, files[manifest.MANIFEST])
    opened.put("content", EDITION, edition.id, msgspec.msgpack.encode(dict(files)))
    return enter(opened, before, [(card(edition, phrases, number), one)])


def enter(
    opened: vault.Vault, before: Iterable[Kept], editions: Iterable[tuple[Card, ListedEdition]]
) -> tuple[Kept, ...]:
    """Keep the cards of editions, and enter them among those before. Raises CompartmentClosed."""
    entries = list(before)
    for made, listed in editions:
        opened.put("content", CARD, made.edition, made)
        entries.append(Kept(**msgspec.structs.asdict(made.entry), sha256=listed.sha256))
    entries.sort(key=lambda each: each.sequence)
    opened.put("content", SITE, ENTRIES, codec.to_json(entries))
    return tuple(entries)


def kept(opened: vault.Vault) -> tuple[Kept, ...]:
    """Every edition kept, the oldest first, those that were killed among them."""
    if ENTRIES not in opened.ids("content", SITE):
        return ()
    return codec.from_json(opened.get("content", SITE, ENTRIES), tuple[Kept, ...], f"{SITE}/{ENTRIES}")


def kill(opened: vault.Vault, edition: Slug) -> None:
    """Note that an edition may be on no site any more. Raises CompartmentClosed."""
    opened.put("content", KILLED, edition, b"")


def killed(opened: vault.Vault) -> frozenset[Slug]:
    """The editions that may be on no site any more."""
    return frozenset(opened.ids("content", KILLED))


def files_of(opened: vault.Vault, edition: Slug) -> dict[str, bytes]:
    """Every file of an edition, by its path. Raises NoSuchRecord."""
    return msgspec.msgpack.decode(opened.get("content", EDITION, edition), type=dict[str, bytes])


def cards_of(opened: vault.Vault) -> Callable[[Sequence[Entry]], list[Card]]:
    """Reads cards of editions, each once."""
    read: dict[Slug, Card] = {}

    def cards(entries: Sequence[Entry]) -> list[Card]:
        lacking = {entry.edition for entry in entries} - read.keys()
        for id, body in opened.some("content", CARD, lacking).items() if lacking else ():
            read[id] = codec.from_json(body, Card, f"{CARD}/{id}")
        return [read[entry.edition] for entry in entries]

    return cards
