"""A machine is taken: what each yields is scanned for, found where it is, and what the threat model says is that."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from farbank import vault
from farbank.cli import app
from farbank.desk.errors import NobodysPassphrase
from farbank.desk.examples import example
from farbank.desk.export_case import export_case
from farbank.desk.import_case import filed
from farbank.desk.seize import seize
from farbank.protect.forbidden import Lookout
from farbank.protect.readers.letters import readings
from farbank.vault.in_plain import Words
from farbank.vault.seizure import SORTS, scan
from scripts import threat_model
from scripts.threat_model import EDITOR, HANDLER, OFFICER, Desk, enter, populated, word


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return populated(tmp_path_factory.mktemp("seized"))


def yields(folder: Path, passphrase: str | None = None) -> dict[str, int]:
    found = scan(folder, passphrase=passphrase)
    return {sort: found.count(sort) for sort in SORTS if found.count(sort)}


def digests(folder: Path) -> dict[str, str]:
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


def test_the_threat_model_says_what_a_scan_finds(desk: Desk, tmp_path: Path) -> None:
    stored = threat_model.PAGE.read_text("utf-8").partition(threat_model.BEGIN)[2].partition(threat_model.END)[0]
    assert threat_model.table(desk, list(threat_model.columns(desk, tmp_path))) == stored


def test_without_a_passphrase_a_machine_names_the_desks_people_and_nothing_else(desk: Desk) -> None:
    found = seize(desk.folder, "server", words=desk.words).image
    assert found is not None
    assert yields(desk.folder) == {"people of the desk": len(threat_model.ROLES)}
    assert found.planted == len(threat_model.ROLES)
    (people,) = (each for each in found.yields if each.count)
    assert people.as_they_lie == people.files == ("keyring.json",)
    assert (found.opened, found.keys, found.passphrases) == ((), (), 0)


def test_a_wrong_passphrase_opens_no_more_than_none(desk: Desk) -> None:
    assert yields(desk.folder, "seven wrong words in a row") == yields(desk.folder)


def test_no_single_passphrase_opens_an_exact_profile_or_signs_an_edition(desk: Desk) -> None:
    for name in threat_model.ROLES:
        found = scan(desk.folder, passphrase=word(name))
        assert found.passphrases == 1
        assert found.count("exact profiles") == 0, name
        assert "the key that signs editions" not in found.keys, name


def test_while_a_release_is_proposed_the_laptops_of_those_who_may_agree_sign_in_the_desks_name(
    desk: Desk, tmp_path: Path
) -> None:
    waiting = tmp_path / "desk"
    vault.create(waiting, [vault.Member(n, word(n), of) for n, of in threat_model.ROLES.items()],
                 since=threat_model.ON, cost=threat_model.CHEAP)  # fmt: skip
    with enter(waiting, OFFICER) as opened:
        vault.sign_off.propose(opened, "release", "an-edition", "it is checked")
    signing = {name for name in threat_model.ROLES
               if "the key that signs editions" in scan(waiting, passphrase=word(name)).keys}  # fmt: skip
    assert signing == {EDITOR, threat_model.PUBLISHER, threat_model.LEAD}


def test_what_is_left_in_plain_on_a_laptop_is_found(desk: Desk, tmp_path: Path) -> None:
    with enter(desk.folder, EDITOR) as opened:
        export_case(opened, "june-order", tmp_path / "on the desktop", identities=False)
    found = yields(tmp_path)
    assert found["reports"] == 3
    assert found["calls"] == 3
    assert found["partners"] == 1
    assert found["chains"] == 9


PACKINGS: dict[str, Callable[[str], bytes]] = {
    "utf-8": lambda text: text.encode(),
    "utf-16": lambda text: text.encode("utf-16-le"),
    "upper case": lambda text: text.upper().encode(),
    "base64": lambda text: base64.b64encode(b"xy" + text.encode() + b"zz"),
    "hexadecimal": lambda text: text.encode().hex().upper().encode(),
    "json": lambda text: json.dumps({"text": text}).encode(),
    "gzip": lambda text: gzip.compress(text.encode()),
    "gzip in base64 of nothing": lambda text: b"\x00" * 999 + gzip.compress(gzip.compress(text.encode())),
}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("text", ["Dallae of the weir", "달래엄마는 보았다"])
def test_a_leak_is_found_however_it_is_packed(desk: Desk, tmp_path: Path, packing: str, text: str) -> None:
    (tmp_path / "cache.bin").write_bytes(
        desk.folder.joinpath("content.db").read_bytes()[:5000] + PACKINGS[packing](text)
    )
    assert scan(tmp_path, words=[text]).planted == 1
    assert scan(tmp_path, words=["somebody else entirely"]).planted == 0


def test_words_that_begin_alike_are_told_apart() -> None:
    words = Words([f"wader-of-the-weir-{number:03}-end" for number in range(200)])
    assert words.found(b"x wader-of-the-weir-017-end y") == {"wader-of-the-weir-017-end"}
    assert words.found(b"x wader-of-the-weir y") == frozenset()


def test_a_scan_changes_nothing_on_the_image(desk: Desk) -> None:
    before = digests(desk.folder)
    scan(desk.folder, passphrase=word(OFFICER))
    assert digests(desk.folder) == before


def test_whoever_guesses_a_name_is_told_it_is_right_by_the_list_in_content(desk: Desk) -> None:
    """The list of names in content tells no name and confirms every guess: that is what its row in the table means."""
    with enter(desk.folder, EDITOR) as opened:
        for case in desk.cases:
            lookout = Lookout(filed(opened, case.name).forbidden)
            for identity in case.identities:
                for name in identity.spellings:
                    assert any(hit for letters in readings(name) for hit in lookout.hits(letters)), identity.id


@pytest.mark.parametrize("machine", ["server", "editor-laptop", "content-file", "partner-phone"])
def test_the_command_prints_no_name_and_no_word(desk: Desk, machine: str) -> None:
    told = ["--with-passphrase"] if machine != "server" else []
    for json_too in ([], ["--json"]):
        ran = CliRunner().invoke(
            app, ["desk", "seize", str(desk.folder), "--as", machine, *told, *json_too], input=f"{word(EDITOR)}\n"
        )
        assert ran.exit_code == 0, ran.output
        handles = {partner.handle for case in desk.cases for partner in case.partners}
        allowed = handles if machine == "partner-phone" else set()
        assert Words([each for each in desk.words if each not in allowed]).found(ran.output.encode()) == frozenset()


def test_a_phone_and_the_file_of_content_need_somebodys_passphrase(desk: Desk) -> None:
    for machine in ("partner-phone", "content-file"):
        for passphrase in (None, "seven wrong words in a row"):
            with pytest.raises(NobodysPassphrase):
                seize(desk.folder, machine, passphrase)
    with pytest.raises(vault.CompartmentClosed):
        seize(desk.folder, "content-file", word(threat_model.PAYMASTER))


def test_a_handler_is_seen_to_speak_with_the_partner_by_content_alone(desk: Desk) -> None:
    found = seize(desk.folder, "content-file", word(HANDLER)).image
    assert found is not None
    assert (found.count("who speaks with whom"), found.count("reports")) == (1, 0)


@pytest.mark.parametrize("place", ["Weir End 7", "case:weir-end-7", "kp:KP99", "kp:gn-1"])
def test_where_somebody_lives_is_in_no_message(tmp_path: Path, place: str) -> None:
    folder = Path(shutil.copytree(example("june-order"), tmp_path / "june-order"))
    text = (folder / "persons.toml").read_text("utf-8").replace("case:town-1", place, 1)
    (folder / "persons.toml").write_text(text, "utf-8")
    ran = CliRunner().invoke(app, ["story", "check", str(folder)])
    assert ran.exit_code != 0
    assert place not in f"{ran.output} {ran.exception}"
    assert "persons.toml" in str(ran.exception)
