"""Build the data files of the kp pack from a source data folder: `python scripts/build_kp.py DATA [OUT]`.

Equal sources give equal bytes. What is decided here rather than in the sources is in the constants at the top.
"""

from __future__ import annotations

import csv
import io
import json
import math
import re
import sys
import unicodedata
from pathlib import Path
from typing import Any

from farbank.country.fold import fold, skeleton
from farbank.country.romanise import romanised

OUT = Path(__file__).parent.parent / "src" / "farbank" / "country" / "kp"

RASON = "KP0201"
"""In the code set a city of KP02, today a special city of its own: it takes the province row's names too."""
SPECIAL = frozenset({"KP10", "KP11", RASON})
SHORT = {
    "KP01": "", "KP02": "함북", "KP03": "함남", "KP04": "", "KP05": "", "KP06": "평북", "KP07": "평남", "KP08": "황북",
    "KP09": "황남", "KP10": "", "KP11": "", RASON: "",
}  # fmt: skip
"""Newspaper short forms of provinces."""
STEMS = {
    "KP02": ("North", "Hamgyong"), "KP03": ("South", "Hamgyong"), "KP06": ("North", "Phyongan"),
    "KP07": ("South", "Phyongan"), "KP08": ("North", "Hwanghae"), "KP09": ("South", "Hwanghae"),
}  # fmt: skip
"""Provinces named by a direction: KCNA's spelling, and the ground for `N. Hamgyong`, `Hamgyong-bukto`."""
REGIONS = {
    "Hamgyong": ("Hamgyong", "Hamgyeong", "Hamkyong", "Hamgyung", "Hamkyung", "함경", "함경도", "咸鏡道", "咸镜道"),
    "Phyongan": ("Phyongan", "Pyongan", "Pyeongan", "평안", "평안도", "平安道"),
    "Hwanghae": ("Hwanghae", "황해", "황해도", "黃海道", "黄海道"),
}
"""What a region is called without its direction: it fits two provinces, and is refused as ambiguous."""
FORMER = {"KP0221": ("새별군", "Saeppyol", "Saebyol"), "KP0222": ("은덕군", "Undok", "Eundeok")}
"""Names some counties bore for a time and papers still use."""
QUARTERS = {
    "KP1001": (
        ("Jung|Chung", "중", ""), ("Phyongchon", "평천", "平川"), ("Pothonggang", "보통강", "普通江"),
        ("Moranbong", "모란봉", "牡丹峰"), ("Sosong", "서성", "西城"), ("Songyo", "선교", "船桥|船橋"),
        ("Tongdaewon", "동대원", "东大院|東大院"), ("Taedonggang", "대동강", "大同江"), ("Sadong", "사동", "寺洞"),
        ("Taesong", "대성", "大城"), ("Mangyongdae", "만경대", "万景台|萬景臺"), ("Hyongjesan", "형제산", "兄弟山"),
        ("Ryongsong", "룡성", "龙城|竜城|龍城"), ("Samsok", "삼석", "三石"), ("Ryokpho", "력포", "力浦"),
        ("Rakrang", "락랑", "乐浪|楽浪|樂浪"), ("Sunan", "순안", "顺安|順安"), ("Hwasong", "화성", "和盛"),
    ),
    "KP0205": (
        ("Chongam", "청암", "青岩"), ("Phohang", "포항", "浦港"), ("Sinam", "신암", "新岩"), ("Sunam", "수남", "水南"),
        ("Songphyong", "송평", "松坪"), ("Ranam", "라남", "罗南|羅南"), ("Puyun", "부윤", "富润|富潤"),
    ),
    "KP0307": (
        ("Songchongang", "성천강", "城川江"), ("Tonghungsan", "동흥산", "东兴山|東興山"),
        ("Hoesang", "회상", "会上|會上"), ("Sapho", "사포", "沙浦"), ("Hungnam", "흥남", "兴南|興南"),
        ("Haean", "", ""), ("Hungdok", "흥덕", "兴德|興徳"),
    ),
    "KP1102": (("Hanggu", "항구", ""), ("Waudo", "와우도", "卧牛岛|臥牛島")),
    RASON: (("Rajin", "라진", "罗津|羅津"), ("Sonbong", "선봉", "先锋|先鋒")),
}  # fmt: skip
"""Districts of cities, from general knowledge: KCNA's Latin stem, Hangul, Chinese characters. What would read as an
ordinary word even with its type word (a coastal zone, a port area) is left out."""
SPOKEN = {
    "KP0803": ("개성특별시", "개성특급시", "Kaesong Special City"),
}
"""Further names that papers use and the sources lack."""
WRONG = {
    "1870883": {"開城", "kai cheng"},  # Kaesong's name on Sariwon
    "1871871": {"平壌", "ping rang"},  # Pyongyang's name on Pyongsong
    "2042645": {"羅先", "罗先", "luo xian", "Rason"},  # the special city's name on one of its towns
}
"""GeoNames alternates that name another place."""
NEAR_KM = 30
"""A town of a unit's name this near its centre is that unit's town even where the two sources draw provinces apart."""
CUT = 300
"""Characters at which the source cuts its list of Latin alternates, the last one in two."""
TOWN_ENDING = re.compile(r"-(ŭp|up|si|dong|tong|ni|ri|li|nodongjagu|rodongjagu|lodongjagu)$|(?<=..)(읍|시|동|리)$")

Row = dict[str, str]


def main(data: Path, out: Path) -> None:
    """Write every generated file of the pack into `out`."""
    (out / "boundaries").mkdir(parents=True, exist_ok=True)
    (out / "places.csv").write_text(_table(places(data / "gazetteer", data / "census")), "utf-8", newline="")
    (out / "glossary.csv").write_text(_table(glossary(data / "glossary")), "utf-8", newline="")
    for name, collection in outlines(data / "boundaries").items():
        text = json.dumps(collection, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        (out / "boundaries" / name).write_text(text + "\n", "utf-8", newline="")


def places(gazetteer: Path, census: Path) -> list[Row]:
    """Rows of places.csv: the country, its provinces and special cities, their units, and towns."""
    level1 = {row["pcode"]: row for row in _rows(gazetteer / "admin1.csv")}
    level2 = [row for row in _rows(gazetteer / "admin2.csv") if row["pcode"] != RASON]
    rason = next(row for row in _rows(gazetteer / "admin2.csv") if row["pcode"] == RASON)
    counted = {row["iso_3166_2"]: row["basis"] for row in _rows(census / "province_population_2008.csv")}
    units = [_unit(row) for row in level2]
    provinces = [_province(row, units, rason, counted) for row in level1.values()]
    total = sum(float(row["population"]) for row in provinces)
    country = _row(
        "kp", 0, "country", "", iso="KP", name_en="North Korea", name_ko="북한", name_zh="朝鲜", name_ja="北朝鮮",
        spellings=_joined(
            "DPRK", "D.P.R.K.", "Democratic People's Republic of Korea", "조선민주주의인민공화국"
        ),
        alternates=_joined(
            "조선", "朝鮮民主主義人民共和国", "朝鲜民主主义人民共和国", "RPDC",
            "República Popular Democrática de Corea",
        ),
        lat="40.2", lon="127.1", population=f"{total:.0f}", basis="page",
    )  # fmt: skip
    by_iso = {row["iso_3166_2"]: pcode for pcode, row in level1.items()}
    quarters = [_quarter(city, *quarter) for city, own in QUARTERS.items() for quarter in own]
    towns = [_town(row, by_iso, [*units, *quarters]) for row in _rows(gazetteer / "places_geonames.csv")]
    return [country, *(row for rows in (provinces, units, quarters, towns) for row in sorted(rows, key=_id))]


def _province(row: Row, units: list[Row], rason: Row, counted: dict[str, str]) -> Row:
    pcode, iso = row["pcode"], row["iso_3166_2"]
    own = [unit for unit in units if unit["parent"] == f"kp:{pcode}"]
    people = sum(float(unit["population"]) for unit in own) or float(rason["pop_est"])
    # Where today's outline has other units than the census counted, a basis of the figure's own is not to be had.
    same = row["pop_2008"] and people == float(row["pop_2008"])
    basis = counted[iso] if same else "recalled" if pcode in (RASON, "KP02") else "modelled"
    more = [rason[c] for c in ("name_ko", "name_ko_south", "hanja", "name_zh", "name_ja", "name_mr", "name_rr")]
    return _row(
        f"kp:{pcode}", 1, "special-city" if pcode in SPECIAL else "province", "kp", iso=iso,
        name_en=row["name_en"], name_ko=row["name_ko"], name_zh=row["name_zh"], name_ja=row["name_ja"],
        spellings=_joined(
            re.sub(r"\(.*\)", "", row["name_ko_south"]), row["hanja"], *row["alt_latin"].split("|"), SHORT[pcode],
            *_directed(pcode), *(more if pcode == RASON else ()),
        ),
        alternates=_joined(row["name_ko_south"], *(REGIONS[STEMS[pcode][1]] if pcode in STEMS else ())),
        lat=row["lat"], lon=row["lon"], km_to_border=rason["km_to_china"] if pcode == RASON else "",
        population=f"{people:.0f}", basis=basis,
    )  # fmt: skip


def _directed(pcode: str) -> list[str]:
    if pcode not in STEMS:
        return []
    direction, stem = STEMS[pcode]
    after = ("-bukto", "-bukdo", "-pukto", " del Norte") if direction == "North" else ("-namdo", " del Sur")
    stems = dict.fromkeys((stem, stem.replace("Ph", "P")))
    before = [f"{word}{s}" for s in stems for word in (f"{direction} ", f"{direction[0]}. ")]
    return before + [f"{s}{ending}" for s in stems for ending in after]


def _unit(row: Row) -> Row:
    kind, name = row["type"], row["name_official"]
    printed = name if kind == "city" else f"{name} {kind.capitalize()}"
    counted = bool(row["pop_2008"])
    return _row(
        f"kp:{row['pcode']}", 2, kind, f"kp:{row['parent']}", name_en=printed,
        name_ko=row["name_ko"], name_zh=row["name_zh"], name_ja=row["name_ja"],
        spellings=_joined(
            name, *(row[c] for c in ("name_ko_south", "hanja", "name_mr", "name_rr")), *SPOKEN.get(row["pcode"], ())
        ),
        alternates=_joined(*FORMER.get(row["pcode"], ())),
        lat=row["lat"], lon=row["lon"], km_to_border=row["km_to_china"], population=row["pop_est"],
        basis=row["pop_2008_basis"].removesuffix("+geonames") if counted else "modelled",
    )  # fmt: skip


SOUTHERN = str.maketrans("라락력룡", "나낙역용")
"""First syllables the South writes otherwise."""


def _southern(name: str) -> str:
    return name[:1].translate(SOUTHERN) + name[1:]


def _quarter(city: str, stem: str, hangul: str, han: str) -> Row:
    first, *others = stem.split("|")
    korean = [f"{name}구역" for name in (hangul, _southern(hangul)) if name]
    chinese = [f"{name}区域" for name in han.split("|") if name]
    return _row(
        f"kp:{city}-{first.lower()}", 3, "quarter", f"kp:{city}", name_en=f"{first} District",
        name_ko=korean[0] if korean else "",
        name_zh=chinese[0] if chinese else "", name_ja=chinese[-1] if chinese else "",
        spellings=_joined(*korean, *chinese, *(f"{name} District" for name in others)),
    )  # fmt: skip


def _town(row: Row, by_iso: dict[str, str], units: list[Row]) -> Row:
    wrong = WRONG.get(row["geonameid"], set())
    korean = [name for name in row["names_ko"].split("|") if name]
    latin = row["names_latin"].split("|")
    others = [*korean, *row["names_cjk"].split("|"), *(latin[:-1] if len(row["names_latin"]) >= CUT else latin)]
    kept = [name for name in others if name not in wrong and not re.fullmatch("[A-Z]{3}", name)]
    said = _same_name(row["name"], korean)
    iso = "KP-06" if row["iso_3166_2"] == "KP-15" else row["iso_3166_2"]  # a code of Kaesong's that is no longer one
    people = row["population"] if row["population"] != "0" else ""
    return _row(
        f"kp:gn-{row['geonameid']}", 3, "town", _parent(row, kept, f"kp:{by_iso[iso]}", units),
        name_en=_ascii(row["name"]), name_ko=said, spellings=_joined(row["name"], _southern(said)),
        alternates=_joined(*kept), lat=row["lat"], lon=row["lon"],
        population=people, basis="recalled" if people else "",
    )  # fmt: skip


def _same_name(name: str, korean: list[str]) -> str:
    """The Hangul name that reads like `name`, else none: an alternate may be of a former or a neighbouring place."""
    for whole in (True, False):
        for hangul in korean:
            shown, said = (name, hangul) if whole else (TOWN_ENDING.sub("", name), TOWN_ENDING.sub("", hangul))
            if skeleton(fold(shown)) in {skeleton(fold(latin)) for latin in romanised(said)}:
                return hangul
    return ""


def _parent(town: Row, others: list[str], province: str, units: list[Row]) -> str:
    """What it bears the name of, its own or an alternate: a unit in its province, one near by, or a quarter."""
    around = {unit["id"]: unit["parent"] for unit in units}
    for names in ([town["name"]], others):
        keys = {_plain(TOWN_ENDING.sub("", name)) for name in names} - {""}
        named = [unit for unit in units if keys & _keys(unit)]
        inside = [unit for unit in named if unit["parent"] == province]
        near = [unit for unit in named if unit["lat"] and _km(town, unit) <= NEAR_KM]
        quarters = [unit for unit in named if around.get(unit["parent"]) == province]
        for found in (inside, near, quarters):
            if len(found) == 1:
                return found[0]["id"]
    return province


def _keys(unit: Row) -> set[str]:
    names = [unit["name_en"], unit["name_ko"], unit["name_zh"], *unit["spellings"].split("|")]
    bare = re.compile(r"( District| County)$|-(si|gun|guy[oŏ]k|gu|chigu)$|(?<=..)(시|군|구역|지구|구|市|郡|区域|區域)$")
    return {_plain(bare.sub("", name)) for name in names if name}


def _km(a: Row, b: Row) -> float:
    lat1, lon1, lat2, lon2 = (math.radians(float(x)) for x in (a["lat"], a["lon"], b["lat"], b["lon"]))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(half))


def outlines(folder: Path) -> dict[str, dict[str, Any]]:
    """The boundary files with place ids and names in place of the sources' properties."""

    def read(name: str) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = json.loads((folder / name).read_text("utf-8"))["features"]
        return found

    def collect(features: list[tuple[dict[str, Any], dict[str, Any]]]) -> dict[str, Any]:
        made = [{"type": "Feature", "properties": p, "geometry": f["geometry"]} for f, p in features]
        return {"type": "FeatureCollection", "features": made}

    neighbours = {"China": "cn", "Russia": "ru", "South Korea": "kr"}
    return {
        "level1.geojson": collect(
            [(f, {"place": f"kp:{f['properties']['pcode']}"}) for f in read("prk_admin1.geojson")]
        ),
        "context.geojson": collect(
            [
                (f, {"id": f["properties"]["iso_a2"].lower(), "names": _names(f)})
                for f in read("context_countries.geojson")
            ]
        ),
        "borders.geojson": collect(
            [(f, {"with": neighbours[f["properties"]["with"]]}) for f in read("prk_land_borders.geojson")]
        ),
        "rivers.geojson": collect([(f, {"names": _names(f)}) for f in read("rivers.geojson")]),
    }


def _names(feature: dict[str, Any]) -> dict[str, str]:
    names = {k.removeprefix("name_"): v for k, v in feature["properties"].items() if k.startswith("name_") and v}
    house = {"ko": HOUSE_KO.get(names["en"]), "en": HOUSE_EN.get(names["en"])}
    return names | {language: name for language, name in house.items() if name}


HOUSE_KO = {"North Korea": "북한", "South Korea": "한국", "Russia": "러시아"}
"""The country and its neighbours as the house prints them in Korean, not as the state does."""
HOUSE_EN = {"Yalu": "Amnok (Yalu)", "Tumen": "Tuman (Tumen)"}
"""Border rivers by both their names, as the lint has stories write them."""


def glossary(folder: Path) -> list[Row]:
    """Rows of glossary.csv: English, Korean in both spellings, Chinese, Japanese, category."""
    return [
        {
            "en": row["en"], "ko": row["ko"], "ko_south": row["ko_south_spelling"], "zh": row["zh"], "ja": row["ja"],
            "category": row["category"],
        }
        for row in _rows(folder / "dprk_terms.csv")
    ]  # fmt: skip


COLUMNS = (
    "id", "level", "type", "parent", "iso", "name_en", "name_ko", "name_zh", "name_ja", "spellings", "alternates",
    "lat", "lon", "km_to_border", "population", "basis",
)  # fmt: skip


def _row(id: str, level: int, type: str, parent: str, **cells: str) -> Row:
    printed = {name for column, name in cells.items() if column.startswith("name_")}
    for column in ("spellings", "alternates"):
        cells[column] = _joined(*(name for name in cells.get(column, "").split("|") if name not in printed))
    return dict.fromkeys(COLUMNS, "") | {"id": id, "level": str(level), "type": type, "parent": parent} | cells


def _joined(*names: str) -> str:
    return "|".join(dict.fromkeys(unicodedata.normalize("NFC", name.strip()) for name in names if name.strip()))


def _ascii(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c) and c not in "'’")


def _plain(name: str) -> str:
    return unicodedata.normalize("NFC", _ascii(name)).replace("-", "").replace(" ", "").lower()


def _id(row: Row) -> tuple[int, str]:
    return len(row["id"]), row["id"]


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _table(rows: list[Row]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else OUT)
