"""Attacks on the protection, simulated: many stories put side by side, the method turned on itself, a census in error.

*Composition*: 60 people of an invented country, 20 linkable stories each; every story says something else of them, half
of them are known to work by radio, and some stories tell who could have known. `composition_min_k` is the smallest
number of people anybody hid among by the end, counted cell by cell from what was printed, when the ledger stood behind
every check; `composition_alone_k` is the median after as many stories that were each safe by themselves.

*Minimality*: a reader who knows the method and everything public runs it for every kind of person and keeps those who
would have been printed the same, twenty times over. `minimality_share_ok` is the share of people hidden among at least
the threshold after that; `minimality_min` the fewest. Holding for knowledge sets, satellites and all stories at once.

*False safety*: invented truths whose trades, posts and ages go together in ways no table shows; the model is fitted to
tables with the errors a pack states, and asked questions whose answer lies near the threshold. `false_safe` is the
share of answers the gate calls safe with fewer people than the threshold in truth; `false_safe_low` without the margin
of the plain count, `false_safe_plain` without the low end too: what the two are there for. `false_safe_strong` is the
gate's where things go together twice as strongly: where the method stops being good enough.

*Timing*: an adversary who knows the days of forty calls and of forty stories guesses which belongs to which, by every
lag and by putting both in order. `timing_gain` is how many times better than blind the best of it is with a call a day;
`timing_gain_sparse` with calls rarer than the days drawn, where a delay hides nothing.

It matters because each of these broke anonymity where every single story was safe (Ganta 2008; Wong 2007; protect.md,
section 2). Peers: none found that composes, so the second figure of each pair is the peer.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from bench import Figures
from bench._calls import gain
from farbank import country
from farbank.country.census import Axis, Marginal, PopulationData, Satellite
from farbank.country.phrases import Phrases
from farbank.model.exposure import Disclosure
from farbank.model.people import Audience, Facts
from farbank.model.releases import Release
from farbank.model.sizes import Basis, Size
from farbank.protect.generalise import generalise
from farbank.protect.judge import MARGIN
from farbank.protect.partition import block, blocks
from farbank.protect.past import fold
from farbank.protect.population import Population, fit
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.release import released
from farbank.protect.sight import Sight, where
from farbank.protect.tally import tally
from farbank.protect.words import Chooser

DATA = "."
THRESHOLD = 1000
DAY = date(2030, 1, 1)
PEOPLE, STORIES = 60, 20
TRUTHS, QUERIES = 12, 400
Floats = NDArray[np.float64]


def run(data: Path, *, quick: bool) -> Figures:
    """Simulate; `data` is not used. `quick` takes a fifth of the people and of the truths."""
    people, truths = (PEOPLE // 5, TRUTHS // 4) if quick else (PEOPLE, TRUTHS)
    population = invented(7)
    victims = sampled(population, people, 11)
    phrases = country.load("kp").phrases["en"]
    with_ledger = [published(population, victim, STORIES, phrases, ledger=True) for victim in victims]
    alone = [published(population, victim, STORIES, phrases, ledger=False) for victim in victims]
    left = [hidden_among(population, victim) for victim in with_ledger]
    known = [alike(population, victim) for victim in with_ledger]
    rates = false_safe(range(truths))
    return {
        "people": people,
        "stories": STORIES,
        "published_median": statistics.median(len(told.releases) for told in with_ledger),
        "composition_min_k": round(min(left)),
        "composition_alone_k": round(statistics.median(hidden_among(population, told) for told in alone)),
        "composition_alone_below": round(sum(hidden_among(population, told) < THRESHOLD for told in alone) / people, 3),
        "minimality_share_ok": round(sum(k >= THRESHOLD for k in known) / people, 3),
        "minimality_min": round(min(known)),
        "false_safe": round(rates["gate"], 4),
        "false_safe_low": round(rates["low"], 4),
        "false_safe_plain": round(rates["plain"], 4),
        "false_safe_answers": round(rates["answers"]),
        "false_safe_strong": round(false_safe(range(truths), 1.0)["gate"], 4),
        "margin": MARGIN,
        "timing_gain": round(gain(1), 2),
        "timing_gain_sparse": round(gain(9), 2),
    }


# An invented country


def tree(id: str, nodes: dict[str, str]) -> Axis:
    """An axis from node -> parent; the root has none."""
    inner = set(nodes.values())
    parents = {node: parent for node, parent in nodes.items() if parent}
    return Axis(id=id, leaves=tuple(n for n in nodes if n not in inner), parents=parents, names={})


def axes() -> tuple[Axis, ...]:
    """Eight provinces of five units, six ages in two spans, a state with three kinds of office, six trades in two."""
    places = {"x": ""} | {f"x:{p}": "x" for p in range(8)}
    places |= {f"x:{p}-{u}": f"x:{p}" for p, u in product(range(8), range(5))}
    ages = {"age:any": "", "age:young": "age:any", "age:old": "age:any"}
    ages |= {f"age:{n}": "age:young" if n < 3 else "age:old" for n in range(6)}
    posts = {"post:any": "", "post:official": "post:any", "post:none": "post:any"}
    posts |= {f"post:{n}": "post:official" for n in range(4)}
    trades = {"trade:any": "", "trade:land": "trade:any", "trade:town": "trade:any"}
    trades |= {f"trade:{n}": "trade:land" if n < 3 else "trade:town" for n in range(6)}
    sexes = {"sex:any": "", "sex:f": "sex:any", "sex:m": "sex:any"}
    return (
        tree("place", places),
        tree("sex", sexes),
        tree("age", ages),
        tree("organisation", posts),
        tree("occupation", trades),
    )


def truth(seed: int, strength: float = 0.5) -> Floats:
    """24 million people per cell, with places, ages, posts and trades that go together in pairs as no table shows.

    `strength` is the standard deviation of how much, on the log scale.
    """
    generator = np.random.default_rng(seed)
    shape = [len(axis.leaves) for axis in axes()]
    log = np.zeros(shape)
    for dimension, size in enumerate(shape):
        log += _along(generator.normal(0, 0.6, size), (dimension,), shape)
    log[:, :, :, :-1] -= 2.5  # offices are rare: the last leaf is nobody's
    for pair in ((0, 4), (0, 3), (2, 3), (1, 4), (3, 4)):
        log += _along(generator.normal(0, strength, [shape[d] for d in pair]), pair, shape)
    cells = np.exp(log)
    return np.asarray(cells * (24e6 / cells.sum()))


def invented(seed: int, error: int | None = None, strength: float = 0.5) -> Population:
    """The model fitted to the tables of a truth; with `error`, modelled tables are off as their basis says."""
    known, cells = axes(), truth(seed, strength)
    noise = np.random.default_rng(error) if error is not None else None
    marginals = [_table(cells, known, (d,), "page", None) for d in (0, 1, 2)]
    marginals += [_table(cells, known, (0, d), "modelled", noise) for d in (3, 4)]
    reach = {leaf: 0.9 if leaf.endswith(("-0", "-1")) else 0.15 for leaf in known[0].leaves}
    radio = Satellite(
        id="radio", weights=reach, basis="modelled", note={}, source="invented", top=1.0, half_km=1.0, fall_km=1.0
    )
    order = ("place", "organisation", "organisation", "sex", "age", "occupation", "age")
    return fit(PopulationData(axes=known, marginals=tuple(marginals), zeros=(), satellites=(radio,), order=order))


def _table(
    cells: Floats, known: Sequence[Axis], kept: tuple[int, ...], basis: Basis, noise: np.random.Generator | None
) -> Marginal:
    counts = cells.sum(axis=tuple(d for d in range(cells.ndim) if d not in kept))
    if noise is not None:  # one error per leaf of the modelled axis; places keep the people they have
        off = counts * np.exp(noise.normal(0, 0.5, counts.shape[-1]))
        counts = off * (counts.sum(axis=-1, keepdims=True) / off.sum(axis=-1, keepdims=True))
    keys = list(product(*(known[d].leaves for d in kept)))
    return Marginal(
        axes=tuple(known[d].id for d in kept),
        counts=dict(zip(keys, map(float, counts.ravel()), strict=True)),
        basis=dict.fromkeys(keys, basis),
        source="invented",
        year=2030,
    )


def _along(values: Floats, dimensions: Sequence[int], shape: Sequence[int]) -> Floats:
    return values.reshape([size if d in dimensions else 1 for d, size in enumerate(shape)])


# Stories


@dataclass(frozen=True)
class Victim:
    """Somebody who is written about: their cell, their block, and how their stories go."""

    profile: Facts
    block: Facts
    seed: int


@dataclass(frozen=True)
class Told:
    """The stories printed about one victim, what each was asked, and the words each used."""

    victim: Victim
    releases: tuple[Release, ...] = ()
    asked: tuple[tuple[Question, tuple[str, ...], Facts], ...] = ()


def sampled(population: Population, people: int, seed: int) -> list[Victim]:
    """Holders of an office, as likely as they are many."""
    generator = np.random.default_rng(seed)
    cells = np.argwhere(population.cube[:, :, :, :-1] > 0)
    weights = population.cube[tuple(cells.T)].astype(float)
    chosen = generator.choice(len(cells), people, p=weights / weights.sum())
    victims = []
    for number, cell in enumerate(cells[chosen]):
        leaves = zip(population.data.axes, cell, strict=True)
        profile = {axis.id: axis.leaves[leaf] for axis, leaf in leaves}
        victims.append(Victim(profile, block(profile, population, THRESHOLD), seed + number))
    return victims


def published(population: Population, victim: Victim, stories: int, phrases: Phrases, *, ledger: bool) -> Told:
    """Write the stories one after the other; one that is not safe is not printed."""
    told = Told(victim)
    for number in range(stories):
        question, show = _story(population, victim, number, told.releases if ledger else ())
        wording = generalise(question, victim.block, show=show, phrases=phrases)
        if not wording.exposure.safe:
            continue
        heard = tuple(one.audience for one in question.heard)
        said = [Disclosure(person="x", axis=a, node=n, said_in="") for f in question.facts for a, n in f.items()]
        said += [Disclosure(person="x", axis=a, node=n, said_in="") for a, n in wording.facts.items()]
        said += [Disclosure(person="x", axis="satellite", node=id, said_in="") for id in question.satellites]
        said += [Disclosure(person="x", axis="audience", node=audience.id, said_in="") for audience in heard]
        one = released("t", "", wording, said, heard, DAY, DAY)
        release = Release(edition=f"s-{number}", published=DAY, people=(one,))
        told = Told(victim, (*told.releases, release), (*told.asked, (question, show, wording.facts)))
    return told


def _story(
    population: Population, victim: Victim, number: int, releases: Sequence[Release]
) -> tuple[Question, tuple[str, ...]]:
    """What one story gives away anyway, and what it would like to say."""
    generator = np.random.default_rng([victim.seed, number])
    province = population.axes["place"].upwards(victim.profile["place"])[-2]
    said = ({"place": province},) if generator.random() < 0.6 else ()
    satellites = ("radio",) if victim.seed % 2 else ()
    topics = [
        Audience(id=f"topic-{n}", name={}, group={"place": province}, size=Size(4e5 * n, 6e5 * n, 9e5 * n))
        for n in (1, 2)
    ]
    heard = (Heard(topics[int(generator.integers(2))]),) if generator.random() < 0.3 else ()
    known = list(victim.block)
    show = tuple(sorted(generator.choice(known, min(len(known), int(generator.integers(2, 5))), replace=False)))
    reader = Reader(population=population, on=DAY, threshold=THRESHOLD)
    now = {(one.audience.id, False) for one in heard}
    return Question("x", reader, said, satellites, heard, fold(population, "t", releases, now=now)), show


# What an adversary is left with


def hidden_among(population: Population, told: Told) -> float:
    """The people who fit everything printed, counted cell by cell without the engine's own sums."""
    people = population.cube.astype(float)
    leaves = [axis.leaves for axis in population.data.axes]
    radio = population.data.satellites[0].weights
    counted: set[str] = set()
    for release in told.releases:
        one = release.people[0]
        for facts in one.facts:
            people = people * _fits(population, facts)
        if one.satellites and "radio" not in counted:
            counted.add("radio")
            people = people * _along(np.array([radio[leaf] for leaf in leaves[0]]), (0,), people.shape)
        for audience in one.audiences:
            if audience.id not in counted and audience.size is not None:
                counted.add(audience.id)
                group = _fits(population, audience.group)
                people = people * group * min(1.0, audience.size.mid / float((population.cube * group).sum()))
    return float(people.sum())


def alike(population: Population, told: Told) -> float:
    """The people of every kind whose stories would all have read the same, run again for each kind."""
    kinds = blocks(population, THRESHOLD)
    for question, show, words in told.asked:
        chooser = Chooser(question, show)
        kinds = tuple(kind for kind in kinds if chooser.words(kind) == words)
    people = hidden_among(population, told)
    if not people:
        return 0.0
    whole = fold(population, "t", [_silent(release) for release in told.releases])
    sight = Question("x", Reader(population=population, on=DAY, threshold=THRESHOLD), past=whole).sight
    of_kind = [float(where(population, replace(sight, facts=(*sight.facts, kind))).sum()) for kind in kinds]
    return sum(of_kind)


def _silent(release: Release) -> Release:
    """The release without what it tells by being vague: that is worked out anew."""
    people = tuple(msgspec.structs.replace(one, alike=()) for one in release.people)
    return msgspec.structs.replace(release, people=people)


def _fits(population: Population, facts: Facts) -> Floats:
    found = np.ones([1] * population.cube.ndim)
    for dimension, axis in enumerate(population.data.axes):
        if axis.id in facts:
            under = [facts[axis.id] in axis.upwards(leaf) for leaf in axis.leaves]
            found = found * _along(np.array(under, float), (dimension,), population.cube.shape)
    return found


# A census in error


def false_safe(seeds: range, strength: float = 0.5) -> dict[str, float]:
    """The shares of answers called safe that are not, over many invented truths and questions of the size that matters.

    `plain` calls safe whatever counts as many as the threshold, `low` what does so at the low end, `gate` is the gate.
    """
    said = dict.fromkeys(("plain", "low", "gate"), 0)
    wrong = dict(said)
    for seed in seeds:
        cells = truth(1000 + seed, strength)
        population = invented(1000 + seed, 2000 + seed, strength)
        for facts in _questions(population, np.random.default_rng(3000 + seed)):
            size = tally(population, Sight((facts,))).size
            few = float((cells * _fits(population, facts)).sum()) < THRESHOLD
            called = {"plain": size.mid >= THRESHOLD, "low": size.low >= THRESHOLD}
            called["gate"] = called["low"] and size.mid >= MARGIN * THRESHOLD
            for how, safe in called.items():
                said[how] += safe
                wrong[how] += safe and few
    return {how: wrong[how] / said[how] if said[how] else 0.0 for how in said} | {"answers": float(said["gate"])}


def _questions(population: Population, generator: np.random.Generator) -> Iterator[Facts]:
    """Questions whose answer by the figures lies between a third of the threshold and thirty times it."""
    found = 0
    while found < QUERIES:
        facts = _question(population, generator)
        if THRESHOLD / 3 <= where(population, Sight((facts,))).sum() <= 30 * THRESHOLD:
            found += 1
            yield facts


def _question(population: Population, generator: np.random.Generator) -> Facts:
    """A node on some of the axes, finer ones as likely as wider."""
    facts: Facts = {}
    for axis in population.data.axes:
        if generator.random() < 0.7:
            ways = axis.upwards(axis.leaves[int(generator.integers(len(axis.leaves)))])
            facts[axis.id] = ways[int(generator.integers(len(ways)))]
    return facts
