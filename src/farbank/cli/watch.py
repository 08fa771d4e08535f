"""farbank watch: what the state says."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast

import typer

from farbank.cli.deciding import By, Evidence, Why, key_of, reason, who
from farbank.cli.output import Json, as_json, english, progress, sentence, table
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import ArchiveFolder, Archives, CaseSource, ClaimId, PackFolder, filed_case, open_case

if TYPE_CHECKING:
    from farbank.desk.collect import Collected
    from farbank.model.dips import Dip
    from farbank.model.judgements import Outcome
    from farbank.model.statemedia import Copy, Result, Window

app = typer.Typer(name="watch", help="What the state says, half-says, or passes over.", no_args_is_help=True)

First = Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day; all if left out.")]
Last = Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day; all if left out.")]
Outlets = Annotated[list[str] | None, typer.Option("--outlet", help="An outlet by id or name; all if left out.")]
Tongue = Annotated[str | None, typer.Option("--language", help="One language version (en, ko ...); all if left out.")]
Proxy = Annotated[str | None, typer.Option("--proxy", help="Ask through this proxy, as socks5h://127.0.0.1:9050.")]


@app.command()
def ingest(
    files: Annotated[
        list[str], typer.Argument(help="JSONL or WARC files (plain or gzip), WACZ files, folders of HTML pages.")
    ],
    archive: Annotated[str, typer.Option("--archive", help="The archive's folder, or s3://... of one at scale.")],
    pack: PackFolder = None,
    at_scale: Annotated[
        bool,
        typer.Option("--at-scale", help="Make one for more than one machine holds, of JSONL and WARC files only."),
    ] = False,
    ray: Annotated[
        str | None, typer.Option("--ray", help="Build at scale on the Ray cluster there; local starts one here.")
    ] = None,
    json: Json = False,
) -> None:
    """Take state-media files into an archive; stopped at any moment, the same command goes on from there."""
    from farbank.desk.ingest import ingest as take_in

    with progress("captures") as taken:
        held = take_in(files, archive, taken, pack, at_scale=at_scale, ray=ray)
    if json:
        as_json(held)
    else:
        sentence(
            f"{archive} holds {held.articles:,} articles ({held.bodies:,} in full, {held.titles_only:,} by title only) "
            f"from {held.first} to {held.last}, in {held.passages:,} passages; {held.folded:,} are copies of another, "
            f"{held.versions:,} have a later version."
        )


@app.command()
def collect(
    archive: ArchiveFolder,
    site: Annotated[list[str] | None, typer.Option("--site", help="A site of the pack; all if left out.")] = None,
    pack: PackFolder = None,
    proxy: Proxy = None,
    stay: Annotated[bool, typer.Option("--stay", help="Go on at every fixed hour until ctrl-C.")] = False,
    json: Json = False,
) -> None:
    """Sweep the pack's sites that are due: whole outlets at fixed hours, never what anybody is looking for."""
    from farbank.desk.collect import collect as sweep_sites
    from farbank.desk.collect import wait

    while True:
        with progress("answers") as got:
            found = sweep_sites(archive, pack, site or (), proxy=proxy, progress=got)
        if json:
            as_json(found)
        else:
            for one in found:
                sentence(_swept(one))
        if not stay:
            return
        wait(found)


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="Words a passage must have; in quotation marks next to each other.")],
    archive: Archives,
    first: First = None,
    last: Last = None,
    outlet: Outlets = None,
    language: Tongue = None,
    limit: Annotated[int, typer.Option("--limit", min=1, help="Texts shown at the most.")] = 20,
    pack: PackFolder = None,
    json: Json = False,
) -> None:
    """Browse the archive, each text once. What is not found so is no silence: that takes watch check."""
    from farbank.desk.search_archive import search_archive

    window = _window(first, last)
    found = search_archive(archive, words, window=window, names=outlet or (), language=language, limit=limit, pack=pack)
    if json:
        as_json(found)
        return
    table(
        f"{found.passages:,} passages",
        ("date", "outlet", "", "passage", "also in"),
        [(str(hit.date), hit.outlet, hit.language, hit.text[:300], _also(hit.also)) for hit in found.hits],
        wrap="passage",
    )


@app.command()
def coverage(
    archive: Archives,
    first: First = None,
    last: Last = None,
    outlet: Outlets = None,
    language: Tongue = None,
    topic: Annotated[str | None, typer.Option("--topic", help="A concept of the pack's: its share per day.")] = None,
    picture: Annotated[
        Path | None, typer.Option("--picture", help="Draw one outlet in one language, as SVG, into this file.")
    ] = None,
    pack: PackFolder = None,
    json: Json = False,
) -> None:
    """Say which days and issues are held, which are missing, and whose a dip is: the outlet's or ours."""
    from farbank.desk.cover import cover

    window = _window(first, last) if first or last else None
    found = cover(
        archive, window=window, names=outlet or (), language=language, topic=topic, picture=picture, pack=pack
    )
    if json:
        as_json(found)
        return
    for one in found:
        held = one.coverage
        sentence(
            f"{held.outlet} ({held.language}): {held.bodies:,} in full on {_days(held.days_held)}, "
            f"{held.titles_only:,} by title only, {_days(len(held.days_missing))} missing"
            f"{f': {one.missing}' if one.missing else ''}."
        )
        if one.unread:
            sentence(f"  Of {one.unread}, not all that was listed was read, or nobody knows what was listed.")
        for dip in one.dips:
            sentence(f"  {_dip(dip, 'an issue' if one.publishing == 'weekly' else 'a day')}")


@app.command()
def diff(archive: ArchiveFolder, first: First = None, last: Last = None, json: Json = False) -> None:
    """List the articles that were edited after they were published, and those that are gone."""
    from farbank.desk.compare import compare

    found = compare(archive, _window(first, last))
    if json:
        as_json(found)
        return
    rows = []
    for change in found:
        what = [f"was: {old}\nis:  {new}" for old, new in change.words] or [change.title]
        what += [f"now leads to {change.leads}"] if change.leads else []
        seen = f"{change.last:%Y-%m-%d %H:%M}\n{change.noticed:%Y-%m-%d %H:%M}"
        rows.append((str(change.date), change.outlet, change.language, change.kind, seen, "\n".join(what)))
    table(f"{len(found):,} changes", ("of", "outlet", "", "what", "between", "words"), rows, wrap="words")


@app.command()
def verify(
    archive: ArchiveFolder,
    trust: Annotated[Path | None, typer.Option("--trust", help="Certificates (PEM) of timestamp authorities.")] = None,
    pack: PackFolder = None,
    json: Json = False,
) -> None:
    """Read everything again from the raw captures and compare it with what was filed; offline. Exit code 1 if not."""
    from farbank.desk.verify_archive import verify_archive

    with progress("captures") as done:
        found = verify_archive(archive, trust, done, pack)
    if json:
        as_json(found)
    else:
        for line in found.sentences:
            sentence(line)
    if found.faults or found.otherwise:
        raise typer.Exit(1)


@app.command()
def stamp(
    archive: ArchiveFolder,
    authority: Annotated[str, typer.Option("--authority", help="Its address (RFC 3161). It learns that you asked.")],
    proxy: Proxy = None,
    json: Json = False,
) -> None:
    """Ask a timestamp authority to attest the last sealed day; it is told a hash and nothing else."""
    from farbank.desk.stamp import stamp as have_stamped

    record, asked = have_stamped(archive, authority, proxy)
    if json:
        as_json({"day": record.day, "hash": asked.hash, "authority": asked.authority})
    else:
        sentence(f"{record.day} is stamped; see by whom and when with farbank watch verify --trust CERTIFICATES.")


@app.command()
def check(
    case: CaseSource,
    claim_id: ClaimId,
    archive: Archives,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Look for one claim in the archive and print the result with its nearest passages."""
    from farbank.desk.check_claim import check_claim

    checked = check_claim(filed_case(case, pack, desk, person), claim_id, archive)
    if json:
        as_json(checked)
        return
    for text in checked.sentences.values():
        sentence(text)
    table(
        checked.search.result,
        ("date", "outlet", "", "result", "passage", "also in"),
        [(str(p.date), p.outlet, p.language, p.result, p.text[:300], _also(p.also)) for p in checked.search.passages],
        wrap="passage",
    )
    for one in checked.search.verdicts:
        first = f", first on {one.first}" if one.first else ""
        missed = f"; at most {one.bound or 0:.1%} of mentions would be missed (at 95 %)"
        bound = "" if one.bound is None else missed
        sentence(f"{one.outlet} ({one.language}): {one.result}{first}{bound}.")
    if checked.search.waiting:
        sentence(
            f"Passages that may be mentions until somebody judges them (watch review): {checked.search.waiting:,}."
        )


@app.command()
def review(
    case: CaseSource,
    claim_id: ClaimId,
    archive: Archives,
    by: By = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Judge passages beside the claim, one key each; what is judged is kept with the name and can be withdrawn.

    With --json those left to judge are printed, and none is judged.
    """
    from farbank.desk import judge
    from farbank.desk.show_claim import claim_of

    with open_case(case, pack, desk, person) as (filed, vault):
        if json:
            as_json(list(judge.to_judge(filed, claim_id, archive)))
            return
        name = who(by, vault)
        last = None
        claim = claim_of(filed.case, claim_id)
        for passage in judge.to_judge(filed, claim_id, archive):
            sentence(f"\nClaim: {english(claim.text)}")
            sentence(f"{passage.outlet} ({passage.language}), {passage.date}, {passage.title}\n{passage.text}")
            sentence(f"By machine: {passage.result}. {KEYS}")
            key = key_of((*VERDICTS, "w"))
            while key == "w" and last is not None:
                judge.keep(case, vault, judge.judgement(claim_id, last, None, name))
                sentence("Withdrawn.")
                last, key = None, key_of((*VERDICTS, "w"))
            if key == "q":
                return
            if key in VERDICTS:
                judge.keep(case, vault, judge.judgement(claim_id, passage, VERDICTS[key], name))
                last = passage
    sentence("Nothing is left to judge.")


@app.command()
def promises(
    case: CaseSource,
    on: Annotated[
        datetime | None,
        typer.Option("--on", formats=["%Y-%m-%d"], help="As of this day; else of the story's close."),
    ] = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """List what was promised or planned by a date: what is due, what is overdue, and how each came out."""
    from farbank.desk.promises import promises as promised

    found = promised(filed_case(case, pack, desk, person), on.date() if on else None)
    if json:
        as_json(found)
        return
    rows = [
        (
            str(one.due or "undated"),
            "overdue" if one.overdue else one.outcome,
            one.closed.by if one.closed else "",
            one.of,
            english(one.text),
        )
        for one in found
    ]
    table(f"{len(found):,} dates to come back to", ("due", "how it stands", "by", "of", "what"), rows, wrap="what")


@app.command()
def close(
    case: CaseSource,
    promise: Annotated[str, typer.Argument(metavar="PROMISE", help="The id of the claim or the statement.")],
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="met, unmet, unknown, or open to open it again.")],
    why: Why,
    evidence: Evidence = None,
    by: By = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Say how a promise or a plan came out; kept with the name, and another entry takes it back."""
    from farbank.desk import judge
    from farbank.desk.promises import closing

    if outcome not in ("met", "unmet", "unknown", "open"):
        raise typer.BadParameter("met, unmet, unknown or open", param_hint="OUTCOME")
    with open_case(case, pack, desk, person) as (filed, vault):
        name = who(by, vault)
        said = closing(filed, promise, cast("Outcome", outcome), name, reason(why), evidence or ())
        judge.keep(case, vault, said)
    if json:
        as_json(said)
    else:
        sentence(f"{promise} is {outcome}, says {name}.")


VERDICTS: dict[str, Result] = {
    "s": "said", "h": "half-said", "e": "said-elsewhere", "c": "contradicted", "n": "silent", "u": "cannot-tell",
}  # fmt: skip
KEYS = "[s]aid, [h]alf-said, said [e]lsewhere, [c]ontradicted, [n]o mention, [u]nsure; [w]ithdraw the last, [q]uit"


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def _dip(dip: Dip, each: str) -> str:
    when = f"On {dip.first}" if dip.first == dip.last else f"From {dip.first} to {dip.last}"
    whose = {
        "outlet": "The outlet published less",
        "collection": "We read less",
        "unknown": "Whether the outlet published less or we read less cannot be told",
    }[dip.whose]
    held = f"{when} only {dip.held:.1f} articles {each} are held where {dip.usual:.1f} are usual."
    return f"{held} {whose}: {dip.why}."


def _swept(one: Collected) -> str:
    then = f"{one.next:%Y-%m-%d %H:%M} UTC"
    swept = one.sweep
    if swept is None:
        return f"{one.site}: not due before {then}."
    whole = "" if swept.whole else "; what it lists could not be read whole"
    return (
        f"{one.site}: {swept.listed:,} listed, {swept.fetched:,} read, {swept.unchanged:,} unchanged, "
        f"{swept.missed:,} missed{whole}; next at {then}."
    )


def _also(copies: tuple[Copy, ...]) -> str:
    return "\n".join(f"{copy.outlet} {copy.language}" for copy in copies)


def _window(first: datetime | None, last: datetime | None) -> Window:
    from farbank.model.statemedia import Window

    try:
        return Window(first=first.date() if first else date.min, last=last.date() if last else date.max)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None
