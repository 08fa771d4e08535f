from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from farbank.model.captures import Capture
from farbank.watch.extract import charset

TAKEN = datetime(2024, 8, 2, tzinfo=UTC)
KO = "평양 7월 14일발 큰물피해를 입은 소림군에서 살림집건설이 힘있게 벌어지고있다. 뷁 똠방각하"
JA = "【平壌7月14日発】洪水の被害を受けたソリム郡で住宅建設が進められている。①髙橋"
ZH = "平壤7月14日电 遭受洪水灾害的索林郡正在大力进行住宅建设。镕㐂"
EN = "Pyongyang, July 14 – The dam at Sorim holds, “as ever”."


def page(text: str, declared: str) -> str:
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={declared}">' if declared else ""
    menu = "".join(f'<li><a href="/{n}">{n}</a></li>' for n in range(20))
    return f"<html><head>{meta}<title>{text[:10]}</title></head><body><ul>{menu}</ul><p>{text}</p></body></html>"


def read(body: bytes, header: str = "", cut: bool = False) -> str:
    headers = (("content-type", f"text/html; charset={header}"),) if header else ()
    return charset.text(Capture(url="", taken=TAKEN, headers=headers, body=body, cut=cut))


@pytest.mark.parametrize(
    ("text", "written", "declared"),
    [
        (KO, "utf-8", "utf-8"),
        (KO, "cp949", "euc-kr"),
        (KO, "cp949", "ks_c_5601-1987"),
        (KO, "cp949", ""),
        (KO, "cp949", "utf-8"),
        (KO, "cp949", "no-such-charset"),
        (KO, "cp949", "iso-8859-1"),
        (KO, "utf-8", "euc-kr"),
        (KO, "utf-8", "iso-8859-1"),
        (KO, "utf-16", "utf-16"),
        (KO, "utf-16-le", "utf-8"),
        (KO, "utf-16-be", ""),
        (KO, "utf-8-sig", "euc-kr"),
        (JA, "cp932", "shift_jis"),
        (JA, "cp932", "x-sjis"),
        (JA, "cp932", ""),
        (JA, "cp932", "utf-8"),
        (JA.replace("①髙", ""), "euc-jp", "euc-jp"),
        (JA.replace("①髙", ""), "iso-2022-jp", "iso-2022-jp"),
        (ZH, "gb18030", "gb2312"),
        (ZH, "gb18030", "gb18030"),
        (ZH, "gb18030", ""),
        (ZH, "gb18030", "utf-8"),
        (EN, "cp1252", "iso-8859-1"),
        (EN, "cp1252", ""),
    ],
)
def test_a_page_is_read_whatever_it_says_of_its_charset(text: str, written: str, declared: str) -> None:
    source = page(text, declared)
    assert read(source.encode(written)) == source


def test_the_header_counts_before_the_page() -> None:
    source = page(KO, "shift_jis")
    assert read(source.encode("cp949"), "euc-kr") == source


@pytest.mark.parametrize(("text", "written"), [(KO, "utf-8"), (KO, "cp949"), (JA, "cp932"), (ZH, "gb18030")])
def test_a_broken_byte_spoils_no_more_than_itself(text: str, written: str) -> None:
    source = page(text * 5, {"cp932": "shift_jis"}.get(written, written))
    body = bytearray(source.encode(written))
    body.insert(body.index(b"<p>") + 3, 0xFF)
    found = read(bytes(body))
    assert found.count("\ufffd") <= 3
    assert found.endswith(source[-100:])


@pytest.mark.parametrize("written", ["utf-8", "cp949"])
def test_a_body_cut_in_a_character_is_read_up_to_there(written: str) -> None:
    source = page(KO * 3, written)
    body = source.encode(written)
    end = body.rindex("각".encode(written)) + 1
    assert source.startswith(read(body[:end], cut=True))


@given(
    st.binary(max_size=2000), st.sampled_from(["", "utf-8", "euc-kr", "utf-16", "hex", "idna", "punycode", "undefined"])
)
def test_any_bytes_are_read_as_something(body: bytes, declared: str) -> None:
    assert isinstance(read(body, declared), str)


def test_no_more_is_read_than_a_page_has() -> None:
    assert len(read(b"x" * (charset.LONGEST + 10))) == charset.LONGEST
