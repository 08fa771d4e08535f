"""What the prose says of people beside what the editor declared: the two must agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from farbank.country.census import Axis
from farbank.model.exposure import Disclosure
from farbank.model.given_away import GivenAway, Stand
from farbank.model.people import Facts
from farbank.model.text import Slug
from farbank.protect.detect.advice import advice
from farbank.protect.detect.facts import implied, said_anyway


def agree(
    given: Iterable[GivenAway],
    described: Mapping[Slug, Facts],
    disclosed: Sequence[Disclosure],
    axes: Sequence[Axis],
) -> tuple[GivenAway, ...]:
    """Every thing given away as it stands to the printed descriptions and to what is `disclosed` beside the prose.

    A fact no finer than these agrees with them; a finer one stays `finer` and says what to do.
    """
    known = {axis.id: axis for axis in axes}
    settled = []
    for each in given:
        stand: Stand = each.stand
        if stand == "finer" and each.person and each.axis and each.node:
            anyway = said_anyway(each.person, described, disclosed)
            stand = "agrees" if implied(each.node, each.axis, anyway, known) else "finer"
        do = each.advice or advice(each.sort, stand, fact=each.axis is not None)
        settled.append(msgspec.structs.replace(each, stand=stand, advice=do))
    return tuple(settled)
