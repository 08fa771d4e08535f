"""Spellings that nobody forbade and everybody reads: slips of the pen, other systems, other scripts."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.pack import Pack
from farbank.desk.examples import example
from farbank.desk.file_case import file_case
from farbank.intake import case_folder
from farbank.model.people import Identity
from farbank.protect import near
from farbank.protect.forbidden import Forbidden, Lookout, listing
from farbank.protect.readers.letters import readings
from farbank.protect.spelled import spelled

KEY = b"an invented key!"
LATIN = "abcdefghijklmnopqrstuvwxyz"
JAMO = "".join(map(chr, (*range(0x1100, 0x1113), *range(0x1161, 0x1176))))


def found(forbidden: Forbidden, text: str) -> bool:
    lookout = Lookout(forbidden)
    return any(True for letters in readings(text) for _ in lookout.hits(letters))


def slips(word: str, letters: str) -> Iterator[str]:
    """Every word one slip away."""
    for at in range(len(word) + 1):
        before, after = word[:at], word[at:]
        yield from (before + letter + after for letter in letters)
        if after:
            yield before + after[1:]
            yield from (before + letter + after[1:] for letter in letters)
        if after[1:]:
            yield before + after[1] + after[0] + after[2:]


@pytest.mark.parametrize("name", ["Marubong", "Dolmaru", "Hwangsaeri", "Park Seo-rin", "Weondong", "Chongjin"])
def test_every_slip_in_a_latin_name_is_found(name: str) -> None:
    lookout = Lookout(listing([name], KEY))
    for slip in set(slips(name, LATIN)):
        assert any(hits for letters in readings(f"said {slip}, they did") if (hits := [*lookout.hits(letters)])), slip


def test_the_first_of_six_letters_is_never_mistaken() -> None:
    lookout = Lookout(listing(["Onsong"], KEY))
    for slip in {slip for slip in slips("onsong", LATIN) if slip[0] == "o"}:
        assert any([*lookout.hits(letters)] for letters in readings(f"in {slip}")), slip


@pytest.mark.parametrize(
    "slip",
    [
        "마로봉",
        "마르봉",
        "마무봉",
        "마루본",
        "마루보",
        "아루봉",
        "마루붕에서",
        "말우봉은",
        "마루봉봉",
        "마루벙시당",
        "마루봄 주민",
        "마루봄동무가",
    ],
)
def test_a_slip_of_one_jamo_is_found(slip: str) -> None:
    assert found(listing(["마루봉", "마루봉시"], KEY), f"그때 {slip} 어떠했는가")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Marubong", "Marabang"),
        ("Marubong", "the maribou song"),
        ("Marubong", "Marubogners"),
        ("마루봉", "말밤을"),
        ("마루봉", "마르본이"),
        ("마루봉", "마로봉우리를"),
        ("Onsong", "on songs and consonants"),
        ("Yongan", "in North Pyongan Province"),
        ("한서리", "한자리에 모여 된서리를"),
        ("수진", "수신과 추진은"),
    ],
)
def test_two_slips_parts_of_words_and_short_names_are_left_alone(name: str, text: str) -> None:
    forbidden = listing([name], KEY)
    assert not found(forbidden, text)
    assert found(forbidden, f"{text} {name}")


@given(st.text("abc", min_size=6, max_size=9), st.text("abc", min_size=5, max_size=10))
def test_words_meet_if_they_are_one_slip_apart_and_only_then(one: str, other: str) -> None:
    assert bool(near._slips(one) & set(near._holed("", other))) == (other == one or other in set(slips(one, "abc")))


def test_a_slip_is_told_once_and_not_beside_the_spelling_itself() -> None:
    lookout = Lookout(listing(["Marubong", "Marubong City", "마루봉"], KEY))
    (letters,) = readings("in Marubogn City, in Marubong City, in 마르봉에")
    assert [(letters.text[hit.start : hit.end], hit.near) for hit in lookout.hits(letters)] == [
        ("marubong", False),
        ("marubongcity", False),
        ("marubogn", True),
        ("마르봉", True),
    ]


def test_a_code_word_is_found_as_it_stands_only() -> None:
    forbidden = listing(["Marubong"], KEY, exact={"heather"})
    assert found(forbidden, "heather said") and not found(forbidden, "leather and feathers")


def test_what_reads_like_a_name_everybody_prints_is_left_alone() -> None:
    names = ["Kim Yong Un", "Marubong"]
    assert found(listing(names, KEY), "Kim Jong Un")
    spared = listing(names, KEY, public={"Kim Jong Un"})
    assert not found(spared, "Kim Jong Un said, and Kim Jong-un's")
    assert all(found(spared, slip) for slip in ("Kim Yong Un", "Kim Yongg Un", "Marubogn"))


def test_a_word_of_the_state_is_no_slip_of_a_town(kp: Pack) -> None:
    town = kp.gazetteer.resolve("Songchon County").id
    names, variants, exact = spelled([Identity(id="a", profile={"place": town})], kp.gazetteer)
    spared = listing(names, KEY, variants=variants, exact=exact, public=kp.about.reading.public)
    assert found(listing(names, KEY, variants=variants, exact=exact), "the Songun idea")
    assert not found(spared, "the Songun idea") and found(spared, "in Songchhon")


@pytest.mark.parametrize(
    "text",
    ["Tolmaru", "Dolmaroo", "Tolmareu", "Dolmalu", "Tollmaru", "돌마루에서", "덜마루의", "돌마르로"],
)
def test_a_name_known_in_latin_letters_is_found_in_other_systems_and_in_hangul(kp: Pack, text: str) -> None:
    names, variants, exact = spelled([Identity(id="a", profile={}, spellings=("Dolmaru",))], kp.gazetteer)
    assert found(listing(names, KEY, variants=variants, exact=exact), f"{text} was named")


@pytest.mark.parametrize(
    "text", ["박서린은", "said Pak So Rin", "Park Seo-rin", "Seorin Park", "Bak Seo Rinn", "Parkseolin"]
)
def test_a_person_known_in_one_script_is_found_in_the_other(kp: Pack, text: str) -> None:
    for known in ("박서린", "Park Seo-rin"):
        names, variants, exact = spelled([Identity(id="a", profile={}, spellings=(known,))], kp.gazetteer)
        assert found(listing(names, KEY, variants=variants, exact=exact), text)


@pytest.mark.parametrize(
    "text",
    [
        "D\u043elmaru", "D\u03bflm\u0430ru", "\u041carub\u043eng", "Марубонг", "Марубон", "Долмару", "Δολμαρου",
        "Marubøng", "Marubonɡ", "Ｍａｒｕｂｏｎｇ", "マルボンで", "ﾏﾙﾎﾞﾝ", "まるぼんの", "在丸峰市", "丸　峰",
    ],
)  # fmt: skip
def test_letters_that_only_look_or_sound_like_latin_ones_are_read(text: str) -> None:
    assert found(listing(["Dolmaru", "Marubong", "マルボン", "丸峰"], KEY), f"и {text}, и")


def test_cyrillic_and_greek_prose_is_not_forbidden() -> None:
    forbidden = listing(["Dolmaru", "Marubong", "Moskova", "Onsong"], KEY)
    assert not found(forbidden, "Поселок у реки, дома и бонго; η θάλασσα και το ποτάμι, ο μαραγκός")
    assert found(forbidden, "в Москова")


def test_a_year_of_state_media_trips_nothing_of_the_example(shared_data: Path) -> None:
    forbidden = file_case(case_folder.read(example("june-order"))).forbidden
    lookout = Lookout(forbidden)
    with gzip.open(shared_data / "statemedia" / "kcna_articles_2023_2024.jsonl.gz", "rt", encoding="utf-8") as file:
        articles = [json.loads(line) for line in file]
    texts = [f"{article['title']}\n{article['body']}" for article in articles[::4]]
    assert len(texts) > 300
    for text in texts:
        for letters in readings(text):
            assert [letters.text[hit.start : hit.end] for hit in lookout.hits(letters)] == []
