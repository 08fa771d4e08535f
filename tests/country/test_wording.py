"""Four languages say the same things: the same keys, the same slots, and a lint that reads each of them."""

from __future__ import annotations

import re
import tomllib
from datetime import date

import pytest

from farbank.country import prose_dates
from farbank.country.pack import Pack
from farbank.country.phrases import GENERIC
from farbank.model.dates import When
from farbank.publish.days import patterns, plain

LANGUAGES = ("en", "ko", "ja", "zh")
SLOT = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
CLOSE = date(2023, 7, 19)


def worded(language: str) -> dict[str, str | list[str]]:
    return {
        f"{file.stem}.{key}": value
        for file in sorted((GENERIC / language).glob("*.toml"))
        for key, value in tomllib.loads(file.read_text("utf-8")).items()
    }


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_language_has_the_same_keys_in_the_same_files(language: str) -> None:
    english, other = worded("en"), worded(language)
    assert set(other) == set(english)
    for key, value in other.items():
        assert type(value) is type(english[key]), key
        assert value == [] or "".join(value).strip(), key


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_every_phrase_uses_the_slots_the_english_one_uses(language: str) -> None:
    for key, value in worded(language).items():
        if isinstance(value, str):
            english = worded("en")[key]
            assert isinstance(english, str)
            assert set(SLOT.findall(value)) == set(SLOT.findall(english)), key


def test_the_pack_speaks_all_four(kp: Pack) -> None:
    assert kp.languages == LANGUAGES
    for place in kp.gazetteer:
        if place.level <= 1:
            assert set(LANGUAGES) <= set(place.names), place.id


@pytest.mark.parametrize(
    "when, ja, zh",
    [
        ("2023-06-17", "2023年6月17日", "2023年6月17日"),
        ("2023-06~", "2023年6月ごろ", "2023年6月前后"),
        ("2023-07-01/2023-07-19", "2023年7月1〜19日", "2023年7月1日至19日"),
        ("2023-06-20/2023-06-30", "2023年6月下旬", "2023年6月下旬"),
        ("2023-06-28/2023-07-02", "2023年6月28日〜7月2日", "2023年6月28日至7月2日"),
        ("2022-12-30/2023-01-02", "2022年12月30日〜2023年1月2日", "2022年12月30日至2023年1月2日"),
        ("2023-04/2023-06", "2023年4月〜6月", "2023年4月至6月"),
        ("2021/2023", "2021〜2023年", "2021年至2023年"),
        ("2023-04/..", "2023年4月以降", "2023年4月以来"),
        ("../2023-04", "2023年4月まで", "截至2023年4月"),
    ],
)
def test_dates(kp: Pack, when: str, ja: str, zh: str) -> None:
    assert (kp.phrases["ja"].date(When(when)), kp.phrases["zh"].date(When(when))) == (ja, zh)


@pytest.mark.parametrize("language", ["ko", "ja", "zh"])
@pytest.mark.parametrize("when", ["2023-06-17", "2022-11", "2023-07-01/2023-07-19", "2023-06-28/2023-07-02"])
def test_a_written_date_is_read_back(kp: Pack, language: str, when: str) -> None:
    phrases = kp.phrases[language]
    found = prose_dates.read(phrases.date(When(when)), phrases, CLOSE)
    spans = {(dated.when.earliest, dated.when.latest) for dated in found}
    assert (When(when).earliest, When(when).latest) in spans


@pytest.mark.parametrize(
    "language, text, when",
    [
        ("en", "Signed Jun. 3, it came", "2023-06-03"), ("en", "on 3 Sept. 2022", "2022-09-03"),
        ("en", "On the twenty-first of June", "2023-06-21"), ("en", "June the third", "2023-06-03"),
        ("en", "In early June", "2023-06-01/2023-06-12"), ("en", "at the end of June", "2023-06-19/2023-06-30"),
        ("en", "in mid-June 2022", "2022-06-09/2022-06-21"), ("en", "By May", "2023-05-01/2023-05-31"),
        ("en", "since 2019.", "2019"), ("en", "the winter of 2020", "2020"),
        ("ko", "6월 초순에", "2023-06-01/2023-06-12"), ("ko", "6월 말까지", "2023-06-19/2023-06-30"),
        ("ja", "6月中旬に", "2023-06-09/2023-06-21"), ("zh", "6月底", "2023-06-19/2023-06-30"),
        ("zh", "2019年", "2019"), ("en", "dated 3.6.2023", "2023-06-03"), ("en", "2023-06-03", "2023-06-03"),
        ("ko", "2023. 6. 3.", "2023-06-03"), ("ja", "2023/6/3", "2023-06-03"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_prose_writes_it(kp: Pack, language: str, text: str, when: str) -> None:
    assert [str(dated.when) for dated in prose_dates.read(text, kp.phrases[language], CLOSE)] == [when]


@pytest.mark.parametrize("language, text", [
    ("en", "from 2019 households"), ("en", "of 2019 won"), ("en", "the first week"), ("en", "she may march"),
    ("en", "version 2023.14.3"), ("en", "1,203.5.2020"),
    ("ko", "2019 가구"),
])  # fmt: skip
def test_what_is_no_date_is_not_read_as_one(kp: Pack, language: str, text: str) -> None:
    assert prose_dates.read(text, kp.phrases[language], CLOSE) == ()


@pytest.mark.parametrize(
    "language, two, three",
    [("ja", "回と清", "回、清、恵"), ("zh", "回和清", "回、清和恵"), ("ko", "회령과 청진", "회령, 청진, 혜산")],
)
def test_lists(kp: Pack, language: str, two: str, three: str) -> None:
    names = {"ko": ["회령", "청진", "혜산"]}.get(language, ["回", "清", "恵"])
    assert (kp.phrases[language].join(names[:2]), kp.phrases[language].join(names)) == (two, three)


@pytest.mark.parametrize(
    "language, kind, caught, passed",
    [
        ("ja", "plural-sources", ["複数の関係者によると", "住民たちは語った", "3人の幹部が", "消息筋らは"],
         ["咸鏡北道の住民は語った", "何人もの口を経た伝聞", "一人の幹部によると"]),
        ("zh", "plural-sources", ["多名消息人士表示", "居民们说", "据多方消息", "几位干部", "一些居民"],
         ["一名居民说", "经多人辗转相传", "咸镜北道的居民说"]),
        ("ja", "clock", ["午後3時", "十時半", "05:30に", "未明に", "夜に", "2時間後", "その朝", "30分ほど"],
         ["朝鮮中央通信", "時代", "現在", "部分の"]),
        ("zh", "clock", ["下午三点", "15时30分", "凌晨", "十点左右", "两个小时后", "当晚", "05:30"],
         ["一点也不", "时代", "部分之", "三分之一"]),
        ("ja", "stop", ["駅で", "飛行場", "検問所", "港に", "鉄橋", "税関"], ["香港", "駅伝"]),
        ("zh", "stop", ["车站", "平壤站", "机场", "哨所", "码头", "大桥", "海关"], ["网站", "站出来", "香港"]),
        ("ja", "day", ["月曜日", "17日に", "翌日", "三日前", "光明星節", "二十日に"], ["10日間", "日本"]),
        ("zh", "day", ["星期一", "周日", "17日", "17号", "次日", "三天前", "二十日"], ["日本", "17号楼", "周围"]),
        ("ja", "now", ["今日", "現在", "最近"], ["今年", "今後"]),
        ("zh", "now", ["今天", "目前", "最近"], ["今年", "现场"]),
    ],
)  # fmt: skip
def test_the_lint_reads_them(kp: Pack, language: str, kind: str, caught: list[str], passed: list[str]) -> None:
    read = patterns(kp.phrases[language], kind)
    for text in caught:
        assert any(pattern.search(plain(text)) for pattern in read), text
    for text in passed:
        assert not any(pattern.search(plain(text)) for pattern in read), text
