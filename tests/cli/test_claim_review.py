"""`claim review` and `claim resolve`: one key a verdict, kept at once and by name, in a folder and in a desk."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path
from typing import Any

import pytest

from farbank import vault
from farbank.desk.import_case import import_case
from farbank.desk.init_desk import init_desk
from tests.cli.conftest import Run

BRIDGE = Path(__file__).parents[1] / "cases" / "closed-bridge"
WORDS = {"Han": "six words nobody will ever guess", "Ryu": "six other words nobody will guess"}
SAID = "화물차는 다리를 못 건넌다고"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BRIDGE, tmp_path / "case"))


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    members = [vault.Member(name, word, ("safety-officer",)) for name, word in WORDS.items()]
    init_desk(tmp_path / "desk", members, cost=vault.Cost(passes=1, memory=8 * 1024 * 1024))
    with vault.open(tmp_path / "desk", "Han", WORDS["Han"]) as opened:
        import_case(opened, BRIDGE)
    return tmp_path / "desk"


def kept(case: Path) -> list[tuple[str, ...]]:
    entries: list[dict[str, Any]] = tomllib.loads((case / "judgements.toml").read_text("utf-8"))["judgements"]
    return [(one["a"], one["b"], one["question"], one.get("verdict", "withdrawn"), one["by"]) for one in entries]


def origins(run: Run, *named: str, typed: str = "") -> int:
    done = run("claim", "show", *named, "--json", typed=typed)
    assert done.returncode == 0, done.stderr
    found: int = json.loads(done.stdout)["finding"]["origins"]
    return found


def test_keys_decide_and_undo_takes_them_back_one_by_one(run: Run, case: Path) -> None:
    assert origins(run, str(case), "closed") == 2
    done = run("claim", "review", str(case), "closed", "--by", "Vern", typed="xsiq")
    assert done.returncode == 0, done.stderr
    assert SAID in done.stdout and "from 2 to 3 after" not in done.stdout.splitlines()[0]
    assert kept(case) == [
        ("depot", "lorries", "event", "same", "Vern"),
        ("depot", "lorries", "origin", "different", "Vern"),
    ]
    assert origins(run, str(case), "closed") == 3
    done = run("claim", "review", str(case), "closed", "--by", "Vern", typed="uuu")
    assert done.stdout.count("Withdrawn") == 2 and "nothing of yours to undo" in done.stdout
    assert [one[3] for one in kept(case)] == ["same", "different", "withdrawn", "withdrawn"]
    assert origins(run, str(case), "closed") == 2


def test_what_is_undone_is_asked_again(run: Run, case: Path) -> None:
    run("claim", "review", str(case), "closed", "--by", "Vern", typed="scdus")
    assert kept(case)[2:] == [
        ("depot", "quay", "event", "different", "Vern"),
        ("depot", "quay", "event", "withdrawn", "Vern"),
        ("depot", "quay", "event", "same", "Vern"),
    ]


def test_when_all_is_judged_the_last_can_still_be_undone(run: Run, case: Path) -> None:
    done = run("claim", "review", str(case), "closed", "--by", "Vern", typed="ddd")
    assert "Nothing is left to judge" in done.stdout
    assert origins(run, str(case), "closed") == 1
    again = run("claim", "review", str(case), "closed", "--by", "Vern", typed="u")
    assert "Nothing is left to judge" in again.stdout and "Withdrawn" in again.stdout
    assert len(kept(case)) == 4


def test_two_people_judge_the_same_and_both_stand(run: Run, case: Path) -> None:
    run("claim", "review", str(case), "closed", "--by", "Vern", typed="si")
    run("claim", "review", str(case), "closed", "--by", "Ada", typed="sc")
    assert [one[4] for one in kept(case)] == ["Vern", "Vern", "Ada", "Ada"]
    assert origins(run, str(case), "closed") == 2  # Ada cannot tell, so what was feared stays


def test_json_prints_the_pairs_and_takes_nothing(run: Run, case: Path) -> None:
    done = run("claim", "review", str(case), "closed", "--json", typed="sisisi")
    found = json.loads(done.stdout)
    assert [(one["a"]["report"], one["b"]["report"]) for one in found] == [
        ("depot", "lorries"), ("depot", "quay"), ("lorries", "quay"),
    ]  # fmt: skip
    assert SAID in found[0]["a"]["text"] and found[0]["left"] == ["event", "origin"]
    assert not (case / "judgements.toml").exists()


def lines_with(text: str, *wanted: str) -> bool:
    return any(all(word in line for word in wanted) for line in text.splitlines())


@pytest.mark.parametrize(("columns", "beside"), [(50, False), (80, True), (140, True)])
def test_two_texts_stand_side_by_side_where_there_is_room(run: Run, case: Path, columns: int, beside: bool) -> None:
    done = run("claim", "review", str(case), "closed", "--by", "Vern", typed="q", columns=columns)
    assert lines_with(done.stdout, "depot: grebe", "lorries: dipper") is beside
    assert lines_with(done.stdout, "depot: grebe, 2031-05-08, ko") and lines_with(done.stdout, "lorries: dipper")


def test_in_a_desk_it_is_kept_under_the_name_of_whoever_opened_it(run: Run, desk: Path) -> None:
    def opened(name: str) -> tuple[str, ...]:
        return ("closed-bridge", "closed", "--desk", str(desk), "--as", name)

    done = run("claim", "review", *opened("Han"), typed=f"{WORDS['Han']}\nsi")
    assert done.returncode == 0, done.stderr
    assert origins(run, *opened("Ryu"), typed=f"{WORDS['Ryu']}\n") == 3
    done = run("claim", "review", *opened("Ryu"), typed=f"{WORDS['Ryu']}\nss")
    assert done.returncode == 0, done.stderr
    assert origins(run, *opened("Han"), typed=f"{WORDS['Han']}\n") == 2
    with vault.open(desk, "Han", WORDS["Han"]) as held:
        log = vault.case_store.judgements(held, "closed-bridge")
    assert [one.by for one in log] == ["Han", "Han", "Ryu", "Ryu"]


def test_an_outcome_is_kept_counted_and_withdrawn(run: Run, case: Path) -> None:
    done = run("claim", "resolve", str(case), "closed", "true", "--why", "Seen.", "--evidence", "quay", "--by", "Vern")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "closed turned out true, says Vern.",
        "dipper: 5 right, 1 wrong.",
        "grebe: 1 right, 0 wrong.",
        "plover: 1 right, 0 wrong.",
        "Outcomes the desk knows: 1.",
    ]
    done = run("claim", "resolve", str(case), "closed", "false", "--why", "-", "--by", "Ada", typed="Open.\n")
    assert "it stands as never-known" in done.stdout and "dipper: 4 right, 1 wrong." in done.stdout
    done = run("claim", "resolve", str(case), "closed", "--withdraw", "--by", "Ada", "--json")
    found = json.loads(done.stdout)
    assert (found["stands"], found["outcomes"], found["records"]["grebe"]) == ("true", 1, {"right": 1, "wrong": 0})
    kept = (case / "judgements.toml").read_text("utf-8")
    assert kept.count("[[judgements]]") == 3
    assert 'why = "Open."' in kept


@pytest.mark.parametrize(
    ("arguments", "code", "named"),
    [
        (("resolve", "closed", "maybe", "--why", "x", "--by", "Vern"), 2, "HOLDS"),
        (("resolve", "closed", "--why", "x", "--by", "Vern"), 2, "HOLDS"),
        (("resolve", "closed", "true", "--withdraw", "--by", "Vern"), 2, "HOLDS"),
        (("resolve", "closed", "true", "--by", "Vern"), 2, "--why"),
        (("resolve", "closed", "true", "--why", " ", "--by", "Vern"), 2, "--why"),
        (("resolve", "closed", "true", "--why", "x"), 2, "--by"),
        (("resolve", "close", "true", "--why", "x", "--by", "Vern"), 3, "close"),
        (("resolve", "closed", "true", "--why", "x", "--by", "Vern", "--evidence", "wine"), 3, "wine"),
        (("review", "close", "--by", "Vern"), 3, "close"),
        (("review", "closed"), 2, "--by"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_kept(
    run: Run, case: Path, arguments: tuple[str, ...], code: int, named: str
) -> None:
    command, *rest = arguments
    done = run("claim", command, str(case), *rest, typed="s")
    assert done.returncode == code and named in done.stderr
    assert not (case / "judgements.toml").exists()
