"""Put the site of all released editions in a folder, so that a reader finds the old site or the new one and never half.

Editions never change: each lies in `e/`, by its name, and comes whole. `s/` points from a story to its newest edition.
The pages around them lie in `g/`, by the site's number; `g/now` points to the ones that count, and everything at the
root points through it. Turning that one pointer is what publishes.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import msgspec

from farbank import vault, whole
from farbank.desk.editions import files_of, kept, signed_site, site_of
from farbank.desk.errors import NotASite, NothingReleased, SiteOutOfDate
from farbank.desk.write_edition import write_edition
from farbank.publish import render, site_manifest
from farbank.publish.errors import FileChanged
from farbank.publish.manifest import MANIFEST, SIGNATURE
from farbank.publish.site_manifest import SiteManifest

EDITIONS, STORIES, AROUND, NOW = "e", "s", "g", "now"


class Published(msgspec.Struct, frozen=True, kw_only=True):
    """What was put where: how many stories and editions there are, how many were new, and the number of the site."""

    site: str
    stories: int
    editions: int
    added: tuple[str, ...]
    sequence: int


def publish_site(opened: vault.Vault, to: Path) -> Published:
    """Bring the site in `to`, a new folder or one of an earlier publication, up to what is released.

    Nothing there counts before all of it is on the disk. Raises NothingReleased, SiteOutOfDate, NotASite, FolderInUse,
    OSError.
    """
    if not (editions := kept(opened)):
        raise NothingReleased("nothing is released yet: two people release an edition first, story release and agree")
    site = signed_site(opened)
    around = {**render.around(site_of(editions, site)), **site.signed}
    manifest = _as_signed(around)
    _assert_ours(to)
    added = tuple(each.listed.edition for each in editions if not _lies(to / EDITIONS, each.listed))
    for id in added:
        write_edition(files_of(opened, id), to / EDITIONS / id)
    _around(around, to / AROUND / str(manifest.sequence))
    for story, newest in manifest.newest().items():
        _point(to / STORIES / story, Path("..") / EDITIONS / newest.edition)
    for name in {path.partition("/")[0] for path in around}:
        _point(to / name, Path(AROUND) / NOW / name)
    _point(to / AROUND / NOW, Path(str(manifest.sequence)))
    _clear(to, manifest.sequence, around)
    return Published(
        site=str(to),
        stories=len(manifest.newest()),
        editions=len(editions),
        added=added,
        sequence=manifest.sequence,
    )


def _as_signed(around: Mapping[str, bytes]) -> SiteManifest:
    manifest = site_manifest.read(around[MANIFEST], around[SIGNATURE])
    try:
        for file in manifest.files:
            site_manifest.assert_same(file, around.get(file.path))
        if unlisted := {*around} - {file.path for file in manifest.files} - {MANIFEST, SIGNATURE}:
            raise FileChanged(f"{min(unlisted)} was not there")
    except FileChanged as error:
        raise SiteOutOfDate(
            f"farbank makes the pages around the stories otherwise than when the site was signed ({error}); publish "
            "with the farbank that released last, or release again, which signs them anew"
        ) from None
    return manifest


def _assert_ours(to: Path) -> None:
    """Refuse a folder that holds something else than a site. Raises NotASite."""
    if not to.exists():
        to.mkdir(parents=True)
        to.chmod(0o755)
    elif any(each.name not in (EDITIONS, STORIES, AROUND) for each in to.iterdir()) and not (to / AROUND).is_dir():
        raise NotASite(f"{to} holds something that is no site; name a new folder, nothing was changed")
    for name in (EDITIONS, STORIES, AROUND):
        (to / name).mkdir(exist_ok=True)


def _lies(among: Path, listed: site_manifest.ListedEdition) -> bool:
    """Whether an edition is there as it was signed. Raises NotASite if another one has its place."""
    folder = among / listed.edition
    if not folder.exists():
        return False
    found = site_manifest.entry(listed.story, listed.edition, listed.sequence, (folder / MANIFEST).read_bytes())
    if found != listed:
        raise NotASite(f"{folder} is not the edition of that name that was released; move it away and publish again")
    return True


def _around(files: Mapping[str, bytes], folder: Path) -> None:
    if folder.exists():
        if (folder / MANIFEST).read_bytes() == files[MANIFEST]:
            return
        shutil.rmtree(folder)  # of a release that counted for nothing: its number was given again
    write_edition(files, folder)


def _point(link: Path, target: Path) -> None:
    """Let `link` point to `target`; whoever follows it finds the old target or the new one."""
    if link.is_symlink() and link.readlink() == target:
        return
    fresh = link.with_name(f".{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    fresh.replace(link)
    whole.sync(link.parent)


def _clear(to: Path, sequence: int, around: Mapping[str, bytes]) -> None:
    """Take away the pages of earlier sites, and pointers to what is no more."""
    for old in [*(to / AROUND).iterdir()]:
        if old.name not in (NOW, str(sequence)) and not old.is_symlink():
            away = old.with_name(f".{old.name.lstrip('.')}.old")  # so that nobody finds half of it
            shutil.rmtree(old.rename(away))
    names = {path.partition("/")[0] for path in around}
    for link in to.iterdir():
        if link.is_symlink() and link.name not in names:
            link.unlink()
