"""Write the table of docs/threat-model.md from scans of a desk of invented people, or check that it still holds.

`--check` compares and writes nothing. The desk is made anew each time; what a cell says is what a scan of that image
found, of all that was put there.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import NamedTuple

from farbank import vault
from farbank.desk.examples import example
from farbank.desk.file_case import content_of
from farbank.desk.handset import Handset, handsets
from farbank.desk.import_case import filed, keep_case
from farbank.desk.init_desk import init_desk
from farbank.desk.open_identity import propose_opening
from farbank.desk.partners import assign
from farbank.desk.release import agree_release, propose_release
from farbank.desk.seize import seize
from farbank.desk.take_step import take_step
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.dates import When
from farbank.model.reports import Contact, Report
from farbank.vault import case_store, reports, sign_off, travel
from farbank.vault.backup import backup
from farbank.vault.seizure import SORTS, Seizure, scan
from farbank.vault.told import Sort

PAGE = Path(__file__).parent.parent / "docs" / "threat-model.md"
BEGIN, END = "<!-- scanned: begin -->\n", "<!-- scanned: end -->\n"

CASES = ("june-order", "flood-2024")
ON = date(2023, 8, 1)
CHEAP = vault.Cost(passes=1, memory=8192)
EDITOR, HANDLER, OFFICER, PUBLISHER, LEAD, PAYMASTER = (
    "Ilse Vargason",
    "Tomas Berrander",
    "Noor Salvinck",
    "Piet Oduyang",
    "Mara Quillfort",
    "Jun Arbeloa",
)
ROLES: dict[str, tuple[vault.Role, ...]] = {
    EDITOR: ("editor",),
    HANDLER: ("handler",),
    OFFICER: ("safety-officer",),
    PUBLISHER: ("publisher",),
    LEAD: ("verification-lead",),
    PAYMASTER: ("paymaster",),
}
PAYMENTS = 3
CALL = Contact(id="evening-call", partner="heron", when=When("2023-07-20"), channel="call")
SAID = Report(id="evening", contact="evening-call", language="en", text="The mill stood still all week, they say.")
"""Filed under the partner and not yet in any case: what a handler reads."""


class Column(NamedTuple):
    """An image: what it is called in the table, and what was found on it."""

    name: str
    found: Seizure | tuple[Handset, ...]


class Desk(NamedTuple):
    """A populated desk, its published edition, and how many of each sort were put into it."""

    folder: Path
    site: Path
    total: dict[Sort, int]
    cases: tuple[Case, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Whom and what a plain search would look for: names, handles, and the beginning of every report.

        A handle of four letters would turn up by chance in what is noise.
        """
        handles = {each.handle for case in self.cases for each in case.partners if len(each.handle) > len("wren")}
        names = {name for case in self.cases for identity in case.identities for name in identity.spellings}
        said = [report.text[:30] for case in self.cases for report in case.reports]
        return (*ROLES, *sorted(handles | names), *said, SAID.text[:30])


def word(name: str) -> str:
    """A passphrase of an invented person."""
    return f"{name} walks by the river"


def enter(desk: Path, name: str) -> vault.Vault:
    """The desk, as one of its people."""
    return vault.open(desk, name, word(name))


def populated(folder: Path) -> Desk:
    """A desk of six with two cases, a partner assigned, an edition released by two, and payments."""
    desk, site = folder / "desk", folder / "site"
    init_desk(desk, [vault.Member(name, word(name), of) for name, of in ROLES.items()], since=ON, cost=CHEAP)
    cases = tuple(case_folder.read(example(name)) for name in CASES)
    with enter(desk, EDITOR) as opened:
        for case in cases:
            keep_case(opened, content_of(case))
    with enter(desk, OFFICER) as opened:
        for case in cases:
            keep_case(opened, case, replace=True)
        assign(opened, cases[0].partners[0].handle, HANDLER)
    with enter(desk, EDITOR) as opened:
        reports.put_partner(opened, cases[0].partners[0])
        reports.file_contact(opened, CALL)
        reports.file_report(opened, SAID)
    with enter(desk, PAYMASTER) as opened:
        for number in range(PAYMENTS):
            opened.put("payments", "payment", f"p{number}", f'{{"amount": 40, "month": "2031-0{number + 1}"}}'.encode())
    with enter(desk, OFFICER) as opened:
        take_step(opened, CASES[0], "submit", now=datetime.now(UTC), reason="it is written")
        take_step(opened, CASES[0], "clear", now=datetime.now(UTC), reason="nobody is exposed by it")
        act = propose_release(opened, filed(opened, CASES[0]), on=ON, reason="it is checked").act
    assert act is not None, "the edition would be held back"
    with enter(desk, PUBLISHER) as opened:
        agree_release(opened, act, site)
        steps = sum(1 + (each.agreed is not None) + (each.over is not None) for each in sign_off.every(opened))
    with enter(desk, OFFICER) as opened:
        lines = len(list(opened.audited()))
        kept = tuple(case_store.load(opened, name) for name in CASES)
    return Desk(desk, site, _total(cases, kept, steps, lines), cases)


def _total(cases: tuple[Case, ...], kept: tuple[Case, ...], steps: int, lines: int) -> dict[Sort, int]:
    """How many of each sort there are, counted in the cases as they were written and not by any scan."""
    return {
        "people of the desk": len(ROLES),
        "cases": len(cases),
        "partners": len({partner.handle for case in cases for partner in case.partners}),
        "who speaks with whom": 1,
        "calls": 1 + sum(len(case.contacts) for case in cases),
        "reports": 1 + sum(len(case.reports) for case in cases),
        "chains": sum(len(case.chains) for case in cases),
        "coarse profiles": sum(person.block is not None for case in kept for person in case.persons),
        "exact profiles": sum(len(case.identities) for case in cases),
        "lists of names": len(cases),
        "drafts": sum(len(case.stories) for case in cases),
        "releases": 1,
        "payments": PAYMENTS,
        "acts": steps,
        "audit lines": lines,
    }


def columns(desk: Desk, scratch: Path) -> Iterator[Column]:
    """Every image of the table, scanned."""
    with enter(desk.folder, EDITOR) as opened:
        yield Column("a partner's phone", handsets(opened))
    yield Column("the published edition", scan(desk.site, words=desk.words))
    yield Column("a server, or a laptop that is off", _scan(desk.folder, None, desk.words))
    yield Column("a device on a journey", scan(_travelled(desk, scratch / "device"), words=desk.words))
    yield Column("the place of a backup", scan(_backed_up(desk, scratch / "backup"), words=desk.words))
    yield Column("`content.db` and its key", _content(desk))
    for name, who in (
        (HANDLER, "a handler's laptop"),
        (EDITOR, "an editor's laptop"),
        (PAYMASTER, "a paymaster's laptop"),
    ):
        yield Column(f"{who}, passphrase known", _scan(desk.folder, name, desk.words))
    yield Column("a safety officer's laptop, passphrase known", _scan(desk.folder, OFFICER, desk.words))
    agreed = Path(shutil.copytree(desk.folder, scratch / "agreed"))
    with enter(agreed, OFFICER) as opened:
        act = propose_opening(opened, CASES[0], desk.cases[0].identities[0].id, "somebody is in danger")
    with enter(agreed, LEAD) as opened:
        sign_off.agree(opened, act)
    yield Column("the same, while an opening is agreed to", _scan(agreed, OFFICER, desk.words))
    yield Column(
        "an editor's keyring, passphrase known, and a backup", _scan(_with_backup(desk, scratch), EDITOR, desk.words)
    )


def _travelled(desk: Desk, device: Path) -> Path:
    """What a device has that seals notes on the way: the key of the journey, and a note it sealed."""
    device.mkdir()
    with enter(desk.folder, EDITOR) as opened:
        _, key = travel.begin(opened)
    (device / "key.txt").write_text(key, encoding="ascii")
    text = f"partner: heron\nwhen: 2023-07-20\nchannel: call\nlanguage: en\n\n{SAID.text}"
    (device / "note.age").write_bytes(travel.seal(text, key))
    return device


def _backed_up(desk: Desk, place: Path) -> Path:
    with enter(desk.folder, OFFICER) as opened:
        backup(opened, place)
    return place


def _with_backup(desk: Desk, scratch: Path) -> Path:
    """An image of somebody's laptop and of the place they back up to."""
    both = scratch / "both"
    shutil.copytree(desk.folder, both / "desk")
    shutil.copytree(scratch / "backup", both / "backup")
    for path in (both / "desk").glob("*.db"):
        path.unlink()
    return both


def _scan(folder: Path, name: str | None, words: tuple[str, ...]) -> Seizure:
    return scan(folder, passphrase=None if name is None else word(name), words=words)


def _content(desk: Desk) -> Seizure:
    found = seize(desk.folder, "content-file", word(EDITOR), words=desk.words).image
    assert found is not None
    return found


def table(desk: Desk, scanned: list[Column]) -> str:
    """The table, a row a sort, a column an image: `all`, `3 of 7`, or nothing."""
    numbers = "".join(f" {number} |" for number in range(1, len(scanned) + 1))
    lines = ["| what | there is |" + numbers, "|---|---|" + "---|" * len(scanned)]
    for sort in SORTS:
        cells = "".join(f" {_cell(column.found, sort, desk.total[sort])} |" for column in scanned)
        lines.append(f"| {sort} | {_there(sort, desk.total[sort])} |{cells}")
    searched = "".join(f" {_share(_planted(column.found), len(desk.words))} |" for column in scanned)
    lines.append(f"| words a plain search finds | {len(desk.words)} |{searched}")
    legend = [f"{number}. {column.name}{_keys(column.found)}" for number, column in enumerate(scanned, 1)]
    return "\n".join((*lines, "", *legend)) + "\n"


def _there(sort: Sort, total: int) -> str:
    return "many" if sort == "audit lines" else str(total)


def _cell(found: Seizure | tuple[Handset, ...], sort: Sort, total: int) -> str:
    if not isinstance(found, Seizure):
        shown = {"calls": sum(phone.calls + phone.written for phone in found), "partners": len(found)}
        count = shown.get(sort, 0)
    else:
        count = found.count(sort)
    return _share(count, total)


def _share(count: int, total: int) -> str:
    if count == 0:
        return "–"
    return "all" if count >= total else f"{count} of {total}"


def _planted(found: Seizure | tuple[Handset, ...]) -> int:
    return found.planted if isinstance(found, Seizure) else 0


def _keys(found: Seizure | tuple[Handset, ...]) -> str:
    keys = found.keys if isinstance(found, Seizure) else ()
    return f": gives {'; '.join(keys)}" if keys else ""


def scanned() -> str:
    """The table as it is now."""
    with tempfile.TemporaryDirectory(prefix="farbank-") as made:
        desk = populated(Path(made))
        return table(desk, list(columns(desk, Path(made))))


def main() -> int:
    """Write the table into the page, or with --check compare it."""
    head, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    before, _, tail = rest.partition(END)
    now = scanned()
    if "--check" in sys.argv[1:]:
        if now == before:
            return 0
        sys.stderr.write("docs/threat-model.md is out of date; run: .venv/bin/python scripts/threat_model.py\n")
        return 1
    PAGE.write_text(head + BEGIN + now + END + tail, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
