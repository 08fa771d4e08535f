"""Why a credence is what it is: what each thing does to the odds, the largest first."""

from __future__ import annotations

from math import exp

from farbank.model.credence import Ground, Influence
from farbank.model.statemedia import Result
from farbank.verify.credence.otherwise import apart, at_origins, known
from farbank.verify.credence.rates import MIDDLE
from farbank.verify.credence.testimony import Told, parts, together, weight

LEAST = 0.01
"""A factor nearer to 1 than this moved nothing worth a line."""
MOST = 50.0
"""The logarithm of the greatest factor shown."""
EACH = 30
"""Up to so many chains each has a line of its own; beyond, all that came out of one group has one."""
_STATE: dict[Result, Ground] = {
    "said": "state-said", "half-said": "state-said", "said-elsewhere": "state-said",
    "silent": "state-silent", "contradicted": "state-denied",
}  # fmt: skip


def influences(
    told: Told, around: dict[Ground, float], state: Result, papers: tuple[tuple[str, float], ...]
) -> tuple[Influence, ...]:
    """Each thing's factor is the odds with it over the odds without it, all else as it is, at the middle of the rates.

    So factors of things that depend on each other do not multiply up to the odds. `around` and `papers` (id, value) are
    logarithms; `state` says what the one of `around` under `state-said` is about.
    """
    found: list[tuple[Ground, float, str]] = [
        (_STATE.get(state, ground) if ground == "state-said" else ground, value, "") for ground, value in around.items()
    ]
    found += [("document", value, ref) for ref, value in papers]
    if told.chains:
        found += _of_chains(told) + _of_links(told)
    kept = [each for each in found if abs(each[1]) > LEAST]
    return tuple(
        Influence(ground=ground, factor=exp(max(-MOST, min(MOST, value))), about=about)
        for ground, value, about in sorted(kept, key=lambda each: (-round(abs(each[1]), 9), each[0], each[2]))
    )


def _of_chains(told: Told) -> list[tuple[Ground, float, str]]:
    """What each chain adds to all the others."""
    by_group = parts(told, MIDDLE)
    everything = float(together(by_group.values(), MIDDLE)[0])
    found: list[tuple[Ground, float, str]] = []
    for group in by_group:
        others = [values for each, values in by_group.items() if each is not group]
        left_out = [(chain,) for chain in group] if len(told.chains) <= EACH else [group]
        for gone in left_out:
            rest = told._replace(chains=tuple(chain for chain in group if chain not in gone))
            without = float(together([*others, *parts(rest, MIDDLE).values()], MIDDLE)[0])
            ground: Ground = "report" if gone[0].bearing == "supports" else "contradicted"
            found.append((ground, everything - without, gone[0].id))
    return found


def _of_links(told: Told) -> list[tuple[Ground, float, str]]:
    """What it does that it went through hands, the same hands, hands unknown, hands fed before, and hands of record."""
    others: list[tuple[Ground, Told]] = [
        ("hops", at_origins(told)),
        ("shared-origin", apart(told)),
        ("unknown-link", known(told)),
        ("seeded", told._replace(echoes={})),
        ("record", told._replace(records={})),
    ]
    everything = float(weight(told, MIDDLE)[0])
    return [(ground, everything - float(weight(other, MIDDLE)[0]), "") for ground, other in others if other != told]
