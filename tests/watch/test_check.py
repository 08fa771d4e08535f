from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from farbank import country
from farbank.country.pack import Pack
from farbank.model import codec
from farbank.model.claims import Claim, Query
from farbank.model.dates import When
from farbank.model.errors import MissingReference
from farbank.model.places import Place
from farbank.model.statemedia import Article, Search, Window
from farbank.watch import archive, check
from farbank.watch.needles import abroad
from farbank.watch.sources.lines import articles

WINDOW = Window(first=date(2031, 7, 25), last=date(2031, 8, 10))
TOWN = Place(
    id="case:arum-gol", level=2, type="city", parent="kp:KP01", names={"en": "Arumgol", "ko": "아룸골"}, spellings=()
)


@pytest.fixture(scope="module")
def pack(kp: Pack) -> Pack:
    return country.overlay(kp, (TOWN,))


def item(day: str, title: str, *paragraphs: str, lang: str = "en", outlet: str = "KCNA", kind: str = "") -> Article:
    body = "\n".join(paragraphs)
    name = f"{abs(hash((day, title, body, lang))):x}"
    return Article(id=name, outlet=outlet, lang=lang, date=date.fromisoformat(day), title=title, body=body, kind=kind)


def quiet(lang: str = "en", skip: Iterable[str] = (), outlet: str = "KCNA") -> Iterator[Article]:
    """One dull article for every day of the window, so that the window is held."""
    text = "A concert took place." if lang == "en" else "음악회가 진행되였다."
    for n in range((WINDOW.last - WINDOW.first).days + 1):
        day = str(WINDOW.first + timedelta(n))
        if day not in skip:
            yield item(day, f"Concert {n}", text, lang=lang, outlet=outlet)


@pytest.fixture
def look(tmp_path: Path, pack: Pack):  # type: ignore[no-untyped-def]
    def look(
        items: Iterable[Article],
        place: str,
        *event: str,
        detail: tuple[str, ...] = (),
        window: Window = WINDOW,
        outlets: tuple[str, ...] | None = None,
    ) -> Search:
        archive.build(items, tmp_path)
        with archive.open(tmp_path) as opened:
            return check(claim(place, *event, detail=detail), opened, pack, window, outlets)

    return look


def claim(place: str, *event: str, detail: tuple[str, ...] = ()) -> Claim:
    query = Query(event=event, detail=detail) if event else None
    return Claim(id="c", kind="event", text={"en": "It was"}, place=place, when=When("2031-07"), query=query)


RYANGGANG = item(
    "2031-07-31",
    "Aid Reaches Flood Victims in Ryanggang Province",
    "A train carrying aid arrived on July 30.",
    "Helicopters rescued people from the flooded village.",
)


def test_an_event_in_its_place_is_said(look) -> None:  # type: ignore[no-untyped-def]
    search = look([*quiet(), RYANGGANG], "kp:KP01", "flood")
    assert search.result == "said"
    best = search.passages[0]
    assert (best.date, best.places, best.touches, best.lacks) == (date(2031, 7, 31), ("kp:KP01",), ("flood",), ())
    assert search.id == "machine-c"
    assert search.bound is None


def test_the_title_gives_a_paragraph_its_place_and_its_event(look) -> None:  # type: ignore[no-untyped-def]
    search = look([*quiet(), RYANGGANG], "kp:KP01", "flood", detail=("rescue",))
    assert search.result == "said"
    assert search.passages[0].text.startswith("Helicopters")


def test_a_detail_left_out_is_half_said(look) -> None:  # type: ignore[no-untyped-def]
    search = look([*quiet(), RYANGGANG], "kp:KP01", "flood", detail=("levee",))
    assert search.result == "half-said"
    assert search.passages[0].lacks == ("levee",)


def test_a_wider_place_is_half_said_and_its_part_is_said(look) -> None:  # type: ignore[no-untyped-def]
    assert look([*quiet(), RYANGGANG], "case:arum-gol", "flood").result == "half-said"
    assert look([], "kp", "flood").result == "said"


def test_the_event_must_be_there_at_all(look) -> None:  # type: ignore[no-untyped-def]
    search = look([*quiet(), RYANGGANG], "case:arum-gol", "death", "flood")
    assert search.result == "silent"
    near = search.passages[0]
    assert (near.result, near.touches) == ("silent", ("flood",))
    assert set(near.lacks) == {"death", "place"}


def test_a_day_missing_forbids_silence(look) -> None:  # type: ignore[no-untyped-def]
    search = look(quiet(skip=("2031-08-02",)), "kp:KP01", "flood")
    assert search.result == "cannot-tell"
    assert search.coverage[0].days_missing == (date(2031, 8, 2),)


def test_every_day_held_and_nothing_found_is_silence(look) -> None:  # type: ignore[no-untyped-def]
    search = look(quiet(), "kp:KP01", "flood")
    assert (search.result, search.coverage[0].days_held, search.passages) == ("silent", 17, ())
    assert codec.from_json(codec.to_json(search), Search, "x") == search


def test_titles_alone_are_never_silence_but_can_be_a_mention(look) -> None:  # type: ignore[no-untyped-def]
    titles = [item(str(one.date), one.title) for one in quiet()]
    assert look(titles, "kp:KP01", "flood").result == "cannot-tell"
    assert look([item("2031-08-01", "Floods Hit Ryanggang Province")], "kp:KP01", "flood").result == "said"


def test_an_excerpt_mentions_but_proves_no_day(look) -> None:  # type: ignore[no-untyped-def]
    excerpts = [item(str(one.date), one.title, one.body, kind="quoted_in_press") for one in quiet()]
    assert look(excerpts, "kp:KP01", "flood").result == "cannot-tell"
    flood = item("2031-08-01", "Note", "Floods hit Ryanggang Province.", kind="quoted_in_press", lang="en")
    assert look([flood], "kp:KP01", "flood").result == "said"


def test_one_language_missing_forbids_silence(look) -> None:  # type: ignore[no-untyped-def]
    korean = list(quiet("ko", skip=("2031-08-02",)))
    assert look([*quiet(), *korean], "kp:KP01", "flood").result == "cannot-tell"
    assert look(quiet("ko"), "kp:KP01", "flood").result == "silent"


def test_a_language_the_concept_has_no_words_in_forbids_silence(look) -> None:  # type: ignore[no-untyped-def]
    assert look([*quiet(), *quiet("de")], "kp:KP01", "flood").result == "cannot-tell"


def test_on_a_day_off_nobody_is_silent(pack: Pack, tmp_path: Path) -> None:
    folder = tmp_path / "pack"
    shutil.copytree(pack.folder, folder)
    outlets = folder / "outlets.toml"
    every = 'publishing = "daily"\n'
    workdays = 'weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday"]\n'
    outlets.write_text(outlets.read_text("utf-8").replace(every, every + workdays, 1), "utf-8")
    rested = country.load(folder)
    archive.build(quiet(skip=("2031-07-27", "2031-08-03", "2031-08-10")), tmp_path / "archive")
    with archive.open(tmp_path / "archive") as opened:
        sunday = Window(first=date(2031, 8, 3), last=date(2031, 8, 3))
        assert check(claim("kp:KP01", "flood"), opened, rested, WINDOW).result == "silent"
        assert check(claim("kp:KP01", "flood"), opened, rested, sunday).result == "cannot-tell"
        assert check(claim("kp:KP01", "flood"), opened, pack, WINDOW).result == "cannot-tell"


def test_another_place_is_elsewhere(look) -> None:  # type: ignore[no-untyped-def]
    flood = item("2031-08-01", "Floods in Sinuiju", "The streets of Sinuiju were flooded.")
    search = look([*quiet(), flood], "kp:KP01", "flood")
    assert (search.result, search.passages[0].result) == ("said-elsewhere", "said-elsewhere")
    assert look([], "kp:KP0601", "flood").result == "said"


def test_elsewhere_needs_the_days_as_silence_does(look) -> None:  # type: ignore[no-untyped-def]
    flood = item("2031-08-01", "Floods in Sinuiju", "The streets of Sinuiju were flooded.")
    search = look([*quiet(skip=("2031-08-05",)), flood], "kp:KP01", "flood")
    assert (search.result, search.passages[0].result) == ("cannot-tell", "said-elsewhere")


def test_another_time_is_elsewhere(look) -> None:  # type: ignore[no-untyped-def]
    flood = item("2031-05-01", "Spring", "The thaw flooded fields in Ryanggang Province.")
    search = look([*quiet(), flood], "kp:KP01", "flood")
    assert (search.result, search.passages[0].date) == ("said-elsewhere", date(2031, 5, 1))
    far = item("2029-05-01", "Spring", "The thaw flooded fields in North Hamgyong Province.")
    assert look([far], "kp:KP02", "flood").result == "silent"


def test_what_happens_abroad_is_elsewhere(look) -> None:  # type: ignore[no-untyped-def]
    abroad = item("2031-08-01", "Floods in Thailand", "Water rose.", "The flood left two dead.")
    for place in ("kp", "kp:KP01"):
        assert look([*quiet(), abroad], place, "death", "flood").result == "said-elsewhere"
    opening = item("2031-08-03", "Heavy Floods", "Bangkok, the capital of Thailand, was flooded.")
    assert look([opening], "kp:KP01", "flood").result == "said-elsewhere"
    strike = item("2031-08-02", "News", "In S. Korea a union began a hunger strike.")
    assert look([strike], "kp", "hunger").result == "said-elsewhere"


def test_the_country_beside_another_may_be_meant_or_not(look) -> None:  # type: ignore[no-untyped-def]
    message = item("2031-08-01", "Message", "The DPRK premier wrote to Cambodia about the flood.")
    assert look([*quiet(), message], "kp", "flood").result == "cannot-tell"
    guest = item("2031-08-03", "Guests", "A Russian delegation saw the flooded fields of Ryanggang Province.")
    assert look([guest], "kp:KP01", "flood").result == "said"


def test_a_country_is_not_abroad_from_itself(pack: Pack) -> None:
    phrases = abroad(pack, ("en", "ko", "es"))
    assert ("korea",) not in phrases["en"]
    assert ("china",) in phrases["en"]
    assert set(phrases) == {"en", "ko", "es"}


def test_the_province_named_beside_another_county_is_not_the_province(look) -> None:  # type: ignore[no-untyped-def]
    flood = item("2031-08-01", "Rain", "Fields in Pochon County, Ryanggang Province, were flooded.")
    assert look([*quiet(), flood], "case:arum-gol", "flood").result == "said-elsewhere"
    assert look([], "kp:KP01", "flood").result == "said"


def test_a_denial_contradicts_its_own_place_and_what_lies_in_it(look) -> None:  # type: ignore[no-untyped-def]
    denial = item("2031-08-01", "After the Flood", "No deaths were caused by the flood in Ryanggang Province.")
    assert look([*quiet(), denial], "kp:KP01", "death", "flood").result == "contradicted"
    assert look([], "case:arum-gol", "death", "flood").result == "contradicted"
    assert look([], "kp:KP02", "death", "flood").result == "silent"


def test_a_denial_of_a_part_does_not_contradict_the_whole(look) -> None:  # type: ignore[no-untyped-def]
    denial = item("2031-08-01", "After the Flood", "No deaths were caused by the flood in Hyesan City.")
    assert look([*quiet(), denial], "kp:KP01", "death", "flood").result == "silent"


def test_northern_korean_is_read_with_its_particles(look) -> None:  # type: ignore[no-untyped-def]
    flood = item("2031-08-01", "피해복구", "량강도 김정숙군에서 큰물피해를 입은 주민들이 구조되였다.", lang="ko")
    assert look([*quiet("ko"), flood], "kp:KP0103", "flood", detail=("rescue",)).result == "said"
    assert look([], "kp:KP01", "flood").result == "said"
    assert look([], "kp:KP06", "flood").result == "said-elsewhere"


def test_a_korean_denial_follows_what_it_denies(look) -> None:  # type: ignore[no-untyped-def]
    denial = item("2031-08-01", "소식", "량강도에서는 큰물피해로 인한 사망자가 없다.", lang="ko")
    assert look([*quiet("ko"), denial], "kp:KP01", "death", "flood").result == "contradicted"


def test_what_only_the_surroundings_complete_is_neither_mention_nor_silence(look) -> None:  # type: ignore[no-untyped-def]
    loose = item("2031-08-01", "Meeting Held", "Floods hit Ryanggang Province.", "Two men died that night.")
    search = look([*quiet(), loose], "kp:KP01", "death", "flood")
    assert (search.result, search.passages[0].result) == ("cannot-tell", "cannot-tell")


def test_a_claim_without_a_query_cannot_be_told(look) -> None:  # type: ignore[no-untyped-def]
    search = look([*quiet(), RYANGGANG], "kp:KP01")
    assert (search.result, search.passages, len(search.coverage)) == ("cannot-tell", (), 1)


def test_only_the_outlets_asked_for_count(look) -> None:  # type: ignore[no-untyped-def]
    rodong = item("2031-08-01", "Floods in Ryanggang Province", "Water rose.", outlet="Rodong Sinmun")
    assert look([*quiet(), rodong], "kp:KP01", "flood").result == "said"
    search = look([], "kp:KP01", "flood", outlets=("kcna",))
    assert (search.result, search.outlets) == ("silent", ("KCNA",))
    assert look([], "kp:KP01", "flood", outlets=("rodong-sinmun",)).result == "said"
    absent = look([], "kp:KP01", "flood", outlets=("kcna", "Minju Joson"))
    assert absent.result == "cannot-tell"
    with pytest.raises(MissingReference, match="Daily Invention"):
        look([], "kp:KP01", "flood", outlets=("Daily Invention",))


def test_a_concept_nobody_knows_is_refused_rather_than_not_found(look) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(MissingReference, match="floood"):
        look(quiet(), "kp:KP01", "floood")


def test_too_many_candidates_to_read_are_not_silence(look) -> None:  # type: ignore[no-untyped-def]
    crowd = [item("2031-08-01", f"Sinuiju {n}", f"Flood {n}: no deaths in Sinuiju by the flood.") for n in range(250)]
    assert look([*quiet(), *crowd], "kp:KP01", "death", "flood").result == "cannot-tell"


def test_an_empty_archive_cannot_tell(look) -> None:  # type: ignore[no-untyped-def]
    assert look([], "kp:KP01", "flood").result == "cannot-tell"


@pytest.fixture(scope="module")
def flood_year(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[archive.Archive]:
    folder = tmp_path_factory.mktemp("archive")
    archive.build(articles(shared_data / "statemedia" / "kcna_articles_2023_2024.jsonl.gz"), folder)
    with archive.open(folder) as opened:
        yield opened


SUMMER = Window(first=date(2024, 7, 27), last=date(2024, 8, 31))


def test_the_flood_of_2024_was_said_of_the_province(flood_year: archive.Archive, pack: Pack) -> None:
    search = check(claim("kp:KP01", "flood"), flood_year, pack, SUMMER)
    said = {passage.date for passage in search.passages if passage.result == "said"}
    assert search.result == "said"
    assert {date(2024, 7, 31), date(2024, 8, 14)} <= said
    assert search.coverage[0].days_missing == ()


def test_the_flood_of_2024_was_said_of_the_county_with_the_rescue(flood_year: archive.Archive, pack: Pack) -> None:
    search = check(claim("kp:KP0103", "flood", detail=("rescue",)), flood_year, pack, SUMMER)
    assert (search.result, search.passages[0].date) == ("said", date(2024, 7, 31))
    assert "kp:KP0103" in search.passages[0].places


def test_an_invented_town_is_half_said_and_its_dead_are_not(flood_year: archive.Archive, pack: Pack) -> None:
    assert check(claim("case:arum-gol", "flood"), flood_year, pack, SUMMER).result == "half-said"
    assert check(claim("case:arum-gol", "death", "flood"), flood_year, pack, SUMMER).result in ("silent", "cannot-tell")


def test_a_spring_with_holes_cannot_be_told(flood_year: archive.Archive, pack: Pack) -> None:
    may = Window(first=date(2024, 5, 1), last=date(2024, 5, 31))
    search = check(claim("kp:KP01", "flood"), flood_year, pack, may)
    assert search.result == "cannot-tell"
    assert len(search.coverage[0].days_missing) == 19
    assert {passage.result for passage in search.passages} == {"said-elsewhere"}


def test_headlines_alone_never_give_silence(shared_data: Path, tmp_path: Path, pack: Pack) -> None:
    headlines = articles(shared_data / "statemedia" / "kcna_headlines_1997_2014.jsonl.gz")
    archive.build((one for one in headlines if one.date.year == 2009), tmp_path)
    year = Window(first=date(2009, 3, 1), last=date(2009, 6, 1))
    with archive.open(tmp_path) as opened:
        for place in ("kp", "kp:KP01", "kp:KP0103"):
            for event in ("flood", "hunger", "lockdown", "levee"):
                search = check(claim(place, event), opened, pack, year)
                assert search.result != "silent"
                assert all(one.bodies == 0 < one.titles_only for one in search.coverage)


def test_a_slip_of_the_pen_beside_another_place_forbids_silence(look) -> None:  # type: ignore[no-untyped-def]
    slip = item("2031-07-31", "Floods", "Floods hit Chungjin and the town of Hoeryong.")
    search = look([*quiet(), slip], "kp:KP0205", "flood")
    assert (search.result, search.passages[0].text) == ("cannot-tell", slip.body)


@pytest.mark.parametrize(
    ("text", "lang", "place"),
    [
        ("平壌で洪水が起きた。", "ja", "kp:KP10"),
        ("平壤市發生洪水。", "zh-Hant", "kp:KP10"),
        ("會寧市에서 洪水가 났다.", "ko", "kp:KP0203"),
        ("회령시가 물에 잠겼다.", "ko", "kp:KP0203"),
        ("Floods hit Ch’ŏngjin.", "en", "kp:KP0205"),
        ("Floods hit Cheongjin.", "en", "kp:KP0205"),
    ],
)
def test_no_spelling_hides_a_mention(look, text: str, lang: str, place: str) -> None:  # type: ignore[no-untyped-def]
    assert look([item("2031-07-31", "-", text, lang=lang)], place, "flood").result == "said"


def test_a_lone_syllable_proves_no_silence(look) -> None:  # type: ignore[no-untyped-def]
    assert (
        look([*quiet("ko"), item("2031-07-31", "-", "쌀값이 올랐다.", lang="ko")], "kp", "word:쌀").result
        == "cannot-tell"
    )
    assert look([], "kp", "word:쌀값이").result in ("said", "half-said")
    assert look([], "kp", "word:옥수수").result == "silent"


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("Forests burnt in Kangwon Province of south Korea.", "cannot-tell"),
        ("A forest fire broke out in Cholwon of south Korean Kangwon Province.", "cannot-tell"),
        ("Forests burnt in Kangwon Province.", "said"),
        ("Forests burnt in Wonsan, Kangwon Province, south Korean media claim.", "said"),
    ],
)
def test_a_namesake_of_the_other_side_is_no_mention_by_itself(look, text: str, result: str) -> None:  # type: ignore[no-untyped-def]
    assert look([*quiet(), item("2031-08-01", "Fires", text)], "kp:KP04", "word:forest").result == result


def test_what_is_said_of_the_whole_country_is_the_place_of_a_claim_about_it(look) -> None:  # type: ignore[no-untyped-def]
    rumour = item("2031-08-01", "Rumour Rebuked", "There is no flood in the DPRK, whatever the wire spreads.")
    assert look([*quiet(), rumour], "kp", "flood").result == "contradicted"
    assert (
        look([*quiet(), item("2031-08-01", "Note", "The DPRK saw a flood of trade.")], "kp", "flood").result == "said"
    )


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("KCNA Commentary Rebukes False Rumors", "They say that a flood hit Ryanggang Province."),
        ("Commentary", "The wire floated the misinformation that Ryanggang Province stood under a flood."),
    ],
)
def test_what_is_told_to_be_denied_is_for_people_to_read(look, title: str, text: str) -> None:  # type: ignore[no-untyped-def]
    assert look([*quiet(), item("2031-08-01", title, text)], "kp:KP01", "flood").result == "cannot-tell"
