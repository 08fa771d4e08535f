"""The whole desk, readable by somebody who has nothing but a browser, and nobody's profile in it."""

from __future__ import annotations

import json
from base64 import b64decode
from datetime import date
from hashlib import blake2b
from html.parser import HTMLParser
from pathlib import Path

import pytest

from farbank import vault
from farbank.desk.export_desk import export_desk
from farbank.desk.import_case import import_case
from farbank.intake import case_folder
from farbank.model.errors import FolderInUse
from farbank.vault import sign_off, succession, travel

CASE = Path(__file__).parents[2] / "examples" / "june-order"
ADA, BEN = "ada long enough", "ben long enough"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    members = [vault.Member("Ada", ADA, ("safety-officer",)), vault.Member("Ben", BEN, ("editor",))]
    cost = vault.Cost(passes=1, memory=8192)
    vault.create(tmp_path / "desk", members, since=date(2031, 1, 1), cost=cost)
    with vault.open(tmp_path / "desk", "Ada", ADA) as opened:
        import_case(opened, CASE)
        opened.open_scope("content", "partner/heron", [])
        opened.put("content", "report", "loose-1", b'{"text": "<b>She</b> saw the ferry."}', scope="partner/heron")
        travel.begin(opened)
        act = sign_off.propose(opened, "release", "ed-1", "it is ready")
    with vault.open(tmp_path / "desk", "Ben", BEN) as other:
        sign_off.agree(other, act)
        other.ledger_append(vault.LedgerEntry(kind="intent", edition="ed-1"), sign_off.signing_key(other, act))
    return tmp_path / "desk"


class Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in ("href", "src")]


def test_everything_but_identities_is_there_and_every_link_leads_to_it(desk: Path, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("an edition")
    with vault.open(desk, "Ada", ADA) as opened:
        done = export_desk(opened, tmp_path / "out", date(2031, 8, 1), tmp_path / "site")
        name = done.cases[0]
        filed = vault.case_store.load(opened, name)
        profiles = case_folder.read(CASE).identities
    assert case_folder.read(tmp_path / "out" / "cases" / name) == filed
    page = Links()
    page.feed((tmp_path / "out" / "index.html").read_text("utf-8"))
    assert "script" not in page.tags and len(page.links) > 8
    assert all((tmp_path / "out" / link).exists() for link in page.links)
    assert {"ledger.jsonl", "audit.jsonl", "editions", "reports/loose-1.json"} <= set(page.links)
    spellings = [word for each in profiles for word in each.spellings]
    written = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    assert spellings and profiles
    for path, data in written.items():
        assert not [word for word in spellings if word.encode() in data], path
        assert path.name != "persons.toml" and b"AGE-SECRET" not in data


def test_the_chain_can_be_checked_again_without_farbank(desk: Path, tmp_path: Path) -> None:
    with vault.open(desk, "Ada", ADA) as opened:
        done = export_desk(opened, tmp_path / "out", date(2031, 8, 1))
    last, over = bytes(32), bytes(32)
    heads = [json.loads(line) for line in (tmp_path / "out" / "audit-signed.jsonl").read_text().splitlines()]
    signed = {head["sequence"]: b64decode(head["signature"]) + head["person"].encode() for head in heads}
    for line in (tmp_path / "out" / "audit.jsonl").read_text().splitlines():
        row = json.loads(line)
        link = last + over + row["sequence"].to_bytes(8, "big") + b64decode(row["body"])
        last = blake2b(link, person=b"farbank audit", digest_size=32).digest()
        head = signed.get(row["sequence"])
        over = bytes(32) if head is None else blake2b(head, person=b"farbank head", digest_size=32).digest()
        assert last == b64decode(row["hash"])
    assert (row["sequence"], last.hex()) == (done.audit.lines, done.audit.last)
    assert done.ledger == len((tmp_path / "out" / "ledger.jsonl").read_text().splitlines()) == 1


def test_who_gets_what_is_in_it(desk: Path, tmp_path: Path) -> None:
    rules = b'agreed = 2031-01-01\nexecutors = ["Ada", "Ben"]\n[parts.ledger]\nfate = "hand-over"\nto = "<i>Weir</i>"\n'
    with vault.open(desk, "Ben", BEN) as opened:
        succession.keep(opened, succession.decode(rules, "succession.toml"))
        export_desk(opened, tmp_path / "out", date(2031, 8, 1))
        with pytest.raises(FolderInUse):
            export_desk(opened, tmp_path / "out", date(2031, 8, 1))
    page = (tmp_path / "out" / "index.html").read_text("utf-8")
    assert "&lt;i&gt;Weir&lt;/i&gt;" in page and "Ada, Ben see to it" in page


def test_nothing_is_left_of_an_export_that_failed(desk: Path, tmp_path: Path) -> None:
    with vault.open(desk, "Ada", ADA) as opened, pytest.raises(FileNotFoundError):
        export_desk(opened, tmp_path / "out", date(2031, 8, 1), tmp_path / "no-such-site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["desk"]
