"""farbank claim: what is established about one claim."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor
from typing import TYPE_CHECKING

import typer

from farbank.cli.case import Archive
from farbank.cli.output import Json, as_json, english, sentence, table
from farbank.cli.passphrase import DeskFolder, Person
from farbank.cli.sources import CaseSource, ClaimId, PackFolder, filed_case
from farbank.cli.why import how_sure, reasons

if TYPE_CHECKING:
    from farbank.model.places import PlaceId
    from farbank.model.text import Text
    from farbank.verify.how_many import HowMany
    from farbank.verify.origins.tree import Mouth

app = typer.Typer(name="claim", help="What is established about one claim.", no_args_is_help=True)


_PLURAL = {"one": "a source, never sources", "several": "sources, where how many spoke may show"}
"""What a text may say of those who told (F10, E41)."""


@app.callback()
def claim() -> None:
    """What is established about one claim."""


@app.command()
def show(
    case: CaseSource,
    claim_id: ClaimId,
    archive: Archive = None,
    pack: PackFolder = None,
    desk: DeskFolder = None,
    person: Person = None,
    json: Json = False,
) -> None:
    """Show a claim's standing, origins, who told whom, how sure it is and why, and the two sentences per language."""
    from farbank.desk.show_claim import show_claim

    shown = show_claim(filed_case(case, pack, desk, person), claim_id, archive)
    if json:
        as_json(shown)
        return
    found = shown.finding
    table(
        f"{found.claim}, as of {found.as_of}",
        ("", " "),
        [
            ("standing", found.standing),
            ("origins", f"{found.origins} sure; {', '.join(found.origin_kinds)}"),
            ("a text says", _PLURAL[shown.voices]),
            ("origins, how likely", _likely(found.origins_p)),
            ("circles", "; ".join(" → ".join(circle) for circle in found.circles) or "none"),
            ("reported in", _named(found.reported_in, shown.places)),
            ("confirmed in", _named(found.confirmed_in, shown.places)),
            ("contradicted in", _named(found.contradicted_in, shown.places)),
            ("state media", found.state_media + (" (attested reading)" if found.attested else "")),
            ("how sure", how_sure(found.credence)),
        ],
        wrap=" ",
    )
    if found.credence is not None:
        sentence("what moved the odds")
        for reason in reasons(found.credence):
            sentence(reason)
        sentence("")
    for counted in shown.amounts:
        _how_many(counted)
    sentence("who told whom")
    for mouth in shown.tree:
        for line in _lines(mouth):
            sentence(line)
    sentence("")
    for language, text in shown.sentences.reader.items():
        sentence(f"{language}  reader: {text}")
        sentence(f"{' ' * len(language)}  desk:   {shown.sentences.desk[language]}")


def _likely(origins_p: tuple[float, ...]) -> str:
    """How likely there are how many origins, each that does not round to nothing."""
    return ", ".join(f"{number}: {chance:.0%}" for number, chance in enumerate(origins_p) if chance >= 0.005)


def _named(places: Sequence[PlaceId], names: Mapping[PlaceId, Text]) -> str:
    return ", ".join(f"{english(names[place])} ({place})" for place in places) or "nowhere"


def _how_many(counted: HowMany) -> None:
    """Every figure told, by whom, and what they allow together; they are never averaged (F12)."""
    table(
        f"how many: {counted.what}, in {counted.unit}",
        ("told", "as", "of", "by chains", "origins, sure"),
        [
            (_range(one.low, one.high), one.extent, one.of or "", ", ".join(one.chains), str(one.origins))
            for one in counted.figures
        ],
        wrap="by chains",
    )
    if counted.size is None:
        sentence("Nobody tells how many there were in all.")
    else:
        size = counted.size
        whole = all(end.is_integer() for one in counted.figures for end in (one.low, one.high))
        low, high = (floor(size.low), ceil(size.high)) if whole else (size.low, size.high)
        mid = round(size.mid) if whole else size.mid
        sentence(f"There were {_range(low, high)} with nine chances in ten, middle {_number(mid)}.")
    sentence("")


def _range(low: float, high: float) -> str:
    return _number(low) if low == high else f"{_number(low)}–{_number(high)}"


def _number(x: float) -> str:
    return f"{x:,.0f}" if x >= 100 else f"{x:,.3g}"


def _lines(mouth: Mouth, before: str = "", corner: str = "") -> Iterator[str]:
    """A mouth and all it told, one a line, each under who told them."""
    yield f"{before}{corner}{_said(mouth)}"
    inner = before + {"": "", "├─ ": "│  ", "└─ ": "   "}[corner]
    for position, told in enumerate(mouth.told):
        last = position == len(mouth.told) - 1
        yield from _lines(told, inner, "└─ " if last else "├─ ")


def _said(mouth: Mouth) -> str:
    how = mouth.how.replace("-", " ") if mouth.how else None
    parts = [mouth.node, how, mouth.when, mouth.channel]
    parts += [
        f"had it from {seed.source}{f' {seed.when}' if seed.when else ''}"
        + (f" ({seed.probability:.0%})" if seed.probability < 1 else "")
        for seed in mouth.seeds
    ]
    if mouth.maybe:
        parts.append(f"perhaps {' or '.join(mouth.maybe)}")
    if mouth.shared:
        parts.append("also in another branch")
    line = ", ".join(part for part in parts if part)
    ends = [
        name + (" against" if name in mouth.against else "") + (" the desk's own word" if name in mouth.own else "")
        for name in mouth.chains
    ]
    if ends:
        line += f" {'' if mouth.node == 'desk' else '→ desk '}[{', '.join(ends)}]"
    return line
