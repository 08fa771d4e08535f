"""Partners call, the desk asks the others, and its questions travel too."""

from __future__ import annotations

from random import Random
from typing import NamedTuple

from bench._valley_matter import Matter, counted
from bench._valley_partners import Partner
from bench._valley_people import Valley
from bench._valley_roots import RADIO
from bench._valley_word import Heard, Step, Word, can_pass, retold
from farbank.model.chains import How
from farbank.model.inquiries import Answer

CURIOUS = (5, 10)
"""People of their own circle whom a partner asks for news in the weeks of a thing."""
TOLD_A_PARTNER = 0.6
"""Of those who have word of it, how many tell a partner who asks for news; fear halves it."""
ASKED = 0.7
"""Partners whom the desk asks once a first has called; the rest have no window of a call."""
LEADING = 0.7
"""Questions that give the matter away, whatever the rule of the desk says."""
NOTED = 0.93
"""Questions that gave it away of which the desk wrote down that they did."""
UNREACHED = 0.18
REFUSED = 0.07
"""Of partners asked: telephones that reach abroad are seldom on, and some things are too dangerous to ask about."""
CARRIED_ON = 0.25
"""Of people a partner asks who know nothing, how many have word of it from then on: the question."""
DENIED = {True: 0.015, False: 0.06}
"""Of those asked, who having heard nothing say that it is not so, as they would know; by whether it is so."""
COPIED = 0.5
"""Partners who have what a friend who is one told the desk, and pass it on as theirs."""
AGAIN = 0.45
"""Partners with two voices on it who give both."""
TUNED_IN = 0.12
"""Partners who heard a broadcast of it."""


class Call(NamedTuple):
    """One voice in one call: the partner by number, the day, and the word; `report` is the call's number."""

    partner: int
    day: int
    word: Word
    report: int


class Asked(NamedTuple):
    """What came of a question that brought no voice."""

    partner: int
    day: int
    answer: Answer
    many: int


class Seeding(NamedTuple):
    """A partner who was given the matter before telling of it, and by what."""

    partner: int
    source: str
    day: int
    sure: bool


class Log(NamedTuple):
    """All that reached the desk, in the order it did."""

    calls: list[Call]
    asked: list[Asked]
    seedings: list[Seeding]


def calls(valley: Valley, thing: Matter, heard: Heard, partners: tuple[Partner, ...], random: Random) -> Log:
    """Who called with what and who was asked; `heard` gains what the questions set going."""
    log = Log([], [], [])
    for partner in partners:
        _gathers(valley, thing, heard, partner.who, random)
        if thing.broadcast and random.random() < TUNED_IN:
            _listens(thing, heard, partner, log, random)
    unasked = {partner.who: _calls_unasked(thing, heard, partner, random) for partner in partners}
    own = {who: day for who, day in unasked.items() if day is not None}
    if not own:
        return log
    first = min(own.values())
    for partner in sorted(partners, key=lambda one: own.get(one.who, first + 3)):
        day, asked_on = own.get(partner.who), first + random.randint(1, 5)
        if day is not None and (day == first or day <= asked_on):
            _speaks(thing, heard, partner, day, log, random)
        elif random.random() < ASKED:
            _answers(valley, thing, heard, partner, asked_on, log, random)
        elif day is not None:
            _speaks(thing, heard, partner, day, log, random)
    return log


def _gathers(valley: Valley, thing: Matter, heard: Heard, who: int, random: Random) -> None:
    for other in _circle(valley, who, random.randint(*CURIOUS), random):
        words = [word for word in heard[other] if can_pass(word, who)]
        if words and random.random() < TOLD_A_PARTNER * (1 - 0.5 * thing.fear):
            word = random.choice(words)
            heard[who].append(retold(word, who, "was-told", word.day + random.randint(0, 5), thing, random))


def _circle(valley: Valley, who: int, many: int, random: Random) -> list[int]:
    person = valley.people[who]
    near = [*valley.houses[person.house], *valley.units[person.unit], *valley.markets[person.town]]
    if person.trade in ("trader", "driver"):
        near.extend(random.choice(valley.markets))
    if who in valley.kin:
        near.append(valley.kin[who])
    near = [other for other in dict.fromkeys(near) if other != who]
    return random.sample(near, min(many, len(near)))


def _listens(thing: Matter, heard: Heard, partner: Partner, log: Log, random: Random) -> None:
    day = random.randint(2, 8)
    log.seedings.append(Seeding(partner.who, RADIO, day, sure=False))
    if random.random() < 0.5:
        how: How = "overheard"
        step = Step(partner.who, how, RADIO, day)
        told = step if random.random() < 0.4 else step._replace(how="rumour", source="unknown")
        number = thing.number.size if thing.number else None
        heard[partner.who].append(Word(partner.who, (step,), (told,), "so", number))


def _calls_unasked(thing: Matter, heard: Heard, partner: Partner, random: Random) -> int | None:
    """The day of their own call, if they call: some with anything, some only with a voice that was near."""
    words = [word for word in heard[partner.who] if word.stance == "so"]
    if partner.way == "paid":
        lucky = 1.0 if thing.cause == "invented" else 0.02
        calls = partner.habit.calls if words else lucky
        return random.randint(2, 10) if random.random() < calls else None
    if not words or (partner.way == "careful" and len(words) < 2 and len(words[0].told) > 2):
        return None
    if random.random() > partner.habit.calls:
        return None
    return max(word.day for word in words[:2]) + (0 if partner.way == "eager" else random.randint(1, 7))


def _speaks(thing: Matter, heard: Heard, partner: Partner, day: int, log: Log, random: Random) -> bool:
    """Give the desk what they have, one voice or two; whether there was any."""
    report = len(log.calls)
    words = [word for word in heard[partner.who] if word.stance != "near" and word.day <= day]
    if partner.way == "paid" and (not words or random.random() < 0.7):
        log.calls.append(Call(partner.who, day, invented(thing, partner.who, day, random), report))
        return True
    friends = [call for call in log.calls if call.partner in partner.friends and call.day <= day]
    if friends and random.random() < COPIED:
        copied = _copied(thing, partner, random.choice(friends).word, day, random)
        words = [copied, *words] if copied else words
    if not words:
        return False
    words.sort(key=lambda word: len(word.told))
    seen_from: set[object] = set()
    for word in words[: 2 if random.random() < AGAIN else 1]:
        if word.really[-1].source not in seen_from:
            seen_from.add(word.really[-1].source)
            log.calls.append(Call(partner.who, day, word, report))
    return True


def _copied(thing: Matter, partner: Partner, theirs: Word, day: int, random: Random) -> Word | None:
    """What a friend told the desk, as their own: with the friend as somebody, or left out."""
    if not can_pass(theirs, partner.who):
        return None
    word = retold(theirs, partner.who, "was-told", day, thing, random)
    if random.random() < 0.4:
        last = theirs.told[-1]
        told = (*theirs.told[:-1], last._replace(who=partner.who, day=day))
        return word._replace(told=told)
    return word


def _answers(valley: Valley, thing: Matter, heard: Heard, partner: Partner, day: int, log: Log, random: Random) -> None:
    """The desk asks: they tell what they have, ask about, agree to please, or find nothing."""
    drawn = random.random()
    if drawn < UNREACHED + REFUSED:
        log.asked.append(Asked(partner.who, day, "unreachable" if drawn < UNREACHED else "refused", 1))
        return
    leading = random.random() < LEADING
    if leading and random.random() < NOTED:
        log.seedings.append(Seeding(partner.who, "desk", day, sure=True))
    if _speaks(thing, heard, partner, day + random.randint(0, 2), log, random):
        return
    if leading and random.random() < partner.habit.agrees:
        log.calls.append(Call(partner.who, day + 1, _agreed(thing, partner, day, random), len(log.calls)))
        return
    many = _asks_about(valley, thing, heard, partner.who, day, leading, random)
    if not _speaks(thing, heard, partner, day + 4, log, random):
        log.asked.append(Asked(partner.who, day + 4, "nothing", many + 1))


def _asks_about(valley: Valley, thing: Matter, heard: Heard, who: int, day: int, leading: bool, random: Random) -> int:
    """Ask people of their circle; those who know nothing may take the question itself for word. How many were asked."""
    others = _circle(valley, who, random.randint(0, 5), random)
    for other in others:
        words = [word for word in heard[other] if can_pass(word, who) and word.day <= day]
        if words:
            if random.random() < TOLD_A_PARTNER:
                heard[who].append(retold(words[0], who, "was-told", day + random.randint(0, 3), thing, random))
        elif random.random() < DENIED[thing.holds]:
            steps = (Step(other, "inferred", None, day), Step(who, "was-told", other, day + 1))
            heard[who].append(Word(who, steps, steps, "not"))
        elif leading and random.random() < CARRIED_ON:
            really = (Step(who, "was-told", "desk", day), Step(other, "was-told", who, day))
            told = (Step(other, "rumour", "unknown", day),)
            heard[other].append(Word(other, really, told, "so"))
    return len(others)


def _agreed(thing: Matter, partner: Partner, day: int, random: Random) -> Word:
    if partner.way == "paid":
        return invented(thing, partner.who, day + 1, random)
    really = (Step(partner.who, "was-told", "desk", day),)
    told = (Step(partner.who, "rumour", "unknown", day),)
    if random.random() < 0.3:
        said = f"nobody:agreed{partner.who}"
        told = (Step(partner.who, "was-told", said, day),)
    return Word(partner.who, really, told, "so")


def invented(thing: Matter, who: int, day: int, random: Random) -> Word:
    """A voice made up: mostly somebody well placed, whom the desk can never meet."""
    said = f"nobody:made{who}"
    drawn = random.random()
    if drawn < 0.2:
        told: tuple[Step, ...] = (Step(who, "saw", None, max(0, day - 2)),)
    elif drawn < 0.7:
        told = (Step(said, random.choice(("saw", "took-part")), None, 0), Step(who, "was-told", said, day - 1))
    else:
        far = f"{said}far"
        told = (
            Step(far, random.choice(("saw", "was-told-at-meeting")), None, 0),
            Step(said, "was-told", far, 1),
            Step(who, "was-told", said, day - 1),
        )
        if told[0].how == "was-told-at-meeting":
            told = (told[0]._replace(source="meeting:made-up"), *told[1:])
    number = None
    if thing.number is not None and random.random() < 0.8:
        guess, _, _ = counted(thing.number._replace(error=0.5 if thing.number.unit != "KPW/kg" else 0.12), random)
        number = float(round(guess))
    return Word(who, (Step(who, "inferred", None, day - 1),), told, "so", number)
