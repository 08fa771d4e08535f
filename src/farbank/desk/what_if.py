"""Judge a description nobody has written yet."""

from __future__ import annotations

import difflib

import msgspec

from farbank.country.census import PLACE
from farbank.country.pack import Pack
from farbank.desk.drafts import drafts_of
from farbank.desk.errors import NobodyCalled, UnknownNode
from farbank.desk.file_case import Filed
from farbank.desk.report import WhatIf
from farbank.desk.report import what_if as reported
from farbank.desk.shield import described, questions, refusal
from farbank.model.people import Facts
from farbank.model.text import Slug
from farbank.protect.expose import expose
from farbank.protect.repairs import repaired


def what_if(filed: Filed, person: Slug, facts: Facts) -> WhatIf:
    """Judge `facts` said of a person beside everything the story and the ledger give away of them anyway.

    The others in the chain are judged with the story itself. Raises NobodyCalled if the story speaks of nobody of that
    code word, UnknownNode for an axis or node the country pack has not.
    """
    asked = {question.person: question for question in questions(filed, drafts_of(filed.case))}
    if person not in asked:
        raise NobodyCalled(f"the story speaks of nobody called {person!r}; it speaks of {', '.join(asked) or 'nobody'}")
    pack = filed.pack
    for axis, node in facts.items():
        _check(axis, node, pack)
    question, phrases = asked[person], pack.desk_phrases
    exposure = refusal(question, filed) or repaired(question, expose(question, facts, phrases), facts)
    return reported(msgspec.structs.replace(exposure, named=described(filed, person, exposure.facts)))


def _check(axis: str, node: str, pack: Pack) -> None:
    axes = {each.id: each.nodes for each in pack.population.axes}
    if axis not in axes:
        raise UnknownNode(f"there is no axis {axis!r}; write AXIS=NODE with one of {', '.join(axes)}")
    if node in axes[axis]:
        return
    near = difflib.get_close_matches(node, sorted(axes[axis]), n=3, cutoff=0.4)
    if axis == PLACE:
        near = [mention.place for mention in pack.gazetteer.mentions(node) if mention.place in axes[axis]] or near
    raise UnknownNode(f"the axis {axis} has no node {node!r}; did you mean {' or '.join(near) or 'another axis'}?")
