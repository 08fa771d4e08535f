"""The exposure engine: how long it takes to say how many people fit what was said, now and in every edition before.

Measured on an invented country of 24,049,026 people in 1,152,000 kinds (`_country.py`; the shipped one is about as
large), fitted to six tables as a country pack is. One process, matrix products on one thread: they are small, and on
shared cores threads wait for each other longer than they work.

*Counts*: `count_us` is the slower of one cell and about a thousand cells, `count_wide_us` about 250,000 cells,
`count_wide_first_us` the same when nothing has been summed before; `node_lookup_us` the same thousand cells by the
cube of nodes. *Lattice*: all 1,024 ways to say six facts more vaguely, with nothing known before (`lattice_us`), beside
20 earlier stories (`lattice_ledger_us`), and beside stories with knowledge sets and a satellite (`lattice_heard_us`).
*Story*: `story_ms` counts every way to word a story about three people on six axes at every grain of its place, beside
20 earlier stories of each, some with knowledge sets and descriptions others would not have got;
`story_replicates_ms` also judges the best of them, a thousand replicates each. `verdict_ms` is all that is shown of one
wording, `wording_ms` finding it where that is slowest: for somebody who could live anywhere, so that everybody's words
are looked at. `growth` is the time for eight people over eight times that for one: 1 is linear. `ledger_*_ms` is the
story beside so many earlier stories, `fold_us` what putting one release to the others costs, `append_*_us` one more
after so many. `partition_s` finds every block of the country at a threshold of 1,000, once for all.

It matters because an editor changes words until they are safe: 100 ms is what feels immediate, and ARX, asked the
lattice's question of 24 million rows, took 17 s (protect.md, section 2). Held against a scan by numpy of one row per
person in a process of its own: `ratio_rows` is the least of the ratios, `ratio_rows_*` how often faster each is. For a
story the scan is charged one pass per person, and one per person and wording judged: less than it would need.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar, TypeVarTuple

import numpy as np

from bench import Figures, _country, _rows
from bench._clock import median
from farbank import country
from farbank.country.census import PLACE
from farbank.model.people import Audience, Facts
from farbank.model.releases import Release, Released
from farbank.model.sizes import Size
from farbank.protect import counting, lattice
from farbank.protect.expose import expose
from farbank.protect.front import Asked, counted, front
from farbank.protect.generalise import generalise
from farbank.protect.nodecube import nodecube
from farbank.protect.partition import block, blocks
from farbank.protect.past import Past, fold
from farbank.protect.population import Population, fit
from farbank.protect.question import Heard, Question, Reader
from farbank.protect.sight import Sight

A = TypeVarTuple("A")
R = TypeVar("R")

DATA = "."
DAY = date(2030, 1, 1)
THRESHOLD = 1000
PROVINCE: Facts = {PLACE: "place:2-5"}
THOUSAND = PROVINCE | {"age": "age:1-2", "occupation": "occupation:1-4", "organisation": "organisation:2-0"}
WIDE: Facts = {"occupation": "occupation:2-0", "organisation": "organisation:2-0"}
PERSONS = (1, 2, 4, 8)
STORY = 3
LEDGERS = (20, 200, 2000)

Seconds = dict[str, float]
"""By the name of what was asked."""


def run(data: Path, *, quick: bool) -> Figures:
    """Measure; `data` is not used, `quick` repeats less often."""
    os.environ["OPENBLAS_NUM_THREADS"] = "1"  # numpy reads it when a process first loads it
    figures, ours = _alone(_ours, 5 if quick else 25)
    scans = _alone(_scans)
    charged = {"story": STORY * scans["lattice_heard"]}
    charged["story_replicates"] = charged["story"] + int(figures["story_judged"]) * STORY * scans["thousand"]
    scans |= charged
    ratios = {name: scans[name] / seconds for name, seconds in ours.items()}
    return (
        figures
        | {f"peer_rows_{name}_ms": round(seconds * 1000, 1) for name, seconds in scans.items()}
        | {"ratio_rows": round(min(ratios.values()))}
        | {f"ratio_rows_{name}": round(ratio) for name, ratio in ratios.items()}
    )


def _ours(runs: int) -> tuple[Figures, Seconds]:
    """What is measured, and the seconds of what the rows are asked as well."""
    population = fit(_country.data())
    profiles = _country.people(population, max(PERSONS))
    figures: Figures = {"cells": population.cube.size, "persons": round(population.persons)}
    figures["fit_s"] = round(median(lambda: fit(population.data), 3), 2)
    counts = _counts(population, profiles[0], runs)
    first = min(_first(population) for _ in range(3))
    figures |= {"count_us": _us(max(counts["one"], counts["thousand"])), "count_wide_us": _us(counts["wide"])}
    figures |= {"count_wide_first_us": _us(first), "node_lookup_us": _us(counts["node_lookup"])}
    lattices = _lattices(population, profiles[0], runs)
    figures |= {f"{name}_us": _us(seconds) for name, seconds in lattices.items()}
    stories = _stories(population, profiles, runs)
    figures |= {f"{name}_ms": _ms(seconds) for name, seconds in stories.items()}
    figures["story_judged"] = len(counted(_story(population, profiles[:STORY], LEDGERS[0])))
    figures["growth"] = round(stories["growth_persons_8"] / stories["growth_persons_1"] / 8, 2)
    figures |= {f"{name}_us": _us(seconds) for name, seconds in _folds(population, profiles[0]).items()}
    figures["rss_mb"] = round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1)
    started = time.perf_counter()
    figures["blocks"] = len(blocks(population, THRESHOLD))
    figures["partition_s"] = round(time.perf_counter() - started, 2)
    figures |= {f"{name}_ms": _ms(seconds) for name, seconds in _wordings(population, profiles[0], runs).items()}
    return figures, counts | lattices | {name: stories[name] for name in ("story", "story_replicates")}


def _counts(population: Population, profile: Facts, runs: int) -> Seconds:
    def asked(facts: Facts) -> float:
        return counting.count(population, counting.narrowed(population, (facts,)))

    cube = nodecube(population, tuple(population.axes))
    found = {
        name: median(partial(asked, facts), runs, 100)
        for name, facts in (("one", profile), ("thousand", THOUSAND), ("wide", WIDE))
    }
    return found | {"node_lookup": median(partial(cube.count, THOUSAND), runs, 1000)}


def _first(population: Population) -> float:
    """A count by a model that has summed nothing yet."""
    fresh = Population(population.data, population.cube, population.hash)
    weights = counting.narrowed(fresh, (WIDE,))
    started = time.perf_counter()
    counting.count(fresh, weights)
    return time.perf_counter() - started


def _lattices(population: Population, profile: Facts, runs: int) -> Seconds:
    told = _story(population, [profile], LEDGERS[0])[0].question
    sights = {"": Sight(), "_ledger": Sight((PROVINCE, *told.past.facts)), "_heard": told.sight}
    return {
        f"lattice{name}": median(partial(lattice.counts, population, sight, profile), runs, 10)
        for name, sight in sights.items()
    }


def _stories(population: Population, profiles: list[Facts], runs: int) -> Seconds:
    def timed(work: Callable[[list[Asked]], object], persons: int, ledger: int) -> float:
        story = _story(population, profiles[:persons], ledger)
        # A question keeps what it has worked out; a copy of it has worked out nothing.
        return median(lambda: work([Asked(replace(asked.question), asked.finest) for asked in story]), runs)

    return {
        "story": timed(counted, STORY, LEDGERS[0]),
        "story_replicates": timed(front, STORY, LEDGERS[0]),
        **{f"growth_persons_{persons}": timed(counted, persons, LEDGERS[0]) for persons in PERSONS},
        **{f"ledger_{ledger}": timed(counted, STORY, ledger) for ledger in LEDGERS},
    }


def _folds(population: Population, profile: Facts) -> Seconds:
    """Per release: all of the longest ledger, and one more after the shortest and after the longest."""
    longest = _earlier(population, [profile], LEDGERS[-1])
    found = {"fold": median(lambda: fold(population, "p0", longest), 3) / len(longest)}
    more = _earlier(population, [profile], LEDGERS[-1] + 1)[-1:]
    for length in (LEDGERS[0], LEDGERS[-1]):
        past = fold(population, "p0", longest[:length])
        found[f"append_{length}"] = median(lambda past=past: fold(population, "p0", more, past), 5, 20)  # type: ignore[misc]
    return found


def _wordings(population: Population, profile: Facts, runs: int) -> Seconds:
    """All that is shown of one wording, and the wording itself for somebody who could live anywhere in reach."""
    asked = _story(population, [profile], LEDGERS[0])[0]
    phrases = country.load("kp").phrases["en"]
    said = {axis: population.axes[axis].upwards(profile[axis])[-2] for axis in ("occupation", "organisation")}
    here = block(profile, population, THRESHOLD)
    anywhere = replace(asked.question, facts=(), heard=(), past=Past())
    show = (PLACE, "organisation", "sex", "age")

    def worded() -> object:
        return generalise(replace(anywhere), here, show=show, phrases=phrases)

    return {
        "verdict": median(lambda: expose(replace(asked.question), said, phrases), runs),
        "wording": median(worded, 3),
    }


# What is asked about


def _story(population: Population, profiles: list[Facts], ledger: int) -> list[Asked]:
    """People of one province, one of them over the channel and among those told, beside so many earlier stories."""
    earlier = _earlier(population, profiles, ledger)
    reader = Reader(population=population, on=DAY, threshold=THRESHOLD)
    told = Heard(_audience(population, len(TOPICS), 0.7))
    return [
        Asked(
            Question(
                f"p{number}",
                reader,
                (PROVINCE,),
                ("phone",) if number == 0 else (),
                (told,) if number == 0 else (),
                fold(population, f"p{number}", earlier),
            ),
            profile,
        )
        for number, profile in enumerate(profiles)
    ]


def _earlier(population: Population, profiles: list[Facts], number: int) -> list[Release]:
    """Each story says the province of everybody and one coarse fact more; every fourth who knew, every fifth whom else
    it could have described so."""
    topics = [_audience(population, n, share) for n, share in enumerate(TOPICS)]
    axes = [axis for axis in population.axes if axis != PLACE]

    def said(person: int, profile: Facts, story: int) -> Released:
        axis = axes[story % len(axes)]
        coarse = {axis: population.axes[axis].upwards(profile[axis])[-2]}
        return Released(
            token=f"p{person}",
            facts=(PROVINCE, coarse),
            described=coarse,
            alike=tuple(coarse | {"sex": sex} | PROVINCE for sex in population.axes["sex"].leaves)
            if story % 5 == 2
            else (),
            satellites=("phone",) if person == 0 and story % 3 == 0 else (),
            audiences=(topics[story // 4 % len(topics)],) if story % 4 == 1 else (),
        )

    return [
        Release(
            edition=f"s-{story}",
            published=DAY,
            people=tuple(said(person, profile, story) for person, profile in enumerate(profiles)),
        )
        for story in range(number)
    ]


TOPICS = (0.95, 0.9, 0.85, 0.8, 0.75)
"""What an earlier story told of was known to such a share of the province."""


def _audience(population: Population, number: int, share: float) -> Audience:
    """Those of the province who knew something; officials all did."""
    everybody = counting.count(population, counting.narrowed(population, (PROVINCE,)))
    size = Size(everybody * (share - 0.04), everybody * share, everybody * (share + 0.04))
    return Audience(
        id=f"a{number}", name={}, group=PROVINCE, size=size, sure={"organisation": f"organisation:1-{number % 3}"}
    )


# The rows


def _scans() -> Seconds:
    """The same questions asked of one row per person."""
    population = fit(_country.data())
    profile = _country.people(population, 1)[0]
    order = list(population.axes)

    def masks(*facts: Facts) -> _rows.Masks:
        return {order.index(axis): population.mask(axis, node) for some in facts for axis, node in some.items()}

    depths = [
        np.sum([~population.mask(axis, node) for node in population.axes[axis].upwards(profile[axis])], axis=0)
        for axis in order
    ]
    known = _story(population, [profile], LEDGERS[0])[0].question.past.facts
    weights = {column: mask.astype(float) for column, mask in masks(PROVINCE, *known).items()}
    phone = weights | {0: weights[0] * population.satellites["phone"][1]}
    counts = {"one": masks(profile), "thousand": masks(THOUSAND), "wide": masks(WIDE)}
    lattices = {"lattice": {}, "lattice_ledger": weights, "lattice_heard": phone}
    found = _rows.scans(population.cube, counts, depths, lattices)
    return found | {"node_lookup": found["thousand"]}


def _us(seconds: float) -> float:
    return round(seconds * 1e6, 1)


def _ms(seconds: float) -> float:
    return round(seconds * 1e3, 2)


def _alone(measure: Callable[[*A], R], *given: *A) -> R:
    """Run `measure` in a fresh process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        return process.submit(measure, *given).result()
