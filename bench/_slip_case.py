"""An invented case for the lint: claims of every standing, and all that the rules are told of them."""

from __future__ import annotations

import dataclasses
from datetime import date
from functools import cache

import msgspec

from farbank import country
from farbank.model.amounts import Amount
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.exposure import Exposure, Wording
from farbank.model.findings import Finding
from farbank.model.reports import Report
from farbank.model.sizes import Size
from farbank.model.statemedia import Search, Statement, Window
from farbank.model.story import RecordEvent, ToldBefore
from farbank.publish.lint import LintContext

CLOSE = date(2031, 9, 10)
HOME, NEXT, FAR = "kp:KP02", "kp:KP01", "kp:KP06"
MILLS, RATION = 9, 12
_CLAIMS = (
    ("grain-order", "order", "The Central Committee ordered mills to hand over a third of their grain", "2031-08-14"),
    ("thirds", "order", "Nine mills are to give a third of what they hold", "2031-08-14"),
    ("ration", "quantity", "Households were given 12 kilograms of maize a month", "2031-08"),
    ("school", "event", "A school closed before the holidays", "2031-08"),
    ("unrest", "event", "Traders gathered at a market", "2031-08"),
    ("speech", "statement", "The Central Committee said that stores were full and blamed officials", "2031-08-21"),
    ("blame-view", "assessment", "The order was not thought through", "2031-08"),
    ("contempt", "assessment", "The officials do not know what they are doing", "2031-08"),
    ("outlook", "assessment", "More will be asked of the mills before the spring", "2031-08"),
    ("fire", "event", "A storehouse burned", "2031-08"),
    ("well", "condition", "A well has run dry", "2031-08"),
    ("bridge", "event", "Soldiers were moved in early September", "2031-09-03"),
    ("promise", "promise", "A better ration was promised from October", "2031-08"),
)
_REPORTS = (
    ("letter", "en", "The mills were told to give a third of what they hold. Lists hang by the door."),
    ("note", "ko", "한 집에 강냉이 12키로씩이고 그게 다입니다."),
    ("view", "ko", "밭일 한 번 안 해 본 사람이 생각해 낸 일입니다."),
    ("overheard", "ko", "명단을 읽고 이름을 쓰라고 했습니다."),
)  # fmt: skip


@cache
def context() -> LintContext:
    """Everything a desk would know of the case; its letter is in English, which everybody there writes as well."""
    pack = country.load("kp")
    return LintContext(
        pack=dataclasses.replace(pack, about=msgspec.structs.replace(pack.about, spoken=("ko", "en"))),
        claims={id: _claim(id, kind, text, when) for id, kind, text, when in _CLAIMS},
        findings={id: _finding(id) for id, *_ in _CLAIMS},
        wordings={"swift": _wording("swift", {"place": HOME}), "linnet": _wording("linnet", {"place": HOME})},
        record=(_meeting(),),
        searches=(
            _search("look-grain", ("grain-order", "thirds", "ration"), "silent"),
            _search("look-speech", ("speech",), "said", ("kcna-speech",)),
            _search("look-soldiers", ("bridge",), "half-said"),
        ),
        statements={
            "kcna-speech": Statement(
                id="kcna-speech", outlet="kcna", language="ko", published=When("2031-08-22"),
                text={"en": "The stores are full"}, restated=True,
            )
        },
        reports={id: Report(id=id, contact="call", language=language, text=text) for id, language, text in _REPORTS},
        contacts=(When("2031-09-01/2031-09-08"),),
        before=(ToldBefore(story="august-fires", of="fire", when=When("2031-08-04/2031-08-05")),),
        unconsented=frozenset({"overheard"}),
    )  # fmt: skip


def _claim(id: str, kind: str, text: str, when: str) -> Claim:
    return Claim(
        id=id,
        kind=kind,  # type: ignore[arg-type]
        text={"en": text},
        place=FAR if id == "unrest" else HOME,
        when=When(when),
        known=When("2031-08-20/2031-08-31") if id in ("grain-order", "thirds") else None,
        due=When("2031-10-10") if id in ("grain-order", "thirds") else When("2031-10") if id == "promise" else None,
        speaker="wpk-central-committee" if kind == "statement" else None,
        movement="troops" if id == "bridge" else None,
        amounts=(Amount(chain="c", what="maize", low=RATION, high=RATION, unit="kg"),) if id == "ration" else (),
    )


def _finding(id: str) -> Finding:
    known = (HOME, NEXT) if id == "ration" else (FAR,) if id == "unrest" else (HOME,)
    return Finding(
        claim=id,
        standing="corroborated" if id == "ration" else "contested" if id == "unrest" else "single-origin",
        origins=2 if id == "ration" else 1,
        origin_kinds=("partner",),
        hops=2,
        reported_in=known,
        confirmed_in=known if id == "ration" else (),
        contradicted_in=(FAR,) if id == "unrest" else (),
        as_of=CLOSE,
        state_media={"grain-order": "silent", "thirds": "silent", "ration": "silent", "speech": "said",
                     "bridge": "half-said"}.get(id, "cannot-tell"),  # type: ignore[arg-type]
        statements=("kcna-speech",) if id == "speech" else (),
    )  # fmt: skip


def _search(id: str, claims: tuple[str, ...], result: str, statements: tuple[str, ...] = ()) -> Search:
    return Search(
        id=id,
        claims=claims,
        window=Window(first=date(2031, 8, 10), last=date(2031, 8, 31)),
        outlets=("rodong-sinmun", "kcna"),
        languages=("ko",),
        result=result,  # type: ignore[arg-type]
        reader="reader 1",
        statements=statements,
    )


def _meeting() -> RecordEvent:
    return RecordEvent(
        id="harvest-meeting",
        name={"en": "the harvest meeting"},
        when=When("2031-08-12/2031-08-13"),
        spellings=("harvest meeting",),
    )


def _wording(person: str, facts: dict[str, str]) -> Wording:
    exposure = Exposure(
        person=person, facts=facts, size=Size(2000, 3000, 4000), threshold=1000, verdict="safe", narrowest="place",
        reason="", modelled=False, population="p",
    )  # fmt: skip
    return Wording(person=person, facts=facts, exposure=exposure, named={"en": "a resident of North Hamgyong"})
