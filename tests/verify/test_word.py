"""The two sentences: what the desk reads, and what a reader may."""

from __future__ import annotations

import re
import tomllib

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.model.chains import Chain, Hop
from farbank.model.credence import Credence
from farbank.model.dates import When
from farbank.model.errors import MissingReference
from farbank.model.findings import Allowance, Clash, Finding
from farbank.model.inquiries import Inquiry
from farbank.verify.find import find
from farbank.verify.word import word
from tests.verify.golden import AMOUNTS, CREDENCE, DAY, FOLDER, claim, desk_rows, finding, reader_rows, written

LANGUAGES = ("en", "ko", "ja", "zh")


@pytest.mark.parametrize("which", ["reader", "desk"])
def test_every_sentence_is_the_one_that_was_read(kp: Pack, which: str) -> None:
    kept = (FOLDER / f"{which}.toml").read_text("utf-8")
    assert written(which, kp) == kept
    rows = reader_rows() if which == "reader" else desk_rows()
    assert len(tomllib.loads(kept)) == len(list(rows))


def test_every_wording_of_a_finding_is_read(kp: Pack) -> None:
    """No key of the section is left that no kept sentence uses."""
    said = "\n".join((FOLDER / f"{which}.toml").read_text("utf-8") for which in ("reader", "desk"))
    for key, template in kp.phrases["en"]._templates.items():
        if key.startswith("finding.") and isinstance(template, str):
            literal = max(re.split(r"\{[a-z]+\}", template), key=len).strip()
            assert literal in said, key


places = st.sampled_from(["kp", "kp:KP01", "kp:KP02", "kp:KP0205", "kp:KP0218", "kp:KP0101", "kp:KP10", "kp:KP0919"])
some = st.lists(places, unique=True, max_size=4).map(tuple)
kinds = st.sampled_from(["event", "order", "statement", "assessment", "price"])


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    standing = draw(
        st.sampled_from(["single-origin", "corroborated", "contested", "refuted", "cannot-judge", "unsupported"])
    )
    reported = draw(some) or ("kp:KP02",)
    confirmed = draw(st.sets(st.sampled_from([*reported, "kp"]))) or {reported[0]}
    opposed = draw(some) or ("kp:KP01",)
    return finding(
        standing=standing,
        origins=draw(st.integers(2, 5)) if standing == "corroborated" else 1,
        origin_kinds=draw(st.sampled_from([("partner",), ("desk",), ("state",), ("media",), ("partner", "state")])),
        hops=draw(st.integers(0, 5)),
        reported_in=() if standing in ("refuted", "unsupported") else reported,
        confirmed_in=tuple(sorted(confirmed)) if standing == "corroborated" else (),
        contradicted_in=opposed if standing in ("contested", "refuted") else (),
        credence=draw(st.sampled_from([None, CREDENCE])),
    )


@st.composite
def of_the_desk_only(draw: st.DrawFn) -> dict[str, object]:
    """What a reader may never learn of a finding."""
    return {
        "origins_p": (0.0, draw(st.floats(0, 1))),
        "nothing_in": draw(some), "unasked_in": draw(some), "unaskable_in": draw(some),
        "circles": draw(st.sampled_from([(), (("desk", "person:heron", "desk"),)])),
        "searches": ("s1",), "statements": ("s2",), "attested": draw(st.booleans()),
        "clashes": draw(st.sampled_from([(), (Clash(kind="rival", what="dead", chains=("a",), amounts=()),)])),
        "state_media": draw(st.sampled_from(["said", "silent", "cannot-tell"])),
    }  # fmt: skip


@given(findings(), of_the_desk_only(), st.integers(2, 9), kinds, st.integers(0, 2))
def test_a_reader_never_learns_where_nobody_is_or_how_many_spoke(
    kp: Pack, found: Finding, hidden: dict[str, object], origins: int, kind: str, level: int
) -> None:
    if found.standing == "corroborated":
        hidden = hidden | {"origins": origins}
    if found.credence is not None:
        hidden = hidden | {"credence": Credence(
            low=0.6, mid=0.7, high=0.8, reliability="E", credibility=5, influences=(), word="likely",
        )}  # fmt: skip
    other = msgspec.structs.replace(found, **hidden)
    allowed = Allowance(level=level)
    assert word(found, claim(kind), allowed, kp).reader == word(other, claim(kind), allowed, kp).reader


asked = st.lists(
    st.builds(
        lambda place, day, answer, many: Inquiry(
            claim="order", place=place, when=When(f"2023-07-{day:02}"), answer=answer, asked=many
        ),
        places, st.integers(1, 30), st.sampled_from(["nothing", "refused", "unreachable"]), st.integers(0, 40),
    ),
    max_size=6,
)  # fmt: skip


@given(asked, places)
def test_what_was_asked_in_vain_shows_in_no_readers_sentence(kp: Pack, inquiries: list[Inquiry], place: str) -> None:
    told = Chain(id="a", hops=(Hop(who="person:heron", how="saw", when=When("2023-07-10")),), place=place)
    bare = find(claim(), {"a": told}, (), kp.gazetteer, DAY)
    full = find(claim(), {"a": told}, (), kp.gazetteer, DAY, inquiries=inquiries)
    assert word(bare, claim(), Allowance(), kp).reader == word(full, claim(), Allowance(), kp).reader


@given(findings(), of_the_desk_only(), kinds, st.integers(0, 2))
def test_a_reader_is_told_no_place_but_those_of_the_finding_and_none_too_finely(
    kp: Pack, found: Finding, hidden: dict[str, object], kind: str, level: int
) -> None:
    hidden = {key: value for key, value in hidden.items() if key != "clashes"}
    found = msgspec.structs.replace(found, **hidden)
    told = {*found.reported_in, *found.confirmed_in, *found.contradicted_in}
    allowed = {kp.gazetteer.at_level(place, level).id for place in told}
    reader = word(found, claim(kind), Allowance(level=level), kp).reader
    for language, text in reader.items():
        named = {mention.place for mention in kp.gazetteer.mentions(text)}
        speaker = kp.institutions.node("wpk-central-committee").names[language]
        named -= {mention.place for mention in kp.gazetteer.mentions(speaker)}
        assert named <= allowed, (language, text)
        assert all(kp.gazetteer.place(place).level <= level for place in named)


@given(findings(), kinds, st.booleans())
def test_no_sentence_speaks_of_several_where_one_spoke(kp: Pack, found: Finding, kind: str, count: bool) -> None:
    reader = word(found, claim(kind), Allowance(count=count), kp).reader
    several = found.origins > 1 or found.standing == "contested"
    for language, text in reader.items():
        for pattern in kp.phrases[language].several("lint.plural-sources"):
            assert several or not re.search(pattern, text, re.IGNORECASE), (language, pattern, text)
        if found.standing != "corroborated":
            counted = kp.phrases[language].say("finding.count", count=found.origins)
            assert counted not in text


@given(findings(), kinds)
def test_every_sentence_is_whole_and_dated(kp: Pack, found: Finding, kind: str) -> None:
    worded = word(found, claim(kind), Allowance(level=2), kp)
    assert set(worded.reader) == set(worded.desk) == set(LANGUAGES)
    for text in (*worded.reader.values(), *worded.desk.values()):
        assert "2023" in text and text[-1] in ".。"
        assert not re.search(r"[{}]|  |\(으\)|은\(는\)|이\(가\)|와\(과\)|、。|，，| \.|,\.|：。", text), text


@pytest.mark.parametrize(
    "standing", ["single-origin", "corroborated", "contested", "refuted", "cannot-judge", "unsupported"]
)
def test_a_statement_names_who_said_it_in_every_language(kp: Pack, standing: str) -> None:
    found = finding(standing=standing, confirmed_in=("kp:KP02",), contradicted_in=("kp:KP01",), credence=CREDENCE)
    worded = word(found, claim("statement", "cabinet"), Allowance(), kp)
    for language, name in kp.institutions.node("cabinet").names.items():
        assert name in worded.reader[language] and name in worded.desk[language]
        likely = kp.phrases[language].say("finding.likelihood-likely")
        assert likely not in worded.reader[language] + worded.desk[language]


def test_a_speaker_nobody_knows_is_refused(kp: Pack) -> None:
    with pytest.raises(MissingReference, match="heron"):
        word(finding(), claim("statement", "heron"), Allowance(), kp)


def test_a_standing_and_a_likelihood_never_share_a_sentence(kp: Pack) -> None:
    worded = word(finding(credence=CREDENCE), claim(), Allowance(likelihood=True), kp)
    untold = word(finding(credence=CREDENCE), claim(), Allowance(), kp)
    assert untold.reader == word(finding(credence=None), claim(), Allowance(), kp).reader
    for language in LANGUAGES:
        likely = kp.phrases[language].say("finding.likelihood-likely")
        assert likely not in untold.reader[language], "it tells of records, of inquiries and of how many spoke"
        for text in (worded.reader[language], worded.desk[language]):
            before = text.removesuffix(likely)
            assert before != text and before.rstrip()[-1] in ".。"


def test_the_desk_reads_every_amount_as_it_was_told(kp: Pack) -> None:
    for amounts in AMOUNTS.values():
        for amount in amounts:
            digits = f"{amount.low:,.12f}".rstrip("0").rstrip(".")
            said = (FOLDER / "desk.toml").read_text("utf-8")
            assert said.count(f"{digits} {amount.unit}") + said.count(f"{digits}–") >= 1


def test_an_invented_country_is_worded_too(tiny: Pack) -> None:
    found = finding(reported_in=("tq:O1",), nothing_in=("tq:V",))
    worded = word(found, claim("statement", "council", place="tq"), Allowance(level=1), tiny)
    assert "Öllen" in worded.reader["qtz"] and "Bräsk" not in worded.reader["qtz"]
    assert "ö Räd" in worded.reader["qtz"] and "Bräsk" in worded.desk["qtz"]
