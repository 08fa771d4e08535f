"""What came after the close, and who is one for certain, decide nothing they should not."""

from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from farbank.desk.at_close import alike
from farbank.desk.establish import establish
from farbank.desk.examples import example
from farbank.desk.file_case import file_case
from farbank.intake import case_folder
from farbank.model.case import Case
from farbank.model.chains import Chain, Hop
from farbank.model.dates import When
from farbank.model.findings import Finding
from farbank.model.judgements import Pairing
from farbank.model.people import Partner, Person
from farbank.model.reports import Contact, Report

PLACE = "kp:KP02"


def case() -> Case:
    """The June order, with five partners: two saw it, one denies it before the close, two deny it after."""
    june = case_folder.read(example("june-order"))
    names = ("wren", "tern", "dipper", "grebe", "plover")
    days = ("2023-07-01", "2023-07-02", "2023-07-03", "2023-08-03", "2023-08-04")
    return msgspec.structs.replace(
        june,
        partners=(*june.partners, *(Partner(handle=name, language="ko") for name in names)),
        contacts=tuple(
            Contact(id=f"c-{name}", partner=name, when=When(day), channel="call")
            for name, day in zip(names, days, strict=True)
        ),
        reports=tuple(Report(id=f"r-{name}", contact=f"c-{name}", language="ko", text="말") for name in names),
        chains=tuple(
            Chain(
                id=f"t-{name}",
                hops=(Hop(who=f"person:{name}", how="saw"),),
                reports=(f"r-{name}",),
                place=PLACE,
                bearing="supports" if number < 2 else "contradicts",
            )
            for number, name in enumerate(names)
        ),
        claims=tuple(
            msgspec.structs.replace(claim, chains=tuple(f"t-{name}" for name in names), part_of=None)
            for claim in june.claims
            if claim.id == "discontent"
        ),
        evidence=(),
        searches=(),
        statements=(),
        stories={},
        pictures=(),
        media={},
        identities=(),
    )


def found(told: Case) -> Finding:
    (finding,) = establish(file_case(told)).findings
    return finding


def test_events_told_apart_after_the_close_take_no_denial_away() -> None:
    told = case()
    apart = tuple(
        Pairing(
            claim="discontent", a=min(f"r-{late}", "r-dipper"), b=max(f"r-{late}", "r-dipper"), question="event",
            by="Vern", at=datetime(2023, 8, 9, tzinfo=UTC), verdict="different",
        )
        for late in ("grebe", "plover")
    )  # fmt: skip
    assert found(told).standing == "contested"
    assert found(msgspec.structs.replace(told, judgements=apart)).standing == "contested"


def test_people_of_one_token_are_one_origin() -> None:
    told = case()
    seen = msgspec.structs.replace(told.claims[0], chains=("t-wren", "t-tern"))
    both = tuple(Person(id=name, token="one") for name in ("wren", "tern"))
    apart = msgspec.structs.replace(told, claims=(seen,))
    one = msgspec.structs.replace(apart, persons=(*told.persons, *both))
    assert (found(apart).standing, found(apart).origins) == ("corroborated", 2)
    assert (found(one).standing, found(one).origins) == ("single-origin", 1)


def test_the_outlets_of_the_state_do_not_corroborate_each_other() -> None:
    told = case()
    chains = tuple(
        Chain(id=f"o-{number}", hops=(Hop(who=f"person:{who}", how="read", source=source),), place=PLACE)
        for number, (who, source) in enumerate(
            (("wren", "outlet:rodong-sinmun"), ("tern", "outlet:kcna"), ("dipper", "state"))
        )
    )
    claim = msgspec.structs.replace(told.claims[0], chains=tuple(chain.id for chain in chains))
    said = found(msgspec.structs.replace(told, claims=(claim,), chains=chains))
    assert (said.origins, said.confirmed_in) == (1, ())
    assert len({*alike(told, file_case(told).pack)}) == len(file_case(told).pack.outlets)
