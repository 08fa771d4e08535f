"""The forbidden list: what goes in, what it shows, what it finds."""

from __future__ import annotations

import unicodedata

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.country.gazetteer import Gazetteer
from farbank.country.pack import Pack
from farbank.country.reading import Reading
from farbank.country.spellings import Habits, PlaceType
from farbank.model import codec
from farbank.model.errors import UnknownPlace
from farbank.model.people import Identity
from farbank.model.places import Place
from farbank.protect.forbidden import LEAST, Forbidden, Lookout, TooShort, WeakKey, listing
from farbank.protect.readers.letters import readings
from farbank.protect.spelled import spelled

KEY = b"an invented key!"
PLACES = (
    Place(id="qq", level=0, type="country", parent=None, names={"en": "Quillon"}),
    Place(id="qq:01", level=1, type="province", parent="qq", names={"en": "Upper Sarn", "ko": "상사른"}),
    Place(id="qq:0107", level=2, type="county", parent="qq:01", names={"en": "Dolmaru", "ko": "돌마루", "zh": "石楼"}),
    Place(id="qq:gn-44", level=3, type="town", parent="qq:0107", names={"en": "Vessim", "ko": "웨심"}),
)
GAZETTEER = Gazetteer(PLACES, Habits(types={"county": PlaceType(suffixes=(" County", "군"))}), Reading())


def spellings(identities: list[Identity], gazetteer: Gazetteer) -> set[str]:
    return set().union(*spelled(identities, gazetteer))


def filed(identities: list[Identity], gazetteer: Gazetteer) -> Forbidden:
    names, variants, exact = spelled(identities, gazetteer)
    return listing(names, KEY, variants=variants, exact=exact)


def found(forbidden: Forbidden, text: str) -> bool:
    lookout = Lookout(forbidden)
    return any(True for letters in readings(text) for _ in lookout.hits(letters))


def test_a_person_brings_names_and_every_finer_place_in_every_script() -> None:
    person = Identity(id="willow", profile={"place": "qq:gn-44"}, spellings=("한서리",))
    all_of_them = spellings([person], GAZETTEER)
    assert {"한서리", "Vessim", "웨심", "Dolmaru", "돌마루", "石楼", "Dolmaru County", "qq:0107"} <= all_of_them
    assert not {"Upper Sarn", "상사른", "Quillon", "qq:01"} & all_of_them


def test_a_hangul_name_is_also_forbidden_in_latin_letters_either_way_round() -> None:
    forbidden = filed([Identity(id="a", profile={}, spellings=("박서린",))], GAZETTEER)
    for written in ("Pak So Rin", "Park Seo-rin", "SEORIN PARK", "Bak Sorin"):
        assert found(forbidden, f"said {written}, who was there"), written
    assert not found(forbidden, "parks so rinsed by rain")


def test_a_latin_name_is_also_forbidden_the_other_way_round() -> None:
    forbidden = filed([Identity(id="a", profile={}, spellings=("Ri Sollim",))], GAZETTEER)
    assert found(forbidden, "a note by Sollim Lee.")


def test_a_place_anywhere_in_a_profile_counts_but_other_nodes_are_no_places() -> None:
    person = Identity(id="a", profile={"birthplace": "qq:0107", "organisation": "org:party", "place": "qq:01/county"})
    assert "돌마루" in spellings([person], GAZETTEER)
    with pytest.raises(UnknownPlace):
        spellings([Identity(id="a", profile={"place": "qq:0999"})], GAZETTEER)


def test_a_name_the_town_shares_with_its_province_is_not_forbidden() -> None:
    twin = Place(id="qq:0108", level=2, type="city", parent="qq:01", names={"en": "Upper Sarn", "ko": "사른시내"})
    gazetteer = GAZETTEER.overlay([twin])
    person = Identity(id="a", profile={"place": "qq:0108"})
    assert "Upper Sarn" not in spellings([person], gazetteer)
    assert "사른시내" in spellings([person], gazetteer)


@pytest.mark.parametrize("short", ["돌", "石", "Sol", "So-l", "", "…", "K씨"])
def test_what_is_too_short_is_refused_without_repeating_it(short: str) -> None:
    with pytest.raises(TooShort) as refusal:
        listing(["Dolmaru", short], KEY)
    assert not short or short not in str(refusal.value)


@pytest.mark.parametrize("key", [b"", b"short", b"k" * 65])
def test_a_weak_key_is_refused(key: bytes) -> None:
    with pytest.raises(WeakKey):
        listing(["Dolmaru"], key)


def test_the_list_shows_neither_spelling_nor_number() -> None:
    few = listing(["Dolmaru"], KEY)
    many = listing(
        [f"Dol{a}{b}ru" for a in "aeiou" for b in "bdgjklmnp"], KEY, exact=[f"Dol{i:04}" for i in range(900)]
    )
    assert len(few.hashes) == len(many.hashes) == LEAST
    assert len(few.heads) == len(many.heads)
    written = codec.to_json(few)
    assert b"olmaru" not in written and KEY not in written
    assert msgspec.json.decode(written, type=Forbidden) == few


def test_the_list_grows_to_the_next_power_of_two_and_still_finds_all() -> None:
    words = [f"Dolmaru{i:05}" for i in range(LEAST + 1)]
    forbidden = listing(words, KEY)
    assert len(forbidden.hashes) == 2 * LEAST
    assert all(found(forbidden, word) for word in words[::750])


def test_the_decoys_cannot_be_made_again_from_the_list_itself() -> None:
    forbidden = listing([], KEY, exact=["Dolmaru"])
    again = listing([], forbidden.key)
    assert len(set(forbidden.hashes) & set(again.hashes)) == 0
    assert len(set(forbidden.hashes) & set(listing([], KEY).hashes)) == LEAST - 1


def test_equal_spellings_give_equal_lists_and_another_key_an_unlike_one() -> None:
    assert listing(["Dolmaru", "돌마루"], KEY) == listing(["돌-마루", "DOLMARU"], KEY)
    assert not set(listing(["Dolmaru"], KEY).hashes) & set(listing(["Dolmaru"], KEY[::-1]).hashes)


HIDDEN = (
    *(
        "돌마루에서",
        "함북돌마루군",
        "돌 마루는",
        "돌-마루",
        "돌\u200b마루",
        "ㄷㅗㄹㅁㅏㄹㅜ",
        "ㄷ ㅗ ㄹ ㅁ ㅏ ㄹ ㅜ",
        "도ㄹ마루",
    ),
    *("dolmaru", "DOL-MARU", "Dol maru", "D o l m a r u", "Dolmaru's", "dolmarus", "Dol\u00admaru", "Ｄｏｌｍａｒｕ"),
    *("Dólmàru", "inDolmaruCity", "dol_maru.png", "D\u202eolmaru", "石楼市", "石\u3000楼", "在石楼", "Dol\nmaru"),
)


@pytest.mark.parametrize("text", HIDDEN)
def test_it_is_found_however_it_is_written(text: str) -> None:
    forbidden = listing(["Dolmaru", "돌마루", "石楼"], KEY)
    assert found(forbidden, f"before {text} after")
    assert found(forbidden, text)
    assert found(forbidden, unicodedata.normalize("NFD", f"앞 {text} 뒤"))


HARMLESS = (
    ("Onsong", "a lesson song, and on songs"),
    ("Yongan", "North Pyongan Province"),
    ("Sinpo", "the assassin position"),
    ("Mina", "a nominal seminar on minarets and examinations"),
    ("Anak", "Pakistan akin to Canakkale"),
    ("이수", "사람이 수십 명"),
    ("수진", "다수 진영"),
    ("수진", "다수진영"),
    ("위원", "인민위원회"),
)


@pytest.mark.parametrize(("spelling", "text"), HARMLESS)
def test_other_words_that_hold_its_letters_by_chance_are_left_alone(spelling: str, text: str) -> None:
    forbidden = listing([spelling], KEY)
    assert not found(forbidden, text)
    assert found(forbidden, f"{text}, {spelling}.")


@pytest.mark.parametrize("text", ["리수진은", "수진동무가", "비서수진에게", "수진", "李수진"])
def test_a_short_korean_name_is_found_where_it_stands_as_a_name(text: str) -> None:
    assert found(listing(["수진"], KEY), f"그때 {text} 말했다")


def test_a_town_named_like_a_common_word_is_forbidden_as_a_town_only(kp: Pack) -> None:
    wiwon = kp.gazetteer.resolve("Wiwon").id
    forbidden = filed([Identity(id="a", profile={"place": wiwon})], kp.gazetteer)
    assert not found(forbidden, "당 위원회와 인민위원회의 위원들")
    for leak in ("위원에서", "위원군당", "위원으로 갔다", "위원광산"):
        assert found(forbidden, leak), leak


DOLMARU = listing(["Dolmaru", "돌마루"], KEY)


@given(st.text(max_size=60), st.text(max_size=60))
def test_a_name_set_apart_is_found_in_any_surroundings(before: str, after: str) -> None:
    assert found(DOLMARU, f"{before}\nDolmaru\n{after}")


@given(st.text())
def test_any_text_can_be_looked_through(text: str) -> None:
    assert found(DOLMARU, text) in (True, False)
    for letters in readings(text):
        assert len(letters.edges) == len(letters.text) + 1
