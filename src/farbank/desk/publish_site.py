"""Put the site of all released editions in a folder, so that a reader finds the old site or the new one and never half.

Editions never change: each lies in `e/`, by its name, and comes whole. `s/` points from a story to its newest edition.
The pages around them lie in `g/`, by the site's number and the hash of its manifest; `g/now` points to the ones that
count, and everything at the root points through it. Turning that one pointer is what publishes.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from farbank import vault, whole
from farbank.desk.editions import files_of, kept, killed
from farbank.desk.errors import NotASite, NothingReleased, SiteOutOfDate
from farbank.desk.signed_site import SignedSite, pages_made, signed_site, site_of
from farbank.desk.write_edition import write_edition
from farbank.model import codec
from farbank.model.story import ManifestFile
from farbank.publish import render, site_manifest
from farbank.publish.errors import EditionNotWhole, FileChanged
from farbank.publish.manifest import MANIFEST, SIGNATURE, dated, edition_dated, of_file
from farbank.publish.site_manifest import ListedEdition, SiteManifest

EDITIONS, STORIES, AROUND, NOW = "e", "s", "g", "now"


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was put where: how many stories and editions there are, how many were new, and the number of the site.

    `down` are editions that were killed and are still in the list the desk signed: they are on the site no more, and
    whoever verifies it is told that it is not whole, until two people sign it anew.
    """

    site: str
    stories: int
    editions: int
    added: tuple[str, ...]
    sequence: int
    down: tuple[str, ...] = ()


def publish_site(opened: vault.Vault, to: Path) -> Published:
    """Bring the site in `to`, new or of an earlier publication, up to what is released, less what was killed.

    Nothing there counts before all of it is on the disk. Raises NothingReleased, SiteOutOfDate, NotASite, FolderInUse,
    OSError.
    """
    if (site := signed_site(opened)) is None:
        raise NothingReleased("nothing is released yet: two people release an edition first, story release and agree")
    manifest, gone, now = site.manifest, killed(opened), to / AROUND / NOW
    listed = tuple(each for each in manifest.editions if each.edition not in gone)
    down = tuple(each.edition for each in manifest.editions if each.edition in gone)
    pages = _pages(now, manifest, site, opened, gone)
    _assert_ours(to)
    added = _added(to / EDITIONS, listed, _out(now))
    for id in added:
        files = files_of(opened, id)
        write_edition(files, to / EDITIONS / id, edition_dated(files))
    folder = to / AROUND / _name(manifest, down)
    at = dated(manifest.expires, manifest.sequence)
    _around(folder, now, pages, at)
    newest = {each.story: each.edition for each in listed}
    _point(to / STORIES, {story: f"../{EDITIONS}/{edition}" for story, edition in newest.items()}, at)
    names = {path.partition("/")[0] for path in pages}
    _point(to, {name: f"{AROUND}/{NOW}/{name}" for name in names}, at)
    _point(to / AROUND, {NOW: folder.name}, at)
    _clear(to, folder.name, names, {*newest}, gone)
    for each in (to, *(to / name for name in (EDITIONS, STORIES, AROUND))):
        whole.date(each, at)
    return Published(
        site=str(to),
        stories=len(newest),
        editions=len(listed),
        added=added,
        sequence=manifest.sequence,
        down=down,
    )


Pages = Mapping[str, bytes | None]
"""The files around the stories by path; None for one that lies on the site already, to the byte."""


def _pages(now: Path, manifest: SiteManifest, site: SignedSite, opened: vault.Vault, gone: Collection[str]) -> Pages:
    """What lies around the stories, as it was signed, but for pages that show what was killed. Raises SiteOutOfDate."""
    files = {file.path: file for file in manifest.files}
    if any(each.edition in gone for each in manifest.editions):
        made = render.around(site_of(opened, kept(opened), gone, site.named))
        return {**made, **site.signed}
    lacking = [path for path, file in files.items() if path not in site.signed and not _lies_as(now / path, file)]
    made = pages_made(opened)
    if {*lacking} - made.keys():  # other releases were between, or this is another place
        made |= render.around(site_of(opened, kept(opened), gone, site.named))
    try:
        for path in lacking:
            site_manifest.assert_same(files[path], made.get(path))
    except FileChanged as error:
        raise SiteOutOfDate(
            f"farbank makes the pages around the stories otherwise than when the site was signed ({error}); publish "
            "with the farbank that released last, or release again, which signs them anew"
        ) from None
    return {**dict.fromkeys(files), **{path: made[path] for path in lacking}, **site.signed}


def _name(manifest: SiteManifest, down: Sequence[str]) -> str:
    """What the folder of the pages is called: the number of the site, and a hash of its list and what it lacks."""
    return f"{manifest.sequence}-{hashlib.sha256(codec.to_json((manifest, down))).hexdigest()[:8]}"


def _lies_as(path: Path, file: ManifestFile) -> bool:
    try:
        return of_file(file.path, path.read_bytes()) == file
    except OSError:
        return False


def _assert_ours(to: Path) -> None:
    """Refuse a folder that holds something else than a site. Raises NotASite."""
    if not to.exists():
        to.mkdir(parents=True)
        to.chmod(0o755)
    elif any(each.name not in (EDITIONS, STORIES, AROUND) for each in to.iterdir()) and not (to / AROUND).is_dir():
        raise NotASite(f"{to} holds something that is no site; name a new folder, nothing was changed")
    for name in (EDITIONS, STORIES, AROUND):
        (to / name).mkdir(exist_ok=True)


def _out(now: Path) -> frozenset[ListedEdition]:
    """The editions of the site that counts there now: they were looked at when it was put there."""
    try:
        return frozenset(site_manifest.read((now / MANIFEST).read_bytes(), (now / SIGNATURE).read_bytes()).editions)
    except (OSError, EditionNotWhole):
        return frozenset()


def _added(among: Path, editions: Sequence[ListedEdition], out: frozenset[ListedEdition]) -> tuple[str, ...]:
    """The editions that are not there yet. Raises NotASite if another has the place of one."""
    there = {path.name for path in among.iterdir()}
    for listed in editions:
        if listed.edition not in there or listed in out:
            continue
        data = (among / listed.edition / MANIFEST).read_bytes()
        if site_manifest.entry(listed.story, listed.edition, listed.sequence, data) != listed:
            raise NotASite(
                f"{among / listed.edition} is not the edition of that name that was released; move it away and "
                "publish again"
            )
    return tuple(listed.edition for listed in editions if listed.edition not in there)


def _around(folder: Path, now: Path, pages: Pages, at: datetime) -> None:
    """Put the pages around the stories in a folder of their own; one that lies there already is the same file."""
    if folder.exists():
        _mend(folder, pages, at)
        return
    with whole.folder(folder, at) as building:
        for path, data in pages.items():
            (building / path).parent.mkdir(parents=True, exist_ok=True)
            if data is None:
                _again(now / path, building / path)
            else:
                (building / path).write_bytes(data)
        building.chmod(0o755)


def _mend(folder: Path, pages: Pages, at: datetime) -> None:
    """Put back what somebody changed on the disk, each file at once: a folder of this name was whole once."""
    for path, data in pages.items():
        if data is not None:
            made = folder / f"{path}.new"
            made.parent.mkdir(parents=True, exist_ok=True)
            made.write_bytes(data)
            whole.date(made, at)
            made.replace(folder / path)
            whole.date((folder / path).parent, at)


def _again(old: Path, new: Path) -> None:
    try:
        new.hardlink_to(old)
    except OSError:  # this disk knows no second name for a file
        shutil.copyfile(old, new)


def _point(folder: Path, targets: Mapping[str, str], at: datetime) -> None:
    """Let each name in a folder point to its target; whoever follows it finds the old target or the new one."""
    there = _links(folder)
    if there.items() >= targets.items():
        return
    for name, target in targets.items():
        if there.get(name) != target:
            fresh = folder / f".{name}.new"
            fresh.unlink(missing_ok=True)
            fresh.symlink_to(target)
            whole.date(fresh, at)
            fresh.replace(folder / name)
    whole.sync(folder)


def _links(folder: Path) -> dict[str, str]:
    """What each pointer in a folder points to, by name."""
    with os.scandir(folder) as entries:  # a Path for each of ten thousand stories takes as long as all the rest
        return {entry.name: os.readlink(entry.path) for entry in entries if entry.is_symlink()}  # noqa: PTH115


def _clear(to: Path, now: str, names: Collection[str], stories: Collection[str], killed: Collection[str]) -> None:
    """Take away the pages of earlier sites, editions that were killed, and pointers to what is no more."""
    for folder, links in ((to, names), (to / STORIES, stories)):
        for name in _links(folder).keys() - links:
            (folder / name).unlink()
    earlier = [old for old in (to / AROUND).iterdir() if old.name not in (NOW, now) and not old.is_symlink()]
    for old in [*earlier, *(to / EDITIONS / name for name in killed if (to / EDITIONS / name).exists())]:
        away = old.with_name(f".{old.name.lstrip('.')}.old")  # so that nobody finds half of it
        shutil.rmtree(old.rename(away))
