"""Everything a story gives away is counted, of everyone behind it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec import structs

from farbank.country.pack import Pack
from farbank.model.case import Case, Desk
from farbank.model.chains import Chain, Hop
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.documents import Document
from farbank.model.errors import MissingReference
from farbank.model.exposure import Disclosure, StandingDisclosure
from farbank.model.people import Audience, Facts, Partner
from farbank.model.reports import Contact, Report
from farbank.model.sizes import Size
from farbank.model.story import Block, Draft, Picture, Sentence
from farbank.protect.disclosed import disclosed

CHANNEL = StandingDisclosure(id="channel", text={}, satellite="phone", facts={"age": "age:adult"})
DESK = Desk(name={}, byline={})
HERON = Partner(handle="heron", language="ko")


def claim(id: str = "order", **fields: object) -> Claim:
    base: dict[str, object] = {"text": {}, "when": When("2023-06-17"), "kind": "order", "place": "kp:KP0205"}
    return Claim(id=id, **{"chains": ("one",), **base, **fields})  # type: ignore[arg-type]


def chain(id: str = "one", **fields: object) -> Chain:
    hops = (
        Hop(who="person:alder", how="was-told-at-meeting", source="body:committee"),
        Hop(who="person:heron", how="was-told", source="person:alder"),
    )
    return Chain(id=id, hops=hops, **fields)  # type: ignore[arg-type]


def draft(*cited: str, sources: tuple[str, ...] = ()) -> Draft:
    def sentence(line: int, claims: tuple[str, ...] = (), sources: tuple[str, ...] = ()) -> Sentence:
        return Sentence(text="", role="body", line=line, claims=claims, sources=sources)

    body = Block(kind="paragraph", sentences=(sentence(3, cited, sources),))
    return Draft(
        file="story.en.md",
        language="en",
        headline=sentence(1),
        summary=sentence(2),
        close=date(2023, 7, 19),
        blocks=(body,),
    )


def said(pack: Pack, written: Draft, **fields: object) -> set[tuple[str, str, str]]:
    found = everything(pack, written, **fields)
    return {(each.person, each.axis, each.node) for each in found}


def everything(pack: Pack, written: Draft, **fields: object) -> tuple[Disclosure, ...]:
    how = {key: fields.pop(key) for key in ("descriptions", "level") if key in fields}
    nothing = dict.fromkeys(Case.__struct_fields__, ())
    base = {"name": "case", "country": "kp", "desk": DESK, "close": written.close, "media": {}, "stories": {}}
    case = Case(**{**nothing, **base, "claims": (claim(),), "chains": (chain(),), **fields})  # type: ignore[arg-type]
    return disclosed(written, case, pack.gazetteer, **how)  # type: ignore[arg-type]


def test_a_cited_claim_places_everyone_of_its_chain_at_the_printed_grain(kp: Pack) -> None:
    assert said(kp, draft("order")) == {("alder", "place", "kp:KP02"), ("heron", "place", "kp:KP02")}


def test_a_chain_that_holds_elsewhere_says_its_own_place(kp: Pack) -> None:
    assert ("heron", "place", "kp:KP06") in said(kp, draft("order"), chains=[chain(place="kp:KP0601")])


def test_a_city_right_under_the_country_is_printed_as_itself(kp: Pack) -> None:
    assert ("heron", "place", "kp:KP0201") in said(kp, draft("order"), claims=[claim(place="kp:KP0201")])


def test_a_claim_not_cited_says_nothing(kp: Pack) -> None:
    assert said(kp, draft()) == set()


def test_headline_and_summary_are_sentences_like_any_other(kp: Pack) -> None:
    written = draft()
    headline = Sentence(text="", role="headline", line=1, claims=("order",))
    assert said(kp, Draft(**{f: getattr(written, f) for f in written.__struct_fields__} | {"headline": headline}))


def test_an_audience_is_said_of_everyone_and_a_detail_has_that_of_its_order(kp: Pack) -> None:
    claims = [claim(audience="told"), claim("length", part_of="order")]
    for cited in ("order", "length"):
        assert {("alder", "audience", "told"), ("heron", "hearsay", "told")} <= said(kp, draft(cited), claims=claims)


def test_everybody_is_no_audience(kp: Pack) -> None:
    found = said(kp, draft("order"), claims=[claim(audience="everybody")])
    assert {axis for _, axis, _ in found} == {"place"}


def test_whoever_was_told_at_a_meeting_of_the_case_was_at_it(kp: Pack) -> None:
    hop = Hop(who="person:alder", how="was-told-at-meeting", source="meeting:levee")
    meeting = Audience(id="levee", name={}, group={}, size=Size(40, 60, 80), listed="attendance")
    known = {"chains": [Chain(id="one", hops=(hop,))], "audiences": [meeting]}
    assert ("alder", "audience", "levee") in said(kp, draft("order"), **known)


def test_a_standing_disclosure_holds_of_every_partner_mentioned_or_not(kp: Pack) -> None:
    wren = Partner(handle="wren", language="ko")
    found = said(kp, draft("order"), disclosures=[CHANNEL], partners=[HERON, wren])
    for handle in ("heron", "wren"):
        assert {(handle, "satellite", "phone"), (handle, "age", "age:adult")} <= found
    assert not any(person == "alder" and axis != "place" for person, axis, _ in found)


def test_whoever_is_mentioned_is_counted_even_without_a_claim(kp: Pack) -> None:
    assert said(kp, draft(sources=("rook",))) == {("rook", "place", "kp")}


def test_printed_descriptions_are_disclosures_too(kp: Pack) -> None:
    printed: dict[str, Facts] = {"alder": {"organisation": "org:party"}}
    assert ("alder", "organisation", "org:party") in said(kp, draft("order"), descriptions=printed)


def test_each_thing_is_listed_once_with_where_it_was_first_said(kp: Pack) -> None:
    claims = [claim(), claim("again")]
    found = everything(kp, draft("order", "again"), claims=claims)
    assert len(found) == 2
    assert {each.said_in for each in found} == {"order"}


def test_citing_what_the_case_has_not_is_an_error(kp: Pack) -> None:
    with pytest.raises(MissingReference, match="nothing"):
        everything(kp, draft("nothing"))
    with pytest.raises(MissingReference, match="two"):
        everything(kp, draft("order"), claims=[claim(chains=("two",))])


def test_a_picture_gives_its_photographer_away(kp: Pack) -> None:
    taken = Picture(
        id="levee", file="x.png", what={}, place="kp:KP0601", when=When("2023-07"), vantage={}, credit={},
        photographer="heron", audience="bank",
    )  # fmt: skip
    block = Block(kind="picture", picture="levee")
    written = structs.replace(draft(), blocks=(block,))
    bank = Audience(id="bank", name={}, group={})
    assert said(kp, written, pictures=[taken], audiences=[bank]) == {
        ("heron", "place", "kp:KP06"),
        ("heron", "audience", "bank"),
    }
    nobody = structs.replace(taken, photographer=None)
    assert said(kp, written, pictures=[nobody], audiences=[bank]) == set()


CELL = Audience(id="cell", name={}, group={})
CALL = Contact(id="call", partner="heron", when=When("2023-07"), channel="call")
WORDS = Report(id="words", contact="call", language="ko", text="…")
LECTURE = Document(id="lecture", holders="cell", report="words")


def about_document(pack: Pack, document: Document, hops: tuple[Hop, ...], block: Block) -> set[tuple[str, str, str]]:
    written = structs.replace(draft(), blocks=(block,))
    shown = Picture(
        id="page", file="x.png", what={}, place="kp:KP06", when=When("2023-07"), vantage={}, credit={},
        facsimile="lecture",
    )  # fmt: skip
    came = Chain(id="came", hops=hops, reports=("words",))
    return said(
        pack, written, documents=[document], chains=[came], claims=[], contacts=[CALL], reports=[WORDS],
        audiences=[CELL], pictures=[shown],
    )  # fmt: skip


@pytest.mark.parametrize(
    "block", [Block(kind="quote", document="lecture"), Block(kind="picture", picture="page")], ids=["quoted", "shown"]
)
def test_a_document_gives_away_who_held_it_and_who_had_it_from_a_holder(kp: Pack, block: Block) -> None:
    read_out = (
        Hop(who="person:alder", how="read", source="document:lecture"),
        Hop(who="person:heron", how="was-told", source="person:alder"),
    )
    assert about_document(kp, LECTURE, read_out, block) == {
        ("alder", "place", "kp"),
        ("alder", "audience", "cell"),
        ("heron", "place", "kp"),
        ("heron", "hearsay", "cell"),
    }


def test_whoever_brought_a_document_held_it(kp: Pack) -> None:
    brought = (Hop(who="person:heron", how="read", source="document:lecture"),)
    found = about_document(kp, LECTURE, brought, Block(kind="quote", document="lecture"))
    assert found == {("heron", "place", "kp"), ("heron", "audience", "cell")}


def test_a_document_of_unknown_holders_still_counts_who_is_behind_it(kp: Pack) -> None:
    hung = structs.replace(LECTURE, holders=None)
    hops = (Hop(who="person:heron", how="saw"),)
    assert about_document(kp, hung, hops, Block(kind="quote", document="lecture")) == {("heron", "place", "kp")}


def test_a_document_no_story_uses_gives_nobody_away(kp: Pack) -> None:
    assert about_document(kp, LECTURE, (Hop(who="person:heron", how="saw"),), Block(kind="paragraph")) == set()
