from __future__ import annotations

import dataclasses

import msgspec
import pytest
from tide import draft_of, drawn, story, wording

from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.model.errors import MissingReference
from farbank.model.story import Draft
from farbank.publish.cast import Cast
from farbank.publish.errors import UnsafeMap
from farbank.publish.page import Material, assemble


def test_a_source_is_described_once_and_then_goes_by_the_letter(draft: Draft, material: Material, tiny: Pack) -> None:
    page = assemble(draft, material, tiny)
    paragraph, quote = page.rows[0].said
    assert paragraph.text.startswith("A reporting partner on Ollen (A) told the desk that")
    assert quote.text == "“Two for every one.”" and quote.by == "A told the desk"
    assert "said a resident of Ollen, and A saw it." in page.rows[1].said[1].text
    assert "@" not in page.headline + page.summary + "".join(said.text for row in page.rows for said in row.said)


def test_a_quotation_in_another_language_than_it_was_spoken_in_says_so(
    draft: Draft, material: Material, tiny: Pack
) -> None:
    def line(told_in: str, pack: Pack = tiny) -> str:
        page = assemble(draft, dataclasses.replace(material, told_in={"r1": told_in}), pack)
        (by,) = (said.by for row in page.rows for said in row.said if said.by)
        return by

    assert line("qtz") == "A told the desk; the desk's translation"
    assert line("en") == "A told the desk", "it is in the speaker's own words"
    silent = dataclasses.replace(tiny, about=msgspec.structs.replace(tiny.about, spoken=()))
    assert line("qtz", silent) == "A told the desk", "the mark would tell what somebody speaks"


def test_people_without_a_letter_come_back_with_the_definite_article(material: Material, tiny: Pack) -> None:
    cast = Cast(material.wordings, {}, tiny.phrases["en"])
    assert cast.tell("@gull spoke to @tern.") == "A resident of Ollen spoke to a reporting partner on Ollen."
    assert cast.tell("Then @gull left.") == "Then the resident of Ollen left."


def test_two_people_described_alike_are_never_made_one(tiny: Pack) -> None:
    alike = {name: wording(name, {}, "a resident") for name in ("gull", "tern")}
    cast = Cast(alike, {}, tiny.phrases["en"])
    assert cast.tell("@gull met @tern, and @gull left.") == "A resident met a resident, and a resident left."


def test_korean_particles_follow_what_is_printed(kp: Pack) -> None:
    described = {"tern": "함경북도의 취재협력자", "gull": "함경북도의 주민"}
    korean = {
        name: msgspec.structs.replace(wording(name, {}, ""), named={"ko": text}) for name, text in described.items()
    }
    cast = Cast(korean, {"tern": "A"}, kp.phrases["ko"])
    assert cast.tell("@tern은(는) @gull을(를) 만났다.") == "함경북도의 취재협력자 A는 함경북도의 주민을 만났다."
    assert cast.tell("@tern은(는) 갔다.") == "A는 갔다."


def test_the_note_says_each_thing_once_and_shows_a_search_once(draft: Draft, material: Material, tiny: Pack) -> None:
    page = assemble(draft, material, tiny)
    assert page.note.lines == ("Reported from Ollen.",)
    first, second = page.rows[0].note, page.rows[1].note
    assert first is not None and second is not None
    assert first.lines == ("Reported from Ollen.",)
    assert len(first.bands) == 1 and not first.searched
    assert not second.bands and len(second.searched) == 1
    assert page.rows[2].note is None


def test_a_restatement_bears_no_quotation_marks(draft: Draft, material: Material, tiny: Pack) -> None:
    note = assemble(draft, material, tiny).rows[0].note
    assert note is not None
    quoted, restated = note.bands[0].quoted
    assert quoted.text == "“Dues are just.”"
    assert quoted.source == "Tarquell Wire, 4 May 2031, in English"
    assert restated.text == "Order was spoken of."
    assert "in the desk's words" in restated.source


def test_what_names_a_place_too_finely_is_not_printed(draft: Draft, material: Material, tiny: Pack) -> None:
    note = assemble(draft, material, tiny).rows[1].note
    assert note is not None and [claim.text for claim in note.claims] == [""]
    told = type(material.statements["said"])(
        id="said",
        outlet="wire",
        language="en",
        published=material.statements["said"].published,
        text={"en": "At Brask."},
    )
    page = assemble(draft, dataclasses.replace(material, statements={**material.statements, "said": told}), tiny)
    assert "Brask" not in repr(page)


def test_when_somebody_learned_it_is_no_finer_than_the_month(draft: Draft, material: Material, tiny: Pack) -> None:
    assert "Known there by May 2031." in assemble(draft, material, tiny).note.claims[0].history


def test_a_conflict_with_the_record_stands_beside_the_paragraph(draft: Draft, material: Material, tiny: Pack) -> None:
    page = assemble(draft, material, tiny)
    assert page.rows[0].note is not None and page.rows[1].note is not None
    assert "2–4 May 2031" in page.rows[0].note.conflicts[0] and "3 May 2031" in page.rows[0].note.conflicts[0]
    assert page.rows[1].note.conflicts == ()


def test_dates_to_come_back_to_are_those_of_cited_claims(draft: Draft, material: Material, tiny: Pack) -> None:
    (due,) = assemble(draft, material, tiny).dues
    assert (due.when, due.text, due.open) == ("1 June 2031", "Harbour dues doubled.", True)
    assert assemble(draft_of(story("One. [@boats]").replace("@dues", "@boats")), material, tiny).dues == ()


def test_the_page_carries_picture_map_channel_and_attribution(draft: Draft, material: Material, tiny: Pack) -> None:
    page = assemble(draft, material, tiny)
    picture = page.rows[2].said[0].picture
    assert picture is not None and picture.file
    assert [(file.media_type, file.width, file.height) for file in picture.files] == [
        ("image/webp", 480, 240),
        ("image/jpeg", 480, 240),
        ("image/webp", 960, 480),
        ("image/jpeg", 960, 480),
    ]
    assert page.drawings[0].svg.startswith("<svg") and page.drawings[0].table.rows == (("Ollen",),)
    assert page.channel == ("The desk is reached by bottle post.",)
    assert page.attribution == tiny.attribution and page.as_of == "As of 20 May 2031"


@pytest.mark.parametrize(
    "field", ["claims", "findings", "wordings", "speakers", "searches", "statements", "pictures", "renditions"]
)
def test_whatever_is_cited_and_not_there_is_refused(field: str, draft: Draft, material: Material, tiny: Pack) -> None:
    with pytest.raises(MissingReference):
        assemble(draft, dataclasses.replace(material, **{field: {}}), tiny)


@pytest.mark.parametrize(
    "svg",
    [
        b"<svg><script>1</script></svg>",
        b'<svg onload="x()"></svg>',
        b'<svg><a href="http://example.org"/></svg>',
        b'<svg><image xlink:href="x.png"/></svg>',
        b"<svg><foreignObject/></svg>",
        b'<svg><path fill="url(http://example.org/x)"/></svg>',
        b"<!DOCTYPE svg><svg></svg>",
        b"<svg><style>@import 'x'</style></svg>",
        b"<p>no map</p>",
        b"<svg></svg><p>more",
        b"<svg></svg>\xff</svg>",
    ],
)
def test_a_map_holds_shapes_and_words_alone(svg: bytes, draft: Draft, material: Material, tiny: Pack) -> None:
    with pytest.raises(UnsafeMap):
        assemble(draft, dataclasses.replace(material, drawings={"en": [drawn(svg)]}), tiny)


SPACED = [("en", "A. B."), ("ko", "A. B."), ("ja", "A.B."), ("zh-Hant", "A.B.")]


@pytest.mark.parametrize(("language", "wanted"), SPACED)
def test_japanese_and_chinese_set_no_space_between_sentences(language: str, wanted: str) -> None:
    assert Phrases(language, {}).run_on(["A.", "B."]) == wanted
