"""Ten slips to plant in the June order: what is written, what must be found in it, and of whom."""

from __future__ import annotations

from typing import NamedTuple

from farbank.model.detections import Sort


class Slip(NamedTuple):
    """A paragraph with a slip of one sort; `reading` is what it says, where it says something comparable."""

    sort: Sort
    written: str
    words: str
    person: str
    reading: str = ""


ENGLISH = (
    Slip(
        "place", "@heron, who lives in Hoeryong, told the desk of the order. [@order]", "Hoeryong", "heron", "kp:KP0203"
    ),
    Slip("clock", "@heron heard of it at half past five in the morning. [@order]", "half past five", "heron", "05:30"),
    Slip(
        "rank",
        "@heron had it from an instructor of the city party committee. [@order]",
        "instructor of the city party committee",
        "alder",
        "org:party-local",
    ),
    Slip(
        "age", "@heron, a forty-something, has heard nothing since. [@nowhere]", "forty-something", "heron", "age:40s"
    ),
    Slip("kinship", "> My cousin saw the paper too. [@order; report=order]", "cousin", "heron", "cousin"),
    Slip(
        "anecdote",
        "> I was stopped at the checkpoint and they went through my bag. [@nowhere; report=until-harvest]",
        "stopped at the checkpoint",
        "heron",
        "checkpoint",
    ),
    Slip("serial", "The paper @alder was shown was copy 14 of 60. [@order]", "copy 14 of 60", "alder"),
    Slip(
        "absence",
        "> I made an excuse and did not go. [@discontent; report=mood]",
        "made an excuse",
        "heron",
        "attendance",
    ),
    Slip(
        "occupation", "@heron, a market trader, has seen none of it. [@nowhere]", "market trader", "heron", "occ:trade"
    ),
    Slip(
        "quantity",
        "> There are 23 households in our unit. [@nowhere; report=until-harvest]",
        "23 households",
        "heron",
        "23",
    ),
)

KOREAN = (
    Slip("place", "회령에 사는 @heron은(는) 이 지시를 편집부에 알렸다. [@order]", "회령", "heron", "kp:KP0203"),
    Slip("clock", "@heron은(는) 새벽 다섯시 반에 이 소식을 들었다. [@order]", "새벽 다섯시 반", "heron", "05:30"),
    Slip(
        "rank",
        "@heron은(는) 시당위원회 지도원에게서 이 지시를 들었다. [@order]",
        "시당위원회 지도원",
        "alder",
        "org:party-local",
    ),
    Slip("age", "사십대인 @heron은(는) 그 뒤로 들은 것이 없다. [@nowhere]", "사십대", "heron", "age:40s"),
    Slip("kinship", "> 사촌도 그 문건을 보았답니다. [@order; report=order]", "사촌", "heron", "cousin"),
    Slip(
        "anecdote",
        "> 검문소에서 단속에 걸려 짐을 다 뒤졌습니다. [@nowhere; report=until-harvest]",
        "검문소에서 단속",
        "heron",
        "checkpoint",
    ),
    Slip("serial", "@alder이(가) 본 문건은 60부 중 14번째였다. [@order]", "60부 중 14번째", "alder"),
    Slip(
        "absence",
        "> 핑계를 대고 모임에 나가지 않았습니다. [@discontent; report=mood]",
        "핑계를 대고",
        "heron",
        "attendance",
    ),
    Slip(
        "occupation",
        "장마당에서 장사를 하는 @heron은(는) 그 식량을 보지 못했다. [@nowhere]",
        "장마당에서 장사",
        "heron",
        "occ:trade",
    ),
    Slip("quantity", "> 우리 인민반은 모두 23세대입니다. [@nowhere; report=until-harvest]", "23세대", "heron", "23"),
)

PLANTED = {"en": ENGLISH, "ko": KOREAN}
