"""Graphs built from a known number of independent origins: whatever depends on them adds none."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from farbank.model.chains import Chain, Coincidence, Hop, Node, Seed
from farbank.model.dates import When
from farbank.verify.origins.count import sure_origins
from farbank.verify.origins.spread import origins_p

DAY = date(2023, 6, 17)


def day(after: int) -> When:
    return When((DAY + timedelta(days=after)).isoformat())


class Built:
    """`origins` who saw it themselves, and dependent reports, seeds and twins added one at a time."""

    def __init__(self, origins: int) -> None:
        self.people: list[list[Node]] = [[f"person:o{i}"] for i in range(origins)]
        self.chains = [Chain(id=f"saw-{i}", hops=(Hop(who=f"person:o{i}", how="saw"),)) for i in range(origins)]
        self.vague: list[Node] = []
        self.seeds: list[Seed] = []
        self.twins: list[Coincidence] = []

    def add(self, step: str, random: Random) -> None:
        number = len(self.chains) + len(self.seeds) + len(self.twins)
        family = random.choice(self.people)
        one = random.choice(family)
        new = f"person:n{number}"
        if step == "retold":
            family.append(new)
            self.chains.append(Chain(id=f"c{number}", hops=(Hop(who=new, how="was-told", source=one),)))
        elif step == "copied":
            family.append(f"document:d{number}")
            reader = Hop(who=new, how="read", source=f"document:d{number}")
            self.chains.append(
                Chain(id=f"c{number}", hops=(Hop(who=f"document:d{number}", how="read", source=one), reader))
            )
        elif step == "vague":
            self.chains.append(Chain(id=f"c{number}", hops=(Hop(who=new, how="rumour", source="unknown"),)))
            self.vague.append(new)
        elif step == "vague retold":
            told = random.choice(self.vague or [one])
            self.chains.append(Chain(id=f"c{number}", hops=(Hop(who=new, how="was-told", source=told),)))
            if self.vague:
                self.vague.append(new)
        elif step == "seeded":
            self.seeds.append(Seed(claim="flood", who=one, source=random.choice(family), when=day(number)))
        elif step == "told by the desk":  # and by nobody else: the desk's word, with no origin of its own
            self.seeds.append(Seed(claim="flood", who=new, source="desk"))
            self.chains.append(Chain(id=f"c{number}", hops=(Hop(who=new, how="inferred"),)))
        elif step == "twin":
            self.twins.append(Coincidence(a=one, b=random.choice(family), probability=0.5))
        elif step == "late":  # told after it was all over, so it cannot be in what was said
            self.seeds.append(Seed(claim="flood", who=family[0], source=self.people[0][0], when=day(500)))


STEPS = ["retold", "copied", "vague", "vague retold", "seeded", "told by the desk", "twin", "late"]


@given(st.integers(1, 6), st.lists(st.sampled_from(STEPS), max_size=14), st.randoms(use_true_random=False))
@settings(max_examples=200)
def test_what_depends_on_known_origins_adds_none(origins: int, steps: list[str], random: Random) -> None:
    built = Built(origins)
    for step in steps:
        built.add(step, random)
    told = {chain.id: day(300) for chain in built.chains}
    arguments = (built.chains, built.twins, built.seeds, told)
    assert sure_origins(*arguments) == origins
    likely = origins_p(*arguments)
    assert sum(likely[:origins]) < 1e-9
    if "vague" not in steps:
        assert likely[origins] > 1 - 1e-9
    random.shuffle(built.chains)
    random.shuffle(built.seeds)
    assert origins_p(built.chains, built.twins, built.seeds, told) == likely


@given(st.integers(2, 6), st.integers(1, 5))
def test_one_thing_all_of_them_had_before_makes_them_one(origins: int, told: int) -> None:
    built = Built(origins)
    for source in ("desk", "outlet:far", "document:notice", "person:broker", "meeting:hall"):
        seeds = [Seed(claim="flood", who=f"person:o{i}", source=source) for i in range(min(told, origins))]
        assert sure_origins(built.chains, (), seeds) == origins - len(seeds) + 1
    institution = [Seed(claim="flood", who=f"person:o{i}", source="body:cc") for i in range(origins)]
    assert sure_origins(built.chains, (), institution) == origins
