"""What the prose gives away goes to whom an editor would say it is of, and to everybody where that is not sure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.model.case import Case, Desk
from farbank.model.chains import Chain, Hop
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.documents import Document
from farbank.model.exposure import Disclosure
from farbank.model.given_away import GivenAway
from farbank.model.people import Partner
from farbank.model.reports import Contact, Report
from farbank.model.story import Accepted, Block, Draft, Picture, Sentence
from farbank.protect.detect.agree import agree
from farbank.protect.detect.facts import disclosures
from farbank.protect.detect.prose import Parts
from farbank.protect.detect.tie import tie
from farbank.protect.errors import UnreadProse

HOPS = (
    Hop(who="person:alder", how="was-told", source="body:committee"),
    Hop(who="person:heron", how="was-told", source="person:alder"),
)
CLAIM = Claim(
    id="order", kind="order", text={}, place="kp:KP02", when=When("2023-06-17"), chains=("one",), audience=None
)
CONTACTS = (
    Contact(id="call", partner="heron", when=When("2023-07-12"), channel="call"),
    Contact(id="letter", partner="heron", when=When("2023-06-20/2023-07-10"), channel="letter"),
)
NEUTRAL = (Path(__file__).parent / "neutral" / "en.txt").read_text("utf-8").splitlines()


def case(**fields: object) -> Case:
    nothing = dict.fromkeys(Case.__struct_fields__, ())
    base: dict[str, object] = {
        "name": "case", "country": "kp", "desk": Desk(name={}, byline={}), "close": date(2023, 7, 19), "media": {},
        "stories": {}, "claims": (CLAIM,), "chains": (Chain(id="one", hops=HOPS),), "contacts": CONTACTS,
        "partners": (Partner(handle="heron", language="ko"),),
        "reports": (Report(id="said", contact="call", language="ko", text="…"),),
    }  # fmt: skip
    return Case(**{**nothing, **base, **fields})  # type: ignore[arg-type]


def sentence(text: str, *, cites: bool = True, role: str = "body", line: int = 5) -> Sentence:
    named = tuple(name for name in ("heron", "alder") if f"@{name}" in text)
    named = tuple(sorted(named, key=lambda name: text.rindex(f"@{name}")))
    return Sentence(text=text, role=role, line=line, claims=("order",) if cites else (), sources=named)  # type: ignore[arg-type]


def draft(*blocks: Block, language: str = "en", accept: Sequence[Accepted] = ()) -> Draft:
    return Draft(
        file=f"story.{language}.md",
        language=language,
        headline=Sentence(text="An order", role="headline", line=2),
        summary=Sentence(text="An order", role="summary", line=3),
        close=date(2023, 7, 19),
        blocks=blocks,
        accept=tuple(accept),
    )


def paragraph(*texts: str, cites: bool = True) -> Block:
    return Block(kind="paragraph", sentences=tuple(sentence(text, cites=cites) for text in texts))


def quote(text: str) -> Block:
    return Block(kind="quote", report="said", sentences=(sentence(text, role="quote"),))


def read(kp: Pack, parts: Parts, written: Draft, **fields: object) -> list[GivenAway]:
    return [*tie(written, case(**fields), parts, kp.population.axes)]


def whose(kp: Pack, parts: Parts, written: Draft, sort: str) -> list[tuple[str | None, str, str]]:
    return [(each.person, each.why, each.stand) for each in read(kp, parts, written) if each.sort == sort]


def test_whoever_the_sentence_names_comes_first(kp: Pack, parts: Parts) -> None:
    written = draft(paragraph("@alder was told.", "@heron, a miner, was told too."))
    assert whose(kp, parts, written, "occupation") == [("heron", "named", "finer")]


def test_of_two_names_the_one_it_stands_beside_is_meant(kp: Pack, parts: Parts) -> None:
    for text in ("@heron had it from @alder, a miner.", "@heron had it from a miner, @alder."):
        assert whose(kp, parts, draft(paragraph(text)), "occupation") == [("alder", "named", "finer")]


@pytest.mark.parametrize(
    "text",
    [
        "@heron heard it from a miner.",
        "A miner @heron knows told it.",
        "A miner told @heron.",
        "It came from a miner @heron met.",
    ],
)
def test_who_told_somebody_is_whom_the_chain_names(kp: Pack, parts: Parts, text: str) -> None:
    assert whose(kp, parts, draft(paragraph(text)), "occupation") == [("alder", "teller", "finer")]


def test_what_a_quotation_says_is_of_its_speaker(kp: Pack, parts: Parts) -> None:
    for text, sort in (("I am a miner.", "occupation"), ("I did not go.", "absence"), ("I was searched.", "anecdote")):
        ((person, why, _),) = whose(kp, parts, draft(quote(text)), sort)
        assert (person, why) == ("heron", "speaker")
    assert whose(kp, parts, draft(quote("I had it from a miner.")), "occupation") == [("alder", "teller", "finer")]


def test_an_anecdote_in_a_quotation_is_the_speaker_s_whoever_else_it_names(kp: Pack, parts: Parts) -> None:
    written = draft(quote("@alder was at home when I was stopped at a checkpoint."))
    assert ("heron", "speaker", "told") in whose(kp, parts, written, "anecdote")


def test_then_comes_the_last_one_named_in_the_paragraph_and_no_further(kp: Pack, parts: Parts) -> None:
    one = draft(paragraph("@alder knows @heron.", "She did not go."))
    assert whose(kp, parts, one, "absence") == [("heron", "paragraph", "told")]
    two = draft(paragraph("@alder knows @heron."), paragraph("She did not go."))
    assert {person for person, *_ in whose(kp, parts, two, "absence")} == {"alder", "heron"}


def test_else_it_is_of_everybody_in_the_chains_cited_and_else_of_nobody(kp: Pack, parts: Parts) -> None:
    text = "According to a miner, the order came."
    chain = whose(kp, parts, draft(paragraph(text)), "occupation")
    assert chain == [("alder", "chain", "finer"), ("heron", "chain", "finer")]
    assert whose(kp, parts, draft(paragraph(text, cites=False)), "occupation") == [(None, "nobody", "unsure")]


def test_a_korean_relative_without_an_owner_is_the_speaker_s(kp: Pack, parts: Parts) -> None:
    assert whose(kp, parts, draft(quote("사촌도 보았답니다."), language="ko"), "kinship") == [
        ("heron", "speaker", "told")
    ]


def test_a_husband_tells_the_sex(kp: Pack, parts: Parts) -> None:
    (found,) = (each for each in read(kp, parts, draft(quote("My husband saw it."))) if each.stand != "unsure")
    assert (found.person, found.axis, found.node) == ("heron", "sex", "sex:female")


def test_a_province_counts_only_where_somebody_lives_there(kp: Pack, parts: Parts) -> None:
    assert not whose(kp, parts, draft(paragraph("Rice is dear in South Hamgyong, @heron said.")), "place")
    lives = draft(paragraph("@heron lives in South Hamgyong."))
    assert whose(kp, parts, lives, "place") == [("heron", "named", "finer")]


def test_the_day_of_a_call_blocks_and_a_day_word_came_is_shown(kp: Pack, parts: Parts) -> None:
    called = draft(
        paragraph("@heron told the desk on 12 July.", "@heron said so on 3 July.", "The order is of 17 June.")
    )
    assert whose(kp, parts, called, "date") == [("heron", "named", "told"), ("heron", "named", "unsure")]


def test_pictures_and_claims_are_read_too(kp: Pack, parts: Parts) -> None:
    taken = Picture(
        id="levee", file="x.png", what={"en": "A levee at half past five"}, place="kp:KP06", when=When("2023-07"),
        vantage={}, credit={}, photographer="heron",
    )  # fmt: skip
    text = {"en": "The paper is copy 3 of 9"}
    claims = [Claim(id="order", kind="order", text=text, place="kp", when=CLAIM.when, chains=("one",))]
    written = draft(Block(kind="picture", picture="levee", line=9), paragraph("An order came."))
    found = read(kp, parts, written, pictures=(taken,), claims=tuple(claims))
    assert {(each.role, each.sort, each.person) for each in found} == {
        ("caption", "clock", "heron"), ("label", "serial", "alder"), ("label", "serial", "heron"),
    }  # fmt: skip


def test_words_accepted_hold_until_they_change(kp: Pack, parts: Parts) -> None:
    kept = [Accepted(words="did not go to the rally", reason="half the town stayed away")]
    written = draft(paragraph("@heron did not go to the rally."), accept=kept)
    assert whose(kp, parts, written, "absence") == [("heron", "named", "accepted")]
    changed = draft(paragraph("@heron did not go to the trial."), accept=kept)
    assert whose(kp, parts, changed, "absence") == [("heron", "named", "told")]
    less = draft(paragraph("@heron did not go to the rally."), accept=[Accepted(words="not go", reason="…")])
    assert whose(kp, parts, less, "absence") == [("heron", "named", "told")]


def test_an_accepted_fact_is_counted_all_the_same_unless_it_is_of_a_stranger(kp: Pack, parts: Parts) -> None:
    for stranger, counted in ((False, {("heron", "occ:mining")}), (True, set())):
        kept = Accepted(words="@heron, a miner", reason="…", stranger=stranger)
        found = read(kp, parts, draft(paragraph("@heron, a miner, said so."), accept=[kept]))
        assert {(each.person, each.node) for each in disclosures(found)} == counted
        assert not any(each.blocking for each in found)


def test_what_is_unsure_is_shown_and_not_counted(kp: Pack, parts: Parts) -> None:
    found = read(kp, parts, draft(paragraph("The mine manager met @heron.")))
    assert [each.stand for each in found] == ["unsure"]
    assert disclosures(found) == ()


def test_prose_and_description_agree_where_the_prose_says_no_more(kp: Pack, parts: Parts) -> None:
    found = read(kp, parts, draft(paragraph("@heron had it from a party official.", "@heron is a cell secretary.")))
    axes = kp.population.axes
    settled = agree(found, {"alder": {"organisation": "org:party-local"}}, (), axes)
    assert [(each.person, each.node, each.stand) for each in settled] == [
        ("alder", "org:party", "agrees"), ("heron", "org:party-primary", "finer"),
    ]  # fmt: skip
    assert settled[1].advice and not settled[0].advice
    known = Disclosure(person="heron", axis="organisation", node="org:party-primary", said_in="order")
    assert agree(found, {}, (known,), axes)[1].stand == "agrees"


def test_a_sentence_that_cannot_be_read_blocks(kp: Pack, parts: Parts) -> None:
    def fails(*_: object) -> tuple[()]:
        raise UnreadProse("the detector clock failed")

    found = tie(draft(paragraph("Rice is dear.")), case(), parts, kp.population.axes, read=fails)
    assert found and all(each.blocking and each.why == "unread" and "clock" in each.advice for each in found)
    other = draft(paragraph("Le riz est cher."), language="fr")
    assert all(each.blocking for each in read(kp, parts, other)) and read(kp, parts, other)


PLANTED = (
    "@heron, a miner, said so.",
    "@alder is in his fifties.",
    "@heron did not go to the meeting.",
    "@alder was shown copy 3 of 9.",
    "@heron was told at half past five.",
)


def keyed(found: Sequence[GivenAway]) -> set[tuple[str, str, str | None, str]]:
    return {(each.sort, each.words, each.person, each.stand) for each in found if each.stand != "unsure"}


@given(st.permutations(PLANTED), st.sampled_from(NEUTRAL), st.integers(0, len(PLANTED)))
@settings(max_examples=40)
def test_neither_order_nor_a_neutral_sentence_between_takes_anything_away(
    kp: Pack, parts: Parts, order: list[str], neutral: str, at: int
) -> None:
    alone = keyed(read(kp, parts, draft(paragraph(*PLANTED))))
    assert len(alone) >= len(PLANTED)
    assert keyed(read(kp, parts, draft(paragraph(*order)))) == alone
    assert keyed(read(kp, parts, draft(paragraph(*order[:at], neutral, *order[at:])))) >= alone


@given(st.permutations(["@alder knows.", "She did not go.", "@heron knows."]))
def test_order_moves_a_pronoun_only_to_the_last_one_named(kp: Pack, parts: Parts, order: list[str]) -> None:
    before = order[: order.index("She did not go.")]
    last = {before[-1].split()[0].removeprefix("@")} if before else {"alder", "heron"}
    found = [each for each in read(kp, parts, draft(paragraph(*order))) if each.sort == "absence"]
    assert {each.person for each in found} == last


def test_the_number_of_a_copy_is_of_whoever_is_behind_the_document(kp: Pack, parts: Parts) -> None:
    text = "This is copy three of twelve."
    quoted = Block(kind="quote", document="lecture", sentences=(sentence(text, cites=False, role="quote"),))
    lecture = Document(id="lecture", report="said")
    assert read(kp, parts, draft(quoted), documents=(lecture,))[0].blocking
    assert whose_with(kp, parts, draft(quoted), lecture) == [("heron", "document", "told")]
    assert whose_with(kp, parts, draft(paragraph(text, cites=False)), lecture) == [(None, "nobody", "unsure")]


def whose_with(kp: Pack, parts: Parts, written: Draft, document: Document) -> list[tuple[str | None, str, str]]:
    found = read(kp, parts, written, documents=(document,))
    return [(each.person, each.why, each.stand) for each in found if each.sort == "serial"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("@heron called the day after the holiday.", True), ("@heron went home the day after the holiday.", False)],
)
def test_a_day_told_by_its_occasion_is_shown_where_word_reached_the_desk(
    kp: Pack, parts: Parts, text: str, shown: bool
) -> None:
    days = [each for each in read(kp, parts, draft(paragraph(text))) if each.sort == "date"]
    assert [each.stand for each in days] == (["unsure"] if shown else [])
