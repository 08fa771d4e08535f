"""Beside a movement no hour, no stop and no day stands in print, embargo or not."""

from __future__ import annotations

import dataclasses
from datetime import date
from typing import Any

import msgspec
import pytest
from tide import draft_of, finding, quay, story

from farbank.country.pack import Pack
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.findings import Due
from farbank.model.statemedia import Passage, Search, Statement, Window
from farbank.model.story import Draft
from farbank.publish import lint
from farbank.publish.lint import LintContext
from farbank.publish.page import Material, assemble

EN_TOLD = [
    "It passed at about 5 a.m. in the cold.", "It passed at 5am.", "It passed at 0500.",
    "It passed at 05:00, they say.",
    "It passed at 5.15.", "It passed at half past five.", "It passed at a quarter to six.", "It passed at five.",
    "It passed around nine, unlit.", "It passed at seven o'clock.", "It passed at seven-thirty.", "It passed at 05h30.",
    "It was closed from 1900 to 0800.", "It was closed from seven until eight.", "It left around 1530.",
    "It was closed for thirteen hours.", "It was over within minutes.", "It passed at dawn.", "It passed overnight.",
    "It passed in the early morning.", "It came before the sun rose.", "It came under cover of darkness.",
    "It passed at ５ a.m.", "It passed at 5\u200b a.m.", "The station was shut.", "It halted at the airfield.",
    "The checkpoint was doubled.", "The railway yard was cleared.", "It waited at the bridge.",
    "It passed on Sunday.", "It passed on 13 May 2031.", "It passed on May 13.", "It passed on 13 May.",
    "It passed on the 13th.", "It passed on the thirteenth.", "It passed on the thirteenth of May.",
    "It passed on 13 Apr.", "It passed on 2031-05-13.", "It passed on 13/5.", "It passed on 12–14 May 2031.",
    "It came two days later.", "It came the next day.", "It came within three days of it.", "It came the day before.",
    "It passed on Liberation Day.", "It passed at the weekend.",
]  # fmt: skip
EN_VAGUE = [
    "It passed in mid-May 2031.", "It passed in May.", "It passed in early May, a visit to the area.",
    "Some 1,500 troops were moved in 2031.", "Troops were stationed in the province.", "It came a week later.",
    "About five officials went.", "Ten to twelve lorries went.", "Nothing moved from 2019 to 2023.",
    "It held 2.5 million tonnes.", "The 8th Central Committee met.", "Guards were doubled a fortnight later.",
]  # fmt: skip
KO_TOLD = [
    "오전 8시에 지나갔다.", "밤 11시 30분경 지나갔다.", "20시에 지나갔다.", "２０시에 지나갔다.", "다섯 시쯤 지나갔다.",
    "열한시에 지나갔다.", "십구시에 지나갔다.", "05:00, 지나갔다.", "0500에 지나갔다.", "13시간 동안 막았다.",
    "새벽에 지나갔다.", "지난밤 지나갔다.", "날이 밝기 전에 지나갔다.",
    "해가 뜨기 전에 지나갔다.", "어둠 속에 지나갔다.",
    "혜산역을 막았다.", "신의주역에서 멈췄다.", "기차는 역에서 멈췄다.", "비행장에 내렸다.", "검문소를 늘렸다.",
    "철교에서 멈췄다.", "13일에 지나갔다.", "십삼일에 지나갔다.", "5월 13일 지나갔다.", "2031년 5월 12~14일 지나갔다.",
    "5.13 지나갔다.", "일요일에 지나갔다.", "이튿날 지나갔다.", "사흘 뒤 지나갔다.", "태양절에 지나갔다.",
]  # fmt: skip
KO_VAGUE = [
    "5월 중순 지도자가 국경지역을 시찰했다.", "2031년 5월 하순 지나갔다.", "전역에서 통행이 막혔다.", "무역이 줄었다.",
    "병사 1500명이 옮겨 갔다.", "경비가 30일간 이어졌다.", "가격이 3분의 1 줄었다.", "시간이 걸렸다.", "역시 그렇다.",
    "도내 여러 지역 주민이 알았다.", "낮은 값에 팔았다.", "역사적인 일이라고 했다.",
]  # fmt: skip


def claim(id: str, when: str = "2031-05-13", **more: Any) -> Claim:
    text = more.pop("text", {"en": "A train passed in May", "ko": "기차가 5월에 지나갔다"})
    return Claim(id=id, kind="event", text=text, place="tq:O", when=When(when), **more)


TRAIN = claim("train", movement="leader")
GUARDS = claim("guards", part_of="train")
SNOW = claim("snow")


def search(**more: Any) -> Search:
    window = more.pop("window", Window(first=date(2031, 5, 11), last=date(2031, 5, 20)))
    base = {"id": "look", "claims": ("train",), "outlets": ("wire",), "languages": ("en",), "result": "said"}
    return Search(window=window, **{**base, **more})


def told(text: str, published: str = "2031-05-16") -> dict[str, Statement]:
    return {
        "told": Statement(id="told", outlet="wire", language="en", published=When(published), text={"en": text})
    }  # fmt: skip


@pytest.fixture
def moving(context: LintContext) -> LintContext:
    claims = {each.id: each for each in (TRAIN, GUARDS, SNOW)}
    findings = {id: finding(id) for id in claims}
    return dataclasses.replace(context, claims=claims, findings=findings)


def found(body: str, context: LintContext, language: str = "en", headline: str = "A headline [@snow]") -> list[str]:
    text = story(body, headline).replace("[@dues]", "[@snow]")
    rules = lint.check(draft_of(text, language), context)
    return [item.message for item in rules if item.rule == "movement-detail"]


@pytest.mark.parametrize("sentence", EN_TOLD)
def test_english_details_are_stopped(sentence: str, moving: LintContext) -> None:
    assert found(f"{sentence} [@train]", moving)
    assert found(f"{sentence} [@guards]", moving)
    assert found("x [@snow]", moving, headline=f"{sentence} [@train]")
    assert not found(f"{sentence} [@snow]", moving)


@pytest.mark.parametrize("sentence", EN_VAGUE)
def test_english_vagueness_passes(sentence: str, moving: LintContext) -> None:
    assert found(f"{sentence} [@train]", moving) == []


@pytest.mark.parametrize("sentence", KO_TOLD)
def test_korean_details_are_stopped(sentence: str, moving: LintContext, kp: Pack) -> None:
    here = dataclasses.replace(moving, pack=kp, findings={})
    here = dataclasses.replace(
        here, claims={id: msgspec.structs.replace(each, place="kp:KP01") for id, each in here.claims.items()}
    )
    assert found(f"{sentence} [@train]", here, "ko")
    assert not found(f"{sentence} [@snow]", here, "ko")


@pytest.mark.parametrize("sentence", KO_VAGUE)
def test_korean_vagueness_passes(sentence: str, moving: LintContext, kp: Pack) -> None:
    assert found(f"{sentence} [@train]", dataclasses.replace(moving, pack=kp), "ko") == []


@pytest.mark.parametrize("sentence", ["Thä stötëïn ës shut.", "Ët pössäd öt döwn.", "Ët pössäd ïn Sundöy."])
def test_another_language_brings_its_own_words(sentence: str, moving: LintContext) -> None:
    words = {id: worded(each) for id, each in moving.claims.items()}
    assert found(f"{sentence} [@train]", dataclasses.replace(moving, claims=words), "qtz")


def worded(claim: Claim) -> Claim:
    return msgspec.structs.replace(claim, text={"qtz": "Mävä"})


def test_it_blocks(moving: LintContext) -> None:
    (item,) = [i for i in lint.check(draft_of(story("At dawn. [@train]")), moving) if i.rule == "movement-detail"]
    assert item.blocking and item.line == 6


def test_the_whole_paragraph_is_read(moving: LintContext) -> None:
    assert found("At dawn there was snow. [@snow] A train passed. [@train]", moving)
    assert not found("At dawn there was snow. [@snow]\n\nA train passed. [@train]", moving)


def test_the_words_of_the_claim_are_in_print_too(moving: LintContext) -> None:
    exact = claim("train", movement="leader", text={"en": "The station was closed at 19:00 on 12 May"})
    messages = found("A train passed. [@train]", dataclasses.replace(moving, claims={**moving.claims, "train": exact}))
    assert len(messages) == 3


def test_the_note_to_a_search_is_in_print_too(moving: LintContext) -> None:
    noted = search(result="silent", note={"en": "Every issue after 13 May was read."})
    assert found("A train passed. [@train]", dataclasses.replace(moving, searches=(noted,)))
    assert not found("It snowed. [@snow]", dataclasses.replace(moving, searches=(noted,)))


def test_the_words_of_a_picture_are_read_where_a_movement_is_told(moving: LintContext) -> None:
    here = dataclasses.replace(moving, pictures={"quay": quay()})
    assert found("A train passed. [@train]\n\n![](media:quay)", here)
    assert not found("It snowed. [@snow]\n\n![](media:quay)", here)


# Days the state printed


def test_a_day_passes_only_if_state_media_printed_it(moving: LintContext) -> None:
    printed = dataclasses.replace(
        moving, searches=(search(statements=("told",)),), statements=told("On May 13 the leader came")
    )
    assert found("It passed on 13 May 2031. [@train]", printed) == []
    assert found("It passed on 12 May 2031. [@train]", printed)
    assert found("It passed at dawn on 13 May 2031. [@train]", printed)
    undated = dataclasses.replace(printed, statements=told("The leader came"))
    assert found("It passed on 13 May 2031. [@train]", undated)
    half = dataclasses.replace(printed, searches=(search(statements=("told",), result="half-said"),))
    assert found("It passed on 13 May 2031. [@train]", half)


def test_the_day_of_a_passage_and_the_close_may_be_named(moving: LintContext) -> None:
    passage = Passage(
        article="a", outlet="wire", language="en", date=date(2031, 5, 16), title="t", text="t", result="said"
    )  # fmt: skip
    here = dataclasses.replace(moving, searches=(search(passages=(passage,)),))
    assert found("State media told of it on 16 May. [@train] As of 20 May 2031 no more is known. [@train]", here) == []
    assert found("It was told of on 17 May. [@train]", here)


def test_the_day_of_a_passage_may_not_confirm_the_day_of_the_movement(moving: LintContext) -> None:
    passage = Passage(
        article="a", outlet="wire", language="en", date=date(2031, 5, 13), title="t", text="t", result="said"
    )  # fmt: skip
    here = dataclasses.replace(moving, searches=(search(passages=(passage,)),))
    assert found("State media told of it on 13 May. [@train]", here)


def test_a_day_of_the_whole_is_not_a_day_of_the_part(moving: LintContext) -> None:
    claims = {**moving.claims, "guards": claim("guards", "2031-05-12", part_of="train")}
    here = dataclasses.replace(
        moving, claims=claims, searches=(search(statements=("told",)),), statements=told("On May 13 the leader came")
    )
    assert found("Guards came on 12 May 2031. [@guards]", here)
    assert found("Guards came for the visit of 13 May 2031. [@guards]", here) == []


def test_a_search_that_begins_with_the_movement_tells_its_day(moving: LintContext) -> None:
    exact = search(window=Window(first=date(2031, 5, 13), last=date(2031, 5, 20)), result="silent")
    assert found("A train passed. [@train]", dataclasses.replace(moving, searches=(exact,)))
    ends = search(window=Window(first=date(2031, 5, 11), last=date(2031, 5, 13)), result="silent")
    assert found("A train passed. [@train]", dataclasses.replace(moving, searches=(ends,)))
    wide = search(result="silent")
    assert found("A train passed. [@train]", dataclasses.replace(moving, searches=(wide,))) == []


# The margin


def test_the_margin_tells_neither_day_nor_due_day(material: Material, tiny: Pack, draft: Draft) -> None:
    moves = msgspec.structs.replace(
        material.claims["dues"], movement="troops", known=None, due=When("2031-06-01"), when=When("2031-05-12")
    )
    told = dataclasses.replace(
        material,
        claims={**material.claims, "dues": moves},
        findings={
            id: msgspec.structs.replace(each, hops=3, searches=()) for id, each in material.findings.items()
        },
        dues=(Due(of="dues", due=When("2031-06-01"), outcome="open"),),
        record=(),
    )  # fmt: skip
    page = assemble(draft, told, tiny)
    printed = repr((page.note, [row.note for row in page.rows], page.dues))
    assert "mid-May 2031" in printed and "arly June 2031" in printed
    assert "12 May" not in printed and "1 June" not in printed
