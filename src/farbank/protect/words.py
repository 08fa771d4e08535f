"""The words for every kind of person a reader could mean, chosen by a way that depends on nobody.

A reader who knows the method asks who else would have been described so. Everybody whose words come out the same is
one group; one too small to hide in is described more vaguely, or takes in others, until none is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import numpy as np

from farbank.model.people import Facts, without
from farbank.model.sizes import Size
from farbank.protect import lattice
from farbank.protect.expose import Judged, finer_than_before, judged
from farbank.protect.judge import MARGIN, judge
from farbank.protect.partition import blocks
from farbank.protect.population import Floats, Population
from farbank.protect.question import Path, Question, path
from farbank.protect.sight import where
from farbank.protect.tally import Tally, spread

Mode = Literal["partition", "fit"]
"""`partition`: one fixed way outwards, the same for everybody. `fit`: least lossy for each, which tells more."""


class Chooser:
    """The words for everybody who fits one question, on the axes to `show`; every answer is remembered."""

    def __init__(self, question: Question, show: Sequence[str], mode: Mode = "partition") -> None:
        self.question = question
        self.show = tuple(show)
        self.mode = mode
        self._judged: dict[Path, Judged] = {}
        self._words: dict[Path, Path] = {}
        self._alike: dict[Path, Floats] = {}
        self._left: dict[Path, Tally] = {}

    def judged(self, facts: Facts) -> Judged:
        """The verdict if `facts` were said as well."""
        key = path(facts)
        if key not in self._judged:
            self._judged[key] = judged(self.question, facts)
        return self._judged[key]

    def words(self, block: Facts) -> Facts:
        """The facts to say of somebody in that block."""
        start = path(self._shown(block))
        words = self._all()
        return dict(words[start] if start in words else path(self._described(dict(start))))

    def left(self, facts: Facts) -> Tally:
        """How many are left to a reader who knows the method, of those whom saying `facts` fits."""
        self._all()
        said = path(facts)
        if said not in self._left:
            self._left[said] = _share(self.judged(facts).found, self._alike.get(said, np.zeros(1)))
        return self._left[said]

    def alike(self, facts: Facts) -> tuple[Facts, ...]:
        """Every kind of person described by `facts`; empty if that is all whom they fit."""
        if self.left(facts).size.mid >= self.judged(facts).found.size.mid * (1 - 1e-6):
            return ()
        said = path(facts)
        return tuple(dict(start) for start, words in self._all().items() if words == said)

    def _all(self) -> Mapping[Path, Path]:
        if not self._words:
            question = self.question
            here: dict[Path, Floats] = {}
            for block in blocks(question.population, question.reader.threshold, question.sight.facts):
                start = path(self._shown(block))
                here[start] = here.get(start, 0.0) + where(question.population, question.saying(block))
            self._words = {start: path(self._described(dict(start))) for start in here}
            for start, said in self._words.items():
                self._alike[said] = self._alike.get(said, 0.0) + here[start]
            while self.mode == "partition" and self._mended():
                pass
        return self._words

    def _mended(self) -> bool:
        """Mend one group too small to hide in; whether there was one to mend.

        It is described more vaguely and so joins another. Where nothing vaguer is left to say, the largest group that
        is said more of joins it: that is enough more often than not, and leaves most kinds of people their own words.
        """
        words, population = self._words, self.question.population
        for said in sorted(set(words.values()), key=lambda key: (-len(key), key)):
            facts = dict(said)
            if not self.judged(facts).safe or judge(self.left(facts), self.question.reader.threshold)[1] == "safe":
                continue
            moved, to = said, path(outwards(facts, population)) if facts else said
            if not facts:
                others = {other for other in words.values() if other != said}
                moved = max(others, key=lambda other: (self.left(dict(other)).size.mid, other), default=said)
            if moved != to:
                self._join(moved, to)
                return True
        return False

    def _join(self, moved: Path, to: Path) -> None:
        """Describe everybody described as `moved` as `to`."""
        self._words |= {start: to for start, other in self._words.items() if other == moved}
        self._alike[to] = self._alike.get(to, 0.0) + self._alike.pop(moved)
        for changed in (moved, to):
            self._left.pop(changed, None)

    def _shown(self, block: Facts) -> Facts:
        return {axis: block[axis] for axis in self.show if axis in block}

    def _described(self, start: Facts) -> Facts:
        if self.mode == "fit":
            return self._least_lossy(start)
        facts = self._as_before(start)
        while facts and not self.judged(facts).safe:
            facts = outwards(facts, self.question.population)
        return facts

    def _least_lossy(self, start: Facts) -> Facts:
        """The first safe node of the lattice over `start`, by loss; nothing at all if none is."""
        question = self.question
        least = MARGIN * question.reader.threshold  # with fewer, as the figures stand, nothing is safe
        for facts in lattice.by_loss(question.population, self._as_before(start), question.sight, least):
            if self.judged(facts).safe:
                return facts
        return {}

    def _as_before(self, facts: Facts) -> Facts:
        """`facts` no finer than what earlier releases have printed."""
        while (axis := finer_than_before(self.question, facts)) is not None:
            wider = self.question.population.axes[axis].parents.get(facts[axis])
            facts = without(facts, axis) | ({axis: wider} if wider else {})
        return facts


def outwards(facts: Facts, population: Population) -> Facts:
    """The facts one level vaguer, on the last axis of the partition's order that says anything.

    An axis outside the order goes first, so that nothing unforeseen stays.
    """
    order = list(dict.fromkeys(population.data.order))
    last = max(facts, key=lambda axis: order.index(axis) if axis in order else len(order))
    return outwards_on(last, facts, population)


def outwards_on(id: str, facts: Facts, population: Population) -> Facts:
    """The facts one level vaguer on one axis; nothing is said on it where only the root is left."""
    axis = population.axes.get(id)
    wider = axis.parents.get(facts[id]) if axis else None
    if axis is None or wider is None or wider == axis.root:
        return without(facts, id)
    return facts | {id: wider}


def _share(whole: Tally, here: Floats) -> Tally:
    """The count shrunk to the people `here`."""
    share = min(1.0, float(here.sum()) / whole.size.mid) if whole.size.mid > 0 else 0.0
    size = Size(whole.size.low * share, whole.size.mid * share, whole.size.high * share)
    return Tally(size, spread(here), whole.modelled)
