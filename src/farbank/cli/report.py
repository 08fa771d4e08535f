"""A report as an editor reads it in a terminal: claims, people, gates, what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from farbank.cli.output import english, sentence, table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from farbank.desk.expose_story import Exposed
    from farbank.desk.report import PersonReport, PictureReport, Report, WhatIf
    from farbank.model.exposure import Choice, Record, Repair
    from farbank.model.linked import Linked


def show_report(report: Report) -> None:
    """Print the whole of it, what stops the story last."""
    show_claims(report)
    show_persons(report.persons)
    show_given(report)
    show_pictures(report)
    show_lint(report)
    show_gates(report)


def show_edition(report: Report) -> None:
    """Print the whole of it, who signed the edition, and which file to open."""
    show_report(report)
    if report.site is None:
        return
    if report.number:
        sentence(f"Released: signed with the desk's key and entered in its ledger as edition {report.number}.")
    else:
        sentence("Not released: marked so, and signed with a key made for the occasion. It must not be published.")
    sentence(f"Open {report.site}/index.html")


def show_claims(report: Report) -> None:
    """One row a claim."""

    def named(places: tuple[str, ...]) -> str:
        return ", ".join(english(report.places[place]) for place in places) or "nowhere"

    table(
        f"{report.case}: claims as of {report.claims[0].as_of if report.claims else ''}",
        ("claim", "standing", "origins", "reported", "confirmed", "state media"),
        [
            (
                claim.id,
                claim.standing,
                str(claim.origins),
                named(claim.reported_in),
                named(claim.confirmed_in),
                claim.state_media,
            )
            for claim in report.claims
        ],
        wrap="reported",
    )


def show_persons(persons: tuple[PersonReport, ...]) -> None:
    """One row a person and one for every finer wording that was asked about, then why it was refused."""
    rows: list[tuple[str, ...]] = []
    for person in persons:
        mark = "modelled" if person.modelled else ""
        effective = "" if person.effective is None else f"{person.effective:,}"
        rows.append((person.id, english(person.published_as), *_counted(person), effective, person.verdict, mark))
        rows += [
            ("", f"what if: {english(what.published_as)}", *_counted(what), "", what.verdict, mark)
            for what in person.what_if
        ]
    threshold = f"{persons[0].threshold:,}" if persons else ""
    table(
        f"People (threshold {threshold})",
        ("who", "published as", "low", "mid", "effective", "verdict", ""),
        rows,
        wrap="published as",
    )
    for what in (what for person in persons for what in person.what_if if what.verdict != "safe"):
        sentence(f"“{english(what.published_as)}”: {what.reason}")


def show_exposure(exposed: Exposed) -> None:
    """Everybody's interval, then person by person the sentence, what else was looked at, and what would help."""
    show_persons(exposed.persons)
    for person in exposed.persons:
        sentence(f"{person.id}: {person.reason}")
        for line in _looked_at(person):
            sentence(f"    {line}")
        show_repairs(person.repairs)
    if len(exposed.ways) > 1:
        table(
            "Ways to word the whole story, finest first",
            ("unsaid", "low", "verdict", "said"),
            [(f"{way.loss:.0%}", f"{int(way.low):,}", way.verdict, _said(way)) for way in exposed.ways],
            wrap="said",
        )
    show_held_against(exposed.record)


def show_held_against(record: Record) -> None:
    """How much of what was ever published the counts rest on."""
    if record.releases:
        sentence(f"Held against {record.releases} earlier releases.")
    else:
        sentence("Held against no earlier release.")


def _looked_at(person: PersonReport) -> Iterator[str]:
    if person.unlinked is not None:
        yield f"if nobody links this story to the earlier ones: {int(person.unlinked.low):,}"
        yield f"that somebody links them is taken to be {person.link:.0%} likely"
    if person.suspects is not None and person.suspects < person.k_low:
        yield f"the one the state looks at first is as easy to pick as one of {int(person.suspects):,}"
    if person.coupled is not None:
        yield f"if {person.weakest} is found first: perhaps {int(person.coupled):,}"
    for what, low in person.odds.items():
        pair, _, ratio = what.partition("/")
        yield f"if {pair} go together less, by an odds ratio of {ratio}: perhaps {int(low):,}"
    if person.bystanders:
        yield f"it could be pinned on people already held or suspected: {', '.join(person.bystanders)}"
    if person.narrowest:
        yield f"what narrows it most: {person.narrowest}"
    if person.signed_by:
        yield f"{person.signed_by} signs for it in the case; no key proves it yet"


def show_repairs(repairs: tuple[Repair, ...]) -> None:
    """One line a change that would help."""
    for repair in repairs:
        how = _HOW[repair.kind].format(what=repair.what, until=repair.until)
        sentence(f"    would help: {how}: perhaps {int(repair.low):,}, {repair.verdict}")


_HOW = {
    "say-less": "say less of {what}",
    "drop": "drop {what}",
    "widen": "tell what more people knew than {what}",
    "not-from-whom": "leave out from whom it was heard ({what})",
    "wait": "hear it again after {until}, when enough will have heard",
}


def show_what_if(what: WhatIf) -> None:
    """The verdict, why, and what would help."""
    sentence(f"“{english(what.published_as)}”: {what.verdict}; low {what.k_low:,}, middle {what.k_mid:,}.")
    sentence(what.reason)
    show_repairs(what.repairs)


def _said(way: Choice) -> str:
    people = (f"{person}: {', '.join(said.values()) or 'nothing'}" for person, said in way.said.items())
    return "; ".join([*(f"places: {node}" for node in way.shared), *people])


def _counted(counted: PersonReport | WhatIf) -> tuple[str, str]:
    return f"{counted.k_low:,}", f"{counted.k_mid:,}"


def show_given(report: Report) -> None:
    """One line a thing the prose gives away: where, what, whose, and what to do; what is declared is passed over."""
    for each in report.given_away:
        if each.stand != "agrees":
            mark = each.stand if each.stand in ("unsure", "accepted") else ""
            whose = each.person or "nobody behind it"
            parts = (f"{each.file}:{each.line}", each.sort, f"“{each.words}”", whose, mark, each.advice)
            sentence("  ".join(part for part in parts if part))


def show_linked(linked: Iterable[Linked]) -> None:
    """How quotations read beside earlier ones of the same people, and plainer words for what betrays them."""
    for each in linked:
        where = f"{each.file}:{each.line}  style  {each.person}"
        if each.mid is not None and each.low is not None and each.high is not None:
            carried = f"; both say {', '.join(f'“{phrase}”' for phrase in each.phrases)}" if each.phrases else ""
            sentence(
                f"{where}  reads {each.mid:.1f} times likelier from one mouth with what {', '.join(each.cases)} quotes "
                f"than from two ({each.low:.1f} to {each.high:.1f}){carried}"
            )
        for plainer in each.plainer:
            instead = " or ".join(f"“{word}”" if word else "nothing" for word in plainer.instead)
            sentence(f"{where}  “{plainer.words}” may tell who speaks; plainer: {instead}")


def show_pictures(report: Report) -> None:
    """Per picture what its published copy no longer carries, and the hash by which its original is known."""
    for each in report.pictures:
        removed = ", ".join(each.removed) or "nothing, there was nothing but what it shows"
        boxes = f"; boxes covered: {each.covered}" if each.covered else ""
        sentence(f"{each.file}: removed: {removed}{boxes}; SHA-256 of the original: {each.original}")
        for note in each.notes:
            sentence(f"    {note}")
        sentence(f"    place and season: {_FITS[each.checked]}; {_seen(each)}")
        if each.suggested is None:
            sentence("    nothing looked for faces and plates but people: pip install 'farbank[media]'")


_FITS = {
    "fits": "checked, and it fits",
    "does-not-fit": "checked, and it does not fit",
    "cannot-tell": "checked, and nobody can tell",
    "not-checked": "not checked",
}


def _seen(picture: PictureReport) -> str:
    if picture.seen is None:
        return "not compared with other pictures"
    where = (f"{each.where} on {each.on}{' (mirrored)' if each.mirrored else ''}" for each in picture.seen)
    return f"seen before in {', '.join(where)}" if picture.seen else "not seen before on this desk"


def show_lint(report: Report) -> None:
    """One line a finding, as compilers print them."""
    for item in report.lint:
        sentence(f"{item.file}:{item.line} {item.rule} {item.message}")


def show_gates(report: Report) -> None:
    """What is shut and why; one sentence if nothing is."""
    for person in report.persons:
        if person.signed_by:
            sentence(f"exposure: {person.id}: {person.reason} {person.signed_by} signs for it in the case.")
        elif not person.safe:
            sentence(f"exposure: {person.id}: {person.reason}")
    if not report.gates.prose:
        stopped = sum(each.blocking for each in report.given_away)
        sentence(
            f"prose: {stopped} things it gives away, listed above, are neither declared nor accepted with a reason."
        )
    if not report.gates.record:
        sentence("No harm-and-benefit record lies with the case ([[decisions]]); a release needs one.")
    for lift in report.lifts:
        sentence(f"embargo: {lift.claim}: two people lifted it, from {lift.day} on: {lift.reason}")
    for void in report.void:
        sentence(f"embargo (warning): this lifts nothing: {void}")
    for embargo in report.embargoes:
        sentence(f"embargo: {embargo.reason}")
    if not report.gates.timing:
        sentence(f"timing: {report.timing.reason}")
    for warning in report.timing.warnings:
        sentence(f"timing (warning): {warning}")
    for slip in report.gates.bytes.slips:
        sentence(f"byte gate: {slip.file}: {slip.kind}: {slip.hint}")
    show_held_against(report.record)
    if report.open:
        sentence("Every gate is open. Releasing it takes two people, neither of whom wrote it or speaks with a source.")
        sentence(f"It may not go out before {report.gates.not_before}.")
        sentence("The prose was read by rules, which miss what they have no words for: read it for that yourself.")
    else:
        sentence("The story may not go out as it stands; nothing was written.")
