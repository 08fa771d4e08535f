"""Planted details written after the rules were last touched, and not mended for: what the rules make of new words.

Each row is a sort, a sentence, and words any part of which is enough.
"""

from __future__ import annotations

EN = (
    ("clock", "Lights out was at ten that night.", "at ten"),
    ("clock", "The bus left at a quarter past four.", "quarter past four"),
    ("clock", "By eight in the morning the queue reached the bridge.", "eight in the morning"),
    ("age", "@heron, who is pushing sixty, laughed.", "pushing sixty"),
    ("age", "@heron, 37 years old, laughed.", "37 years old"),
    ("kinship", "My late wife's parents live next door.", "parents"),
    ("kinship", "@heron's nephew deserted.", "nephew"),
    ("rank", "@alder, deputy head of the county people's committee, signed it.", "people's committee"),
    ("rank", "I was secretary of our cell.", "secretary"),
    ("rank", "A conscript who guards the depot told @heron.", "conscript"),
    ("occupation", "@heron mends shoes by the bridge.", "mends shoes"),
    ("occupation", "I nurse the sick at the county hospital.", "nurse"),
    ("absence", "I slipped off before the singing.", "slipped off"),
    ("absence", "@heron let the others go and stayed behind.", "stayed behind"),
    ("anecdote", "My permit was torn up at the barrier.", "permit was torn up"),
    ("anecdote", "I lay in hospital for a month.", "lay in hospital"),
    ("anecdote", "They turned our room upside down.", "turned our room"),
    ("serial", "The copy we saw was stamped 0071.", "stamped 0071"),
    ("quantity", "Of the seventeen men in my squad nine were sick.", "seventeen men in my squad"),
    ("quantity", "Six of us heard it.", "Six of us"),
)

KO = (
    ("clock", "그날 밤 열 시에 불이 꺼졌다.", "열 시"),
    ("clock", "네 시 십오 분에 버스가 떠났다.", "네 시 십오 분"),
    ("clock", "아침 8시에는 줄이 다리까지 늘어섰다.", "8시"),
    ("age", "환갑을 앞둔 @heron은(는) 웃었다.", "환갑"),
    ("age", "서른일곱 살인 @heron은(는) 웃었다.", "서른일곱 살"),
    ("kinship", "죽은 안해의 부모가 옆집에 삽니다.", "부모"),
    ("kinship", "@heron의 조카가 탈영했다.", "조카"),
    ("rank", "군인민위원회 부위원장인 @alder이(가) 수표했다.", "부위원장"),
    ("rank", "저는 세포비서를 지냈습니다.", "세포비서"),
    ("rank", "창고를 지키는 병사가 @heron에게 말했다.", "병사"),
    ("occupation", "@heron은(는) 다리 옆에서 신발을 고친다.", "신발을 고친다"),
    ("occupation", "저는 군병원에서 환자를 돌봅니다.", "군병원에서 환자를 돌봅"),
    ("absence", "노래가 시작되기 전에 슬그머니 빠져나왔습니다.", "빠져나왔"),
    ("absence", "@heron은(는) 다들 가는데 혼자 남았다.", "혼자 남았"),
    ("anecdote", "차단봉 앞에서 려행증을 찢겼습니다.", "려행증을 찢겼"),
    ("anecdote", "한 달을 병원에 누워 있었습니다.", "병원에 누워"),
    ("anecdote", "우리 집을 발칵 뒤집어 놓았습니다.", "집을 발칵"),
    ("serial", "우리가 본 사본에는 0071이라고 찍혀 있었다.", "0071"),
    ("quantity", "우리 분대 열일곱 명 가운데 아홉이 앓았다.", "열일곱 명"),
    ("quantity", "여섯 명이 같이 들었습니다.", "여섯 명"),
)

UNSEEN = {"en": EN, "ko": KO}
