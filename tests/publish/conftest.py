"""The material of an invented page."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))  # so that tests may share tide.py under importlib mode

from datetime import date

import msgspec
import pytest
from tide import SIZES, STORY, SVG, draft_of, drawn, finding, quay, wording

from farbank.country.pack import Pack
from farbank.model.case import Desk
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.exposure import StandingDisclosure
from farbank.model.findings import Due, Sentences
from farbank.model.statemedia import Search, Statement, Window
from farbank.model.story import Draft, RecordEvent
from farbank.publish.page import Material
from farbank.publish.renditions import renditions


@pytest.fixture
def draft() -> Draft:
    return draft_of(STORY)


@pytest.fixture
def material() -> Material:
    return Material(
        desk=Desk(name={"en": "The Tide Desk"}, byline={"en": "A desk reporter"}),
        claims={
            "dues": Claim(
                id="dues",
                kind="order",
                text={"en": "Harbour dues doubled"},
                place="tq:O1",
                when=When("2031-05-03"),
                known=When("2031-05-04"),
                due=When("2031-06-01"),
            ),
            "boats": Claim(
                id="boats",
                kind="condition",
                text={"en": "Boats stay in at Brask Port"},
                place="tq:O1",
                when=When("2031-05"),
            ),
        },
        findings={
            "dues": finding("dues", searches=("look",)),
            "boats": msgspec.structs.replace(finding("boats", searches=("look",)), seen=True),
        },
        sentences={
            "dues": Sentences(desk={"en": "d"}, reader={"en": "Reported from Ollen."}),
            "boats": Sentences(desk={"en": "d"}, reader={"en": "Reported from Ollen."}),
        },
        wordings={
            "tern": wording("tern", {"place": "tq:O"}, "a reporting partner on Ollen"),
            "gull": wording("gull", {"place": "tq:O"}, "a resident of Ollen"),
        },
        letters={"tern": "A"},
        speakers={"r1": "tern"},
        searches={
            "look": Search(
                id="look",
                claims=("dues", "boats"),
                window=Window(first=date(2031, 5, 1), last=date(2031, 5, 9)),
                outlets=("wire",),
                languages=("en",),
                result="half-said",
                statements=("said", "told"),
            )
        },
        search_sentences={"look": {"en": "The desk read Tarquell Wire of 1–9 May 2031."}},
        statements={
            "said": Statement(
                id="said", outlet="wire", language="en", published=When("2031-05-04"), text={"en": "Dues are just."}
            ),
            "told": Statement(
                id="told",
                outlet="wire",
                language="qtz",
                published=When("2031-05-05"),
                text={"en": "Order was spoken of"},
                restated=True,
            ),
        },
        pictures={"quay": quay()},
        renditions={"quay": tuple(renditions(SIZES))},
        record=(
            RecordEvent(
                id="council",
                name={"en": "the Council's sitting"},
                when=When("2031-05-02/2031-05-04"),
                spellings=("The Council met",),
            ),
        ),
        dues=(Due(of="dues", due=When("2031-06-01"), outcome="open"),),
        disclosures=(StandingDisclosure(id="channel", text={"en": "The desk is reached by bottle post."}),),
        drawings={"en": [drawn(SVG)]},
    )


@pytest.fixture
def context(tiny: Pack, material: Material):  # type: ignore[no-untyped-def]
    from farbank.publish.lint import LintContext

    return LintContext(
        pack=tiny,
        findings=material.findings,
        wordings=material.wordings,
        pictures=material.pictures,
        record=tuple(material.record),
    )
