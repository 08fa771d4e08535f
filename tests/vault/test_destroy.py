"""The end of a desk takes two people, and leaves nothing that opens."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from small_desk import EDITOR, HANDLER, OFFICER, WORDS, case, enter, found

from farbank import vault
from farbank.model.errors import DecodeError
from farbank.vault import backup, case_store, destroy, restore, retention, sign_off, succession

RULES = """
agreed = 2031-01-01
executors = ["Ines Okafor", "박서윤"]
[parts.editions]
fate = "publish"
[parts.ledger]
fate = "hand-over"
to = "The Weir's sister desk"
terms = "to hold its own releases against, never to publish"
"""


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    found(tmp_path / "desk")
    with enter(tmp_path / "desk", OFFICER) as opened:
        case_store.save(opened, case())
    return tmp_path / "desk"


def test_two_people_destroy_a_desk_and_the_backups_in_reach(tmp_path: Path) -> None:
    root = found(tmp_path / "desk").root
    with enter(tmp_path / "desk", OFFICER) as opened:
        case_store.save(opened, case())
        for name in ("near", "far"):
            backup.backup(opened, tmp_path / name)
        (tmp_path / "far").rename(tmp_path / "away")
        act = destroy.propose(opened, "the newsroom closes")
        with pytest.raises(vault.ActNotOpen):
            destroy.destroy(opened, act)
        with pytest.raises(vault.NotAllowed):
            sign_off.agree(opened, act)
    with enter(tmp_path / "desk", EDITOR) as other:
        sign_off.agree(other, act)
        with pytest.raises(vault.CompartmentClosed):
            destroy.destroy(other, act)
    with enter(tmp_path / "desk", OFFICER) as opened:
        done = destroy.destroy(opened, act)
    assert done == destroy.Destroyed((str(tmp_path / "near"),), (str(tmp_path / "far"),))
    assert not (tmp_path / "desk").exists()
    with pytest.raises(vault.NoBackup):
        restore.restore(tmp_path / "near", tmp_path / "again", root, OFFICER, WORDS[OFFICER])
    restore.restore(tmp_path / "away", tmp_path / "again", root, OFFICER, WORDS[OFFICER])  # so it is named as left


def test_identities_go_first(desk: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def killed(path: Path) -> None:
        raise Killed(path)

    with enter(desk, OFFICER) as opened:
        act = destroy.propose(opened, "the newsroom closes")
        with enter(desk, EDITOR) as other:
            sign_off.agree(other, act)
        monkeypatch.setattr(destroy, "_overwrite", killed)
        with pytest.raises(Killed):
            destroy.destroy(opened, act)
    with enter(desk, OFFICER) as opened:
        assert case_store.people(opened, "mill-order") == ()
        assert case_store.load(opened, "mill-order").reports


def test_a_hold_and_a_handler_stop_it_before_anything_is_changed(desk: Path) -> None:
    with enter(desk, HANDLER) as handler, pytest.raises(vault.NotAllowed):
        destroy.propose(handler, "x")
    with enter(desk, OFFICER) as opened:
        act = destroy.propose(opened, "the newsroom closes")
        with enter(desk, EDITOR) as other:
            sign_off.agree(other, act)
        retention.hold(opened, "case", "mill-order", "a court asks")
        with pytest.raises(vault.UnderHold):
            destroy.destroy(opened, act)
        assert len(case_store.people(opened, "mill-order")) == 2


def test_who_gets_what_is_kept_as_data_and_identities_are_nobodys(desk: Path) -> None:
    with enter(desk, OFFICER) as opened:
        with pytest.raises(vault.NoSuchRecord):
            succession.rules(opened)
        succession.keep(opened, succession.decode(RULES.encode(), "succession.toml"))
    with enter(desk, EDITOR) as other:
        kept = succession.rules(other)
    assert kept.parts["editions"].fate == "publish" and kept.agreed == date(2031, 1, 1)
    for wrong in (
        RULES + '[parts.identities]\nfate = "hand-over"\nto = "a friend"\n',
        RULES.replace("publish", "hand-over", 1),
        RULES.replace(', "박서윤"', ""),
        RULES.replace("terms", "conditions"),
    ):
        with pytest.raises(DecodeError):
            succession.decode(wrong.encode(), "succession.toml")
