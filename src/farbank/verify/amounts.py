"""Numbers set side by side: never averaged, never added up, each with those who tell it (F12)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations
from math import fsum, inf
from typing import Literal

import msgspec

from farbank.model.amounts import Amount, Extent
from farbank.model.chains import Chain, Coincidence
from farbank.model.findings import Clash
from farbank.model.text import Slug
from farbank.verify.origins.count import sure_origins
from farbank.verify.units import normal

MOST_PARTS = 10
"""Up to so many parts every choice of them is tried for a sum; of more, only all together."""

Kind = Literal["rival", "bound", "sum", "part", "unit"]
_KINDS: tuple[Kind, ...] = ("rival", "bound", "sum", "part", "unit")


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """One figure and everybody who tells it: `origins` is how many of them are surely independent.

    `amounts` is how each put it; `low`, `high` and `unit` are of the unit's one spelling.
    """

    what: Slug
    low: float
    high: float
    unit: str
    extent: Extent
    of: Slug | None
    amounts: tuple[Amount, ...]
    chains: tuple[Slug, ...]
    origins: int = 0


def figures(
    amounts: Iterable[Amount], chains: Mapping[str, Chain], coincidences: Sequence[Coincidence] = ()
) -> tuple[Figure, ...]:
    """Every figure told, once, with its chains and how many origins they are: to be shown side by side.

    Two chains that tell one figure out of one mouth are one origin of it. Raises KeyError for a chain not in `chains`.
    """
    return tuple(
        msgspec.structs.replace(one, origins=sure_origins([chains[name] for name in one.chains], coincidences))
        for one in _figures(amounts)
    )


def clashes(amounts: Iterable[Amount]) -> tuple[Clash, ...]:
    """What does not fit in the amounts told, or must not be added up; the same whatever the order they came in.

    Ranges that overlap agree. A figure of unknown extent that lies below another may be a part of it; above it, they
    are rivals.
    """
    told = _figures(amounts)
    pairs = [clash for a, b in combinations(told, 2) if (clash := _pair(a, b)) is not None]
    sums = _sums(told)
    added = [{*clash.amounts} for clash in sums]
    apart = [c for c in pairs if c.kind != "part" or not any({*c.amounts} <= known for known in added)]
    return tuple(sorted([*apart, *sums, *_units(told)], key=_order))


def _figures(amounts: Iterable[Amount]) -> tuple[Figure, ...]:
    grouped: dict[tuple[str, str, str, Extent, float, float], list[Amount]] = {}
    for one in amounts:
        unit, factor = normal(one.unit)
        low, high = (float(Fraction(repr(x)) * factor) for x in (one.low, one.high))
        grouped.setdefault((one.what, one.of or "", unit, one.extent, low, high), []).append(one)
    return tuple(
        Figure(
            what=what,
            of=of or None,
            unit=unit,
            extent=extent,
            low=low,
            high=high,
            amounts=tuple(sorted(set(same), key=lambda one: (one.chain, one.unit, one.low))),
            chains=tuple(sorted({one.chain for one in same})),
        )
        for (what, of, unit, extent, low, high), same in sorted(grouped.items(), key=lambda pair: pair[0])
    )


def _pair(a: Figure, b: Figure) -> Clash | None:
    if a.unit != b.unit:
        return None
    if a.what == b.what:
        kind = _same(*sorted((a, b), key=lambda one: (one.high, one.low)))
    elif b.what in (a.of, b.of) or a.what == b.of:
        kind = _inside(a, b) if a.of == b.what else _inside(b, a)
    else:
        return None
    return kind and _clash(kind, b.what if a.of == b.what else a.what, (a, b))


def _same(lower: Figure, higher: Figure) -> Kind | None:
    """How two figures of one thing stand to each other, None where both can be."""
    extents = {lower.extent, higher.extent}
    if _least(lower) <= _most(higher) and _least(higher) <= _most(lower):
        return "part" if extents == {"part", "total"} else None
    if "unknown" not in extents:
        return "rival" if extents == {"total"} else "bound"
    if higher.extent == "part":
        return None  # both may be parts, and neither says how many there were
    if lower.extent == "unknown":
        return "part"
    return "rival" if lower.extent == "total" else "bound"


def _inside(part: Figure, whole: Figure) -> Kind | None:
    """How a part stands to the wider thing it is `of`."""
    if whole.extent == "part":
        return None
    if _least(part) <= _most(whole):
        return "part"
    return None if whole.extent == "unknown" else "bound"


def _least(figure: Figure) -> float:
    return 0.0 if figure.extent == "at-most" else figure.low


def _most(figure: Figure) -> float:
    return inf if figure.extent in ("at-least", "part") else figure.high


def _sums(told: Sequence[Figure]) -> list[Clash]:
    """Parts that add up to a total, where not one chain alone tells all of them; as many parts as fit, two at least."""
    found: list[Clash] = []
    for whole in (one for one in told if one.extent == "total"):
        parts = [
            one
            for one in told
            if one.unit == whole.unit
            and ((one.of == whole.what and one.extent == "total") or (one.what == whole.what and one.extent == "part"))
        ]
        for size in range(len(parts), 1, -1) if len(parts) <= MOST_PARTS else (len(parts),):
            fitting = [chosen for chosen in combinations(parts, size) if _adds_up(chosen, whole)]
            found += [_clash("sum", whole.what, (*chosen, whole)) for chosen in fitting]
            if fitting:
                break
    return found


def _adds_up(parts: Sequence[Figure], whole: Figure) -> bool:
    named = [one.what for one in parts if one.what != whole.what]
    if len(named) != len(set(named)) or len({name for one in (*parts, whole) for name in one.chains}) == 1:
        return False
    low, high = fsum(one.low for one in parts), fsum(one.high for one in parts)
    slack = 1e-9 * max(high, whole.high)  # of the arithmetic, not of the tellers
    return low <= whole.high + slack and whole.low <= high + slack


def _units(told: Sequence[Figure]) -> list[Clash]:
    """One clash for everything counted in units that no exact factor joins, where it is not one chain's own two."""
    found: list[Clash] = []
    for what in sorted({one.what for one in told}):
        same = [one for one in told if one.what == what]
        if len({one.unit for one in same}) > 1 and len({name for one in same for name in one.chains}) > 1:
            found.append(_clash("unit", what, same))
    return found


def _clash(kind: Kind, what: str, between: Sequence[Figure]) -> Clash:
    return Clash(
        kind=kind,
        what=what,
        chains=tuple(sorted({name for one in between for name in one.chains})),
        amounts=tuple(amount for one in between for amount in one.amounts),
    )


def _order(clash: Clash) -> tuple[object, ...]:
    return clash.what, _KINDS.index(clash.kind), clash.chains, repr(clash.amounts)
