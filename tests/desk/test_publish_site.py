"""A site on the disk: the old one or the new one, whatever stops on the way; and whoever has a copy can tell."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
from nacl.signing import SigningKey
from newsroom import EDITOR, enter, found

from farbank import vault
from farbank.country.phrases import GENERIC, load
from farbank.desk import editions, publish_site, signed_site
from farbank.desk.errors import NotASite, NothingReleased, SiteOutOfDate
from farbank.desk.verify_site import SiteVerdict, is_site, verify_site
from farbank.model import codec
from farbank.model.case import Desk
from farbank.publish import manifest, render, site_manifest
from farbank.publish.edition import Edition
from farbank.publish.note import Note
from farbank.publish.page import _AROUND, _LABELS, Page
from farbank.publish.render.leaf import Leaf, shown
from farbank.publish.site import Card, Site

KEY = SigningKey(bytes(range(32)))
PUBLIC = bytes(KEY.verify_key).hex()
PHRASES = load(("en",), GENERIC)
DESK = Desk(name={"en": "The Weir"}, byline={"en": "A desk reporter"})


def files(story: str, number: int, sequence: int, key: SigningKey = KEY) -> dict[str, bytes]:
    """A signed edition of an invented story."""
    page = Page(
        language="en", desk="The Weir", byline="A reporter", status="released", status_line="Released.",
        close=date(2031, 5, sequence), as_of="As of May", headline=f"{story}, {number}", summary="Dues rose",
        note=Note(lines=(), claims=(), bands=(), searched=(), conflicts=()), rows=(), dues=(), channel=(), drawings=(),
        attribution=(), labels={key: key for key in (*_LABELS, *_AROUND)},
    )  # fmt: skip
    made = render.files(
        Edition(
            id=story if number == 1 else f"{story}-{number}", story=story, sequence=sequence, status="released",
            close=page.close, master="en", desk={"en": "The Weir"}, key=bytes(key.verify_key).hex(),
            pages={"en": page}, facts=(), areas=(), reviewed=(),
        )
    )  # fmt: skip
    listed = manifest.build(
        made, edition=story if number == 1 else f"{story}-{number}", sequence=sequence, close=page.close,
        expires=date(2032, 6, 30), languages=("en",), key=bytes(key.verify_key).hex(), status="released",
    )  # fmt: skip
    return manifest.signed(manifest.with_manifest(made, listed), lambda data: key.sign(data).signature)


def fronts(site: Site) -> Iterator[Leaf]:
    lines = "".join(f"{each.headlines['en']}\n" for each in site.cards(site.entries))
    yield Leaf("index.html", shown(site.entries), lines.encode)
    yield Leaf("archive/2031-05.en.html", shown(site.entries), lines.upper().encode)
    yield Leaf("about.en.html", (), b"about".lower)


@pytest.fixture(autouse=True)
def fronted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "AROUND", (fronts,))


@pytest.fixture(scope="module")
def desk_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("once") / "desk"
    found(folder)
    return folder


@pytest.fixture
def opened(desk_once: Path, tmp_path: Path) -> Iterator[vault.Vault]:
    shutil.copytree(desk_once, tmp_path / "desk")
    with enter(tmp_path / "desk", EDITOR) as one:
        yield one


def keep(opened: vault.Vault, story: str, number: int, sequence: int) -> None:
    made = files(story, number, sequence)
    every = editions.keep(opened, made, PHRASES)
    signed_site.with_edition(opened, every, {**made, "desk.json": b"{}"}, DESK, KEY, PHRASES)


@pytest.fixture
def two(opened: vault.Vault, tmp_path: Path) -> Path:
    keep(opened, "dues", 1, 1)
    keep(opened, "boats", 1, 2)
    publish_site.publish_site(opened, tmp_path / "site")
    return tmp_path / "site"


def checked(folder: Path, **more: object) -> SiteVerdict:
    return verify_site(folder, PUBLIC, date(2031, 7, 1), **more)  # type: ignore[arg-type]


def test_nothing_released_is_nothing_to_publish(opened: vault.Vault, tmp_path: Path) -> None:
    with pytest.raises(NothingReleased):
        publish_site.publish_site(opened, tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_a_site_holds_wherever_it_is_copied_to(two: Path, tmp_path: Path) -> None:
    assert is_site(two)
    verdict = checked(two)
    assert (verdict.holds, verdict.editions, verdict.sequence, verdict.stale) == (True, 2, 2, False), verdict.sentence
    assert (two / "index.html").read_text() == "boats, 1\ndues, 1\n"
    assert b"dues, 1" in (two / "s" / "dues" / "en.html").read_bytes()
    for symlinks in (True, False):  # as a folder with its pointers, and as files alone, as a web server gives them
        copy = tmp_path / f"copy-{symlinks}"
        shutil.copytree(two, copy, symlinks=symlinks)
        assert checked(copy).holds, checked(copy).sentence
    bare = tmp_path / "bare"
    shutil.copytree(two, bare)
    shutil.rmtree(bare / "g")  # what no page leads to need not be mirrored
    assert checked(bare).holds, checked(bare).sentence


def test_a_correction_turns_the_pointer_and_leaves_the_edition(opened: vault.Vault, two: Path) -> None:
    old = (two / "e" / "dues" / "en.html").read_bytes()
    keep(opened, "dues", 2, 3)
    published = publish_site.publish_site(opened, two)
    assert (published.added, published.stories, published.editions) == (("dues-2",), 2, 3)
    assert (two / "e" / "dues" / "en.html").read_bytes() == old
    assert b"dues, 2" in (two / "s" / "dues" / "en.html").read_bytes()
    assert (two / "index.html").read_text() == "dues, 2\nboats, 1\n"
    (now,) = [each.name for each in (two / "g").iterdir() if not each.is_symlink()]
    assert checked(two).holds and now.startswith("3-")
    assert publish_site.publish_site(opened, two).added == (), "once is enough"


class Killed(BaseException):
    """The process is gone."""


def test_whatever_stops_on_the_way_the_site_is_whole(
    opened: vault.Vault, two: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(opened, "dues", 2, 3)
    keep(opened, "geese", 1, 4)
    steps = 0
    real = {name: getattr(os, name) for name in ("replace", "rename", "symlink", "unlink", "link")}

    def dying_at(last: int) -> None:
        nonlocal steps
        steps = 0
        for name, do in real.items():

            def step(*args: object, do: object = do, **more: object) -> object:
                nonlocal steps
                steps += 1
                if steps > last:
                    raise Killed
                return do(*args, **more)  # type: ignore[operator]

            monkeypatch.setattr(os, name, step)

    before = (two / "index.html").read_bytes()
    for last in range(200):
        site = tmp_path / f"site-{last}"
        shutil.copytree(two, site, symlinks=True)
        dying_at(last)
        try:
            publish_site.publish_site(opened, site)
        except Killed:
            ended = False
        else:
            ended = True
        monkeypatch.undo()
        monkeypatch.setattr(render, "AROUND", (fronts,))
        verdict = checked(site)
        assert verdict.holds, (last, verdict.sentence)
        now = (site / "index.html").read_bytes()
        assert now in (before, b"geese, 1\ndues, 2\nboats, 1\n")
        assert verdict.sequence == (2 if now == before else 4)
        publish_site.publish_site(opened, site)
        assert checked(site).sequence == 4 and checked(site).newer == ()
        if ended:
            break
    assert 8 < last < 199, "some of it was reached"


@pytest.mark.parametrize("path", ["index.html", "archive/2031-05.en.html", "e/dues/en.html", "desk.json"])
def test_a_changed_byte_is_named(path: str, two: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(two, copy)
    for each in (copy / path, *([copy / "s" / "dues" / "en.html"] if path.startswith("e/") else [])):
        data = bytearray(each.read_bytes())
        data[0] ^= 1
        each.write_bytes(data)
    verdict = checked(copy)
    assert not verdict.holds and path.rpartition("/")[2] in verdict.sentence


def test_a_foreign_file_is_named_wherever_it_lies(two: Path, tmp_path: Path) -> None:
    for number, path in enumerate(["evil.html", "archive/evil.html", "e/dues/evil.html", "e/evil", "s/evil", "g/9"]):
        copy = tmp_path / f"copy-{number}"
        shutil.copytree(two, copy, symlinks=True)
        if path.partition("/")[0] in ("e", "s", "g") and path.count("/") == 1:
            (copy / path).mkdir()
            (copy / path / "evil.html").write_bytes(b"x")
        else:
            (copy / path).write_bytes(b"x")
        assert not checked(copy).holds, path
    copy = tmp_path / "pointing"
    shutil.copytree(two, copy, symlinks=True)
    (copy / "more").symlink_to(tmp_path)
    assert "points to another place" in checked(copy).sentence
    (copy / "more").unlink()
    (copy / "e" / "dues" / "round").symlink_to("..")
    assert "points to another place" in checked(copy).sentence


def test_an_old_list_is_recognised(opened: vault.Vault, two: Path, tmp_path: Path) -> None:
    shutil.copytree(two, tmp_path / "old", symlinks=True)
    keep(opened, "dues", 2, 3)
    publish_site.publish_site(opened, two)
    assert not checked(two, seen=3).stale
    old = checked(tmp_path / "old", seen=3)
    assert old.holds and old.stale and "you saw number 3" in old.sentence
    assert verify_site(two, PUBLIC, date(2032, 7, 1)).stale


def test_an_edition_of_an_older_site_put_back_is_noticed(opened: vault.Vault, two: Path, tmp_path: Path) -> None:
    keep(opened, "dues", 2, 3)
    publish_site.publish_site(opened, two)
    (two / "s" / "dues").unlink()
    (two / "s" / "dues").symlink_to("../e/dues")
    assert "newest edition" in checked(two).sentence


def test_another_key_is_another_desk(two: Path) -> None:
    assert not verify_site(two, "00" * 32).holds
    forged = files("geese", 1, 9, SigningKey(bytes(32)))
    (two / "e" / "geese").mkdir()
    for name, data in forged.items():
        (two / "e" / "geese" / name).parent.mkdir(exist_ok=True, parents=True)
        (two / "e" / "geese" / name).write_bytes(data)
    assert not checked(two).holds


def test_a_page_that_is_the_same_is_neither_made_nor_written_again(
    opened: vault.Vault, two: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = (two / "about.en.html").stat()
    made: list[str] = []

    def counted(site: Site) -> Iterator[Leaf]:
        for each in fronts(site):
            yield each._replace(make=lambda each=each: made.append(each.path) or each.make())  # type: ignore[func-returns-value]

    monkeypatch.setattr(render, "AROUND", (counted,))
    keep(opened, "dues", 2, 3)
    assert sorted(made) == ["archive/2031-05.en.html", "index.html"]
    publish_site.publish_site(opened, two)
    assert (two / "about.en.html").stat().st_ino == about.st_ino and checked(two).holds


def test_another_site_of_the_same_number_takes_its_place(opened: vault.Vault, two: Path) -> None:
    """As when the vault was restored from before the release that is out."""
    card = codec.from_json(opened.get("content", editions.CARD, "dues"), Card, "dues")
    other = msgspec.structs.replace(card, headlines={"en": "dues, again"})
    opened.put("content", editions.CARD, "dues", other)
    opened.delete("content", editions.SITE, signed_site.NEWEST)
    keep(opened, "boats", 1, 2)
    publish_site.publish_site(opened, two)
    assert checked(two).holds and "dues, again" in (two / "archive" / "2031-05.en.html").read_text().lower()


def test_a_page_changed_on_the_disk_does_not_go_on_to_the_next_site(opened: vault.Vault, two: Path) -> None:
    (two / "about.en.html").write_bytes(b"evil")
    publish_site.publish_site(opened, two)
    assert checked(two).holds, "publishing again mends it"
    (two / "about.en.html").write_bytes(b"evil")
    keep(opened, "dues", 2, 3)
    publish_site.publish_site(opened, two)
    assert (two / "about.en.html").read_bytes() == b"about" and checked(two).holds


@pytest.mark.parametrize("slip", ["hash", "key"])
def test_what_somebody_else_wrote_of_the_last_site_is_not_signed(opened: vault.Vault, slip: str) -> None:
    keep(opened, "dues", 1, 1)
    signed = signed_site.signed_site(opened)
    if slip == "hash":  # a page of their own in the list, signed with a key of their own
        listed = site_manifest.read(signed.signed["manifest.json"], signed.signed["manifest.sig"])
        theirs = SigningKey(bytes(32))
        evil = msgspec.structs.replace(
            listed,
            key=bytes(theirs.verify_key).hex(),
            files=tuple(manifest.of_file(file.path, b"evil") for file in listed.files),
        )
        forged = site_manifest.signed(evil, lambda data: theirs.sign(data).signature)
        signed = msgspec.structs.replace(signed, signed={**signed.signed, **forged})
    else:  # what the next page will be made of, said of the page that is there
        signed = msgspec.structs.replace(signed, keys=dict.fromkeys(signed.keys, "00"))
    opened.put("content", editions.SITE, signed_site.NEWEST, signed)
    keep(opened, "boats", 1, 2)
    after = signed_site.signed_site(opened)
    listed = site_manifest.read(after.signed["manifest.json"], after.signed["manifest.sig"], PUBLIC)
    assert manifest.of_file("about.en.html", b"about") in listed.files


def take(folder: Path) -> str:
    """Every word of the site, of every file a reader could ask for."""
    return "\n".join(
        path.relative_to(folder).as_posix() + "\n" + path.read_text("utf-8", "replace")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    )


def test_nothing_of_a_site_tells_when_it_was_made(opened: vault.Vault, two: Path) -> None:
    keep(opened, "dues", 2, 3)
    publish_site.publish_site(opened, two)
    dated = {path.lstat().st_mtime for path in (two, *two.rglob("*"))}
    first = datetime(2031, 4, 28, tzinfo=UTC).timestamp()
    assert dated <= {first + number for number in (1, 2, 3)}, "a month and a number"
    assert (two / "index.html").stat().st_mtime == first + 3, "whoever has the older page asks for the newer"


def test_what_was_killed_is_taken_down_at_once(opened: vault.Vault, two: Path, tmp_path: Path) -> None:
    keep(opened, "dues", 2, 3)
    publish_site.publish_site(opened, two)
    for edition in ("dues", "dues-2"):
        editions.kill(opened, edition)
    down = publish_site.publish_site(opened, two)
    assert (down.down, down.stories, down.editions) == (("dues", "dues-2"), 1, 1)
    assert not (two / "e" / "dues").exists() and not (two / "s" / "dues").is_symlink()
    there = take(two).replace((two / "manifest.json").read_text(), "")
    assert "dues, 1" not in there and "dues, 2" not in there and "boats, 1" in there
    fresh = publish_site.publish_site(opened, tmp_path / "mirror")
    assert fresh.down == down.down and not (tmp_path / "mirror" / "e" / "dues").exists()
    assert not checked(two).holds, "nobody has signed it so"
    keep(opened, "geese", 1, 4)
    again = publish_site.publish_site(opened, two)
    assert again.down == () and checked(two).holds, "the next release signs it"
    assert "dues, " not in take(two) and "dues-2" not in take(two)
    assert checked(two, seen=3).sequence == 4 and not checked(two, seen=3).stale


def test_a_second_kill_does_not_bring_back_the_first(opened: vault.Vault, two: Path, tmp_path: Path) -> None:
    editions.kill(opened, "dues")
    keep(opened, "geese", 1, 3)  # signed without the first
    editions.kill(opened, "boats")
    for site in (two, tmp_path / "mirror"):
        assert publish_site.publish_site(opened, site).down == ("boats",)
        there = take(site)
        assert "dues, 1" not in there and "boats, 1" not in there and "geese, 1" in there


def test_a_site_with_a_kill_is_another_even_if_nothing_was_released(opened: vault.Vault, two: Path) -> None:
    keep(opened, "geese", 1, 3)
    shutil.copytree(two, two.with_name("old"), symlinks=True)
    editions.kill(opened, "geese")
    last = signed_site.signed_site(opened)
    assert last is not None
    anew = signed_site.unsigned(opened, editions.kept(opened), last.named, last.published, date(2032, 6, 30))
    signed_site.sign(opened, anew, last.named, last.published, KEY)
    publish_site.publish_site(opened, two)
    verdict = checked(two)
    assert verdict.holds and (verdict.sequence, verdict.editions) == (4, 2), "one more than the number of any edition"


def test_what_is_no_site_is_left_alone(opened: vault.Vault, tmp_path: Path) -> None:
    keep(opened, "dues", 1, 1)
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "letter").write_text("dear")
    with pytest.raises(NotASite):
        publish_site.publish_site(opened, tmp_path / "home")
    assert [each.name for each in (tmp_path / "home").iterdir()] == ["letter"]
    publish_site.publish_site(opened, tmp_path / "site")
    keep(opened, "boats", 1, 2)
    (tmp_path / "site" / "e" / "boats").mkdir()
    (tmp_path / "site" / "e" / "boats" / "manifest.json").write_bytes(b"{}")
    with pytest.raises(NotASite, match="boats"):
        publish_site.publish_site(opened, tmp_path / "site")


def test_pages_made_otherwise_than_signed_are_not_published(
    opened: vault.Vault, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(opened, "dues", 1, 1)
    keep(opened, "boats", 1, 2)
    monkeypatch.setattr(render, "AROUND", (lambda site: [Leaf("about.en.html", (), b"another".lower)],))
    with pytest.raises(SiteOutOfDate):
        publish_site.publish_site(opened, tmp_path / "site")
    assert not (tmp_path / "site").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is closed to root")
def test_a_folder_closed_to_us_is_an_error_and_nothing_else(opened: vault.Vault, two: Path) -> None:
    keep(opened, "dues", 2, 3)
    (two / "e").chmod(0o500)
    with pytest.raises(PermissionError):
        publish_site.publish_site(opened, two)
    (two / "e").chmod(0o755)
    assert checked(two).holds
