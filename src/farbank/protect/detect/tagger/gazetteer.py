"""Words the tagger knows before it has read anything: months, countries, peoples, titles, units, surnames.

Written for this program; each word once, under one kind, in the form it is compared in (lower case).
"""

from __future__ import annotations

from collections.abc import Mapping

_KINDS: Mapping[str, str] = {
    "month": """
        january february march april june july august september october november december jan feb apr jun jul aug sept
        oct nov dec janvier février mars avril mai juin juillet août septembre octobre novembre décembre enero febrero
        marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre""",
    "day": """
        monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
        lunes martes miércoles jueves viernes sábado domingo yesterday today tomorrow tonight midnight noon spring
        summer autumn winter""",
    "spell": """
        second seconds minute minutes hour hours day days week weeks month months year years decade decades century
        jour jours semaine semaines mois an ans année années heure heures día días semana semanas mes meses año años
        hora horas""",
    "number": """
        one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
        eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion dozen
        half several deux trois quatre cinq sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
        quarante cinquante soixante cent mille dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce
        quince veinte treinta cuarenta cincuenta sesenta ciento mil""",
    "unit": """
        euro euros dollar dollars pound pounds franc francs mark marks rouble roubles rubles lira lire crown crowns yen
        won yuan zloty zlotys forint forints hryvnia hryvnias lev leva peso pesos eur usd gbp chf dem frf itl pln czk
        skk huf rub uah bgn ron rol mdl try trl sek nok dkk atd ats km kilometre kilometres metre metres kg kilogram
        kilograms kilo kilos gram grams tonne tonnes ton tons litre litres hectare hectares acre acres mile miles
        percent""",
    "title": """
        mr mrs ms miss dr prof sir lady lord madam judge captain colonel general major lieutenant sergeant mm mme mlle
        maître sr sra srta señor señora don doña comrade""",
    "country": """
        afghanistan albania algeria andorra angola argentina armenia australia austria azerbaijan bangladesh belarus
        belgium bolivia bosnia brazil bulgaria cambodia cameroon canada chad chechnya chile china colombia congo
        croatia cuba cyprus czechoslovakia denmark ecuador egypt england eritrea estonia ethiopia finland france
        georgia germany ghana greece guinea hungary iceland india indonesia iran iraq ireland israel italy japan jordan
        kazakhstan kenya korea kosovo kuwait kyrgyzstan laos latvia lebanon liberia libya liechtenstein lithuania
        luxembourg macedonia malaysia mali malta mexico moldova monaco mongolia montenegro morocco mozambique myanmar
        nepal netherlands nicaragua niger nigeria norway pakistan palestine panama paraguay peru philippines poland
        portugal romania russia rwanda scotland senegal serbia singapore slovakia slovenia somalia spain sudan sweden
        switzerland syria taiwan tajikistan tanzania thailand tunisia turkey turkmenistan uganda ukraine uruguay ussr
        uzbekistan venezuela vietnam wales yemen yugoslavia zambia zimbabwe allemagne angleterre autriche belgique
        bulgarie chypre espagne finlande grèce hongrie irlande italie lettonie lituanie moldavie norvège pologne
        roumanie royaume-uni russie slovaquie slovénie suède suisse turquie alemania austria bélgica chipre croacia
        eslovaquia eslovenia españa finlandia francia grecia hungría irlanda italia letonia lituania moldavia noruega
        polonia rumanía rusia suecia suiza turquía ucrania""",
    "people": """
        afghan albanian algerian american arab armenian asian australian austrian azerbaijani bangladeshi belarusian
        belgian bosnian brazilian british bulgarian cambodian canadian chechen chilean chinese christian colombian
        croatian cuban cypriot czech danish dutch egyptian english estonian ethiopian european finnish french georgian
        german ghanaian greek hungarian icelandic indian indonesian iranian iraqi irish israeli italian japanese jewish
        jordanian kazakh kenyan korean kurdish kyrgyz latvian lebanese libyan lithuanian luxembourger macedonian
        malaysian maltese mexican moldovan mongolian moroccan muslim nepalese nigerian norwegian pakistani palestinian
        peruvian philippine polish portuguese roma romanian russian scottish serbian slovak slovenian somali soviet
        spanish sudanese swedish swiss syrian taiwanese tajik tatar thai tunisian turkish turkmen ukrainian uzbek
        vietnamese welsh yemeni allemand autrichien belge bulgare espagnol français grec hongrois italien polonais
        roumain russe turc ukrainien alemán búlgaro francés griego húngaro italiano polaco rumano ruso turco
        ucraniano""",
    "office": """
        court courts tribunal ministry department prison hospital university school church company bank police office
        institute committee commission council party union association federation agency academy college clinic centre
        foundation society bureau directorate embassy parliament senate assembly chamber street road avenue square
        district region province county village town city island river factory newspaper cour ministère hôpital
        université prison corte juzgado audiencia ministerio hospital universidad prisión""",
    "particle": "de la von van der den del di da dos du le el al bin ibn of the and des los las y et",
    "surname": """
        김 이 박 최 정 강 조 윤 장 임 한 오 서 신 권 황 안 송 류 유 전 홍 고 문 양 손 배 백 허 남 심 노 하 곽 성
        차 주 우 구 민 진 지 엄 채 원 천 방 공 현 함 변 염 여 추 도 소 석 선 설 마 길 연 위 표 명 기 반 왕 금 옥
        육 인 맹 제 모 탁 국 어 은 편 리 림 량 로""",
    "measure": """
        명 원 개 년 월 일 시 분 초 살 세 회 번 차 위 점 편 권 대 층 곳 건 배 억 만 천 백 십 달러 퍼센트 킬로
        미터 톤 주 개월 시간""",
    "address": """
        씨 군 양 님 모 옹 여사 선생 교수 의원 대표 감독 배우 장관 대통령 총리 회장 사장 기자 위원장 동지 지배인
        시장 선수 작가""",
    "where": """
        도 시 군 구 동 읍 면 리 산 강 섬 역 항 한국 북한 남한 조선 대한민국 미국 중국 일본 러시아 영국 프랑스
        독일 이탈리아 스페인 캐나다 호주 인도 베트남 태국 필리핀 대만 홍콩 몽골 브라질 멕시코 터키 이란 이라크
        이스라엘 우크라이나 네덜란드 스위스 유럽 아시아 아프리카 서울 부산 대구 인천 광주 대전 울산 세종 경기
        강원 충북 충남 전북 전남 경북 경남 제주 평양 함흥 청진 신의주 원산 개성 남포 사리원 해주 혜산 강계
        량강도 양강도 자강도 평안북도 평안남도 함경북도 함경남도 황해북도 황해남도 강원도""",
    "body": """
        청 부 원 국 당 회 사 은행 대학 대학교 학교 병원 법원 경찰 검찰 경찰서 위원회 협회 연구소 공사 그룹 방송
        신문 국회 정부 구단""",
    "when": """
        오늘 어제 내일 지난 올해 작년 내년 지난해 이날 오전 오후 새벽 아침 저녁 밤 낮 여름 겨울 봄 가을 요일
        이달 매년 매일 당시""",
}

KINDS: Mapping[str, frozenset[str]] = {kind: frozenset(words.split()) for kind, words in _KINDS.items()}
"""Words of each kind, in lower case."""


def _by_word() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for kind, words in KINDS.items():
        for word in words:
            found[word] = (*found.get(word, ()), kind)
    return found


BY_WORD: Mapping[str, tuple[str, ...]] = _by_word()
"""The kinds of each word."""
