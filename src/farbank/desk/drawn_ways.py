"""The ways of a story's orders: for readers from its issuer to the areas it is told from, for the desk as told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from farbank.chart.path import Link, Step, Way
from farbank.country.pack import Pack
from farbank.country.phrases import Phrases
from farbank.desk.drawn_areas import shown_in
from farbank.desk.drawn_dates import sentence
from farbank.model.case import Case
from farbank.model.chains import Chain, Node
from farbank.model.claims import Claim
from farbank.model.findings import Finding
from farbank.model.text import Slug


def orders(claims: Sequence[Claim]) -> list[Claim]:
    """The orders among claims, without the details of one that is among them."""
    ids = {claim.id for claim in claims}
    return [claim for claim in claims if claim.kind == "order" and claim.part_of not in ids]


def for_readers(claims: Sequence[Claim], findings: Mapping[Slug, Finding], pack: Pack, phrases: Phrases) -> list[Way]:
    """The way of each order from whoever its own sentence names to the areas it is told from, and no further.

    No chain is looked at: whose hands it went through would say where the partner stands. Below the areas the same
    words stand in every story, whatever is known.
    """
    return [
        Way(
            order=sentence(order.text, phrases),
            steps=(
                issuer := _issuer(order, pack, phrases),
                _received(findings[order.id], issuer, pack, phrases),
                Step(rank=_level(2, pack, phrases), who=phrases.say("chart.path-below"), link="untold", known=False),
            ),
        )
        for order in orders(claims)
    ]


def for_desk(case: Case, pack: Pack, phrases: Phrases) -> list[Way]:
    """Every account of every order, hop by hop, as the chains have it."""
    chains = {chain.id: chain for chain in case.chains}
    return [
        Way(order=f"{sentence(order.text, phrases)} [{id}]", steps=tuple(_steps(chains[id], pack, phrases)))
        for order in orders(case.claims)
        for id in order.chains
    ]


def _issuer(order: Claim, pack: Pack, phrases: Phrases) -> Step:
    """Who gave it, where the sentence that is printed anyway says so."""
    text = sentence(order.text, phrases).casefold()
    if order.who is not None:
        node = pack.institutions.node(order.who)
        name = node.names.get(phrases.language, "")
        if name and name.casefold() in text:
            return Step(rank=_level(node.level, pack, phrases), who=name, link="first")
    return Step(rank="", who=phrases.say("chart.path-issuer-untold"), link="first", known=False)


def _received(finding: Finding, issuer: Step, pack: Pack, phrases: Phrases) -> Step:
    here, sure = shown_in(finding, pack.gazetteer)
    if not here:
        return Step(rank="", who=phrases.say("chart.path-untold"), link="untold", known=False)
    names = phrases.join(pack.gazetteer.name(area, phrases.language) for area in sorted(here))
    how = phrases.say("chart.path-confirmed" if here == sure else "chart.path-reported")
    return Step(rank=_level(1, pack, phrases), who=names, link="told" if issuer.known else "untold", how=how)


def _steps(chain: Chain, pack: Pack, phrases: Phrases) -> list[Step]:
    """Each hop's source where it was not the last to have it, then who had it; the desk comes last."""
    steps: list[Step] = []
    before: Node | None = None
    for hop in chain.hops:
        if hop.source is not None and hop.source != before:
            steps.append(_step(hop.source, "unknown" if steps else "first", "", pack, phrases))
        before = hop.source or before
        how = phrases.say(f"chart.how-{hop.how}")
        if hop.when is not None:
            how = phrases.say("chart.path-dated", how=how, date=phrases.date(hop.when))
        link: Link = "first" if not steps else "unknown" if _skips(hop.source, hop.who, pack) else "told"
        if link == "unknown" and hop.source != "unknown":
            how = f"{how} · {phrases.say('chart.path-gap')}"
        steps.append(_step(hop.who, link, how, pack, phrases))
        before = hop.who
    if before != "desk":
        steps.append(_step("desk", "told", "", pack, phrases))
    return steps


def _skips(source: Node | None, who: Node, pack: Pack) -> bool:
    """Whether nobody knows from whom it came, or it came to a body that its source does not instruct directly."""
    if source is None or source == "unknown" or who == "unknown":
        return True
    a, b = source.partition(":"), who.partition(":")
    return a[0] == b[0] == "body" and b[2] not in pack.institutions.node(a[2]).orders


def _step(node: Node, link: Link, how: str, pack: Pack, phrases: Phrases) -> Step:
    kind, _, name = node.partition(":")
    if kind == "body":
        body = pack.institutions.node(name)
        who = body.names.get(phrases.language, body.names.get("en", name))
        return Step(rank=_level(body.level, pack, phrases), who=who, link=link, how=how)
    if kind == "unknown":
        return Step(rank="", who=phrases.say("chart.path-unknown"), link=link, how=how, known=False)
    rank = phrases.say(f"chart.path-{kind}")
    return Step(rank=rank if name else "", who=name or rank, link=link, how=how)


def _level(level: int, pack: Pack, phrases: Phrases) -> str:
    """What a level of the hierarchy is called, the centre for the country."""
    if level == 0 or level >= len(pack.levels):
        return phrases.say("chart.path-central") if level == 0 else ""
    return pack.levels[level].get(phrases.language, pack.levels[level].get("en", ""))
