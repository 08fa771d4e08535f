"""Check a whole site, wherever it was copied to: every edition, every page around them, and whether the list is old."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from farbank.desk.publish_site import AROUND, EDITIONS, NOW, STORIES
from farbank.desk.vouch import assert_vouched
from farbank.publish import desk_keys, manifest, site_manifest
from farbank.publish.errors import EditionNotWhole, FileUnlisted, KeyNotCertified
from farbank.publish.manifest import MANIFEST, SIGNATURE
from farbank.publish.site_manifest import ListedEdition, SiteManifest


class SiteVerdict(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a site holds, in one sentence; `sequence` is its own number.

    One that holds may be `stale`: past its day, or older than the one the reader saw before. `newer` are editions the
    desk signed after the list: publishing was under way when it was copied.
    """

    holds: bool
    sentence: str
    key: str | None = None
    pinned: bool = False
    editions: int = 0
    files: int = 0
    sequence: int = 0
    expires: date | None = None
    stale: bool = False
    vouched: bool = False
    newer: tuple[str, ...] = ()


def is_site(folder: Path) -> bool:
    """Whether a folder holds a whole site rather than one edition."""
    try:
        return site_manifest.is_site((folder / MANIFEST).read_bytes())
    except OSError:
        return False


def verify_site(
    folder: Path,
    key: str | None = None,
    on: date | None = None,
    *,
    root: str | None = None,
    keys: Path | None = None,
    seen: int = 0,
) -> SiteVerdict:
    """Check every file under `folder`; `seen` is the highest number the reader ever saw of this site.

    With `key` it has to be signed with that one; with `root` with one that the desk's root certified, by the newest
    `desk.json` the reader has (`keys`) or the site's own. Editions are signed with the key of their time: each has to
    be one the site lists by its hash.
    """
    try:
        listed = site_manifest.read(_file(folder, MANIFEST), _file(folder, SIGNATURE), key)
        if root is not None:
            first, last = desk_keys.signed_between(listed.expires, manifest.LASTS)
            assert_vouched(folder, listed.key, root=root, first=first, last=last, listed=keys)
        for file in listed.files:
            site_manifest.assert_same(file, _file(folder, file.path))
        newer = (*_editions(folder, listed), *_pointers(folder, listed))
        _assert_nothing_else(folder, listed)
    except (EditionNotWhole, KeyNotCertified) as error:
        return SiteVerdict(holds=False, sentence=str(error))
    return _verdict(listed, tuple(dict.fromkeys(newer)), on, seen, pinned=key is not None, vouched=root is not None)


def _verdict(
    listed: SiteManifest, newer: tuple[str, ...], on: date | None, seen: int, *, pinned: bool, vouched: bool
) -> SiteVerdict:
    how = "with the key you named" if pinned else "with the key it carries; compare it with the desk's published key"
    how = "with a key the desk's root certified" if vouched else how
    said = [
        f"All {len(listed.editions)} editions and the {len(listed.files)} files around them are as signed {how}: "
        f"{listed.key}. It is number {listed.sequence}."
    ]
    if listed.sequence < seen:
        said.append(f"It is old: you saw number {seen} before. Ask the desk, another way, for what it published since.")
    if on is not None and on > listed.expires:
        said.append(f"It expired on {listed.expires}: ask the desk, another way, for what it published since.")
    if newer:
        said.append(f"The desk signed {', '.join(newer)} after this list: it was copied while being published.")
    return SiteVerdict(
        holds=True,
        sentence=" ".join(said),
        key=listed.key,
        pinned=pinned,
        editions=len(listed.editions),
        files=len(listed.files),
        sequence=listed.sequence,
        expires=listed.expires,
        stale=listed.sequence < seen or (on is not None and on > listed.expires),
        vouched=vouched,
        newer=newer,
    )


def _editions(folder: Path, listed: SiteManifest) -> Iterator[str]:
    """Check every edition that lies there; those the list does not know yet have to be of its key, and newer."""
    known = {each.edition: each for each in listed.editions}
    there = {each.name for each in (folder / EDITIONS).iterdir()} if (folder / EDITIONS).is_dir() else set()
    for name in sorted({*known} - there):
        raise FileUnlisted(f"{EDITIONS}/{name} is missing; fetch the site again")
    for name in sorted(there):
        if name.startswith("."):
            continue  # being written when the site was copied; no page leads there
        yield from _edition(folder / EDITIONS / name, name, listed, known.get(name))


def _edition(folder: Path, name: str, listed: SiteManifest, known: ListedEdition | None) -> Iterator[str]:
    files = dict(_all(folder))
    found = manifest.verify(files, key=None if known else listed.key)
    if known is None:
        if found.sequence <= listed.latest or found.edition != name:
            raise FileUnlisted(
                f"{EDITIONS}/{name} is no edition of this site; do not open it, and fetch the site again"
            )
        yield name
    elif site_manifest.entry(known.story, name, found.sequence, files[MANIFEST]) != known:
        raise FileUnlisted(f"{EDITIONS}/{name} is not the edition the site lists; fetch the site again")


def _pointers(folder: Path, listed: SiteManifest) -> Iterator[str]:
    """Check that every story leads to its newest edition, or to one the desk signed since."""
    newest = listed.newest()
    there = {each.name for each in (folder / STORIES).iterdir()} if (folder / STORIES).is_dir() else set()
    if missing := {*newest} - there:
        raise FileUnlisted(f"{STORIES}/{min(missing)} is missing; fetch the site again")
    for story in sorted(name for name in there if not name.startswith(".")):
        files = dict(_all(folder / STORIES / story))
        found = manifest.verify(files)
        known = newest.get(story)
        if known and site_manifest.entry(story, found.edition, found.sequence, files[MANIFEST]) == known:
            continue
        if found.key != listed.key or found.sequence <= listed.latest:
            raise FileUnlisted(
                f"{STORIES}/{story} does not lead to the newest edition of its story; fetch the site again"
            )
        yield found.edition


def _assert_nothing_else(folder: Path, listed: SiteManifest) -> None:
    known = {MANIFEST, SIGNATURE, *(file.path for file in listed.files)}
    for path, _ in _all(folder, leave_out=(EDITIONS, STORIES, AROUND)):
        if path not in known:
            raise FileUnlisted(f"{path} was never signed by the desk; do not open it, and fetch the site again")
    for each in (folder / AROUND).iterdir() if (folder / AROUND).is_dir() else ():
        if each.name == NOW or each.name.startswith("."):
            continue
        other = site_manifest.read(_file(each, MANIFEST), _file(each, SIGNATURE), listed.key)
        if {path for path, _ in _all(each)} != {MANIFEST, SIGNATURE, *(file.path for file in other.files)}:
            raise FileUnlisted(f"{AROUND}/{each.name} holds what the desk never signed; do not open it")


def _all(folder: Path, leave_out: tuple[str, ...] = ()) -> Iterator[tuple[str, bytes]]:
    """Every file by its path. Pointers are followed at the root alone, and never out of the site: none goes in circles.

    Raises FileUnlisted for any other pointer.
    """
    for here, folders, names in os.walk(folder, followlinks=True):
        inside = Path(here).relative_to(folder)
        if inside == Path():
            folders[:] = [name for name in folders if name not in leave_out]
        for name in (*folders, *names):
            pointer = Path(here, name)
            if pointer.is_symlink() and (inside != Path() or not leave_out or not _within(folder, pointer)):
                raise FileUnlisted(f"{inside / name} points to another place; do not open it, and fetch the site again")
        for name in sorted(names):
            path = (inside / name).as_posix()
            yield path, _file(folder, path)


def _within(folder: Path, pointer: Path) -> bool:
    return pointer.resolve().is_relative_to((folder / AROUND).resolve())


def _file(folder: Path, path: str) -> bytes:
    """The bytes of a file. Raises FileUnlisted for one that is not there."""
    try:
        return (folder / path).read_bytes()
    except OSError:
        raise FileUnlisted(f"{path} is missing or cannot be read; fetch the site again") from None
