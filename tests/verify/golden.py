"""The table of findings whose sentences are kept, read by people and compared byte for byte.

`python -m tests.verify.golden` writes `golden/reader.toml` and `golden/desk.toml` anew; read them before keeping them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec

from farbank import country
from farbank.country.pack import Pack
from farbank.model.amounts import Amount
from farbank.model.claims import Claim
from farbank.model.credence import Credence
from farbank.model.dates import When
from farbank.model.findings import Allowance, Finding
from farbank.verify.amounts import clashes
from farbank.verify.word import word

FOLDER = Path(__file__).parent / "golden"
DAY = date(2023, 7, 19)
COUNTRY, NORTH, SOUTH, RYANGGANG, RASON = "kp", "kp:KP02", "kp:KP03", "kp:KP01", "kp:KP0201"
CHONGJIN, MUSAN, HYESAN, KWAIL = "kp:KP0205", "kp:KP0218", "kp:KP0101", "kp:KP0919"
CREDENCE = Credence(low=0.551, mid=0.72, high=0.862, reliability="B", credibility=2, influences=(), word="likely")

WHERE = {
    "the-country": (COUNTRY,),
    "one-province": (NORTH,),
    "one-city": (CHONGJIN,),
    "two": (NORTH, RYANGGANG),
    "three": (NORTH, RYANGGANG, RASON),
    "nine": tuple(f"kp:KP0{n}" for n in range(1, 10)),
}


def finding(**fields: object) -> Finding:
    """A finding of one second-hand partner in one province, but for what is said otherwise."""
    base: dict[str, object] = {
        "claim": "order", "standing": "single-origin", "origins": 1, "origin_kinds": ("partner",), "hops": 2,
        "reported_in": (NORTH,), "confirmed_in": (), "contradicted_in": (), "as_of": DAY, "state_media": "silent",
    }  # fmt: skip
    return Finding(**{**base, **fields})  # type: ignore[arg-type]


def claim(kind: str = "event", speaker: str | None = None, place: str = COUNTRY) -> Claim:
    """A claim of that kind; a statement is the Central Committee's unless told otherwise."""
    speaker = speaker or ("wpk-central-committee" if kind == "statement" else None)
    return Claim(
        id="order", kind=kind, text={"en": "t"}, place=place, when=When("2023-06-17"), chains=("a",), speaker=speaker,
    )  # type: ignore[arg-type]  # fmt: skip


def reader_rows() -> Iterator[tuple[str, Finding, Claim, Allowance]]:
    """Name, finding, claim and allowance of every reader's sentence that is kept."""
    for name, places in WHERE.items():
        yield f"single-origin {name}", finding(reported_in=places), claim(), Allowance()
        yield f"corroborated {name}", _sure(places, places), claim(), Allowance()
        yield f"contested {name}", _torn(places, places), claim(), Allowance()
        yield (
            f"refuted {name}",
            finding(standing="refuted", reported_in=(), contradicted_in=places),
            claim(),
            Allowance(),
        )
        yield f"contradicted only, {name}", _torn((), places), claim(), Allowance()
        yield f"contradicted by evidence, {name}", _torn(places, ()), claim(), Allowance()
    yield "corroborated in one, reported from one", _sure((NORTH, RYANGGANG), (NORTH,)), claim(), Allowance()
    yield (
        "corroborated in two, reported from two",
        _sure((NORTH, RYANGGANG, RASON, SOUTH), (NORTH, SOUTH)),
        claim(),
        Allowance(),
    )
    yield "corroborated together, two provinces", _sure((NORTH, RYANGGANG), (COUNTRY,)), claim(), Allowance()
    yield "corroborated together, two cities named", _sure((CHONGJIN, MUSAN), (NORTH,)), claim(), Allowance(level=2)
    yield "corroborated, two cities not named", _sure((CHONGJIN, MUSAN), (NORTH,)), claim(), Allowance()
    yield "corroborated, with the count", _sure((NORTH,), (NORTH,), origins=3), claim(), Allowance(count=True)
    yield "single-origin, the count allowed", finding(), claim(), Allowance(count=True)
    yield "contested between two places", _torn((NORTH,), (RYANGGANG,)), claim(), Allowance()
    yield "contested between several", _torn((NORTH, RASON), (RYANGGANG, SOUTH)), claim(), Allowance()
    yield "a county without a name in Chinese characters", finding(reported_in=(KWAIL,)), claim(), Allowance(level=2)
    for hops in (0, 1, 2, 3, 4):
        yield f"{hops} mouths", finding(hops=hops), claim(), Allowance()
    for kind in ("statement", "assessment"):
        yield f"{kind} single-origin", finding(), claim(kind), Allowance()
        yield f"{kind} corroborated", _sure((NORTH,), (NORTH,)), claim(kind), Allowance()
        yield f"{kind} contested", _torn((NORTH,), (NORTH,)), claim(kind), Allowance()
        yield (
            f"{kind} refuted",
            finding(standing="refuted", reported_in=(), contradicted_in=(NORTH,)),
            claim(kind),
            Allowance(),
        )
        for standing in ("unsupported", "cannot-judge"):
            yield f"{kind} {standing}", finding(standing=standing), claim(kind), Allowance()
        yield f"{kind} of the desk", finding(origin_kinds=("desk",)), claim(kind), Allowance()
    for standing in ("unsupported", "cannot-judge"):
        yield standing, finding(standing=standing), claim(), Allowance()
    yield "of the desk", finding(origin_kinds=("desk",)), claim(), Allowance()
    yield "of the state alone", finding(origin_kinds=("state",)), claim(), Allowance()
    yield "of other media alone", finding(origin_kinds=("media",)), claim(), Allowance()
    for body in ("wpk-politburo", "state", "wpk-provincial-committee", "womens-union", "border-guard", "kpa"):
        yield f"statement of {body}", finding(), claim("statement", body), Allowance()
    for likelihood in (
        "almost-no-chance",
        "very-unlikely",
        "unlikely",
        "roughly-even-chance",
        "likely",
        "very-likely",
        "almost-certain",
    ):
        sure = msgspec.structs.replace(CREDENCE, word=likelihood)
        yield f"likelihood {likelihood}", finding(credence=sure), claim(), Allowance(likelihood=True)


def desk_rows() -> Iterator[tuple[str, Finding, Claim, Allowance]]:
    """Name, finding, claim and allowance of every desk's sentence that is kept."""
    everything = finding(
        standing="corroborated", origins=3, origin_kinds=("desk", "partner", "state"), hops=1,
        reported_in=(NORTH, RYANGGANG), confirmed_in=(NORTH,), contradicted_in=(SOUTH,), 
        nothing_in=("kp:KP04", "kp:KP05"),
        unasked_in=("kp:KP06", "kp:KP07", "kp:KP08"), unaskable_in=(RASON,), state_media="half-said", credence=CREDENCE,
        circles=(("desk", "person:heron", "desk"),),
    )  # fmt: skip
    yield "one origin", finding(), claim(), Allowance()
    yield "everything", everything, claim("statement"), Allowance()
    yield (
        "nothing",
        finding(standing="unsupported", origins=0, origin_kinds=(), reported_in=(), hops=0),
        claim(),
        Allowance(),
    )
    many = tuple(f"kp:KP02{n:02}" for n in range(2, 20))
    yield "many not asked", finding(unasked_in=many), claim(place=NORTH), Allowance()
    yield "everything, of an event", everything, claim(), Allowance()
    yield "contested", _torn((NORTH,), (HYESAN,)), claim(), Allowance()
    yield (
        "refuted",
        finding(standing="refuted", origins=0, reported_in=(), contradicted_in=(HYESAN,)),
        claim(),
        Allowance(),
    )
    yield "cannot be judged", finding(standing="cannot-judge", origin_kinds=("unknown",)), claim(), Allowance()
    for result in ("said", "said-elsewhere", "contradicted", "cannot-tell"):
        yield f"state media {result}", finding(state_media=result), claim(), Allowance()
    for name, amounts in AMOUNTS.items():
        yield name, finding(clashes=clashes(amounts)), claim("quantity"), Allowance()


def _told(chain: str, low: float, high: float, extent: str = "total", **fields: str) -> Amount:
    base: dict[str, object] = {"what": "dead", "unit": "people"}
    return Amount(chain=chain, low=low, high=high, extent=extent, **{**base, **fields})  # type: ignore[arg-type]


AMOUNTS = {
    "rival amounts": [_told("via-alder", 12, 12), _told("via-birch", 30, 40)],
    "parts that make a sum": [
        _told("via-alder", 12, 12, what="drowned", of="dead"), _told("via-birch", 1, 1, what="crushed", of="dead"),
        _told("via-cedar", 13, 13),
    ],
    "part and whole": [_told("via-alder", 12, 12, "part"), _told("via-birch", 13, 13)],
    "a bound that is broken": [_told("via-alder", 2100, 2100, "at-least"), _told("via-birch", 900.5, 900.5, "at-most")],
    "units": [_told("via-alder", 5600, 5600, what="rice", unit="won/kg"),
              _told("via-birch", 0.25, 0.25, "unknown", what="rice", unit="won/sack")],
}  # fmt: skip


def _sure(reported: tuple[str, ...], confirmed: tuple[str, ...], origins: int = 2) -> Finding:
    return finding(standing="corroborated", origins=origins, reported_in=reported, confirmed_in=confirmed)


def _torn(reported: tuple[str, ...], contradicted: tuple[str, ...]) -> Finding:
    return finding(standing="contested", reported_in=reported, contradicted_in=contradicted)


def written(which: str, pack: Pack) -> str:
    """The golden file of the reader's or the desk's sentences, as it would be written now."""
    tables: list[str] = []
    for name, found, subject, allowance in reader_rows() if which == "reader" else desk_rows():
        said = getattr(word(found, subject, allowance, pack), which)
        lines = [f'{language} = "{text}"' for language, text in said.items()]
        tables.append("\n".join([f"[{re.sub(r'[^a-z0-9]+', '-', name.lower())}]", *lines]))
    return "\n\n".join(tables) + "\n"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for each in ("reader", "desk"):
        (FOLDER / f"{each}.toml").write_text(written(each, country.load("kp")), "utf-8")
