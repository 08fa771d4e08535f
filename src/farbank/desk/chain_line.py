"""A chain as one line, from the farthest mouth to the desk."""

from __future__ import annotations

from farbank.model.chains import Chain, Hop


def chain_line(chain: Chain) -> str:
    """Who told whom, how and when, as far as it is known; dots where it is not said how one hop led to the next."""
    first, *others = chain.hops
    line = f"{first.who} ({_how(first)})" if first.source is None else f"{first.source} —{_how(first)}→ {first.who}"
    told = first.who
    for hop in others:
        gap = "" if hop.source in (told, None) else f" … {hop.source}"
        line += f"{gap} —{_how(hop)}→ {hop.who}"
        told = hop.who
    line += "" if told == "desk" else " → desk"
    return line if chain.bearing == "supports" else f"{line} (contradicts)"


def _how(hop: Hop) -> str:
    return f"{hop.how}, {hop.when}" if hop.when else hop.how
