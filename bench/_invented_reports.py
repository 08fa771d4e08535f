"""Reports nobody gave: words of Korean and English drawn at random, the way words are (few often, most seldom)."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from farbank.model.dates import When
from farbank.model.reports import Contact, Report

FIRST, DAYS = date(2016, 1, 1), 3653
"""Ten years of calls."""
SYLLABLES = (
    "가나다라마바사아자차카타파하고노도로모보소오조초코토포호구누두루무부수우주추쿠투푸후기니디리미비시이지치키티피히"
)
LETTERS = ("ba", "de", "fo", "gu", "ka", "li", "mo", "nu", "ra", "se", "to", "vy", "wen", "st", "ing", "er")
ENDINGS = ("이", "을", "은", "에서", "으로", "까지", "였다고 한다", "")
VOCABULARY = 20_000


class Words:
    """A vocabulary a language, drawn by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        chance = self._chance
        self._words = {
            "ko": ["".join(chance.choices(SYLLABLES, k=chance.randint(2, 4))) for _ in range(VOCABULARY)],
            "en": ["".join(chance.choices(LETTERS, k=chance.randint(2, 4))) for _ in range(VOCABULARY)],
        }
        total, self._ranks = 0.0, list[float]()
        for rank in range(1, VOCABULARY + 1):
            total += 1 / rank
            self._ranks.append(total)

    def draw(self, language: str, count: int) -> list[str]:
        """So many words."""
        return self._chance.choices(self._words[language], cum_weights=self._ranks, k=count)

    def text(self, language: str) -> str:
        """A report of 30 to 300 words."""
        words = self.draw(language, self._chance.randint(30, 300))
        if language == "ko":
            words = [word + self._chance.choice(ENDINGS) for word in words]
        return " ".join(words)

    def asked(self) -> str:
        """One to three words somebody looks for."""
        return " ".join(self.draw(self._chance.choice(("ko", "ko", "en")), self._chance.randint(1, 3)))

    def reports(self, count: int, partners: int) -> Iterator[tuple[str, Contact, Report]]:
        """So many reports, each of a call of its own: two of three in Korean, in order of time."""
        for number in range(count):
            handle = f"p{self._chance.randrange(partners)}"
            day = FIRST + timedelta(number * DAYS // count)
            contact = Contact(id=f"c{number}", partner=handle, when=When(day.isoformat()), channel="call", minutes=4.0)
            language = self._chance.choice(("ko", "ko", "en"))
            yield (
                handle,
                contact,
                Report(id=f"r{number}", contact=contact.id, language=language, text=self.text(language)),
            )
