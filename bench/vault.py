"""The vault of a large desk: opening it, listing, searching, filing, checking the audit, backing up.

Measured on an invented desk (`_invented_reports.py`): 200 partners, ten years of reports in Korean and English of 30 to
300 words, each of a call of its own, and ten lines of audit a report, each signed by itself, in sittings of
`lines_a_sitting` by one of eight people after another. `--quick` stops at 4,000 reports. It matters because a desk that
waits for its vault keeps its notes elsewhere.

Keys: open_s (from a person's secret to every compartment, key derivation apart), list_ms (all partners), search_p50_ms
and search_p95_ms (one to three words, the newest 20 with their texts), write_ms (a report, on the disk when the call
returns), verify_s (the whole chain and who signed it), backup_s (an incremental backup after so many reports more; null
where this farbank makes none), proof_all_s (proving a backup for the first time), proof_s (proving it again after the
incremental one), burn_s (a report, until no trace of it is left), index_s (an index of one's own from nothing, as on a
new laptop). `ratio_sqlite` is the median of the four `ratio_*`, each ours over the same done in plain SQLite
(`_plain_desk.py`), as durable, with nothing encrypted; the chain there is the same chain with the same signatures. Both
were opened just before, and reports are written to one and the other in turn, since a write waits for the disk they
share. `growth` is all of it at each size. Held to: open 1.5 s, list 100 ms, search p95 30 ms, write 20 ms,
verify 10 s, backup 5 s, ratio 3.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from typing import TypeVar

import msgspec
from sqlalchemy import Connection, create_engine, insert, select

from bench import Report, Row
from bench._invented_reports import Words
from bench._plain_desk import Plain
from farbank import vault
from farbank.model import codec
from farbank.model.people import Partner
from farbank.vault import audit, burn, prove, reports, schema
from farbank.vault.case_store import partner_scope
from farbank.vault.desk_folder import open_with
from farbank.vault.keyring import read

DATA = "."
SIZES, QUICK = (1_000, 10_000, 100_000), (1_000, 4_000)
LINES = 10
"""Lines of audit a report: calls, looks, claims, releases."""
PARTNERS = 200
SITTING = 20
PEOPLE = 8
ASKED = 200
FILED = 100
AT = datetime(2026, 1, 1, tzinfo=UTC)
SEED = 11
WORDS = "seven grey herons wade"
CHEAP = vault.Cost(passes=1, memory=8192)
BATCH = 5_000
T = TypeVar("T")


def run(data: Path, *, quick: bool = False) -> Report:
    """Measure; `data` is not used, `quick` stops at 4,000 reports."""
    rows = [_row(size) for size in (QUICK if quick else SIZES)]
    return {**rows[-1], "lines_a_sitting": SITTING, "growth": rows}  # type: ignore[dict-item]  # none of it is a list


def _row(size: int) -> Row:
    with tempfile.TemporaryDirectory() as folder:
        desk, plain = Path(folder) / "desk", Plain(Path(folder) / "plain.db")
        chain = create_engine(f"sqlite:///{folder}/chain.db").connect()
        secrets = _founded(desk, plain)
        words = Words(SEED)
        with _opened(desk, secrets, 0) as opened:
            _file(opened, plain, words, size)
            _note(opened, chain, secrets, size * LINES)
        plain.close()
        opening = _median(lambda: _opened(desk, secrets, 0).close(), 5)
        with _opened(desk, secrets, 0) as opened:
            return {
                "reports": size,
                "lines": size * LINES,
                "open_s": round(opening, 3),
                **_measured(opened, Plain(Path(folder) / "plain.db"), chain, words, Path(folder) / "backup"),
            }


def _measured(opened: vault.Vault, plain: Plain, chain: Connection, words: Words, backup: Path) -> Row:
    listing = _median(lambda: reports.partners(opened), 9), _median(plain.partners, 9)
    indexing, searching = _searched(opened, plain, words)
    _back_up(opened, backup)
    proving_all = _median(lambda: prove.prove(opened, backup), 1)
    writing = _filed(opened, plain, words)
    backing = _back_up(opened, backup)
    proving = _median(lambda: prove.prove(opened, backup), 1)
    with opened.file("audit") as file:
        verifying = [_median(lambda each=each: audit.verify(each, opened.roster), 3) for each in (file, chain)]  # type: ignore[misc]
    ratios = {
        "ratio_list": listing[0] / listing[1],
        "ratio_search": statistics.median(searching[0]) / statistics.median(searching[1]),
        "ratio_write": statistics.median(writing[0]) / statistics.median(writing[1]),
        "ratio_verify": verifying[0] / verifying[1],
    }
    return {
        "list_ms": round(listing[0] * 1000, 2),
        "search_p50_ms": round(statistics.median(searching[0]) * 1000, 2),
        "search_p95_ms": round(_p95(searching[0]) * 1000, 2),
        "write_ms": round(statistics.median(writing[0]) * 1000, 2),
        "write_p95_ms": round(_p95(writing[0]) * 1000, 2),
        "verify_s": round(verifying[0], 2),
        "backup_s": backing,
        "proof_all_s": round(proving_all, 2),
        "proof_s": round(proving, 2),
        "burn_s": round(_burned(opened), 2),
        "index_s": round(indexing, 1),
        "ratio_sqlite": round(statistics.median(ratios.values()), 2),
        **{key: round(ratio, 2) for key, ratio in ratios.items()},
    }


def _searched(opened: vault.Vault, plain: Plain, words: Words) -> tuple[float, tuple[list[float], list[float]]]:
    asked = [words.asked() for _ in range(ASKED)]
    started = time.perf_counter()
    with vault.Search(opened) as search:
        search.update()
        indexing = time.perf_counter() - started
        plain.index()
        return indexing, (_times(search.find, asked), _times(plain.find, asked))


def _filed(opened: vault.Vault, plain: Plain, words: Words) -> tuple[list[float], list[float]]:
    made = []
    for _, contact, report in words.reports(FILED, PARTNERS):
        contact = msgspec.structs.replace(contact, id=f"new-{contact.id}")
        reports.file_contact(opened, contact)
        plain.put("contact", contact.id, contact)
        made.append(msgspec.structs.replace(report, id=f"new-{report.id}", contact=contact.id))
    times: tuple[list[float], list[float]] = [], []
    for report in made:
        times[0].extend(_times(lambda each: reports.file_report(opened, each), [report]))
        times[1].extend(_times(plain.file_report, [report]))
    return times


def _burned(opened: vault.Vault) -> float:
    burn.spike(opened, "report", "r0", "asked for")
    return _median(lambda: burn.burn(opened, "report", "r0", "asked for", date.today()), 1)


def _founded(desk: Path, plain: Plain) -> list[vault.Secret]:
    """A desk of eight with its partners, and everybody's secret: the key derivation is not what is measured."""
    members = [vault.Member(f"Person {n}", WORDS, ("safety-officer", "editor")) for n in range(PEOPLE)]
    vault.create(desk, members, since=date(2016, 1, 1), cost=CHEAP)
    secrets = []
    for member in members:
        with vault.open(desk, member.name, WORDS) as opened:
            secrets.append(opened.secret)
    with _opened(desk, secrets, 0) as opened:
        for partner in (Partner(handle=f"p{n}", language="ko") for n in range(PARTNERS)):
            reports.put_partner(opened, partner)
            plain.put("partner", partner.handle, partner)
    return secrets


def _opened(desk: Path, secrets: list[vault.Secret], n: int) -> vault.Vault:
    ring = read(desk)
    return open_with(desk, ring, next(each for each in ring.people if each.name == f"Person {n}"), secrets[n])


def _file(opened: vault.Vault, plain: Plain, words: Words, size: int) -> None:
    made = words.reports(size, PARTNERS)
    while batch := list(islice(made, BATCH)):
        with opened.transaction(), plain.transaction():
            for handle, contact, report in batch:
                scope = partner_scope(handle)
                opened.put("content", "contact", contact.id, contact, scope=scope)
                opened.put("content", "report", report.id, report, scope=scope)
                plain.put("contact", contact.id, contact)
                plain.put("report", report.id, report)


def _note(opened: vault.Vault, copy: Connection, secrets: list[vault.Secret], lines: int) -> None:
    """The lines `audit.append` would add one by one, each signed, in sittings one after the other; written in bulk."""
    _copied(opened, copy)
    sealing = vault.Public(sealing=opened.roster.reading, signing=opened.roster.reading)
    with opened.file("audit") as file:
        file.exec_driver_sql("BEGIN")
        last = file.execute(audit.LAST).one()
        sequence, hash, over = last.sequence, last.hash, audit.over(last.person, last.signature)
        for start in range(0, lines, BATCH):
            rows, heads = [], []
            for line in range(start, min(start + BATCH, lines)):
                turn = line // SITTING % PEOPLE
                event = audit.Event(at=AT, who=f"Person {turn}", what="case opened", about=f"case-{line % 997}")
                body = sealing.seal(codec.to_json(event), audit.PURPOSE)
                sequence, hash = sequence + 1, audit.hashed(hash, over, sequence + 1, body)
                signature = secrets[turn].sign(audit.signed_text(sequence, hash, event.who))
                over = audit.over(event.who, signature)
                rows.append({"sequence": sequence, "body": body, "hash": hash})
                heads.append({"sequence": sequence, "person": event.who, "signature": signature})
            for connection in (file, copy):
                connection.execute(insert(schema.audit), rows)
                connection.execute(insert(schema.head), heads)
        file.exec_driver_sql("COMMIT")
        copy.commit()


def _copied(opened: vault.Vault, copy: Connection) -> None:
    """Begin the same chain in a plain file."""
    schema.audit.metadata.create_all(copy)
    with opened.file("audit") as file:
        for table in (schema.audit, schema.head):
            copy.execute(insert(table), [row._asdict() for row in file.execute(select(table))])


def _back_up(opened: vault.Vault, place: Path) -> float | None:
    """Seconds of a backup, None where this farbank makes none."""
    if find_spec("farbank.vault.backup") is None:
        return None
    started = time.perf_counter()
    import_module("farbank.vault.backup").backup(opened, place)
    return round(time.perf_counter() - started, 2)


def _times(work: Callable[[T], object], given: Iterable[T]) -> list[float]:
    times = []
    for each in given:
        started = time.perf_counter()
        work(each)
        times.append(time.perf_counter() - started)
    return times


def _median(work: Callable[[], object], runs: int) -> float:
    return statistics.median(_times(lambda _: work(), range(runs)))


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]
