"""Desks in a closed country of offices and markets, where word comes down a ladder of meetings or along the trade.

Two provinces of three cities each. Orders and notices go down: a paper from the centre is read by a few cadres of a
province, read out at a meeting to cadres of its cities, by these to the heads of work units and neighbourhood units,
and by these to everybody who attends; on each rung some are not told. Sideways goes what people saw, what they make of
lorries and soldiers, and what they were told: among those who work or live together, between traders of different
towns, between brokers by telephone, and on market days to whoever stands about. Some listen to a foreign broadcast.

What goes wrong: an order is drafted, handed down part of the way and withdrawn, and not all who heard of it hear that;
something of another town is told as of here, something of years ago as new, something small as the whole; signs are
misread; somebody makes it up; the broadcast errs; the security service feeds it to two or three partners by different
mouths; what the desk asked about goes round and comes back; a partner is a fake. A slip happens in one telling of
twelve from mouth to mouth and in one of five in market talk, and everybody further on inherits it. Offices deny what
is so about as often as what is not. Whoever goes and looks learns better.

The desk has a few partners. One who holds nothing asks around and finds either somebody who does or nobody; one who
tells remembers the last link mostly and each earlier one less, hides a broadcast, and may not say it was the desk that
asked; now and then hearsay is told as seen. The same cadre or meeting can be described in two ways.

The rates were written down before the first run and have not been changed since. After it, and before anything judged
these desks, four slips in the rules were mended (refusing and not being reached no longer hang on what a partner holds;
papers have names that say nothing of them; the desk also suspects the wrong people to be one; nobody is told at a
meeting what they had said at the one above), and `RIGHT` and `SUSPICIONS` were filled in by counting in this country
what they speak of.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import combinations
from random import Random
from typing import Literal, NamedTuple, TypeVar

from bench._desks import DAY, Desk, Truth, first_heard
from farbank.model.amounts import Amount, Extent
from farbank.model.chains import Chain, Coincidence, Hop, How, Node, Seed
from farbank.model.claims import Claim
from farbank.model.dates import When
from farbank.model.inquiries import Inquiry
from farbank.model.people import Record
from farbank.verify.credence import doubt
from farbank.verify.credence.network import Doubts
from farbank.verify.credence.rates import MIDDLE, Rate

Tale = Literal["here", "not", "there", "then", "less"]
"""What somebody holds: it is so, it is not, it was in another place, it was long ago, it was something smaller."""
Matter = Literal["order", "event", "price", "condition"]
Sort = Literal["careful", "ordinary", "loose", "fake"]
T = TypeVar("T")

HOLDS = 0.5
"""How often what might be told is so."""
MATTERS: dict[Matter, float] = {"order": 0.25, "event": 0.35, "price": 0.2, "condition": 0.2}
"""How often a claim is of each kind."""
NUMERIC: dict[Matter, float] = {"order": 0.15, "event": 0.35, "price": 0.6, "condition": 0.25}
"""How often such a claim has a number in it."""
COUNTED: dict[Matter, tuple[str, str, float, float]] = {
    "order": ("days", "days", 5, 60),
    "event": ("dead", "people", 2, 200),
    "price": ("rice", "KPW/kg", 3000, 12000),
    "condition": ("households", "households", 10, 500),
}
"""What is counted, in what unit, and the least and most it can be."""

PROVINCES, CITIES, UNITS, BLOCKS = 2, 3, 4, 4
"""Provinces; cities of each; work units and neighbourhood units of each city."""
CADRES, WORKERS, TRADERS, BROKERS = 4, 32, 7, 1
"""Cadres of each province and of each city; and in each city its workers, traders and brokers."""
FRIENDS = 3
"""How many others of the same unit, and as many of the same neighbourhood, somebody talks with."""
DAYS = 13
"""For how many days word goes round before the desk hears."""

LOUD = (0.4, 0.8, 1.3)
"""How much people talk about it, by matter: some things are not talked of, some everywhere."""
TELLS, TALKS = 0.05, 4
"""How likely one person tells one other on one day, and for how many days they do."""
CALLS, TRADES = 0.16, 0.12
"""How likely a broker calls a broker of another town on one day, and a trader passes it to a trader of another."""
MARKET, VISITORS, HEARS = 0.3, 8, 0.24
"""How likely a day is a market day, how many stand about, and how likely one of them hears what a trader tells."""
DENIAL_TRAVELS = 0.5
"""A denial is passed on so much less than a story."""
SLIPS: dict[How, float] = {
    "was-told": 0.08,
    "overheard": 0.16,
    "rumour": 0.2,
    "was-told-at-meeting": 0.02,
    "read": 0.01,
}
"""How often something of another place, of long ago or smaller comes out of one telling as being so here."""
TURNS = 0.3
"""What is so is misheard as something else, and a denial as a story, so much less often than that."""
LOOKS = 0.06
"""How likely somebody of the city who hears it goes and sees for themselves; nobody can look at an order."""

READS, ATTENDS, READ_OUT, UNIT_HEARS = 0.6, 0.7, 0.75, 0.6
"""How likely a cadre of a province reads the paper (of a city, a third as likely), somebody attends the meeting above,
a head reads it out, and a member hears it."""
FOR_ALL = 0.5
"""How many orders are read out to everybody; the others stop at the heads of units."""
WITNESSES, TOOK_PART, SEES_PART = 4, 0.3, 0.35
"""How many see an event on average, how many of these took part, and how many saw only part of it."""
NOTICED = 0.15
"""How often an event is then spoken of at meetings, from above."""
BUYERS, SELLERS, STRICKEN = 0.12, 0.6, 0.35
"""How likely a townsman and a trader see a price for themselves; how likely a unit is stricken, by a condition."""
SIGNS_THEN, SIGNS_ELSE, READS_SIGNS = 0.4, 0.25, 3
"""How often there are signs when it is so, and when it is not; how many on average conclude from them that it is."""
DRAFTED, DRAFT_DOWN, WITHDRAWN = 0.4, 0.5, 0.6
"""How often an order that is not in force had been drafted; how likely it got down one more rung; how many who had
heard of it heard of its withdrawal."""
LOOKALIKES: dict[Matter, tuple[float, float, float]] = {
    "order": (0.45, 0.3, 0.2),
    "event": (0.5, 0.3, 0.4),
    "price": (0.5, 0.15, 0.5),
    "condition": (0.5, 0.15, 0.5),
}
"""How often, if it is not so, there was the like in another town, years ago, or something smaller here."""
LOOKALIKES_TOO = 0.3
"""How much less often there was the like besides, if it is so."""
ON_AIR, ON_AIR_FALSELY = 0.14, 0.1
"""How often a foreign station says it when it is so, and when it is not."""
LISTENS, CAUGHT = 0.06, 0.7
"""How many people listen (brokers four times as often), and how likely a listener caught it."""
PROVOKED, PROVOKED_THEN, SAYS_SEEN = 0.12, 0.02, 0.5
"""How often the security service feeds it to partners when it is not so, and when it is, and how often whoever does it
says that they saw it."""
MADE_UP = 0.1
"""How often somebody in a market makes it up."""
DENIED_THEN, DENIED_ELSE, BELIEVES_DENIAL = 0.08, 0.12, 0.3
"""How often offices deny it at meetings if it is so, and if not; how many who had heard it then think otherwise."""

GROWS, SHRINKS = 0.7, 0.3
"""Of the numbers changed by a slip, those made bigger and smaller."""
VAGUE = 0.3
"""How often a number is told as a range."""

PARTNERS = (2, 7)
"""The fewest and most partners asked."""
HERE = (0.2, 0.4, 0.7)
"""The share of them who live in the city, by desk."""
SORTS: dict[Sort, float] = {"careful": 0.28, "ordinary": 0.5, "loose": 0.18, "fake": 0.04}
"""How many partners are of each sort."""
INVENTS: dict[Sort, float] = {"careful": 0.005, "ordinary": 0.01, "loose": 0.04, "fake": 0.6}
"""How often a partner of each sort tells what they made up."""
WITHHOLDS: dict[Sort, float] = {"careful": 0.5, "ordinary": 0.15, "loose": 0.0, "fake": 1.0}
"""How often such a partner keeps mere rumour to themselves."""
MISTELLS: dict[Sort, float] = {"careful": 0.01, "ordinary": 0.03, "loose": 0.1, "fake": 0.0}
"""How often such a partner tells as being so what they hold as of another place, of long ago or smaller."""
RIGHT: dict[Sort, float] = {"careful": 0.68, "ordinary": 0.69, "loose": 0.67, "fake": 0.5}
"""How often what such a partner told turned out right, as counted."""
KNOWN_OF = (0, 0, 0, 2, 5, 9, 14)
"""Of how many things a partner told, it became known whether they were so."""
ASKED, ANSWERS = 8, 0.5
"""How many are asked at most, the partner among them; how likely somebody who holds something says so."""
REFUSES, UNREACHABLE = 0.1, 0.15
"""Of partners, those who would not say and those who were not reached."""
FED, TAKES_IN, LOGGED, OWNS_UP = 0.25, 0.3, 0.9, 0.5
"""How often the desk's question told a partner of it, how often they then take it for word, how often the desk has a
note of that, and how often the partner says that they have it from the desk."""
AIR_KNOWN, AIR_PASSED_ON, HIDES_AIR = 0.5, 0.1, 0.6
"""How often the desk knows of the broadcast; how likely, it thinks, others got it; how often listening is hidden."""
REMEMBERS = (0.92, 0.7, 0.55, 0.45)
"""How likely a partner knows one link back, and one more, and one more."""
UNNAMED, AS_OFFICE = 0.05, 0.1
"""How often a link within a chain is nobody known; how often a cadre is named as the office only."""
TOLD_AS_SEEN = 0.08
"""How often whoever the partner cannot see behind is said to have seen it."""
CONTRARY = 0.3
"""How often somebody who holds that it was something smaller says that it was not so."""
AGAIN = 0.35
"""How often a partner who heard it twice tells of both."""
OTHER_NAME = 0.2
"""How often a cadre or a meeting is described otherwise than by others; for anybody else half as often."""
SUSPECTED = 0.7
"""How often the desk considers whether two cadres, two traders or two meetings of one town are one, if two partners
speak of them under different names."""
SUSPICIONS = {0.05: 0.55, 0.2: 0.35, 0.6: 0.1}
"""How likely it then thinks it, and how often; of such pairs 0.15 are the same, and it is right as often as it says."""

HIDDEN = ("body:security", "desk")


class Word(NamedTuple):
    """What a person, a meeting or a paper holds, how they came to it, on what day and from what other word."""

    who: int | Node
    tale: Tale
    number: float
    how: How
    day: int
    parent: Word | None = None
    part: bool = False


class Person(NamedTuple):
    """Where somebody belongs; `city` is negative for those of a province's offices."""

    city: int
    job: Literal["province", "cadre", "worker", "trader", "broker"]
    unit: int
    block: int


class Country(NamedTuple):
    """Its people, and with whom each talks."""

    people: list[Person]
    friends: list[list[int]]

    def of(self, city: int, *jobs: str) -> list[int]:
        """Those of a city (or, below zero, a province's offices) with one of the jobs, everybody if none is given."""
        return [one for one, each in enumerate(self.people) if each.city == city and (not jobs or each.job in jobs)]


class Case(NamedTuple):
    """What the matter is, whether it holds in the first city, how many there were, and how much it is talked of."""

    matter: Matter
    holds: bool
    amount: float
    loud: float


def desk(random: Random) -> tuple[Desk, Truth]:
    """A desk that heard at least one voice in support, and what was so."""
    return first_heard(lambda each: _desk(each)[:2], random)


def _desk(random: Random) -> tuple[Desk, Truth, dict[str, Sort]]:
    country = _country(random)
    matter = _one(MATTERS, random)
    case = Case(matter, random.random() < HOLDS, _number(matter, random), random.choice(LOUD))
    numeric = random.random() < NUMERIC[matter]
    share, cities = random.choice(HERE), range(1, PROVINCES * CITIES)
    partners: list[int] = []
    for _ in range(random.randint(*PARTNERS)):
        city = 0 if random.random() < share else random.choice(cities)
        job = random.choices(("cadre", "trader", "broker", "worker"), (0.15, 0.3, 0.1, 0.45))[0]
        if free := [one for one in country.of(city, job) if one not in partners]:
            partners.append(random.choice(free))
    sorts = {partner: _one(SORTS, random) for partner in partners}
    begun = list(_begun(case, country, random))
    on_air = random.random() < (ON_AIR if case.holds else ON_AIR_FALSELY)
    listeners = [
        one
        for one, each in enumerate(country.people)
        if random.random() < (4 * LISTENS if each.job == "broker" else LISTENS)
    ]
    if on_air:
        day = random.randrange(2, 9)
        said = case.amount if case.holds and random.random() < 0.6 else _number(matter, random)
        air = Word("outlet:voice", "here", said, "was-told", day)
        begun += [Word(one, "here", said, "overheard", day, air) for one in listeners if random.random() < CAUGHT]
    mouths: set[int] = set()
    if random.random() < MADE_UP:
        liar = random.choice(country.of(random.randrange(CITIES), "trader"))
        mouths.add(liar)
        begun.append(Word(liar, "here", _number(matter, random), "saw", random.randrange(8)))
    if random.random() < (PROVOKED_THEN if case.holds else PROVOKED):
        service = Word("body:security", "here", _number(matter, random), "inferred", 6)
        for partner in random.sample(partners, min(len(partners), random.choice((2, 3)))):
            mouth = random.choice([one for one in country.of(country.people[partner].city) if one not in partners])
            mouths.add(mouth)
            told = Word(mouth, "here", service.number, "was-told", 7, service)
            begun.append(Word(partner, "here", service.number, "was-told", random.randrange(8, 13), told))
    fed = [partner for partner in partners if random.random() < FED]
    for partner in fed:
        if random.random() < TAKES_IN:
            asked = Word("desk", "here", _number(matter, random), "was-told", 6)
            begun.append(Word(partner, "here", asked.number, "was-told", 6, asked))
    words, again = _spread(begun, case, country, random)

    names = _Names(country, random)
    chains: list[Chain] = []
    whole: list[Chain] = []
    amounts: list[Amount] = []
    inquiries: list[Inquiry] = []
    for partner in partners:
        silent = _silent(random)
        told_words, asked_of = _answer(partner, sorts[partner], words, again, case, country, random)
        if silent or not told_words:
            inquiries.append(
                Inquiry(
                    claim="c", place="kp", when=When(DAY.isoformat()), answer=silent or "nothing",
                    asked=0 if silent else asked_of, partner=f"n{partner}",
                )
            )  # fmt: skip
            continue
        for number, word in enumerate(told_words):
            if word.parent is not None and word.parent.who == "desk" and random.random() < OWNS_UP:
                continue
            name = f"t{partner}-{number}"
            bearing: Literal["supports", "contradicts"] = "supports" if word.tale == "here" else "contradicts"
            chains.append(Chain(id=name, hops=_hops(_kept(word, random), partner, names, random), bearing=bearing))
            whole.append(Chain(id=name, hops=_hops((list(_back(word)), True), partner, None, random), bearing=bearing))
            if numeric and bearing == "supports":
                amounts.append(_amount(name, word, matter, random))
    seeds = [
        Seed(claim="c", who=f"person:n{partner}", source="desk", when=_day(6), probability=TAKES_IN)
        for partner in fed
        if random.random() < LOGGED
    ]
    if on_air and random.random() < AIR_KNOWN:
        seeds += [
            Seed(
                claim="c", who=f"person:n{partner}", source="outlet:voice",
                probability=CAUGHT if partner in listeners else AIR_PASSED_ON,
            )
            for partner in partners
        ]  # fmt: skip
    records = {}
    for partner in partners:
        known = random.choice(KNOWN_OF)
        right = sum(random.random() < RIGHT[sorts[partner]] for _ in range(known))
        records[f"n{partner}"] = Record(right=right, wrong=known - right)
    invents = {f"person:n{one}": Rate(0.97 if sort == "fake" else INVENTS[sort], 0.0) for one, sort in sorts.items()}
    invents |= {f"person:n{mouth}": Rate(0.97, 0.0) for mouth in sorted(mouths)}
    claim = Claim(id="c", kind=matter, text={"en": "It is so"}, place="kp", when=When("2030-01"))
    return (
        Desk(
            claim, tuple(chains), tuple(seeds), names.coincidences(), records, tuple(inquiries), amounts=tuple(amounts)
        ),
        Truth(
            case.holds, case.amount, tuple(whole), MIDDLE,
            Doubts(invents, doubt.invents(Record()), {f"person:n{partner}": TAKES_IN for partner in fed}), HOLDS, {},
        ),
        {f"n{partner}": sort for partner, sort in sorts.items()},
    )  # fmt: skip


def _country(random: Random) -> Country:
    people = [Person(-1 - province, "province", 0, 0) for province in range(PROVINCES) for _ in range(CADRES)]
    for city in range(PROVINCES * CITIES):
        jobs = ["cadre"] * CADRES + ["worker"] * WORKERS + ["trader"] * TRADERS + ["broker"] * BROKERS
        for number, job in enumerate(jobs):
            unit = number % UNITS if job == "worker" else UNITS + (job == "cadre")
            people.append(Person(city, job, unit, random.randrange(BLOCKS)))  # type: ignore[arg-type]
    friends = []
    for one, each in enumerate(people):
        local = [two for two, other in enumerate(people) if two != one and other.city == each.city]
        near = [two for two in local if people[two].unit == each.unit]
        next_door = [two for two in local if people[two].block == each.block]
        chosen = random.sample(near, min(FRIENDS, len(near))) + random.sample(next_door, min(FRIENDS, len(next_door)))
        if each.job == "trader":  # whoever buys from them
            chosen += random.sample(local, 2)
        friends.append(sorted(set(chosen)))
    return Country(people, friends)


def _begun(case: Case, country: Country, random: Random) -> Iterator[Word]:
    """Whatever sets word going, apart from broadcasts, the security service and the desk."""
    if case.holds:
        yield from _really(case, country, random)
    elif case.matter == "order" and random.random() < DRAFTED:
        down = 1
        while down < 4 and random.random() < DRAFT_DOWN:
            down += 1
        drafted = list(_handed_down("here", case.amount, 0, down, country, random))
        yield from drafted
        for word in drafted:
            if isinstance(word.who, int) and random.random() < WITHDRAWN:
                body = Word("body:central-committee", "not", case.amount, "took-part", word.day + 2)
                yield Word(word.who, "not", case.amount, "was-told", word.day + 3, body)
    times = LOOKALIKES_TOO if case.holds else 1.0
    there, then, less = (chance * times for chance in LOOKALIKES[case.matter])
    if random.random() < there:
        other = random.choice(range(1, PROVINCES * CITIES))
        number = case.amount * random.uniform(0.7, 1.4) if case.matter == "price" else _number(case.matter, random)
        if case.matter == "order":
            yield from _handed_down("there", number, 1, 4, country, random)
        else:
            yield from _seen("there", number, other, case.matter, country, random)
    if random.random() < then:
        number = _number(case.matter, random)
        for one in random.sample(country.of(0), 6):
            old = Word("meeting:p99", "then", number, "was-told", 0)
            at_meeting = case.matter == "order"
            how: How = "was-told-at-meeting" if at_meeting else "saw"
            yield Word(one, "then", number, how, random.randrange(6), old if at_meeting else None)
    if random.random() < less:
        number = case.amount * random.uniform(0.2, 0.6)
        if case.matter == "order":
            yield from _handed_down("less", number, 0, 3, country, random)
        else:
            yield from _seen("less", number, 0, case.matter, country, random)
    if random.random() < (SIGNS_THEN if case.holds else SIGNS_ELSE):
        number = case.amount if case.holds and random.random() < 0.3 else _number(case.matter, random)
        for one in random.sample(country.of(0), random.randint(1, 2 * READS_SIGNS - 1)):
            yield Word(one, "here", number, "inferred", random.randrange(1, 6))
    if random.random() < (DENIED_THEN if case.holds else DENIED_ELSE):
        yield from _handed_down("not", case.amount, 0, 4, country, random, day=5)


def _really(case: Case, country: Country, random: Random) -> Iterator[Word]:
    if case.matter == "order":
        down = 4 if random.random() < FOR_ALL else 3
        yield from _handed_down("here", case.amount, 0, down, country, random)
        return
    yield from _seen("here", case.amount, 0, case.matter, country, random)
    if case.matter == "event" and random.random() < NOTICED:
        number = case.amount * (random.uniform(0.3, 0.8) if random.random() < 0.5 else 1)
        yield from _handed_down("here", number, 0, 4, country, random, day=4)


def _seen(tale: Tale, amount: float, city: int, matter: Matter, country: Country, random: Random) -> Iterator[Word]:
    """Those who lived through it in a city, some of them only part of it."""
    townsmen, traders = country.of(city, "cadre", "worker", "broker"), country.of(city, "trader")
    day = random.randrange(5)
    if matter == "event":
        there = [one for one in townsmen + traders if random.random() < WITNESSES / len(townsmen + traders)]
    elif matter == "price":
        there = [one for one in townsmen if random.random() < BUYERS]
        there += [one for one in traders if random.random() < SELLERS]
    else:
        units = [unit for unit in range(UNITS) if random.random() < STRICKEN] or [random.randrange(UNITS)]
        there = [one for one in townsmen if country.people[one].unit in units]
    for one in there:
        took_part = matter == "condition" or random.random() < (TOOK_PART if matter == "event" else 0.5)
        part = matter != "price" and random.random() < SEES_PART
        number = amount * (random.uniform(0.3, 0.9) if part else random.uniform(0.93, 1.07))
        yield Word(one, tale, number, "took-part" if took_part else "saw", day + random.randrange(2), None, part)


def _handed_down(
    tale: Tale, number: float, province: int, down: int, country: Country, random: Random, day: int = 0
) -> Iterator[Word]:
    """A paper from the centre on its way down: to a province, its cities, the heads of units, and everybody."""
    name = f"p{random.randrange(100, 1000)}"
    centre = Word("body:central-committee", tale, number, "took-part", day)
    paper = Word(f"document:{name}", tale, number, "was-told", day, centre)
    readers = [
        Word(one, tale, number, "read", day + random.randint(1, 2), paper)
        for one in country.of(-1 - province)
        if random.random() < READS
    ]
    yield from readers
    if down < 2 or not readers:
        return
    hall = Word(f"meeting:{name}-province", tale, number, "was-told", readers[0].day + 1, readers[0])
    for city in range(province * CITIES, (province + 1) * CITIES):
        heard = [
            Word(one, tale, number, "was-told-at-meeting", hall.day, hall)
            for one in country.of(city, "cadre")
            if random.random() < ATTENDS
        ]
        yield from heard
        if down < 3 or not heard:
            continue
        room = Word(f"meeting:{name}-city{city}", tale, number, "was-told", heard[0].day + 1, heard[0])
        for one in country.of(city, "cadre"):
            if random.random() < READS / 3 and one not in [word.who for word in heard]:
                yield Word(one, tale, number, "read", room.day, paper)
        groups = [[one for one in country.of(city, "worker") if country.people[one].unit == u] for u in range(UNITS)]
        groups += [
            [one for one in country.of(city, "worker", "trader", "broker") if country.people[one].block == block]
            for block in range(BLOCKS)
        ]
        for place, group in enumerate(groups):
            if not group or random.random() >= ATTENDS:
                continue
            head = Word(group[0], tale, number, "was-told-at-meeting", room.day, room)
            yield head
            if down < 4 or random.random() >= READ_OUT:
                continue
            unit = Word(f"meeting:{name}-city{city}-u{place}", tale, number, "was-told", room.day + 2, head)
            for one in group[1:]:
                if random.random() < UNIT_HEARS:
                    yield Word(one, tale, number, "was-told-at-meeting", unit.day, unit)


def _spread(begun: list[Word], case: Case, country: Country, random: Random) -> tuple[dict[int, Word], dict[int, Word]]:
    """What each holds on the last day, and what some heard of it besides."""
    words: dict[int, Word] = {}
    again: dict[int, Word] = {}

    def hear(word: Word) -> None:
        who = word.who
        if not isinstance(who, int):
            return
        held = words.get(who)
        if held is None:
            if word.tale == "here" and country.people[who].city == 0 and case.matter != "order":
                own = word.how in ("saw", "took-part")
                if not own and random.random() < LOOKS:
                    word = Word(who, "here" if case.holds else "not", case.amount, "saw", word.day)
            words[who] = word
            return
        if any(each.who == who for each in list(_back(word))[1:]):
            return
        firm = held.how in ("saw", "took-part") or word.how in ("rumour", "overheard")
        withdrawn = word.tale == "not" and word.parent is not None and word.parent.who == "body:central-committee"
        denied = word.tale == "not" and word.how == "was-told-at-meeting" and random.random() < BELIEVES_DENIAL
        seen = word.how in ("saw", "took-part")
        if word.tale != held.tale and (withdrawn or seen or (denied and not firm)):
            words[who] = word
        elif word.tale == held.tale:
            again.setdefault(who, word)

    for day in range(DAYS):
        for word in begun:
            if word.day == day and isinstance(word.who, int):
                hear(word)
        tellers = [(one, word) for one, word in words.items() if word.day < day <= word.day + TALKS]
        for one, word in tellers:
            loud = case.loud * (DENIAL_TRAVELS if word.tale == "not" else 1)
            job = country.people[one].job
            for friend in country.friends[one]:
                if random.random() < TELLS * loud:
                    _tell(word, friend, day, (0.7, 0.15, 0.15), hear, random)
            far = {"trader": TRADES, "broker": CALLS}.get(job, 0.0)
            if random.random() < far * loud:
                city = random.choice([city for city in range(PROVINCES * CITIES) if city != country.people[one].city])
                mix = (0.6, 0.0, 0.4) if job == "trader" else (1.0, 0.0, 0.0)
                _tell(word, random.choice(country.of(city, job)), day, mix, hear, random)
        for city in range(PROVINCES * CITIES):
            if random.random() < MARKET:
                told = [words[one] for one in country.of(city, "trader") if one in words and words[one].day < day]
                for visitor in random.sample(country.of(city), VISITORS):
                    if told and random.random() < HEARS * case.loud:
                        _tell(random.choice(told), visitor, day, (0.0, 0.35, 0.65), hear, random)
    return words, again


def _tell(
    word: Word, who: int, day: int, mix: tuple[float, float, float], hear: Callable[[Word], None], random: Random
) -> None:
    ways: tuple[How, ...] = ("was-told", "overheard", "rumour")
    how = random.choices(ways, mix)[0]
    if word.who != who:
        hear(_passed(word, who, how, day, random))


def _passed(word: Word, who: int, how: How, day: int, random: Random) -> Word:
    """What comes out at the other end of one telling."""
    tale, number = word.tale, word.number
    if tale in ("there", "then", "less"):
        if random.random() < SLIPS[how]:
            tale = "here"
    elif random.random() < SLIPS[how] * TURNS:
        tale = "here" if tale == "not" else random.choice(("not", "there", "less"))
    if random.random() < SLIPS[how]:
        number *= random.uniform(1.2, 2.5) if random.random() < GROWS else random.uniform(0.5, 0.9)
    return Word(who, tale, number, how, day, word, word.part and random.random() < 0.6)


def _answer(
    partner: int,
    sort: Sort,
    words: dict[int, Word],
    again: dict[int, Word],
    case: Case,
    country: Country,
    random: Random,
) -> tuple[list[Word], int]:
    """What a partner tells the desk, and how many were asked."""
    if random.random() < INVENTS[sort]:
        if random.random() < 0.5:
            return [Word(partner, "here", _number(case.matter, random), "saw", 12)], 1
        someone = random.choice([one for one in country.of(0, "cadre") if one != partner])
        made_up = Word(someone, "here", _number(case.matter, random), "saw", 11)
        return [Word(partner, "here", made_up.number, "was-told", 12, made_up)], 1
    if sort == "fake":
        return [], random.randint(1, ASKED)
    held = [words[partner]] if partner in words else []
    if held and partner in again and random.random() < AGAIN:
        held.append(again[partner])
    asked_of = 1
    if not held:
        asked_of = random.randint(1, ASKED)
        friends = country.friends[partner]
        for friend in random.sample(friends, min(asked_of - 1, len(friends))):
            if friend in words and random.random() < ANSWERS:
                held = [_passed(words[friend], partner, "was-told", 12, random)]
                break
    told = []
    for word in held:
        if word.how in ("rumour", "overheard") and word.tale != "not" and random.random() < WITHHOLDS[sort]:
            continue
        if word.tale in ("there", "then", "less") and random.random() < MISTELLS[sort]:
            told.append(word._replace(tale="here"))
        elif word.tale == "less" and random.random() < CONTRARY:
            told.append(word._replace(tale="not"))
        elif word.tale in ("here", "not"):
            told.append(word)
    return told, asked_of


def _silent(random: Random) -> Literal["refused", "unreachable"] | None:
    chance = random.random()
    if chance >= REFUSES + UNREACHABLE:
        return None
    return "refused" if chance < REFUSES else "unreachable"


def _back(word: Word | None) -> Iterator[Word]:
    while word is not None:
        yield word
        word = word.parent


def _kept(word: Word, random: Random) -> tuple[list[Word], bool]:
    """The links a partner knows and tells, last first, and whether these are all there are."""
    back = list(_back(word))
    keep = 1
    while keep < len(back) and keep <= len(REMEMBERS) and random.random() < REMEMBERS[keep - 1]:
        hides = random.random() < HIDES_AIR and back[keep].who == "outlet:voice"
        if hides or back[keep].who in HIDDEN:
            break
        keep += 1
    return back[:keep], keep == len(back)


def _hops(told: tuple[list[Word], bool], partner: int, names: _Names | None, random: Random) -> tuple[Hop, ...]:
    """The hops of a chain, farthest first: as told under the desk's names, or as they were (`names` is None)."""
    back, to_the_end = told
    found: list[Hop] = []
    source: Node | None = None
    for word in reversed(back):
        name = names.of(partner, word.who) if names else _plain(word.who)
        if source is None:
            if isinstance(word.who, str):
                source = name
                continue
            if word.parent is None and to_the_end:
                found.append(Hop(who=name, how=word.how))
            elif random.random() < (SAYS_SEEN if word.parent and word.parent.who == "body:security" else TOLD_AS_SEEN):
                found.append(Hop(who=name, how="saw"))
            else:
                found.append(Hop(who=name, how=word.how, source="unknown"))
        else:
            found.append(Hop(who=name, how=word.how, source=source))
        source = name
    if names and random.random() < 0.5:
        found[-1] = Hop(who=found[-1].who, how=found[-1].how, source=found[-1].source, when=_day(back[0].day))
    return tuple(found)


def _plain(who: int | Node) -> Node:
    return who if isinstance(who, str) else f"person:n{who}"


class _Names:
    """What the desk calls whom, by the partner who speaks of them."""

    def __init__(self, country: Country, random: Random) -> None:
        self.country, self.random = country, random
        self.given: dict[tuple[int, int | Node], Node] = {}

    def of(self, partner: int, who: int | Node) -> Node:
        """The name of a link in what a partner tells; the partner's own is plain."""
        if who == partner:
            return f"person:n{who}"
        if isinstance(who, str) and not who.startswith("meeting:"):
            return who
        if (partner, who) not in self.given:
            self.given[partner, who] = self._name(partner, who)
        return self.given[partner, who]

    def _name(self, partner: int, who: int | Node) -> Node:
        chance, odd = self.random.random(), self.random.random()
        if isinstance(who, str):
            return f"meeting:x{partner}-{who.removeprefix('meeting:')}" if odd < OTHER_NAME else who
        person = self.country.people[who]
        office = person.job in ("cadre", "province")
        if chance < UNNAMED:
            return "unknown"
        if office and chance < UNNAMED + AS_OFFICE:
            return f"body:committee{person.city}".replace("-", "-p")
        return f"person:x{partner}-{who}" if odd < (OTHER_NAME if office else OTHER_NAME / 2) else f"person:n{who}"

    def coincidences(self) -> tuple[Coincidence, ...]:
        """Which of its nodes the desk suspects to be one, as likely as they are."""
        found: dict[tuple[Node, Node], Coincidence] = {}
        given = [(*key, name) for key, name in self.given.items() if not name.startswith(("unknown", "body:"))]
        for (teller, who, a), (other, whom, b) in combinations(sorted(given, key=str), 2):
            if teller == other or a == b or (a, b) in found or (b, a) in found:
                continue
            if self._alike(who, whom) and self.random.random() < SUSPECTED:
                weights = [often * (so if who == whom else 1 - so) for so, often in SUSPICIONS.items()]
                found[a, b] = Coincidence(a=a, b=b, probability=self.random.choices(list(SUSPICIONS), weights)[0])
        return tuple(found.values())

    def _alike(self, who: int | Node, whom: int | Node) -> bool:
        """Whether two cadres, traders or meetings of one town, whom one could take for each other."""
        if isinstance(who, str) or isinstance(whom, str):
            towns = [str(each).partition("-")[2].partition("-")[0] for each in (who, whom)]
            return isinstance(who, str) and isinstance(whom, str) and towns[0] == towns[1]
        one, two = self.country.people[who], self.country.people[whom]
        return one.job in ("cadre", "province", "trader") and (one.city, one.job) == (two.city, two.job)


def _amount(chain: str, word: Word, matter: Matter, random: Random) -> Amount:
    what, unit, _, _ = COUNTED[matter]
    number = float(f"{max(word.number, 1):.{random.choice((1, 2, 2))}g}")
    wide = random.uniform(0.05, 0.3) if random.random() < VAGUE else 0.0
    extents: tuple[Extent, ...] = ("part", "at-least") if word.part else ("total", "unknown", "at-least")
    extent = random.choices(extents, (0.7, 0.3) if word.part else (0.75, 0.15, 0.1))[0]
    low, high = round(number * (1 - wide), 1), round(number * (1 + wide), 1)
    return Amount(chain=chain, what=what, low=low, high=high, unit=unit, extent=extent)


def _number(matter: Matter, random: Random) -> float:
    _, _, least, most = COUNTED[matter]
    return float(least * (most / least) ** random.random())


def _one(chances: dict[T, float], random: Random) -> T:
    return random.choices(list(chances), list(chances.values()))[0]


def _day(day: int) -> When:
    return When((DAY - timedelta(days=DAYS - day)).isoformat())
