"""Build the character tables of `farbank.country`: `python scripts/build_han.py UNIHAN_READINGS [OUT]`.

UNIHAN_READINGS is Unicode's `Unihan_Readings.txt`, plain or as `.bz2`; the package `opencc` must be installed. Equal
sources give equal bytes. What is decided here rather than in the sources is in the constants at the top.
"""

from __future__ import annotations

import bz2
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

OUT = Path(__file__).parent.parent / "src" / "farbank" / "country" / "han"

BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))
"""What the index cuts into bigrams; rarer blocks are left as they are."""
USUAL = {
    "不": "불", "串": "곶", "更": "경", "樂": "악", "滑": "활", "茶": "차", "車": "차", "瑩": "영",
    "咽": "인", "珀": "박",
}  # fmt: skip
"""Readings that are commoner in papers than the one that schools teach first."""
TO_TRADITIONAL, TO_SIMPLIFIED = ("s2t", "jp2t", "tw2t", "hk2t"), "t2s"


def main() -> None:
    """Write `readings.tsv` and `variants.tsv`."""
    out = Path(sys.argv[2]) if len(sys.argv) > 2 else OUT
    traditional, classes = _variants()
    readings, rare = _readings(Path(sys.argv[1]))
    for one in _characters():
        if one not in readings or (one in rare and any(other in readings for other in traditional[one])):
            kin = [*traditional[one], *sorted(classes.get(one, ""))]
            readings |= next(({one: readings[other]} for other in kin if other in readings), {})
    by_sound: dict[str, list[str]] = defaultdict(list)
    for one in sorted(readings):
        by_sound[readings[one]].append(one)
    _write(out / "readings.tsv", ((sound, "".join(found)) for sound, found in sorted(by_sound.items())))
    each = sorted({(members[0], members[1:]) for members in classes.values()})
    _write(out / "variants.tsv", iter(each))


def _characters() -> Iterator[str]:
    return (chr(code) for block in BLOCKS for code in block)


def _readings(path: Path) -> tuple[dict[str, str], set[str]]:
    """The usual reading of every character that has one: what schools teach, else what KS X 1001 has, else any.

    And those that neither have: where such a one is another's simplified form today (宁), it is read like that.
    """
    text = bz2.decompress(path.read_bytes()).decode() if path.suffix == ".bz2" else path.read_text("utf-8")
    found, rare = dict(USUAL), set()
    for line in text.splitlines():
        code, _, rest = line.partition("\t")
        field, _, value = rest.partition("\t")
        one = chr(int(code[2:], 16)) if code.startswith("U+") and field == "kHangul" else ""
        if one and any(ord(one) in block for block in BLOCKS):
            said = [reading.split(":") for reading in value.split()]
            found.setdefault(one, max(said, key=lambda each: ("E" in each[1], "0" in each[1]))[0])
            rare |= {one} if not any(set(source) & {"E", "0"} for _, source in said) else set()
    return found, rare


def _variants() -> tuple[dict[str, list[str]], dict[str, str]]:
    """What each character is in traditional writing, and those of one class: its simplified form, then the others."""
    from opencc import OpenCC  # type: ignore[import-not-found, unused-ignore]

    older, simpler = [OpenCC(name) for name in TO_TRADITIONAL], OpenCC(TO_SIMPLIFIED)
    traditional: dict[str, list[str]] = {}
    above: dict[str, str] = {}

    def root(one: str) -> str:
        while one in above:
            one = above[one]
        return one

    for one in _characters():
        traditional[one] = [other for convert in older if (other := convert.convert(one)) != one]
        for other in (*traditional[one], simpler.convert(one)):
            if len(other) == 1 and any(ord(other) in block for block in BLOCKS) and root(one) != root(other):
                above[root(one)] = root(other)
    together: dict[str, list[str]] = defaultdict(list)
    for one in _characters():
        together[root(one)].append(one)
    classes: dict[str, str] = {}
    for members in together.values():
        if len(members) > 1:
            first = min(members, key=lambda one: (simpler.convert(one) != one, one))
            line = first + "".join(sorted(set(members) - {first}))
            classes |= dict.fromkeys(members, line)
    return traditional, classes


def _write(path: Path, rows: Iterator[tuple[str, str]]) -> None:
    path.write_text("".join(f"{key}\t{value}\n" for key, value in rows), "utf-8")


if __name__ == "__main__":
    main()
