"""What readers are drawn depends on nothing they may not know; the desk is drawn all of it."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from farbank.desk import draw, drawn_counts, drawn_ways
from farbank.desk.check_case import file_folder
from farbank.desk.drafts import drafts_of
from farbank.desk.drawn_areas import told
from farbank.desk.errors import NotForReaders, NothingToDraw
from farbank.desk.establish import Established, establish
from farbank.desk.examples import example
from farbank.desk.file_case import Filed
from farbank.desk.read_prose import account
from farbank.desk.shield import shield
from farbank.model.chains import Chain, Hop
from farbank.model.dates import When
from farbank.model.drawings import Drawing, Shows
from farbank.model.findings import Finding
from farbank.model.inquiries import Inquiry
from farbank.model.people import Partner
from farbank.model.statemedia import Coverage, Passage, Search, Window
from farbank.model.story import Draft
from farbank.protect import gate
from farbank.protect.unaccounted import unaccounted
from farbank.publish.grain import printable

GAPS = ("silent", "cut", "refused", "nothing", "unasked")
AREAS = ("kp:KP01", "kp:KP02", "kp:KP03", "kp:KP04", "kp:KP0205")


@lru_cache(maxsize=1)
def june() -> tuple[Filed, Established]:
    filed = file_folder(example("june-order"))
    return filed, establish(filed)


@lru_cache(maxsize=1)
def drafts() -> dict[str, Draft]:
    return drafts_of(june()[0].case)


def readers(filed: Filed, established: Established, language: str = "en") -> tuple[Drawing, ...]:
    return draw.for_readers(filed, drafts()[language], established)


@lru_cache(maxsize=1)
def as_filed() -> tuple[Drawing, ...]:
    return readers(*june())


def by_kind(drawings: tuple[Drawing, ...]) -> dict[str, Drawing]:
    return {drawing.shows: drawing for drawing in drawings}


def refiled(filed: Filed, **changes: object) -> Filed:
    return Filed(replace(filed.case, **changes), filed.pack, filed.forbidden, filed.listed)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_readers_have_a_map_a_timeline_a_way_the_promises_and_the_states_side(language: str) -> None:
    drawings = readers(*june(), language)
    assert [drawing.shows for drawing in drawings] == ["map", "timeline", "path", "promises", "attention"]
    assert {drawing.language for drawing in drawings} == {language}


def test_the_desk_has_everything_and_each_says_so() -> None:
    drawings = draw.for_desk(*june())
    assert [drawing.shows for drawing in drawings] == [*get_args(Shows)]
    assert {drawing.table.note for drawing in drawings} == {june()[0].pack.desk_phrases.say("chart.desk-only")}


PLACES = st.sets(st.sampled_from(AREAS)).map(lambda places: tuple(sorted(places)))
PARTNERS = st.lists(
    st.builds(
        Partner,
        handle=st.sampled_from(["heron", "mill-3", "quay"]),
        language=st.just("ko"),
        state=st.sampled_from(["active", "silent", "overdue", "burned"]),
    ),
    unique_by=lambda partner: partner.handle,
    max_size=3,
)
INQUIRIES = st.lists(
    st.builds(
        Inquiry,
        claim=st.sampled_from(["order", "promise"]),
        place=st.sampled_from(AREAS),
        when=st.just(When("2023-07-05")),
        answer=st.sampled_from(["nothing", "refused", "unreachable"]),
        asked=st.integers(0, 40),
        partner=st.none() | st.sampled_from(["heron", "mill-3"]),
    ),
    max_size=4,
)


@settings(max_examples=10)
@given(PARTNERS, INQUIRIES, PLACES, PLACES, PLACES, st.integers(2, 40))
def test_no_drawing_for_readers_hangs_on_gaps_on_partners_or_on_how_many_spoke(
    partners: list[Partner],
    inquiries: list[Inquiry],
    nothing: tuple[str, ...],
    unasked: tuple[str, ...],
    unaskable: tuple[str, ...],
    origins: int,
) -> None:
    filed, established = june()
    other = refiled(filed, partners=tuple(partners), inquiries=tuple(inquiries), contacts=filed.case.contacts[:1])
    findings = tuple(
        replace(
            one, nothing_in=nothing, unasked_in=unasked, unaskable_in=unaskable, origins=origins,
            origins_p=(0.5, 0.5), circles=(("desk", "desk"),), credence=None,
        )
        for one in established.findings
    )  # fmt: skip
    assert readers(other, replace(established, findings=findings)) == as_filed()


@pytest.mark.parametrize("language", ["en", "ko"])
def test_no_word_for_a_gap_and_nobodys_handle_is_in_any_drawing_for_readers(language: str) -> None:
    filed, established = june()
    phrases = filed.pack.phrases[language]
    never = [phrases.say(f"chart.{state}") for state in GAPS] + [phrases.say("chart.attention-partners")]
    never += [person.id for person in filed.case.persons] + [partner.handle for partner in filed.case.partners]
    never += [chain.id for chain in filed.case.chains]
    for drawing in readers(filed, established, language):
        said = f"{drawing.svg.decode()} {drawing.table}"
        assert [word for word in never if word in said] == []


@pytest.mark.parametrize("language", ["en", "ko"])
def test_every_drawing_for_readers_passes_the_byte_gate(language: str) -> None:
    filed, established = june()
    wordings = shield(filed, drafts()).wordings
    known = account(filed, drafts().values(), wordings, established.searches, set())
    files = {}
    for drawing in readers(filed, established, language):
        rows = "\n".join(" ".join(row) for row in drawing.table.rows)
        files[f"{drawing.shows}.svg"] = drawing.svg
        files[f"{drawing.shows}.html"] = f"<!doctype html><html lang={language}><p>{rows}</p></html>".encode()
    gated = gate.check(
        files,
        filed.forbidden,
        mentions=partial(filed.pack.gazetteer.mentions, wary=True),
        allowed=printable(filed.pack.gazetteer),
        unaccounted=partial(unaccounted, known=known),
    )
    assert gated.open, gated


def finding(**changes: object) -> Finding:
    (order,) = [one for one in june()[1].findings if one.claim == "order"]
    return replace(order, **changes)


def test_an_area_is_confirmed_only_if_all_told_from_there_is() -> None:
    gazetteer, close = june()[0].pack.gazetteer, date(2023, 7, 19)
    sure = finding(standing="corroborated", reported_in=("kp:KP0205",), confirmed_in=("kp:KP0205",))
    assert told([sure], gazetteer, close).confirmed == ("kp:KP02",)
    assert told([sure, finding()], gazetteer, close).confirmed == ()


@pytest.mark.parametrize("standing, places", [("contested", ("kp:KP02",)), ("refuted", ()), ("unsupported", ())])
def test_what_is_contradicted_is_never_drawn_as_confirmed(standing: str, places: tuple[str, ...]) -> None:
    doubted = finding(standing=standing, confirmed_in=("kp:KP02",))
    shown = told([doubted], june()[0].pack.gazetteer, date(2023, 7, 19))
    assert (shown.reported, shown.confirmed) == (places, ())


def test_readers_see_an_orders_way_to_the_area_and_no_hand_it_went_through() -> None:
    filed, established = june()
    rows = by_kind(readers(filed, established))["path"].table.rows
    assert [row[1:3] for row in rows[:3]] == [
        ("centre", "the Central Committee of the Workers' Party"),
        ("province", "North Hamgyong"),
        ("city or county", "how it went on from there is not told here"),
    ]
    assert rows[1][3] == "reported from there"


def test_who_gave_an_order_is_drawn_only_where_its_own_sentence_says_so() -> None:
    filed, established = june()
    findings = {one.claim: one for one in established.findings}
    order = next(claim for claim in filed.case.claims if claim.id == "order")
    silent = replace(order, text={"en": "All party cadres were ordered to write self-criticisms"})
    (way,) = drawn_ways.for_readers([silent], findings, filed.pack, filed.pack.phrases["en"])
    assert way.steps[0].who == "who gave it is not told here" and not way.steps[0].known


def test_the_desk_sees_every_hop_and_where_the_way_is_not_known() -> None:
    filed, _ = june()
    chain = Chain(
        id="long",
        hops=(
            Hop(who="body:wpk-city-county-committee", how="was-told", source="body:cabinet"),
            Hop(who="person:heron", how="was-told", source="unknown", when=When("2023-06-20")),
        ),
    )
    order = next(claim for claim in filed.case.claims if claim.id == "order")
    case = replace(filed.case, chains=(chain,), claims=(replace(order, chains=("long",)),))
    (way,) = drawn_ways.for_desk(case, filed.pack, filed.pack.desk_phrases)
    assert [(step.link, step.known) for step in way.steps] == [
        ("first", True), ("unknown", True), ("unknown", False), ("unknown", True), ("told", True),
    ]  # fmt: skip
    assert way.steps[1].how == "was told · the way between is not known"
    assert way.steps[3].how == "was told, 20 June 2023"


def search(**changes: object) -> Search:
    passage = Passage(
        article="a", outlet="kcna", language="en", date=date(2023, 6, 20), title="t", text="x", result="said"
    )
    held = Coverage(
        outlet="kcna", language="en", days_held=60, days_missing=(date(2023, 7, 4),), bodies=9, titles_only=0
    )
    made = Search(
        id="s", claims=("order",), window=Window(first=date(2023, 6, 1), last=date(2023, 7, 31)), outlets=("kcna",),
        languages=("en",), result="said", coverage=(held,), passages=(passage, passage),
    )  # fmt: skip
    return replace(made, **changes)


def test_a_passage_is_counted_once_and_a_month_with_a_day_missing_was_not_looked_at_in_full() -> None:
    case = june()[0].case
    counted = drawn_counts.attention(case, [search(), search(id="t")], {"order"})
    assert [(one.month, one.passages, one.looked) for one in counted] == [((2023, 6), 1, "all"), ((2023, 7), 0, "some")]
    assert drawn_counts.attention(case, [search()], {"length"}) == []
    asked = drawn_counts.attention(case, [search()], {"order"}, [(2023, 9)])
    assert [(one.month, one.looked) for one in asked][2:] == [((2023, 8), "none"), ((2023, 9), "none")]


def test_a_silent_partner_and_a_cut_line_are_drawn_for_the_desk() -> None:
    filed, established = june()
    partners = tuple(replace(partner, state="silent") for partner in filed.case.partners)
    cut = Inquiry(claim="order", place="kp:KP01", when=When("2023-07-05"), answer="unreachable")
    other = refiled(filed, partners=partners, inquiries=(cut,))
    rows = dict(by_kind(draw.for_desk(other, establish(other)))["map"].table.rows)
    assert rows["North Hamgyong"] == "reported · partner silent"
    assert rows["Ryanggang"] == "line cut"
    assert rows["Jagang"] == "never asked"
    assert established.findings == establish(filed).findings


def test_a_claim_that_names_a_town_is_left_out_of_the_readers_drawings() -> None:
    filed, established = june()
    claims = tuple(
        replace(claim, text={**claim.text, "en": "Cadres of Chongjin were told to write"})
        if claim.id == "order"
        else claim
        for claim in filed.case.claims
    )
    for drawing in readers(refiled(filed, claims=claims), established):
        assert b"Chongjin" not in drawing.svg and "Chongjin" not in str(drawing.table)


def test_what_readers_may_not_see_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    filed, _ = june()
    with pytest.raises(NotForReaders):
        draw.draw(filed, "themes", tmp_path / "a.svg")
    none = refiled(
        filed,
        claims=tuple(
            replace(claim, kind="event", outcome=None) for claim in filed.case.claims if claim.kind == "order"
        ),
    )
    with pytest.raises(NothingToDraw, match="path"):
        draw.draw(none, "path", tmp_path / "a.svg", desk_view=True)
    assert list(tmp_path.iterdir()) == []


def test_no_day_on_which_somebody_was_there_is_on_a_readers_drawing() -> None:
    filed, established = june()
    claims = tuple(
        replace(claim, when=When("2023-07-08")) if claim.id in ("nowhere", "promise") else claim
        for claim in filed.case.claims
    )
    seen = tuple(replace(one, seen=one.claim in ("nowhere", "promise")) for one in established.findings)
    drawings = by_kind(readers(refiled(filed, claims=claims), replace(established, findings=seen)))
    for shows in ("timeline", "promises"):
        dates = [row[0] for row in drawings[shows].table.rows]
        assert "July 2023" in dates and "8 July 2023" not in dates
